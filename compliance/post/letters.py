"""A digest in words: one subject, one plain text, one simple page, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from compliance.models import ReminderStep
from compliance.post.links import absolute, page_link, unit_link
from compliance.presentation import duty_name, told
from compliance.queries.reminders import Digest, Entry, Plan, Request, Tally
from compliance.queries.staff import Person, Unit, one_line
from compliance.services.remind import Letter

Thing = TypeVar("Thing")

#: Lines of one part; what goes beyond is told by its number.
MOST = 50
#: Characters of a page's title.
_LONGEST = 160


@dataclass(frozen=True)
class Line:
    """One thing in a letter: which step calls it to mind, what it is, why, and where to act."""

    head: str
    mark: str = ""
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A heading with its lines; `more` things were left out, to be read at `url`."""

    heading: str
    lines: tuple[Line, ...]
    note: str = ""
    more: str = ""
    url: str = ""


@dataclass(frozen=True)
class Sheet:
    """A whole letter before it is set: what both forms are made from."""

    subject: str
    greeting: str
    opening: str
    parts: tuple[Part, ...] = field(default_factory=tuple)
    closing: tuple[str, ...] = ()
    admin_url: str = ""


def write_letter(digest: Digest, plan: Plan) -> Letter:
    """The digest as a letter in the language its reader chose."""
    with override(digest.person.language):
        return as_letter(_sheet(digest, plan.units), digest.person.language)


def as_letter(sheet: Sheet, language: str) -> Letter:
    """Both forms of a letter; the language is the active one."""
    html = render_to_string("compliance/post/letter.html", {"sheet": sheet, "language": language})
    return Letter(sheet.subject, _as_text(sheet), html)


def _sheet(digest: Digest, units: dict[int, Unit]) -> Sheet:
    day = f"{digest.day:%d/%m/%Y}"
    own = _own(digest, units)
    opening = _("This is how the publication duties stand, as assessed on %(day)s.")
    return Sheet(
        subject=one_line(_subject(digest, day)),
        greeting=_("Dear %(name)s,") % {"name": digest.person.name},
        opening=" ".join([opening % {"day": f"{digest.assessed:%d/%m/%Y}"}, *_about(own)]),
        parts=tuple(part for part in _parts(digest, units, own) if part.lines),
        closing=(
            _(
                "Each matter is called to mind at most four times: five working days before it is due, on the"
                " day, and three and ten working days after. The third time the head of the unit is told as"
                " well, the fourth time the board of the portal above."
            ),
            _("This letter was written by the system; there is no need to answer it."),
        ),
        admin_url=absolute(reverse("compliance_matrix")),
    )


def _subject(digest: Digest, day: str) -> str:
    late, soon, look = len(digest.overdue), len(digest.soon), len(digest.confirm)
    risen, wait, alone = len(digest.escalated), len(digest.approvals), len(digest.unstaffed)
    counted = (
        (risen, ngettext("%(number)s escalated", "%(number)s escalated", risen)),
        (late, ngettext("%(number)s overdue", "%(number)s overdue", late)),
        (soon, ngettext("%(number)s due soon", "%(number)s due soon", soon)),
        (look, ngettext("%(number)s to be confirmed", "%(number)s to be confirmed", look)),
        (wait, ngettext("%(number)s to be approved", "%(number)s to be approved", wait)),
        (alone, ngettext("%(number)s unit without account", "%(number)s units without account", alone)),
    )
    parts = ", ".join(text % {"number": number} for number, text in counted if number)
    return _("Publication duties on %(day)s: %(parts)s") % {"day": day, "parts": parts}


def _parts(digest: Digest, units: dict[int, Unit], own: dict[int, Unit]) -> Iterator[Part]:
    """Every part, the empty ones too; what nobody looks after comes first."""
    note = _("Nobody can work on these sections. Give each unit an account, or name who stands in.")
    yield _part(_("Units without an active account"), digest.unstaffed, units, _unstaffed, note)
    yield _part(_("Accounts without a usable e-mail address"), digest.silent, units, _silent)
    heading = _("Escalated: ten working days late, or nobody else to tell")
    yield _part(heading, digest.escalated, units, _entry)
    yield _part(_("Overdue or not published"), digest.overdue, own, _entry)
    yield _part(_("To be published soon"), digest.soon, own, _entry)
    note = _("Look the section over: bring it up to date, or confirm that it is still correct.")
    yield _part(_("To be confirmed as still correct"), digest.confirm, own, _entry, note)
    yield _part(_("Waiting for your approval"), digest.approvals, own, _request)
    yield _part(_("Summary by unit"), digest.summary, units, _tally)


