"""Writes the entries: one for each public page, none for any other."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from wagtail.models import CollectionViewRestriction, Page

from sitepages import tongues
from sitepages.models import Authority, DocumentText, PortalDocument, SearchEntry
from sitepages.models.base import BasePage
from sitepages.search.kinds import kind_of
from sitepages.search.texts import dates_of, documents_of, numbers_of, text_of
from sitepages.search.words import BREAK, clean, date_marks, day_mark, month_mark, number_mark, tokens

#: Characters of a page's own text, and of it with the texts of all its files, that are searched.
LONGEST_TEXT, LONGEST_WHOLE = 60_000, 200_000
_BATCH = 200
_FIELDS = [each.name for each in SearchEntry._meta.concrete_fields if not each.primary_key]
_later: ContextVar[bool] = ContextVar("indexing_later", default=False)


@contextmanager
def indexing_later() -> Iterator[None]:
    """Within it pages are not indexed one by one: for imports, which index what they made at their end."""
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


def is_indexing_later() -> bool:
    """Whether whoever writes pages will index them."""
    return _later.get()


def place_of(day: datetime.date, page: int) -> int:
    """Where an entry stands: by day, then by the number of its page."""
    return (day.toordinal() << 40) + page


@dataclass
class _Around:
    """What stands above a page: unit, section, and whether it is closed to the public."""

    authority: int | None = None
    section: str = ""
    closed: bool = False


@dataclass
class _Files:
    """Files by id, with what was read in them; those in closed collections left out."""

    known: dict[int, PortalDocument] = field(default_factory=dict)

    @classmethod
    def of(cls, ids: Collection[int]) -> _Files:
        if not ids:
            return cls()
        rows = PortalDocument.objects.filter(pk__in=ids).select_related("contents", "collection")
        closed = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
        closed_paths = tuple(closed)
        return cls({row.pk: row for row in rows if not row.collection.path.startswith(closed_paths)})

    def text(self, number: int, shown: str) -> str:
        """The title of a file and what it says."""
        row = self.known[number]
        read: DocumentText | None = getattr(row, "contents", None)
        return f"{shown} {BREAK} {row.title} {BREAK} {read.text if read else ''}".replace("\n", " ")


def index_pages(pages: Sequence[BasePage]) -> int:
    """Write the entries of public pages and take those of others away; how many pages are found now.

    The pages are what the database holds of them, or is about to. Two queries, two more with files.
    """
    around = _surroundings([page.path for page in pages])
    public = [
        page for page in pages if page.live and (place := around[page.path]).authority and not place.closed
    ]
    gone = [page.pk for page in pages if page not in public]
    if gone:
        forget_pages(gone)
    offered = {page.pk: documents_of(page) for page in public}
    files = _Files.of({number for each in offered.values() for number in each})
    rows = [_entry(page, around[page.path], offered[page.pk], files) for page in public]
    SearchEntry.objects.bulk_create(
        sorted(rows, key=lambda row: row.place),
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=_FIELDS,
    )
    return len(rows)


def forget_pages(ids: Iterable[int]) -> None:
    """Take entries away."""
    SearchEntry.objects.filter(pk__in=list(ids))._raw_delete(SearchEntry.objects.db)


def index_below(page: Page) -> None:
    """A page and everything under it."""
    below = Page.objects.descendant_of(page, inclusive=True).order_by("path")
    index_ids(below.values_list("pk", flat=True))


def index_ids(ids: Iterable[int]) -> int:
    """Pages by their numbers, in batches; how many are found now."""
    wanted, done = list(ids), 0
    for start in range(0, len(wanted), _BATCH):
        some = wanted[start : start + _BATCH]
        pages = [page for page in Page.objects.filter(pk__in=some).specific() if isinstance(page, BasePage)]
        done += index_pages(pages)
        forget_pages(set(some) - {page.pk for page in pages})
    return done


def _surroundings(paths: Sequence[str]) -> dict[str, _Around]:
    """By path, in one query."""
    step = Page.steplen
    above = {path: [path[:end] for end in range(step, len(path) + 1, step)] for path in paths}
    rooted = Authority.objects.filter(site__root_page__translation_key=OuterRef("translation_key")).values(
        "pk"
    )
    rows = (
        Page.objects.filter(path__in={prefix for each in above.values() for prefix in each})
        .order_by("path")
        .annotate(unit=Subquery(rooted[:1]))
        .values_list(
            "path",
            "unit",
            "sectionpage__section",
            "articleindexpage",
            "view_restrictions",
        )
    )
    known: dict[str, _Around] = {}
    for path, authority, section, articles, restricted in rows:
        place = known.setdefault(path, _Around())
        place.authority = place.authority or authority
        place.section = section or ("news" if articles else "")
        place.closed = place.closed or restricted is not None
    found = {}
    for path, prefixes in above.items():
        place = found[path] = _Around()
        for prefix in prefixes:  # the nearest above says
            step_above = known.get(prefix, _Around())
            place.authority = step_above.authority or place.authority
            place.section = step_above.section or place.section
            place.closed = place.closed or step_above.closed
    return found


def _entry(page: Any, around: Any, offered: dict[int, str], files: _Files) -> SearchEntry:
    days = dates_of(page)
    title, text, numbers = clean(page.title), text_of(page), numbers_of(page)
    ids = [number for number in offered if number in files.known]
    whole = "\n".join([text[:LONGEST_TEXT], *(files.text(number, offered[number]) for number in ids)])
    title_words, kind = tokens(title), kind_of(page, around.section)
    number = " ".join(numbers)
    marks = [
        f"_a{around.authority}",
        f"_s{around.section}" if around.section else "",
        f"_k{kind}",
        language_mark(tongues.code_of(page.locale_id)),
        f"_y{days[0].year:04}",
        f"_m{days[0].year:04}{days[0].month:02}",
        *(f"_t{word}" for word in title_words),
        *(number_mark(each) for each in numbers),
        *(mark for day in days for mark in (day_mark(day), month_mark(day.year, day.month))),
        *date_marks(f"{title} {BREAK} {number} {BREAK} {whole[:LONGEST_WHOLE]}"),
        *(f"_f{number}" for number in ids),
    ]
    said = [title_words, tokens(number), _parts(whole[:LONGEST_WHOLE]), dict.fromkeys(filter(None, marks))]
    return SearchEntry(
        page_id=page.pk,
        place=place_of(days[0], page.pk),
        authority_id=around.authority,
        language=tongues.code_of(page.locale_id),
        kind=kind,
        section=around.section,
        date=days[0],
        year=days[0].year,
        title=title[:300],
        number=number[:300],
        title_words=" ".join([BREAK, *title_words, BREAK]),
        documents=ids,
        plain_text=text[:LONGEST_TEXT],
        words=" ".join([BREAK, *(word for part in said if part for word in (*part, BREAK))]),
    )


def _parts(text: str) -> list[str]:
    """The words of a text, its lines and parts kept apart."""
    out: list[str] = []
    for part in text.replace(BREAK, "\n").split("\n"):
        if words := tokens(part):
            out += [*words, BREAK]
    return out[:-1]


def language_mark(code: str) -> str:
    """The mark of pages in another language; the portal's own needs none."""
    return "" if code == tongues.default() else f"_l{code}"
