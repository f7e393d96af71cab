"""The reader against a real site that misbehaves: every failure is a code, every bound holds."""

from __future__ import annotations

import hashlib
import threading
from typing import Any

import pytest

from compliance.probe.fetch import PoliteFetcher, user_agent
from compliance.probe.types import ERRORS, Fetched, Limits
from tests.compliance.probe.conftest import HASTY, SMALL
from tests.compliance.probe.site import Site, send, serving

pytestmark = pytest.mark.unit


def test_a_page_is_read_whole(site: Site, fetcher: Any) -> None:
    url = site.page("/tin", "<p>Tin tức</p>")
    answer = fetcher(contact="https://dakdoa.example.vn/").get(url)
    assert (answer.error, answer.status, answer.body.decode()) == ("", 200, "<p>Tin tức</p>")
    assert (answer.content_type, answer.charset) == ("text/html", "utf-8")
    assert answer.sha256 == hashlib.sha256(answer.body).hexdigest()
    assert site.asked == ["/robots.txt", "/tin"]
    assert site.headers[1]["User-Agent"] == "PortalProbe/1.0 (+https://dakdoa.example.vn/)"
    assert site.headers[1]["Host"] == f"127.0.0.1:{site.port}"
    assert "Cookie" not in site.headers[1]


def test_the_contact_cannot_break_the_header() -> None:
    assert user_agent("a@b.vn\r\nX-Evil: 1") == "PortalProbe/1.0 (+a@b.vnX-Evil: 1)"
    assert user_agent(" ") == "PortalProbe/1.0"
    assert user_agent("Ủy ban").isascii()


def test_a_packed_page_is_unpacked(site: Site, fetcher: Any) -> None:
    assert fetcher().get(site.gzipped("/tin", "Đak Đoa")).body.decode() == "Đak Đoa"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "not_found"),
        (410, "not_found"),
        (403, "forbidden"),
        (401, "forbidden"),
        (429, "busy"),
        (503, "busy"),
        (500, "server_error"),
        (502, "server_error"),
        (418, "status"),
        (204, "status"),
    ],
)
def test_a_status_is_told(status: int, code: str, site: Site, fetcher: Any) -> None:
    answer = fetcher().get(site.page("/x", "", status=status))
    assert (answer.error, answer.status) == (code, status)


def test_a_dead_link(site: Site, fetcher: Any) -> None:
    assert fetcher().get(site.url + "/khong-co").error == "not_found"


def test_a_host_that_is_not_there(fetcher: Any) -> None:
    with serving() as gone:
        url = gone.url
    assert fetcher().get(url + "/").error == "connect"


def test_a_redirect_is_followed(site: Site, fetcher: Any) -> None:
    site.page("/moi/", "mới")
    site.redirect("/trung gian".replace(" ", "%20"), "moi/", 308)
    answer = fetcher().get(site.redirect("/cu", "/trung gian", 301))
    assert (answer.error, answer.final_url, answer.body.decode()) == ("", site.url + "/moi/", "mới")
    assert answer.url == site.url + "/cu"


def test_a_redirect_loop(site: Site, fetcher: Any) -> None:
    site.redirect("/b", "/a")
    assert fetcher().get(site.redirect("/a", "/b")).error == "redirect_loop"
    assert site.asked == ["/robots.txt", "/a", "/b"]


def test_redirects_without_end(site: Site, fetcher: Any) -> None:
    for number in range(20):
        site.redirect(f"/r{number}", f"/r{number + 1}")
    assert fetcher().get(site.url + "/r0").error == "too_many_redirects"
    assert len(site.asked) == 1 + 1 + SMALL.max_redirects


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("ftp://glar.example.vn/x", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("http://user:pw@127.0.0.1/", "credentials"),
        ("http://[::1/", "bad_url"),
        ("http://glar.example.vn/" + "a" * 5000, "bad_url"),
    ],
)
def test_a_redirect_to_what_is_no_address(to: str, code: str, site: Site, fetcher: Any) -> None:
    assert fetcher().get(site.redirect("/a", to)).error == code


class Names:
    """A resolver of a test: one public-looking name leads to the site, the rest inside."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self.names, self.asked = names, list[str]()

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        return self.names.get(host, [])


def test_a_name_that_leads_inside(site: Site) -> None:
    for inside in (["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:127.0.0.1"]):
        reader = PoliteFetcher(limits=SMALL, resolver=Names({"glar.example.vn": inside}))
        assert reader.get("http://glar.example.vn/").error == "private_address"
    assert PoliteFetcher(limits=SMALL).get(site.url).error == "port"
    assert PoliteFetcher(limits=SMALL).get("http://localhost/").error == "private_address"
    assert site.asked == []


def test_a_redirect_to_the_inside(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop is let in by a test's own hand; the second must not pass."""
    names = Names({"glar.example.vn": ["93.184.216.34"], "inside.example.vn": ["127.0.0.1"]})
    site.page("/secret", "mật")
    sent: list[str] = []

    def request(self: Any, target: Any, for_rules: bool) -> Any:
        if target.host != "glar.example.vn" or for_rules:
            return original(self, target, for_rules)
        sent.append(target.url)
        return _redirect(target.url), "http://inside.example.vn/secret"

    original = PoliteFetcher._request
    monkeypatch.setattr(PoliteFetcher, "_request", request)
    monkeypatch.setattr(PoliteFetcher, "_rules", lambda self, target: _Everything())
    answer = PoliteFetcher(limits=SMALL, resolver=names).get("http://glar.example.vn/")
    assert (answer.error, answer.final_url) == ("private_address", "http://inside.example.vn/secret")
    assert len(sent) == 1
    assert site.asked == []


