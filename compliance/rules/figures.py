"""The figures a report's text may name: each with a key to refer to it by, and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from compliance.rules.activity import Activity

REFERENCE = re.compile(r"\{\{\s*([a-z_0-9.-]+)\s*\}\}")


class Kind(StrEnum):
    """What a figure counts."""

    ARTICLES = "articles"
    OFFICES = "offices"
    SECTIONS = "sections"
    DOCUMENTS = "documents"
    VISITS = "visits"
    PROCEDURES = "procedures"
    QUESTIONS = "questions"
    DUPLICATES = "duplicates"
    TOPICS = "topics"
    PORTALS = "portals"
    MONEY = "money"
    PERCENT = "percent"
    NAMES = "names"


@dataclass(frozen=True)
class Figure:
    """One figure: a whole number (tenths for a percentage), names, or None for what is not kept."""

    key: str
    kind: Kind
    value: int | None = None
    names: tuple[str, ...] | None = None

    @property
    def is_kept(self) -> bool:
        """Whether there is anything to show."""
        return self.value is not None or self.names is not None


def figures(data: Activity) -> dict[str, Figure]:
    """Every figure by key, in the order of the report."""
    return {figure.key: figure for figure in _all(data)}


def _all(data: Activity) -> Iterator[Figure]:
    def number(key: str, kind: Kind, value: int | None) -> Figure:
        return Figure(key, kind, value)

    def named(key: str, names: tuple[str, ...] | None) -> Figure:
        return Figure(key, Kind.NAMES, None, names)

    articles = data.articles
    yield number("articles.total", Kind.ARTICLES, articles.total)
    yield number("articles.before", Kind.ARTICLES, articles.before)
    yield number("articles.change", Kind.ARTICLES, abs(articles.total - articles.before))
    yield number("articles.change_percent", Kind.PERCENT, _change(articles.total, articles.before))
    yield number("offices.total", Kind.OFFICES, len(articles.rows))
    yield number("offices.writing", Kind.OFFICES, len(articles.rows) - len(articles.silent))
    yield number("offices.silent", Kind.OFFICES, len(articles.silent))
    yield named("offices.silent_names", articles.silent)
    yield named("offices.most_names", _most(data))
    for group in articles.groups:
        yield number(f"articles.{group.code}", Kind.ARTICLES, group.total)
        yield number(f"offices.{group.code}", Kind.OFFICES, len(group.rows))
    yield number("sections.opened", Kind.SECTIONS, len(data.opened))
    yield named("sections.opened_names", data.opened)
    yield number("documents.total", Kind.DOCUMENTS, data.documents.total)
    for each in data.documents.by_type:
        yield number(f"documents.{each.code}", Kind.DOCUMENTS, each.count)
    visits = data.visits
    yield number("visits.in_period", Kind.VISITS, visits.in_period if visits else None)
    yield number("visits.in_all", Kind.VISITS, visits.in_all if visits else None)
    yield number("procedures.added", Kind.PROCEDURES, len(data.procedures.added))
    yield number("procedures.removed", Kind.PROCEDURES, len(data.procedures.removed))
    yield named("procedures.added_names", data.procedures.added)
    yield named("procedures.removed_names", data.procedures.removed)
    for name in ("received", "on_time", "late", "waiting", "overdue"):
        yield number(
            f"questions.{name}", Kind.QUESTIONS, getattr(data.questions, name) if data.questions else None
        )
    budget = data.budget
    yield number("budget.amount", Kind.MONEY, budget.amount if budget else None)
    yield number("budget.spent", Kind.MONEY, budget.spent if budget else None)
    yield number("budget.left", Kind.MONEY, budget.left if budget else None)
    yield number("budget.share", Kind.PERCENT, budget.tenths if budget else None)
    for line in budget.lines if budget else ():
        yield number(f"budget.{line.code}", Kind.MONEY, line.amount)
    yield number("duplicates.pairs", Kind.DUPLICATES, data.duplicates.pairs if data.duplicates else None)
    if data.duplicates is None or data.duplicates.later_here is not None:
        here = data.duplicates.later_here if data.duplicates else None
        yield number("duplicates.later_here", Kind.DUPLICATES, here)
    yield number(
        "duplicates.not_counted", Kind.ARTICLES, data.duplicates.not_counted if data.duplicates else None
    )
    yield number("topics.neglected", Kind.TOPICS, None if data.neglected is None else len(data.neglected))
    yield named("topics.neglected_names", data.neglected)
    judged = data.judged
    yield number("portals.total", Kind.PORTALS, judged.portals if judged else None)
    if judged is None or judged.tells_missing:
        yield number("portals.failing", Kind.PORTALS, len(judged.subportals) if judged else None)
    yield number("portals.lacking", Kind.PORTALS, len(judged.nothing_at_all) if judged else None)
    for worst in judged.worst if judged else ():
        yield number(f"portals.{worst.duty}", Kind.PORTALS, worst.units)
    yield named(
        "portals.lacking_names", tuple(each.name for each in judged.nothing_at_all) if judged else None
    )


def values_of(data: Activity) -> Mapping[Kind, frozenset[int]]:
    """Every number the data have, by what it counts: the figures, and each cell of the tables behind them."""
    found: dict[Kind, set[int]] = {kind: set() for kind in Kind}
    for figure in figures(data).values():
        if figure.value is not None:
            found[figure.kind].add(figure.value)
    for row in data.articles.rows:
        found[Kind.ARTICLES] |= {row.total, *row.counts}
    found[Kind.ARTICLES] |= set(data.articles.column_totals)
    for group in data.articles.groups:
        found[Kind.ARTICLES] |= {group.total, *group.column_totals}
    if data.judged:
        found[Kind.PORTALS] |= {each.units for each in data.judged.worst}
        for section in data.judged.sections():
            found[Kind.PORTALS] |= {len(section.portals), len(section.missing)}
        found[Kind.SECTIONS] |= {len(each.lacking) for each in data.judged.subportals}
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


@dataclass(frozen=True)
class Rendered:
    """A text with its references replaced; `linked` are the places (start, end) where figures stand."""

    text: str
    linked: tuple[tuple[int, int], ...]

    def is_linked(self, at: int) -> bool:
        """Whether a figure stands there."""
        return any(start <= at < end for start, end in self.linked)


def render(text: str, shown: Mapping[str, str]) -> Rendered:
    """The text with each reference replaced by what it shows; unknown ones stay as they are."""
    made, linked, done, length = [], [], 0, 0
    for match in REFERENCE.finditer(text):
        before, value = text[done : match.start()], shown.get(match[1])
        made += [before, match[0] if value is None else value]
        length += len(before)
        if value is not None:
            linked.append((length, length + len(value)))
        length += len(made[-1])
        done = match.end()
    return Rendered("".join([*made, text[done:]]), tuple(linked))


def rendered(text: str, shown: Mapping[str, str]) -> str:
    """The same as text alone."""
    return render(text, shown).text


def unknown_references(text: str, known: Mapping[str, object]) -> list[str]:
    """References to figures there are none of."""
    return [match[1] for match in REFERENCE.finditer(text) if match[1] not in known]


def _change(total: int, before: int) -> int | None:
    """More or less than the year before in tenths of a percent; None where there was nothing."""
    return (abs(total - before) * 2000 + before) // (2 * before) if before else None


def _most(data: Activity) -> tuple[str, ...]:
    """The five offices with most articles, ties in the order of the table."""
    writing = [row for row in data.articles.rows if row.total]
    return tuple(row.name for row in sorted(writing, key=lambda row: -row.total)[:5])
