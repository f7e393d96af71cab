"""Locks that hold across processes: publishing shares one, closing a period takes it alone."""

from __future__ import annotations

from django.db import connection, transaction

#: First key of the two-key advisory lock; any number no one else uses.
_PUBLICATION = 20_210_729


def share_publication_lock() -> None:
    """Wait until no period is being closed, and keep it so until this transaction ends.

    On SQLite a write transaction is already alone (transaction_mode IMMEDIATE).
    """
    _lock("pg_advisory_xact_lock_shared")


def take_publication_lock() -> None:
    """Wait until nobody is publishing, and let nobody begin until this transaction ends."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The publication lock lives in a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_PUBLICATION])
