"""First paint of public pages beside the same HTML bare: slow 4G and a processor four times slower.

Both are served from memory, packed, over connections kept open: the page is measured, not the server.
Needs Chromium and a running portal: BENCH_ADDRESS (http://localhost:8000).
"""

from __future__ import annotations

import gzip
import http.server
import os
import re
import shutil
import statistics
import threading
import urllib.request
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROUNDS, GOAL = 9, 1.35
#: Chromium's own figures for slow 4G: 1.6 Mbit/s down, 0.75 up, 150 ms.
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
PATHS = ("/", "/tin-tuc/", "/cong-khai/")
_FIRST = "performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)[0]"
_MORE = re.compile(rb"<link[^>]*>|<script.*?</script>|<img[^>]*>", re.DOTALL)


class Shelf:
    """What the portal answered, kept; ``bare`` pages are the same HTML without what it asks for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.kept: dict[str, tuple[str, bytes]] = {}

    def read(self, path: str) -> tuple[str, bytes]:
        """The type and the packed body."""
        if path not in self.kept:
            plain = path.removeprefix("/bare")
            with urllib.request.urlopen(self.address + plain) as reply:
                kind, body = reply.headers["Content-Type"], reply.read()
            self.kept[path] = kind, gzip.compress(_MORE.sub(b"", body) if path != plain else body)
        return self.kept[path]


def _serve(shelf: Shelf) -> http.server.ThreadingHTTPServer:
    class Answer(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            try:
                kind, body = shelf.read(self.path)
                self.send_response(200)
            except OSError:  # the browser's own wishes, such as /favicon.ico
                kind, body = "text/plain", gzip.compress(b"")
                self.send_response(404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _paint(browser: Browser, address: str) -> float:
    """Milliseconds from the wish to the first paint, on a thin line."""
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load", timeout=120_000)
    page.wait_for_function(f"{_FIRST} !== undefined")
    first: float = page.evaluate(_FIRST)
    context.close()
    return first


def measure(say: Callable[[str], None]) -> None:
    """Medians in alternating rounds."""
    shelf = Shelf(os.environ.get("BENCH_ADDRESS", "http://localhost:8000").rstrip("/"))
    server = _serve(shelf)
    here = f"http://127.0.0.1:{server.server_address[1]}"
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for path in PATHS:
            for warm in (path, f"/bare{path}"):
                _paint(browser, here + warm)
            rows = [
                (_paint(browser, here + path), _paint(browser, f"{here}/bare{path}"))
                for _round in range(ROUNDS)
            ]
            ours, bare = (statistics.median(column) for column in zip(*rows, strict=True))
            say(f"{path}: first paint {ours:.0f} ms, bare {bare:.0f} ms, {ours / bare:.2f} (goal {GOAL})")
        browser.close()
    server.shutdown()