def _redirect(url: str) -> Any:
    return Fetched(url, url, 302)


class _Everything:
    def allows(self, url: str, agent: str) -> bool:
        return True

    def delay(self, agent: str) -> float:
        return 0.0


def test_the_name_is_looked_up_once_and_the_answer_is_used(site: Site) -> None:
    """A name that answers differently the second time leads nowhere else."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    site.page("/tin", "tin")
    reader = PoliteFetcher(
        limits=SMALL, allow_private=True, resolver=lambda host, port: next(answers, ["203.0.113.1"])
    )
    answer = reader.get(f"http://rebinding.example.vn:{site.port}/tin")
    assert answer.body == b"tin"
    assert site.headers[-1]["Host"] == f"rebinding.example.vn:{site.port}"
    assert next(answers, None) is None


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/octet-stream", "video/mp4"])
def test_what_is_no_text_is_not_downloaded(kind: str, site: Site, fetcher: Any) -> None:
    assert fetcher().get(site.page("/x", b"%PDF-1.7", kind)).error == "not_text"


def test_a_huge_page(site: Site, fetcher: Any) -> None:
    assert fetcher().get(site.page("/x", b"a" * 400_000)).error == "too_large"
    assert fetcher().get(site.page("/y", b"a" * 200_000)).error == ""
    assert fetcher().get(site.page("/z", b"a" * 200_001)).error == "too_large"


def test_an_endless_page(site: Site, fetcher: Any) -> None:
    assert fetcher().get(site.endless("/x")).error == "too_large"


def test_a_bomb_in_gzip(site: Site, fetcher: Any) -> None:
    assert fetcher().get(site.gzip_bomb("/x", 64 * 1024 * 1024)).error == "too_large"


def test_a_page_that_drips(site: Site, fetcher: Any) -> None:
    assert fetcher(limits=HASTY).get(site.dripping("/x")).error == "too_slow"


def test_a_head_that_drips(site: Site, fetcher: Any) -> None:
    assert fetcher(limits=HASTY).get(site.dripping("/x", head=True)).error == "too_slow"


def test_a_page_that_says_nothing(site: Site, fetcher: Any) -> None:
    assert fetcher(limits=HASTY).get(site.silent("/x")).error == "timeout"


def test_a_body_shorter_than_it_claims(site: Site, fetcher: Any) -> None:
    assert fetcher().get(site.page("/x", "ngắn", claims=1000)).error == "broken"


def test_a_packing_that_is_torn_or_unknown(site: Site, fetcher: Any) -> None:
    site.page("/torn", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abc", headers={"Content-Encoding": "gzip"})
    site.page("/lie", b"plain", headers={"Content-Encoding": "gzip"})
    site.page("/br", b"\x0b", headers={"Content-Encoding": "br"})
    reader = fetcher()
    codes = [reader.get(site.url + path).error for path in ("/torn", "/lie", "/br")]
    assert codes == ["broken", "broken", "encoding"]


def test_what_is_no_http(site: Site, fetcher: Any) -> None:
    site.answer("/x", lambda handler: handler.wfile.write(b"220 smtp ready\r\n"))
    assert fetcher().get(site.url + "/x").error in ("connect", "broken")


def test_tls_that_is_none(site: Site, fetcher: Any) -> None:
    assert fetcher().get(site.url.replace("http://", "https://") + "/").error in ("tls", "connect")


def test_one_request_at_a_time_per_host(site: Site, fetcher: Any) -> None:
    gate, inside, crowd = threading.Event(), list[str](), list[int]()

    def slow(handler: Any) -> None:
        inside.append(handler.path)
        gate.wait(0.02)
        crowd.append(len(inside))
        inside.remove(handler.path)
        send(handler, b"x")

    urls = [site.answer(f"/{number}", slow) for number in range(6)]
    readers = [threading.Thread(target=fetcher().get, args=(url,)) for url in urls]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert crowd == [1] * 6


class Clock:
    """Time that passes by sleeping alone."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def polite(clock: Clock, **limits: Any) -> PoliteFetcher:
    return PoliteFetcher(
        limits=Limits(**{**vars(SMALL), **limits}), allow_private=True, clock=clock, sleep=clock.sleep
    )


def test_a_pause_between_two_requests(site: Site) -> None:
    clock = Clock()
    reader = polite(clock, delay_seconds=3)
    for path in ("/a", "/b"):
        reader.get(site.page(path, "x"))
    assert clock.slept == [3, 3]


@pytest.mark.parametrize(
    ("asked", "given"), [("Crawl-delay: 7", 7), ("Crawl-delay: 86400", 10), ("Request-rate: 1/5", 5)]
)
def test_the_host_names_the_pause_up_to_a_cap(asked: str, given: float, site: Site) -> None:
    clock = Clock()
    site.page("/robots.txt", f"User-agent: *\n{asked}\n", "text/plain")
    reader = polite(clock, delay_seconds=1, longest_delay_seconds=10)
    reader.get(site.page("/a", "x"))
    assert clock.slept == [given]


def test_the_time_of_a_unit_ends(site: Site) -> None:
    clock = Clock()
    reader = polite(clock, delay_seconds=4, unit_seconds=10)
    codes = [reader.get(site.page(f"/{number}", "x")).error for number in range(4)]
    assert codes == ["", "", "out_of_time", "out_of_time"]


def test_the_number_of_requests_ends(site: Site) -> None:
    reader = polite(Clock(), max_requests=3)
    codes = [reader.get(site.page(f"/{number}", "x")).error for number in range(4)]
    assert codes == ["", "", "out_of_time", "out_of_time"]


def test_every_code_is_known() -> None:
    assert len(set(ERRORS)) == len(ERRORS)
