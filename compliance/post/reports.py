"""What the commands say they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from compliance.models import ReminderStep
from compliance.reports.activity_words import period_in_words
from compliance.services.outbox import SendReport
from compliance.services.regular import Made, NotMade
from compliance.services.remind import Composed


def composed_in_words(composed: Composed) -> Iterator[str]:
    """A line for each letter, the steps by kind, and whom no letter can reach."""
    plan = composed.plan
    for digest, letter in zip(plan.digests, composed.letters, strict=True):
        yield f"{digest.person.name} <{digest.person.address}>: {letter.subject}"
    taken = Counter(step.step for step in plan.steps if not step.skipped)
    for step, label in ReminderStep.Step.choices:
        if taken[step]:
            yield f"{label}: {taken[step]}"
    skipped = sum(step.skipped for step in plan.steps)
    if skipped:
        yield _("Steps passed over because a later one was sent: %(number)s") % {"number": skipped}
    for unit, person in plan.silent:
        text = _("No usable e-mail address: %(name)s (%(unit)s)")
        yield text % {"name": person.name, "unit": plan.units[unit].name}
    yield _("Letters written: %(number)s") % {"number": len(composed.letters)}


def sent_in_words(report: SendReport) -> Iterator[str]:
    """What went out, what did not, and what waits."""
    yield _("Sent: %(sent)s. Failed: %(failed)s. Still waiting: %(waiting)s.") % {
        "sent": report.sent,
        "failed": report.failed,
        "waiting": report.waiting,
    }
    if report.cancelled:
        text = _("Not sent because the account is no longer active: %(number)s")
        yield text % {"number": report.cancelled}
    if report.error:
        yield _("Last fault: %(error)s. It is tried again by itself.") % {"error": report.error}


def made_in_words(made: Made | NotMade) -> str:
    """A draft that was made, or why there is none for some days."""
    if isinstance(made, Made):
        text = _("%(unit)s: draft %(report)s, letters: %(letters)s") % {
            "unit": made.report.authority,
            "report": made.report,
            "letters": made.letters,
        }
        if made.rest:
            text += " " + _("(the rest of the quarter; the months before it were reported one by one)")
        return text
    values = {"unit": made.unit, "period": period_in_words(made.days.first, made.days.last)}
    if made.report is None:
        text = _("%(unit)s: no draft for %(period)s, missed too long ago. Start one by hand if it is needed.")
        return text % values
    text = _("%(unit)s: no draft for %(period)s, days of it are in the report %(report)s.")
    return text % {**values, "report": made.report}
