"""A web site on loopback, made of the pages a test gives it, that remembers who asked for what."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]
ROOM = 262_144


class Handler(BaseHTTPRequestHandler):
    """Answers from the site's pages; what is not there is 404."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        site: Site = self.server.site
        with site.lock:
            site.asked.append(self.path)
            site.headers.append(dict(self.headers))
        answer = site.pages.get(self.path.partition("?")[0])
        with suppress(BrokenPipeError, ConnectionResetError):
            if answer is None:
                send(self, b"nothing here", status=404)
            else:
                answer(self)
        self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Silence."""


class Site:
    """The pages, by path, and what was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.lock = threading.Lock()
        self.closing = threading.Event()
        self.url = ""
        self.port = 0

    def page(self, path: str, text: str | bytes, kind: str = "text/html; charset=utf-8", **more: Any) -> str:
        """Put a page there; its address."""
        body = text.encode() if isinstance(text, str) else text
        self.pages[path] = lambda handler: send(handler, body, kind, **more)
        return self.url + path

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        self.pages[path] = lambda handler: send(handler, b"", status=status, headers={"Location": to})
        return self.url + path

    def answer(self, path: str, answer: Answer) -> str:
        self.pages[path] = answer
        return self.url + path

    def endless(self, path: str) -> str:
        """Rows without end."""

        def rows(handler: BaseHTTPRequestHandler) -> None:
            begin(handler)
            while not self.closing.is_set():
                handler.wfile.write(b"<li><a href='/x'>tin</a> 01/07/2021</li>" * 500)

        return self.answer(path, rows)

    def dripping(self, path: str, *, head: bool = False) -> str:
        """A byte now and then, in the body or in the head: never silent for long, never done."""

        def drip(handler: BaseHTTPRequestHandler) -> None:
            if head:
                handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            else:
                begin(handler)
            while not self.closing.wait(0.02):
                handler.wfile.write(b"a")
                handler.wfile.flush()

        return self.answer(path, drip)

    def silent(self, path: str) -> str:
        """Takes the request and says nothing."""
        return self.answer(path, lambda handler: _wait(self.closing))

    def gzip_bomb(self, path: str, size: int) -> str:
        """A small answer that unpacks to ``size`` bytes."""
        packer = zlib.compressobj(9, wbits=31)
        packed = b"".join(packer.compress(b" " * ROOM) for _part in range(size // ROOM)) + packer.flush()
        return self.page(path, packed, headers={"Content-Encoding": "gzip"})

    def gzipped(self, path: str, text: str) -> str:
        return self.page(path, gzip.compress(text.encode()), headers={"Content-Encoding": "gzip"})


def send(
    handler: BaseHTTPRequestHandler,
    body: bytes,
    kind: str = "text/html; charset=utf-8",
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    claims: int | None = None,
) -> None:
    """A whole answer; ``claims`` is a length that is not the body's."""
    handler.send_response(status)
    if kind:
        handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body) if claims is None else claims))
    handler.send_header("Connection", "close")
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def begin(handler: BaseHTTPRequestHandler) -> None:
    """The head of an answer whose length is not told."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.send_header("Connection", "close")
    handler.end_headers()


def _wait(closing: threading.Event) -> None:
    closing.wait(30)


@contextmanager
def serving() -> Iterator[Site]:
    """A site on a free port of 127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Site()
    server.site = site  # type: ignore[attr-defined]
    site.port = server.server_address[1]
    site.url = f"http://127.0.0.1:{site.port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
