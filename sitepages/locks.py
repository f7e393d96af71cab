"""Locks that hold across processes, shared by those who write and taken alone by those who must see all.

Publishing shares one, closing a period takes it alone; noting what is public shares another, and an
assessment takes it alone for a moment, so that nothing noted before that moment is still unseen.
"""

from __future__ import annotations

from django.db import connection, transaction

#: Keys of advisory locks; any numbers no one else uses.
_PUBLICATION, _RECORD = 20_210_729, 20_210_730


def share_publication_lock() -> None:
    """Wait until no period is being closed, and keep it so until this transaction ends.

    On SQLite a write transaction is already alone (transaction_mode IMMEDIATE).
    """
    _lock("pg_advisory_xact_lock_shared", _PUBLICATION)


def take_publication_lock() -> None:
    """Wait until nobody is publishing, and let nobody begin until this transaction ends."""
    _lock("pg_advisory_xact_lock", _PUBLICATION)


def share_record_lock() -> None:
    """Before the clock is read for a note: whoever asks for the moment alone has read it, or waits for us."""
    _lock("pg_advisory_xact_lock_shared", _RECORD)


def take_record_lock() -> None:
    """Wait until every note begun so far is written."""
    _lock("pg_advisory_xact_lock", _RECORD)


def _lock(function: str, key: int) -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The lock lives in a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [key])
