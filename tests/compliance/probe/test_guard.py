"""Which addresses may be fetched, in every spelling an inside address has."""

from __future__ import annotations

import ipaddress
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.probe.guard import RefusedError, check_url, is_public, public_address, system_resolver

pytestmark = pytest.mark.unit


def refusal(url: str, *, allow_private: bool = False) -> str:
    with pytest.raises(RefusedError) as caught:
        check_url(url, allow_private=allow_private)
    return caught.value.code


def reach(url: str) -> str:
    """The address one would connect to, or why one would not."""
    try:
        return public_address(check_url(url), resolver=system_resolver, timeout=5)
    except RefusedError as refused:
        return refused.code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://glar.example.vn/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("gopher://127.0.0.1:25/", "scheme"),
        ("data:text/html,x", "scheme"),
        ("//glar.example.vn/", "scheme"),
        ("", "scheme"),
        ("http://", "bad_url"),
        ("http:///duong-dan", "bad_url"),
        ("http://glar.example.vn\\@127.0.0.1/", "bad_url"),
        ("http://glar.example.vn/\r\nHost: x", "bad_url"),
        ("http://glar.example.vn/a b", "bad_url"),
        ("http://[::1/", "bad_url"),
        ("http://glar.example.vn:99999/", "bad_url"),
        ("http://glar.example.vn/" + "a" * 3000, "bad_url"),
        ("http://user@glar.example.vn/", "credentials"),
        ("http://user:secret@glar.example.vn/", "credentials"),
        ("http://glar.example.vn:22/", "port"),
        ("https://glar.example.vn:8443/", "port"),
        ("https://glar.example.vn:80/", "port"),
    ],
)
def test_forms_that_are_refused(url: str, code: str) -> None:
    assert refusal(url) == code


def test_an_address_comes_in_its_normal_form() -> None:
    target = check_url(" HTTPS://Glar.Example.VN/tin-t%E1%BB%A9c?a=1#phan ")
    assert (target.scheme, target.host, target.port) == ("https", "glar.example.vn", 443)
    assert target.url.endswith("?a=1")
    assert check_url("http://glar.example.vn.").host == "glar.example.vn"
    assert check_url("http://cổng.vn/tin").host.startswith("xn--")


def test_another_port_is_for_tests() -> None:
    assert check_url("http://127.0.0.1:8123/", allow_private=True).port == 8123


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "10.0.0.5",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fc00::1]",
        "[fec0::1]",
        "[ff02::1]",
        "localhost",
    ],
)
def test_inside_addresses_in_every_spelling(host: str) -> None:
    assert reach(f"http://{host}/") in ("private_address", "no_address", "bad_url")


def connects(*addresses: str) -> str:
    """Where one connects to when a name has these addresses."""
    return public_address(
        check_url("http://glar.example.vn/"), resolver=lambda host, port: list(addresses), timeout=5
    )


@pytest.mark.parametrize(
    "addresses",
    [("8.8.8.8", "127.0.0.1"), ("10.1.2.3",), ("2001:4860:4860::8888", "fe80::1%eth0"), ("no address",)],
)
def test_a_name_with_one_inside_address_is_refused_whole(addresses: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError, match="private_address"):
        connects(*addresses)


def test_a_name_in_the_open_is_reached() -> None:
    assert connects("8.8.8.8", "1.1.1.1") == "8.8.8.8"


def test_a_name_without_address() -> None:
    with pytest.raises(RefusedError, match="no_address"):
        public_address(check_url("http://glar.example.vn/"), resolver=lambda host, port: [], timeout=5)


def test_a_resolver_that_hangs_is_left_behind() -> None:
    hang = threading.Event()
    with pytest.raises(RefusedError, match="no_address"):
        public_address(
            check_url("http://glar.example.vn/"),
            resolver=lambda host, port: [str(hang.wait(30))],
            timeout=0.05,
        )
    hang.set()


@given(inner=st.ip_addresses(v=4))
def test_what_carries_an_inside_address_is_inside(inner: ipaddress.IPv4Address) -> None:
    number = int(inner)
    carriers = [
        f"::ffff:{inner}",
        str(ipaddress.IPv6Address((0x64FF9B << 96) | number)),
        str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80))),
    ]
    for carrier in carriers:
        assert is_public(carrier) is is_public(str(inner))


@given(text=st.text(max_size=40))
def test_what_is_no_address_is_not_public(text: str) -> None:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        assert not is_public(text)


@given(text=st.text(max_size=80))
def test_no_address_breaks_the_check(text: str) -> None:
    for url in (text, f"http://{text}", f"https://glar.example.vn/{text}"):
        try:
            target = check_url(url)
        except RefusedError:
            continue
        assert target.scheme in ("http", "https")
        assert target.host
