"""Which addresses may be fetched: public hosts over http and https, and nothing inside."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

LONGEST_URL = 2000
PORTS = {"http": 80, "https": 443}

#: Addresses that carry an IPv4 address inside: the inner one is judged.
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Iterable[str]]


class RefusedError(Exception):
    """The address is not fetched; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Target:
    """An address in its normal form, and where it leads."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def check_url(url: str, *, allow_private: bool = False) -> Target:
    """The address in normal form; RefusedError when its form alone forbids it. Nothing is looked up."""
    if len(url) > LONGEST_URL or any(ord(char) < 0x21 or char == "\\" for char in url.strip()):
        raise RefusedError("bad_url")
    scheme = url.strip().partition(":")[0].lower()
    if scheme not in PORTS:
        raise RefusedError("scheme")
    try:
        normal = requests.Request("GET", url.strip()).prepare().url or ""
        parts = urlsplit(normal)
        host, port = (parts.hostname or "").rstrip("."), parts.port or PORTS[scheme]
    except (requests.RequestException, ValueError):
        raise RefusedError("bad_url") from None
    if parts.scheme != scheme or not host or len(normal) > LONGEST_URL:
        raise RefusedError("bad_url")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise RefusedError("credentials")
    if not allow_private and port != PORTS[scheme]:
        raise RefusedError("port")
    return Target(parts._replace(fragment="").geturl(), scheme, host, port)


def public_address(target: Target, *, resolver: Resolver, timeout: float, allow_private: bool = False) -> str:
    """The address to connect to. Every address of the name must be public, or none is used."""
    found = _in_time(resolver, target, timeout)
    if not found:
        raise RefusedError("no_address")
    if not allow_private and not all(is_public(each) for each in found):
        raise RefusedError("private_address")
    return found[0]


def is_public(text: str) -> bool:
    """Whether anybody on the internet can reach the address; False for what is no address."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return _is_public(address)


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and any(address in network for network in _NAT64):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
        if address.is_site_local or int(address) >> 32 == 0:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    )


def system_resolver(host: str, port: int) -> list[str]:
    """What this machine resolves the name to, numeric spellings of every kind included."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(row[4][0]) for row in rows]


def _in_time(resolver: Resolver, target: Target, timeout: float) -> list[str]:
    """The resolver has no time limit of its own: it is left behind when it takes too long."""
    found: list[str] = []

    def ask() -> None:
        found.extend(resolver(target.host, target.port))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(timeout)
    return [] if asking.is_alive() else found
