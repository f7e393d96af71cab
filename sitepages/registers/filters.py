"""What a list may be filtered by, kind of record by kind: declared as data, read from the address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sitepages.disclosures import Disclosure
from sitepages.registers.force import State
from sitepages.text import fold, nfc
from sitepages.vocabulary import Word, words

Options = list[tuple[str, str]]
Label = str | Promise
_YEAR = re.compile(r"[12][0-9]{3}\Z", re.ASCII)
LONGEST_WORDS, MOST_WORDS = 100, 8
#: Values of a free column offered in a list.
MOST_OFFERED = 60

STATES: Mapping[str, Label] = {
    State.COMING: _("Not yet in force"),
    State.IN_FORCE: pgettext_lazy("document", "In force"),
    State.PARTLY: _("Partly out of force"),
    State.EXPIRED: _("Out of force"),
    State.REPLACED: _("Replaced"),
}


@dataclass(frozen=True)
class Filter:
    """One question of the form: its name in the address, its column, and what may be answered.

    Without ``options`` the values that stand in the list are offered.
    """

    param: str
    column: str
    label: Label
    options: Callable[[], Options] | None = None


@dataclass(frozen=True)
class Asked:
    """One filter as the reader set it: offered options, the value ("" for none) and its name."""

    filter: Filter
    options: Options
    value: str = ""

    @property
    def name(self) -> str:
        return dict(self.options).get(self.value, self.value)


@dataclass
class Request:
    """What the address asks for, cleaned: unknown names and values are left out."""

    words: str = ""
    asked: list[Asked] = field(default_factory=list)
    also: dict[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> dict[str, str]:
        """What belongs into every further address of this list."""
        said = {"q": self.words} if self.words else {}
        return said | self.also | {each.filter.param: each.value for each in self.asked if each.value}

    def without(self, param: str) -> str:
        """The address's query with one filter taken off."""
        rest = {name: value for name, value in self.kept.items() if name != param}
        return f"?{urlencode(rest)}" if rest else "?"

    @property
    def chips(self) -> list[tuple[Label, str, str]]:
        """The active filters: label, value in words, the address without it."""
        found: list[tuple[Label, str, str]] = []
        if self.words:
            found.append((_("Words"), self.words, self.without("q")))
        found += [
            (each.filter.label, each.name, self.without(each.filter.param))
            for each in self.asked
            if each.value
        ]
        return found


def _table(name: str) -> Callable[[], Options]:
    return lambda: [(word.code, word.name) for word in words(name).values()]


def _choices(model: str, inner: str) -> Callable[[], Options]:
    def read() -> Options:
        from django.apps import apps  # noqa: PLC0415 - app ready

        choices = getattr(apps.get_model("sitepages", model), inner).choices
        return [(str(code), str(name)) for code, name in choices]

    return read


def _named(given: tuple[Word, ...]) -> Options:
    return [(word.code, word.name) for word in given]


def _states() -> Options:
    return [(str(code), str(name)) for code, name in STATES.items()]


YEAR = Filter("nam", "year", _("Year"))
_PERIOD = Filter("ky", "period", _("Period"), _choices("BudgetDisclosurePage", "Period"))

FILTERS: Mapping[str, tuple[Filter, ...]] = {
    "LegalDocumentPage": (
        YEAR,
        Filter("loai", "kind", _("Type of document"), _table("document_types")),
        Filter("coquan", "issuer", _("Issuing body")),
        Filter("hieuluc", "state", _("State of force"), _states),
    ),
    "ProcurementPage": (
        YEAR,
        Filter("linhvuc", "field", _("Field of procurement"), _table("procurement_fields")),
        Filter("tinhtrang", "status", _("Status"), _choices("ProcurementPage", "Status")),
    ),
    "BudgetDisclosurePage": (
        Filter("nam", "year", _("Budget year")),
        Filter("loai", "kind", _("Kind of disclosure"), _choices("BudgetDisclosurePage", "Kind")),
        _PERIOD,
    ),
    "EventPage": (YEAR, Filter("loai", "kind", _("Kind"), _choices("EventPage", "Kind"))),
    "ArticlePage": (YEAR, Filter("loai", "kind", _("Genre"), _table("genres"))),
}


