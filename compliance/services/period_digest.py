"""What a pay period's lines are recognised by, when they are approved, closed and looked at again.

A digest says how it was made: "2:" before the value; without it, the first way, which left out title,
address, genre, day and rule. Lines closed by the first way are still verified by it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db.models import Sum

from compliance.models import PayPeriod

#: Every column of a line but its key and period; what a new column adds needs a third way.
ROYALTY = (
    "article_id", "title", "url", "published_on", "genre", "office_id", "person", "contributor_id", "role",
    "share", "coefficient", "unit_value", "amount", "rule", "round", "reverses_id", "reason", "pay_again",
)  # fmt: skip
REMUNERATION = (
    "term_id", "contributor_id", "person", "position", "percent", "base_amount", "amount", "rule",
    "reverses_id", "replaces_id", "reason",
)  # fmt: skip
_MARK = "2:"
_LENGTH = 64


def digest(period: PayPeriod) -> str:
    """The lines as they stand, whole, and whose they are."""
    rows = sorted(
        json.dumps([kind, *map(_plain, row)], ensure_ascii=False)
        for kind, lines, columns in (
            ("royalty", period.entries, ROYALTY),
            ("remuneration", period.remuneration_entries, REMUNERATION),
        )
        for row in lines.values_list(*columns)
    )
    head = [period.authority_id, period.first_day.isoformat(), period.last_day.isoformat()]
    return (_MARK + _hash([head, rows]))[:_LENGTH]


def agrees(period: PayPeriod) -> bool:
    """Whether the lines are those the period's digest was made of, whichever way it was made."""
    made = digest if period.digest.startswith(_MARK) else first_digest
    return made(period) == period.digest


def intact(period: PayPeriod) -> bool:
    """Whether a closed period still says what it said when it was closed: its lines, and their sums."""
    royalties, remuneration = period.entries, period.remuneration_entries
    sums = [lines.aggregate(total=Sum("amount"))["total"] or 0 for lines in (royalties, remuneration)]
    return (
        agrees(period)
        and [period.royalties, period.remuneration] == sums
        and period.total == sum(sums)
        and period.lines == royalties.count() + remuneration.count()
    )


def first_digest(period: PayPeriod) -> str:
    """The first way."""
    rows: list[list[Any]] = [
        [
            e.article_id,
            e.office_id,
            e.person,
            e.contributor_id,
            e.role,
            str(e.share),
            str(e.coefficient),
            e.unit_value,
            e.amount,
            e.round,
            e.reverses_id,
        ]
        for e in period.entries.order_by(
            "article_id", "person", "contributor_id", "role", "round", "reverses_id"
        )
    ]
    extra = period.remuneration_entries.order_by("term_id", "reverses_id", "replaces_id", "pk")
    rows += [[e.term_id, e.person, e.position, e.amount, e.reverses_id, e.replaces_id] for e in extra]
    return _hash(rows)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _hash(rows: object) -> str:
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
