"""Reads: what a front page answers, in three queries however much a portal holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    F,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from wagtail.models import Page

from sitepages.frame.record import Frame
from sitepages.registers.public import public_now
from sitepages.vocabulary import Word, words

ARTICLES, RECORDS = 5, 4
CONSULTATIONS = "draft_consultation"


@dataclass(frozen=True)
class Entry:
    """One line of a front page, whatever kind of record it stands for."""

    pk: int
    kind: str
    title: str
    url: str
    number: str
    code: str
    day: datetime.date | None
    moment: datetime.datetime | None
    until: datetime.date | None
    amount: int | None
    place: str

    @property
    def type_name(self) -> str:
        """What a legal document is called."""
        word: Word | None = words("document_types").get(self.code)
        return word.name if word else self.code

    @property
    def status_name(self) -> str:
        """How far a procurement has come."""
        return _label("ProcurementPage", "Status", self.code)

    @property
    def event_name(self) -> str:
        """Event or announcement."""
        return _label("EventPage", "Kind", self.code)

    @property
    def budget_name(self) -> str:
        """What kind of budget disclosure it is."""
        return _label("BudgetDisclosurePage", "Kind", self.code)


def _label(model: str, choices: str, code: str) -> str:
    return str(dict(getattr(_model(model), choices).choices).get(code, code))


def _model(name: str) -> Any:
    return apps.get_model("sitepages", name)


def front_page_content(
    home: Page, today: datetime.date, frame: Frame | None = None, prefix: str = ""
) -> dict[str, Any]:
    """The answers: what is new, what is open for comment, who is on duty, what was published.

    ``prefix`` stands before addresses where they are read in another language.
    """
    articles = _open(_model("ArticlePage"), home, frame, today).select_related("office", "cover")
    return {
        "articles": list(articles.order_by("-first_published_at", "-pk")[:ARTICLES]),
        "schedule_rows": _week(home, today, frame),
        **_entries(home, today, frame, prefix),
    }


def _open(model: Any, home: Page, frame: Frame | None, today: datetime.date) -> Any:
    pages = public_now(model.objects.descendant_of(home), today)
    return frame.open_only(pages) if frame is not None else pages.public()


def _week(home: Page, today: datetime.date, frame: Frame | None) -> list[Any]:
    """What the schedules of this week and the next say from today on; a later page replaces an earlier."""
    monday = today - datetime.timedelta(days=today.weekday())
    weeks = _open(_model("WorkSchedulePage"), home, frame, today).filter(
        week_start__in=(monday, monday + datetime.timedelta(days=7))
    )
    rows = (
        _model("WorkScheduleRow")
        .objects.filter(page__in=weeks, date__gte=today)
        .select_related("page")
        .order_by("date", F("time").asc(nulls_first=True), "sort_order")
    )
    found = list(rows[:30])
    latest = {row.page.week_start: row.page_id for row in sorted(found, key=lambda row: row.page_id)}
    return [row for row in found if row.page_id == latest[row.page.week_start]][:RECORDS]


#: What every part of the union tells, in the order of `Entry`, between its key and its address.
_TYPES: dict[str, Any] = {
    "number": CharField(),
    "code": CharField(),
    "day": DateField(),
    "moment": DateTimeField(),
    "until": DateField(),
    "amount": BigIntegerField(),
    "place": CharField(),
}


def _lines(pages: QuerySet, kind: str, title: str = "title", **told: Any) -> QuerySet:
    """One part of the union: every part has the same columns of the same types."""
    columns = {
        "as_kind": Value(kind, CharField()),
        "as_title": Cast(F(title), TextField()),
        "as_path": F("url_path"),
    }
    for name, type_ in _TYPES.items():
        blank = Value("" if isinstance(type_, CharField) else None)
        columns[f"as_{name}"] = Cast(told.get(name, blank), type_)
    return pages.annotate(**columns).values_list("pk", *columns)


@dataclass(frozen=True)
class _Part:
    """One kind of record: the rows to show, what they tell, and their order."""

    model: str
    pick: Callable[[QuerySet, datetime.date], QuerySet]
    told: dict[str, Any]
    order: Callable[[Entry, datetime.date], Any]
    title: str = "title"

    def lines(self, kind: str, pages: QuerySet, today: datetime.date) -> QuerySet:
        """The rows as a part of the union, which may neither be cut nor sorted itself."""
        shown = self.pick(pages, today).values("pk")[:RECORDS]
        return _lines(
            _model(self.model).objects.filter(pk__in=shown).order_by(), kind, self.title, **self.told
        )


def _events(pages: QuerySet, today: datetime.date) -> QuerySet:
    """Those to come first, the next one first; then the latest announcements."""
    ahead = Q(starts_at__date__gte=today)
    return pages.order_by(
        Case(When(ahead, then=0), default=1),
        Case(When(ahead, then=F("starts_at"))),
        "-first_published_at",
        "-pk",
    )


def _event_order(entry: Entry, today: datetime.date) -> tuple[Any, ...]:
    begins = entry.moment
    ahead = begins is not None and timezone.localtime(begins).date() >= today
    return (0, begins, 0) if ahead and begins else (1, _latest(entry.day), -entry.pk)


def _consultations(pages: QuerySet, today: datetime.date) -> QuerySet:
    """Drafts whose window holds today; one that names no first day is open from its publication."""
    window = Q(opens__isnull=True) | Q(opens="") | Q(opens__lte=today.isoformat())
    opens = Cast(KeyTextTransform("opens_at", "details"), TextField())
    running = pages.annotate(opens=opens).filter(window, section=CONSULTATIONS, term_ends__gte=today)
    return running.order_by("term_ends", "pk")


def _latest(moment: Any) -> float:
    """A key that sorts the latest first, and what has no day last."""
    if moment is None:
        return 0
    return -moment.timestamp() if isinstance(moment, datetime.datetime) else -moment.toordinal()


def _by_day(entry: Entry, today: datetime.date) -> tuple[float, int]:
    return _latest(entry.day), -entry.pk


def _by_moment(entry: Entry, today: datetime.date) -> tuple[float, int]:
    return _latest(entry.moment), -entry.pk


_PUBLISHED = F("first_published_at")
_PARTS: dict[str, _Part] = {
    "documents": _Part(
        "LegalDocumentPage",
        lambda pages, today: pages.order_by("-issue_date", "-pk"),
        {"number": F("number"), "code": F("document_type"), "day": F("issue_date")},
        _by_day,
        title="abstract",
    ),
    "events": _Part(
        "EventPage",
        _events,
        {"code": F("kind"), "moment": F("starts_at"), "place": F("place"), "day": TruncDate(_PUBLISHED)},
        _event_order,
    ),
    "procurements": _Part(
        "ProcurementPage",
        lambda pages, today: pages.exclude(status="completed").order_by("-approval_date", "-pk"),
        {"code": F("status"), "day": F("approval_date"), "amount": F("price")},
        _by_day,
    ),
    "budgets": _Part(
        "BudgetDisclosurePage",
        lambda pages, today: pages.order_by("-first_published_at", "-pk"),
        {"code": F("kind"), "moment": _PUBLISHED, "amount": F("fiscal_year")},
        _by_moment,
    ),
    "disclosures": _Part(
        "DisclosurePage",
        lambda pages, today: pages.exclude(section=CONSULTATIONS).order_by("-first_published_at", "-pk"),
        {"moment": _PUBLISHED},
        _by_moment,
    ),
    "consultations": _Part(
        "DisclosurePage",
        _consultations,
        {"until": F("term_ends")},
        lambda entry, today: (entry.until, entry.pk),
    ),
}


def _entries(home: Page, today: datetime.date, frame: Frame | None, prefix: str) -> dict[str, list[Entry]]:
    """All short lists of a front page, in one query."""
    parts = [
        part.lines(kind, _open(_model(part.model), home, frame, today), today)
        for kind, part in _PARTS.items()
    ]
    root = len(home.url_path) - 1
    rows = parts[0].union(*parts[1:], all=True)
    found = [Entry(pk, kind, title, prefix + path[root:], *rest) for pk, kind, title, path, *rest in rows]
    return {
        kind: sorted(
            (entry for entry in found if entry.kind == kind), key=lambda entry: part.order(entry, today)
        )
        for kind, part in _PARTS.items()
    }