def filters_of(accepts: tuple[str, ...], shape: Disclosure | None) -> tuple[Filter, ...]:
    """The filters of a section: of its own page type, or those its records' columns allow."""
    own = next((FILTERS[name] for name in accepts if name in FILTERS), None)
    if own is not None:
        return own
    if shape is None or "DisclosurePage" not in accepts or shape.in_tree_order:
        return ()
    found = [YEAR]
    if shape.kinds:
        found.append(Filter("loai", "kind", _("Kind"), partial(_named, shape.kinds)))
    for param, column, code in (
        ("linhvuc", "field", shape.field_code),
        ("coquan", "issuer", shape.office_code),
    ):
        named = shape.field(code) if code else None
        if named is not None:
            options = partial(_named, named.options) if named.options else None
            found.append(Filter(param, column, named.name, options))
    if "period_token" in shape.columns:
        found.append(_PERIOD)
    return tuple(found)


def read(query: Mapping[str, str], filters: tuple[Filter, ...], standing: QuerySet) -> Request:
    """What a query string asks of a list; ``standing`` are the list's entries, for the options."""
    found, asked = _standing_values(filters, standing), []
    for each in filters:
        options = each.options() if each.options is not None else found[each.param]
        given = nfc(query.get(each.param, "")[:255]).strip()
        asked.append(Asked(each, options, given if given in dict(options) else ""))
    said = " ".join(nfc(query.get("q", "")[: 4 * LONGEST_WORDS]).split())[:LONGEST_WORDS].strip()
    return Request(said, asked)


def _standing_values(filters: tuple[Filter, ...], standing: QuerySet) -> dict[str, Options]:
    """The values that stand in the list, for every filter that offers them: one query for all."""
    free = [each for each in filters if each.options is None]
    parts = [
        standing.order_by()
        .annotate(param=Value(each.param), said=Cast(each.column, CharField()))
        .values_list("param", "said")
        .distinct()
        for each in free
    ]
    found: dict[str, list[str]] = {each.param: [] for each in free}
    if parts:
        for param, value in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
            if value:
                found[param].append(value)
    return {
        each.param: [
            (value, value)
            for value in sorted(found[each.param], key=fold, reverse=each.column == "year")[:MOST_OFFERED]
        ]
        for each in free
    }


def narrowed(entries: QuerySet, request: Request, today: Any) -> QuerySet:
    """The entries that answer every filter."""
    for word in fold(request.words).split()[:MOST_WORDS]:
        entries = entries.filter(folded__contains=word)
    for each in request.asked:
        if not each.value:
            continue
        if each.filter.column == "state":
            entries = entries.filter(in_state(each.value, today))
        elif each.filter.column == "year":
            entries = entries.filter(year=int(each.value)) if _YEAR.match(each.value) else entries.none()
        else:
            entries = entries.filter(**{each.filter.column: each.value})
    return entries


def in_state(state: str, today: Any) -> Q:
    """The entries whose document stands so on a day: the twin of `force.Standing.on` in SQL."""
    ended = Q(valid_to__lte=today)
    if state in (State.EXPIRED, State.REPLACED):
        return ended & Q(replaced=state == State.REPLACED)
    lasting = Q(valid_to=None) | Q(valid_to__gt=today)
    if state == State.COMING:
        return lasting & Q(valid_from__gt=today)
    begun = lasting & Q(valid_from__lte=today)
    if state == State.PARTLY:
        return begun & Q(partly_from__lte=today)
    return begun & (Q(partly_from=None) | Q(partly_from__gt=today))
