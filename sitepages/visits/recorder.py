"""Counts in the memory of a process, written together now and then, away from the requests."""

from __future__ import annotations

import atexit
import datetime
import logging
import os
import threading
from collections.abc import Callable, Mapping

from django.conf import settings
from django.db import connection

from sitepages.visits.store import add_counts

logger = logging.getLogger(__name__)

#: A day, a site and a page.
Key = tuple[datetime.date, int, int]
#: Views and visits.
Counts = tuple[int, int]

#: As many different pages and days are kept when the database cannot be written; more are let go.
MOST = 10_000
#: How long a stopping process waits for a batch that is being written, in seconds.
PATIENCE = 15


class Recorder:
    """Adds up views and hands them on in batches.

    What could not be written is kept and tried again. A thread of its own writes, so that no reader waits for
    the database; it begins with the first view, and each process of the server has its own.
    """

    def __init__(
        self, store: Callable[[Mapping[Key, Counts]], object], *, by_itself: bool = True, most: int = MOST
    ) -> None:
        self.store, self.by_itself, self.most = store, by_itself, most
        self.reset()

    def reset(self) -> None:
        """Begin anew with nothing: what a forked process holds is its parent's to write."""
        self._counts: dict[Key, Counts] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._pending, self._much = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        self._failing = False
        self.let_go = 0

    def record(self, key: Key, *, visit: bool) -> None:
        """Count a view."""
        with self._lock:
            self._add(key, (1, int(visit)))
            begin = self.by_itself and self._thread is None
            if begin:
                self._thread = threading.Thread(target=self._run, name="visits", daemon=True)
            if len(self._counts) * 2 >= self.most:
                self._much.set()
        if begin and self._thread is not None:
            self._thread.start()
        if not self._pending.is_set():
            self._pending.set()

    def flush(self) -> bool:
        """Write what was counted so far; False when it could not be written, and is kept."""
        with self._writing:
            with self._lock:
                batch, self._counts = self._counts, {}
            if not batch:
                return True
            try:
                self.store(batch)
            except Exception as error:
                with self._lock:
                    for key, counts in batch.items():
                        self._add(key, counts)
                if not self._failing:
                    logger.warning("Views cannot be written, and are kept for the next time: %s", error)
                self._failing = True
                return False
            if self._failing or self.let_go:
                logger.warning("Views are written again; %d were let go meanwhile.", self.let_go)
            self._failing, self.let_go = False, 0
            return True

    def close(self) -> None:
        """Write the rest before the process ends."""
        if self._writing.acquire(timeout=PATIENCE):  # a batch that is just being written gets through
            self._writing.release()
            self.flush()

    def _add(self, key: Key, more: Counts) -> None:
        views, visits = self._counts.get(key, (0, 0))
        if views or len(self._counts) < self.most:
            self._counts[key] = (views + more[0], visits + more[1])
        else:
            self.let_go += more[0]

    def _run(self) -> None:
        while True:
            self._pending.wait()
            self._much.wait(settings.PORTAL_VISITS_SECONDS)
            self._pending.clear()
            self._much.clear()
            if not self.flush():
                threading.Event().wait(settings.PORTAL_VISITS_SECONDS)
                self._pending.set()
            connection.close()  # this thread's own


RECORDER = Recorder(add_counts)
atexit.register(RECORDER.close)
os.register_at_fork(after_in_child=RECORDER.reset)
