"""What a new activity report begins with: the last one's letterhead, or the unit's own names."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from compliance.models import ActivityReport
from compliance.queries.activity import activity
from compliance.queries.activity_stored import LETTERHEAD, last_letter
from compliance.reports.activity import Letter, Written
from compliance.reports.activity_draft import draft
from compliance.reports.activity_files import LETTER
from compliance.rules.activity import Activity
from compliance.rules.report_text import Part
from compliance.rules.stretches import Stretch
from sitepages.models import Authority

_ANEW = ("number", "dated_on")


def first_letter(authority: Authority) -> dict[str, str]:
    """The letterhead of the portal's newest report without number and date; else made of its name."""
    last: ActivityReport | None = last_letter(authority)
    if last is not None:
        return {name: getattr(last, name) for name in LETTERHEAD if name not in _ANEW}
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "parent_body": authority.full_name or authority.display_name,
            "issuing_body": _("Editorial board of the portal"),
            "place": authority.name,
            "signer_position": _("Head of the editorial board"),
            "recipients": "\n".join(
                [
                    authority.full_name or authority.display_name,
                    _("Members of the editorial board"),
                    _("Offices and units concerned"),
                    _("Filed: clerical office, editorial board"),
                ]
            ),
        }


def first_text(data: Activity, letter: Mapping[str, Any]) -> tuple[Part, ...]:
    """The drafted text, in the language of the portal."""
    with translation.override(settings.LANGUAGE_CODE):
        return draft(data, issuing_body=letter.get("issuing_body", ""), basis=letter.get("basis", ""))


def fresh_report(
    authority: Authority, days: Stretch, *, dated_on: datetime.date | None, today: datetime.date
) -> Written:
    """A report that is not stored, from the figures of now."""
    data = activity(authority, days, on=dated_on or today, today=today)
    letter = first_letter(authority)
    shown = {name: letter[name] for name in LETTER if name in letter}
    return Written(data, first_text(data, letter), Letter(**shown, dated_on=dated_on))