def _own(digest: Digest, units: dict[int, Unit]) -> dict[int, Unit]:
    """The units of what the reader has to do."""
    found = {entry.thing.unit for entry in (*digest.overdue, *digest.soon, *digest.confirm)}
    found |= {request.page.unit for request in digest.approvals}
    return {pk: unit for pk, unit in units.items() if pk in found}


def _about(own: dict[int, Unit]) -> list[str]:
    """The one unit's name, where the letter tells of one alone."""
    return [_("Unit: %(name)s.") % {"name": unit.name} for unit in own.values()] if len(own) == 1 else []


def _part(
    heading: str,
    things: Sequence[Thing],
    units: dict[int, Unit],
    in_words: Callable[[Thing, dict[int, Unit]], Line],
    note: str = "",
) -> Part:
    """A part with its first things in words, and how many more there are."""
    left = len(things) - MOST
    more = ngettext("and %(number)s more", "and %(number)s more", left) % {"number": left} if left > 0 else ""
    lines = tuple(in_words(thing, units) for thing in things[:MOST])
    return Part(heading, lines, note, more, absolute(reverse("compliance_matrix")))


def _entry(entry: Entry, units: dict[int, Unit]) -> Line:
    thing = entry.thing
    unit = units[thing.unit]
    words = [told(thing.reason, _short(thing.params), thing.lacking, thing.duty)]
    if thing.due and "due" not in thing.params:
        words.append(_("Due: %(day)s.") % {"day": f"{thing.due:%d/%m/%Y}"})
    words.append(_("Legal basis: %(law)s.") % {"law": thing.law})
    return Line(
        head=one_line(_named(unit, units, duty_name(thing.duty))),
        mark=str(ReminderStep.Step(entry.step).label) if entry.step else "",
        detail=one_line(" ".join(words)),
        url=unit_link(unit.code),
    )


def _request(request: Request, units: dict[int, Unit]) -> Line:
    page = request.page
    since = _("Submitted on %(day)s.") % {"day": f"{page.since:%d/%m/%Y}"}
    return Line(
        head=one_line(_named(units[page.unit], units, page.title[:_LONGEST])),
        mark=pgettext("letter", "New") if request.is_new else "",
        detail=since,
        url=page_link(page.page),
    )


def _named(unit: Unit, units: dict[int, Unit], text: str) -> str:
    """With the unit's name in front, where the part tells of more than one."""
    return f"{unit.name}: {text}" if len(units) > 1 else text


def _unstaffed(tally: Tally, units: dict[int, Unit]) -> Line:
    return Line(head=units[tally.unit].name, detail=_counts(tally), url=unit_link(units[tally.unit].code))


def _silent(row: tuple[int, Person], units: dict[int, Unit]) -> Line:
    unit, person = row
    return Line(head=one_line(f"{units[unit].name}: {person.name}"))


def _tally(tally: Tally, units: dict[int, Unit]) -> Line:
    return Line(head=units[tally.unit].name, detail=_counts(tally))


def _counts(tally: Tally) -> str:
    text = _("%(overdue)s overdue or not published, %(soon)s due soon, %(confirm)s to be confirmed.")
    return text % {"overdue": tally.overdue, "soon": tally.soon, "confirm": tally.confirm}


def _short(params: dict[str, Any]) -> dict[str, Any]:
    """The values of a sentence with a long title cut."""
    title = params.get("title")
    if not isinstance(title, str) or len(title) <= _LONGEST:
        return params
    return {**params, "title": title[: _LONGEST - 1].rstrip() + "…"}


def _as_text(sheet: Sheet) -> str:
    lines = [sheet.greeting, "", sheet.opening, ""]
    for part in sheet.parts:
        lines += [part.heading.upper(), *([part.note] if part.note else []), ""]
        for number, line in enumerate(part.lines, start=1):
            mark = f"[{line.mark}] " if line.mark else ""
            lines.append(f"{number}. {mark}{line.head}")
            lines += [f"   {text}" for text in (line.detail, line.url) if text]
        if part.more:
            lines += [f"… {part.more}: {part.url}"]
        lines.append("")
    lines += [*sheet.closing, "", f"{settings.WAGTAIL_SITE_NAME}: {sheet.admin_url}"]
    return "\n".join(lines) + "\n"
