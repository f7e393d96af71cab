"""What of a week's schedule was changed after it was announced. Plain Python over plain rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
#: What of an item readers rely on.
SAID = ("date", "time", "leader", "content", "place", "state")


def as_row(item: Any) -> dict[str, Any]:
    """One item as JSON keeps it."""
    return {
        "pk": item.pk,
        "date": item.date.isoformat(),
        "time": item.time.strftime("%H:%M") if item.time else "",
        "leader": item.leader,
        "content": item.content,
        "place": item.place,
        "state": item.state,
    }


def compared(first: Iterable[Row], now: Iterable[Row], known: Mapping[str, Any], day: datetime.date) -> dict:
    """The differences from the first announcement: by item number what changed and since when, and what left.

    ``known`` are the differences noted before: a difference that still is the same keeps its day.
    """
    before = {str(row["pk"]): row for row in first}
    after = {str(row["pk"]): row for row in now}
    old_rows, old_gone = known.get("rows", {}), {str(row["pk"]): row for row in known.get("gone", [])}
    rows = {}
    for pk, row in after.items():
        said = before.get(pk)
        changed = ["new"] if said is None else [name for name in SAID if row[name] != said[name]]
        if changed:
            was = {name: said[name] for name in changed} if said is not None else {}
            is_now = {name: row[name] for name in SAID}
            same = old_rows.get(pk, {}).get("now") == is_now
            on = old_rows[pk]["on"] if same else day.isoformat()
            rows[pk] = {"what": changed, "was": was, "now": is_now, "on": on}
    gone = [
        {**row, "on": old_gone.get(pk, {}).get("on", day.isoformat())}
        for pk, row in before.items()
        if pk not in after
    ]
    return {"rows": rows, "gone": gone} if rows or gone else {}
