"""Reads files in a process of its own, which is ended when a file takes too long or too much."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
#: Seconds for one file, and for the process to begin.
SECONDS, START_SECONDS = 20.0, 60.0


@dataclass(frozen=True)
class Reading:
    """What was read in a file: how it went (a state of ``DocumentText``), its text, its pages."""

    state: str
    text: str = ""
    pages: int | None = None


class Reader:
    """A process that reads files, begun with the first one, begun anew after one that was ended."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def read(self, path: Path, extension: str) -> Reading:
        """The text of a file. Never raises for what the file holds."""
        try:
            process = self._open()
            said = json.dumps([str(path), extension]).encode() + b"\n"
            process.stdin.write(said)
            process.stdin.flush()
            line = self._line(self.seconds)
        except OSError:
            line = b""
        if not line:
            slow = self._process is not None and self._process.poll() is None
            self.close()
            return Reading("too_slow" if slow else "broken")
        state, text, pages = json.loads(line)
        return Reading(state, text, pages)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()
            self._process = None

    def _open(self) -> Any:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sitepages.search.reading"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
            if not self._line(START_SECONDS):
                raise OSError
        return self._process

    def _line(self, seconds: float) -> bytes:
        """One line; empty when none comes in time, or the process ended."""
        stream: Any = self._process.stdout if self._process else None
        parts: list[bytes] = []
        while select.select([stream], [], [], seconds)[0]:
            some = stream.read(1 << 16)
            parts.append(some)
            if not some:
                return b""
            if some.endswith(b"\n"):
                return b"".join(parts)
        return b""
