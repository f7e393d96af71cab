"""Work on what strangers wrote, in a process of its own that is ended when it takes too long.

Lenient parsers of markup take quadratic time on crafted pages: a small page can hold one for hours.
"""

from __future__ import annotations

import importlib
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Protocol, TypeVar

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
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Bounded:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __call__(self, function: Callable[..., T], *args: Any) -> T:
        line = self._open()
        try:
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
            self._process.join()
            self._process = None
        if self._line is not None:
            self._line.close()
            self._line = None

    def _open(self) -> Connection:
        if self._line is None or self._process is None or not self._process.is_alive():
            self.close()
            context = multiprocessing.get_context("spawn")
            self._line, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            if not self._line.poll(60):  # it says when it stands: its imports are not the page's time
                self.close()
                raise BoundError("worker")
            self._line.recv()
        return self._line


def serve(line: Connection) -> None:
    """The worker's life: take work, give the result, until the line closes."""
    importlib.import_module("compliance.probe.reading")
    line.send("ready")
    while True:
        try:
            function, args = line.recv()
        except (EOFError, OSError):
            return
        try:
            result = (True, function(*args))
        except Exception as error:  # told to the caller, who calls the page unreadable
            result = (False, f"{type(error).__name__}: {error}"[:200])
        line.send(result)
