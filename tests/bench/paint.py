"""First paint of public pages beside the same HTML bare: slow 4G and a processor four times slower.

Needs Chromium, no particular database: BENCH_ADDRESS names a running portal (http://localhost:8000).
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


def _served(html: bytes) -> http.server.ThreadingHTTPServer:
    """The HTML alone, on a server of its own: no style sheet, no picture."""

    class Bare(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(gzip.compress(html))

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bare)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _paint(browser: Browser, address: str) -> float:
    """Milliseconds from the answer's first byte wished for to the first paint, on a thin line."""
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="load")
    page.wait_for_function(f"{_FIRST} !== undefined")
    start = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
    first: float = page.evaluate(_FIRST) - start
    context.close()
    return first


def measure(say: Callable[[str], None]) -> None:
    """Medians in alternating rounds; both counted from the first byte, so that rendering is not in it."""
    address = os.environ.get("BENCH_ADDRESS", "http://localhost:8000").rstrip("/")
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for path in PATHS:
            html = urllib.request.urlopen(address + path).read()
            bare = _served(re.sub(rb"<link[^>]*>|<script.*?</script>|<img[^>]*>", b"", html, flags=re.DOTALL))
            plain = f"http://127.0.0.1:{bare.server_address[1]}/"
            rows = [(_paint(browser, address + path), _paint(browser, plain)) for _round in range(ROUNDS)]
            ours, theirs = (statistics.median(column) for column in zip(*rows, strict=True))
            bare.shutdown()
            say(f"{path}: first paint {ours:.0f} ms, bare {theirs:.0f} ms, {ours / theirs:.2f} (goal {GOAL})")
        browser.close()
