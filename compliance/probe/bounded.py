"""Work on what strangers wrote, in a process of its own that is ended when it takes too long.

Lenient parsers of markup take quadratic time on crafted pages: a small page can hold one for hours.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, TypeVar

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
T = TypeVar("T")


class BoundError(Exception):
    """The work took too long, or its process died of it."""


class Caller(Protocol):
    """Calls a function of a module with values that can be pickled."""

    def __call__(self, function: Callable[..., T], *args: Any) -> T: ...


def direct(function: Callable[..., T], *args: Any) -> T:
    """The call itself: for pages that one wrote oneself."""
    return function(*args)


class Bounded:
    """A worker process, begun at the first call, begun anew after one that was ended."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Bounded:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __call__(self, function: Callable[..., T], *args: Any) -> T:
        try:
            line = self._open()
            line.send((function, args))
            if not line.poll(self.seconds):
                raise EOFError
            fine, result = line.recv()
        except (EOFError, OSError):
            self.close()
            raise BoundError(function.__name__) from None
        if not fine:
            raise BoundError(str(result))
        answer: T = result
        return answer

    def close(self) -> None:
        """End the worker, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._line is not None:
            self._line.close()
            self._line = None

    def _open(self) -> Connection:
        if self._line is None or self._process is None or self._process.poll() is not None:
            self.close()
            self._line, theirs = multiprocessing.Pipe()
            with theirs:
                command = [sys.executable, "-m", "compliance.probe.worker", str(theirs.fileno())]
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    command, pass_fds=[theirs.fileno()], cwd=ROOT, stdin=subprocess.DEVNULL
                )
            if not self._line.poll(START_SECONDS):
                raise EOFError
            self._line.recv()
        return self._line
