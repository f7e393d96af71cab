"""Whether a stored assessment comes out the same when it is judged again."""

from __future__ import annotations

from compliance.models import Assessment, FindingRecord
from compliance.services.assess import rejudge

_LEFT_OUT = ("id", "assessment_id")
_FIELDS = tuple(
    field.attname for field in FindingRecord._meta.concrete_fields if field.attname not in _LEFT_OUT
)


def differences(assessment: Assessment) -> list[str]:
    """One line for each finding that differs, is new, or is gone; empty when all are the same.

    LookupError for an assessment taken before rules were kept with it.
    """
    stored = {(row.authority_id, row.duty): row for row in assessment.findings.all()}
    found: list[str] = []
    for rows in rejudge(assessment):
        for row in rows:
            key = (row.authority_id, row.duty)
            kept = stored.pop(key, None)
            if kept is None:
                found.append(f"{key[0]}/{key[1]}: not stored")
                continue
            found += [
                f"{key[0]}/{key[1]}.{name}: {getattr(kept, name)!r} / {getattr(row, name)!r}"
                for name in _FIELDS
                if getattr(kept, name) != getattr(row, name)
            ]
    return found + [f"{unit}/{duty}: no longer found" for unit, duty in stored]
