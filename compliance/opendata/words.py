"""Sentences for everybody: nothing of a page that is not public, and no free text of a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.presentation import told
from compliance.wording import SENTENCES

_EXCUSED = _("Excused by decision %(decision)s.")

#: Where the page can be named: a waiver's reason is the one thing left out.
WITH_TITLE: Mapping[str, Promise] = {**SENTENCES, "waived": _EXCUSED}

#: Where it cannot: the same statements about "a record".
WITHOUT_TITLE: Mapping[str, Promise] = {
    **WITH_TITLE,
    "on_time": _("A record was published on %(published)s, by the deadline of %(due)s."),
    "early": _(
        "A record was published on %(published)s, before the day the term counts from; check that day."
    ),
    "met_late": _(
        "A record was published on %(published)s, after the deadline of %(due)s (days late: %(days)s)."
    ),
    "met_undated": _("A record was published on %(published)s; no deadline can be counted for it."),
    "fresh": _(
        "The latest publication or change is of %(latest)s; the section is to be renewed or confirmed by"
        " %(due)s."
    ),
    "confirmed": _(
        "A record was confirmed as still correct on %(latest)s; the section is to be renewed or confirmed by"
        " %(due)s."
    ),
    "not_due": _("A record is to be published by %(due)s (days left: %(days)s)."),
    "due_soon": _("A record must be published by %(due)s (days left: %(days)s)."),
    "overdue": _("A record should have been published by %(due)s and is not public (days late: %(days)s)."),
    "withdrawn": _("A record was taken down on %(removed)s and is no longer public."),
    "cut_short": _("A record was taken down on %(removed)s; it must stay public until %(until)s at least."),
    "incomplete": _("A record was published on %(published)s but is incomplete."),
    "missing_undated": _("A record is not public and has no date to count a deadline from."),
}

#: What people wrote; never passed on.
_WRITTEN = frozenset({"title", "why", "note"})

UNKNOWN_UNIT = _("No unit “%(code)s” publishes its transparency data. The units that do: %(address)s")
NO_PORTAL = _("No unit “%(code)s” has a portal. The units that do: %(address)s")
UNKNOWN_SECTION = _("There is no section “%(code)s” that holds documents.")
UNKNOWN_DUTY = _("There is no duty “%(code)s”. The duties: %(address)s")
UNKNOWN_DAY = _("No assessment was taken as of %(day)s. The days there are: %(address)s")
UNKNOWN_EDITION = _("There is no edition of the rules “%(digest)s”. The editions: %(address)s")
UNKNOWN_ADDRESS = _("There is nothing at this address. What there is: %(address)s")
NO_ASSESSMENT = _("No assessment has been taken yet.")
WRONG_METHOD = _("The open data can only be read: use GET or HEAD.")
WRONG_VALUE = _("The parameter “%(name)s” is wrong: %(wanted)s")

WANTED: Mapping[str, Promise] = {
    "format": _("write json or csv."),
    "unit": _("write the code of one unit, for instance glar; leave the parameter out for all units."),
    "duty": _("write the code of one duty, for instance leaders_schedule; leave the parameter out for all."),
    "state": _("write one of the states, for instance OVERDUE."),
    "page": _("write a whole number from 1."),
    "page_size": _("write a whole number from 1 to 1000."),
    "date": _("write a day as YYYY-MM-DD, or “latest”."),
    "kind": _("write the code of one kind, for instance decision; leave the parameter out for all."),
    "topic": _("write the code of one topic; leave the parameter out for all."),
    "section": _("write the code of one section, for instance directives; leave it out for all."),
    "year": _("write a year from 1900 to 2100."),
    "number": _("write the number and symbol as it stands on the document, for instance 12/QĐ-UBND."),
    "force": _("write coming, in_force, partly, expired or replaced."),
    "day": _("write a day as YYYY-MM-DD, from 1950 to 2100."),
}


def public_sentence(
    reason: str,
    params: Mapping[str, Any],
    lacking: Sequence[str] = (),
    duty: str = "",
    title: str | None = None,
) -> str:
    """Why something stands as it does; `title` as everybody can read it now, None where nobody can."""
    shown = {key: value for key, value in params.items() if key not in _WRITTEN}
    if title is None:
        return told(reason, shown, lacking, duty, WITHOUT_TITLE)
    return told(reason, {**shown, "title": title}, lacking, duty, WITH_TITLE)
