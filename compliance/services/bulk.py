"""Many new rows at once: by COPY where the database has it, which halves what an assessment costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

_BATCH = 500


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model, in their order; they learn no primary key."""
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=_BATCH)
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(field.column)) for field in fields)
    statement = f"COPY {quoted(model._meta.db_table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([_value(field, row) for field in fields])


def _value(field: models.Field, row: models.Model) -> Any:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)
