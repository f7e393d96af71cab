"""The process behind ``bounded``: ``python -m compliance.probe.worker DESCRIPTOR``."""

from __future__ import annotations

import importlib
import resource
import sys
from multiprocessing.connection import Connection

_MOST_MEMORY = 1_000_000_000
_MOST_SECONDS = 3600


def serve(line: Connection) -> None:
    """Take work, give the result, until the line closes."""
    importlib.import_module("compliance.probe.reading")  # its imports are not the first page's time
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


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    serve(Connection(int(sys.argv[1])))
