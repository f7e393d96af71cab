"""Questions of citizens: the time they are given, how their clock stands, and how they count."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from compliance.catalogue.questions import load_handling
from compliance.models import Question, QuestionPause, QuestionStep
from compliance.queries.rulebook import Rulebook
from compliance.rules.calendar import WorkingCalendar
from compliance.rules.lookup import record_terms
from compliance.rules.question_stats import Counted, Figures, figures, ranks
from compliance.rules.questions import CALENDAR, WORKING, Clock, Pause, Term, run_clock, standing
from compliance.rules.types import LegalBasis, TicketAnswer, WithinCalendarDays, WithinWorkingDays
from sitepages.models import Authority
from sitepages.queries import section_page
from sitepages.vocabulary import sections

SECTION = "qa_feedback"
#: Working days before the due day from which a question is said to be due soon.
SOON_DAYS = 3

State = Question.State
#: What counts as received here: not what was refused, merged away, or handed on to another body.
COUNTED = (State.RECEIVED, State.ASSIGNED, State.PAUSED, State.DRAFTED, State.ANSWERED)


@dataclass(frozen=True)
class Allowed:
    """The time a question is given, and on what that rests."""

    term: Term
    basis: LegalBasis


def time_allowed(tier: str, begins: datetime.date, book: Rulebook) -> Allowed:
    """The strictest time in force that day: the law's, a local rule's, else the convention."""
    try:
        requirement = book.requirement(SECTION)
    except KeyError:
        requirement = None
    for each in record_terms(requirement, tier, "own", begins, book.calendar) if requirement else []:
        match each.limit.deadline:
            case TicketAnswer(days, unit):
                return Allowed(Term(days, unit), each.limit.bases[0])
            case WithinWorkingDays(days):
                return Allowed(Term(days, WORKING), each.limit.bases[0])
            case WithinCalendarDays(days):
                return Allowed(Term(days, CALENDAR), each.limit.bases[0])
    handling = load_handling()
    row = handling.on(handling.answers, begins)
    return Allowed(row.term, row.basis)


def clock_of(
    question: Question, calendar: WorkingCalendar, today: datetime.date, pauses: Iterable[QuestionPause]
) -> Clock:
    """The calculation of a question, day by day; pauses stop it only where the rule of that day says so."""
    handling = load_handling()
    stops = handling.on(handling.pauses, question.counts_from).stops
    held = tuple(Pause(each.first, each.last) for each in pauses) if stops else ()
    return run_clock(
        local_day(question.received_at),
        question.counts_from,
        Term(question.term_days, question.term_unit),
        calendar,
        moved=question.moved,
        pauses=held,
        today=today,
    )


def local_day(moment: datetime.datetime) -> datetime.date:
    """The local day of a moment."""
    return timezone.localdate(moment)


def soon_from(due: datetime.date, calendar: WorkingCalendar) -> datetime.date:
    """The day from which a question is due soon."""
    return calendar.before_working_days(due, SOON_DAYS).due


def mine(units: Iterable[Authority]) -> QuerySet:
    """The questions of these bodies, the most urgent first."""
    return (
        Question.objects.filter(authority__in=[unit.pk for unit in units])
        .select_related("authority", "office", "officer")
        .order_by("due", "pk")
    )


def waiting_count(units: Iterable[Authority]) -> int:
    """How many questions of these bodies wait for somebody."""
    return Question.objects.filter(authority__in=[unit.pk for unit in units], state__in=Question.OPEN).count()


def handed_on(units: Iterable[Authority]) -> QuerySet:
    """The fact that a question went to another body: all that stays with the one that had it."""
    return (
        QuestionStep.objects.filter(
            source__in=[unit.pk for unit in units], kind=QuestionStep.Kind.TRANSFERRED
        )
        .select_related("question", "source", "target", "by")
        .order_by("-at")
    )


def may_receive(unit: Authority, today: datetime.date) -> bool:
    """Whether the body takes questions on its portal: it is in force, and has the section."""
    return unit.site_id is not None and unit.is_in_force(today) and bool(section_page(unit, SECTION))


def section_slug() -> str:
    """The address part of the section that holds the answers."""
    return sections()[SECTION].slug


def transfer_targets(unit: Authority, today: datetime.date) -> QuerySet:
    """The bodies of the same tree a question may go to: above, beside and below, with a portal, in force."""
    top = unit.parent_id or unit.pk
    return (
        Authority.objects.filter(Q(pk=top) | Q(parent=top) | Q(parent=unit.pk), site__isnull=False)
        .in_force(today)
        .exclude(pk=unit.pk)
        .order_by("order", "code")
    )


def counted_rows(
    unit: Authority, first: datetime.date, last: datetime.date, today: datetime.date
) -> list[Counted]:
    """The body's questions counted from a day of the stretch, each as it stood on `today`: one query."""
    rows = Question.objects.filter(
        authority=unit, state__in=COUNTED, counts_from__gte=first, counts_from__lte=last
    ).values_list("due", "closed_at", "taken_days", "rating__stars")
    return [_counted(due, closed, taken, stars, today) for due, closed, taken, stars in rows]


def figures_of(
    units: Iterable[Authority], first: datetime.date, last: datetime.date, today: datetime.date
) -> dict[str, Figures]:
    """The figures of several bodies by code, ranked where enough was answered: one query."""
    every = list(units)
    handling = load_handling()
    samples = handling.on(handling.samples, today)
    found: dict[int, list[Counted]] = {unit.pk: [] for unit in every}
    rows = Question.objects.filter(
        authority__in=list(found), state__in=COUNTED, counts_from__gte=first, counts_from__lte=last
    ).values_list("authority", "due", "closed_at", "taken_days", "rating__stars")
    for unit, due, closed, taken, stars in rows:
        found[unit].append(_counted(due, closed, taken, stars, today))
    told = {unit.code: figures(found[unit.pk], least_ratings=samples.ratings) for unit in every}
    places = ranks(told, least_answered=samples.answered)
    return {code: replace(each, rank=places.get(code)) for code, each in told.items()}


def answered_years(unit: Authority) -> list[int]:
    """The years in which the body received questions, newest first."""
    days = Question.objects.filter(authority=unit).dates("counts_from", "year", order="DESC")
    return [day.year for day in days]


def states_of(units: Iterable[Authority]) -> dict[str, int]:
    """How many questions of these bodies are in each state."""
    rows = mine(units).order_by().values_list("state").annotate(number=Count("pk"))
    return dict(rows)


def _counted(
    due: datetime.date,
    closed: datetime.datetime | None,
    taken: int | None,
    stars: int | None,
    today: datetime.date,
) -> Counted:
    day = local_day(closed) if closed else None
    if day is not None and day > today:
        day, taken, stars = None, None, None
    return Counted(standing(due, today, day), taken, stars)
