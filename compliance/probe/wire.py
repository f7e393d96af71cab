"""One HTTP exchange with one checked address: pinned, and cut when its time is over."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.timeout import _DEFAULT_TIMEOUT


class Watch:
    """Cuts the connection when the time of the whole exchange is over, however slowly it drips."""

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        self._timer.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._timer.cancel()
        with self._lock:
            if self._line is not None:
                self._line.close()
                self._line = None

    def hold(self, line: socket.socket) -> None:
        """Watch a connection. A second descriptor stays valid when TLS takes over the first."""
        with self._lock:
            self._line = socket.socket(fileno=os.dup(line.fileno()))
        if self.expired:
            self._cut()

    def _cut(self) -> None:
        self.expired = True
        with self._lock, suppress(OSError):
            if self._line is not None:
                self._line.shutdown(socket.SHUT_RDWR)


class _PinnedMixin:
    """A connection to the address that was checked, never to what the name resolves to by then."""

    address: str
    watch: Watch

    def _new_conn(self: Any) -> socket.socket:
        timeout = None if self.timeout is _DEFAULT_TIMEOUT else self.timeout
        try:
            line = socket.create_connection((self.address, self.port), timeout)
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "timed out") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error
        self.watch.hold(line)
        return line


class PinnedAdapter(HTTPAdapter):
    """Sends one request to one address; name, Host header and certificate stay those of the URL."""

    def __init__(self, address: str, watch: Watch) -> None:
        super().__init__(max_retries=0)
        pinned = {"address": address, "watch": watch}
        plain = type("PinnedConnection", (_PinnedMixin, HTTPConnection), pinned)
        secure = type("PinnedTLSConnection", (_PinnedMixin, HTTPSConnection), pinned)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PinnedPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("PinnedTLSPool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }

    def exchange(
        self, url: str, headers: dict[str, str], timeout: tuple[float, float], verify: bool | str = True
    ) -> requests.Response:
        """The answer's head; the body is left to be read. No cookie, proxy or redirect is followed."""
        request = requests.Request("GET", url, headers=headers).prepare()
        return self.send(request, stream=True, timeout=timeout, verify=verify, proxies={})
