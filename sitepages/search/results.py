"""A page of results as it is shown: what was found, and how it can be narrowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from wagtail.models import Site

from sitepages import tongues
from sitepages.models import Authority, DocumentText, SearchEntry, SentPage
from sitepages.registers.public import gone_among
from sitepages.search.asked import Asked, read_query
from sitepages.search.choices import Choice, Facet
from sitepages.search.found import MOST, Found, Hit, Narrowing, find, pages_beginning
from sitepages.search.kinds import KINDS
from sitepages.search.shown import holds, marked, snippet
from sitepages.search.words import LAST_YEAR, tokens
from sitepages.vocabulary import sections

PAGE_SIZE = 10
SUGGESTIONS = 8
#: Entries without a day of their own stand at 1970: no year to offer.
_FIRST_OFFERED = 1971
_NAMES = ("unit", "section", "kind", "year")


@dataclass(frozen=True)
class InFile:
    """Where a file holds what was asked for."""

    title: str
    url: str
    snippet: SafeString


@dataclass(frozen=True)
class Result:
    """One page that was found."""

    url: str
    title: SafeString
    kind: str
    unit: str
    entry: SearchEntry
    snippet: SafeString
    files: list[InFile]


class Search:
    """What a request asks for, at one portal."""

    def __init__(self, request: HttpRequest, site: Site | None) -> None:
        self.request, self.site = request, site
        self.given = {name: request.GET.get(name, "")[:60] for name in ("scope", "lang", *_NAMES)}
        self.language, self.today = tongues.read_in(request), timezone.localdate()
        self.asked: Asked = read_query(request.GET.get("q", ""))

    @cached_property
    def units(self) -> dict[int, Authority]:
        """Every unit that has a portal."""
        rows = Authority.objects.filter(site__isnull=False).order_by("order", "code")
        return {each.pk: each for each in rows}

    @cached_property
    def unit(self) -> Authority | None:
        """The unit whose portal answers."""
        number = self.site.pk if self.site else None
        return next((each for each in self.units.values() if each.site_id == number), None)

    @cached_property
    def family(self) -> dict[int, Authority]:
        """The units whose portals belong together: the topmost one and all under it."""
        if self.unit is None:
            return self.units
        top = _topmost(self.unit.pk, self.units)
        return {pk: each for pk, each in self.units.items() if _topmost(pk, self.units) == top}

    @cached_property
    def chosen(self) -> Authority | None:
        """The unit chosen to narrow to."""
        return next((each for each in self.family.values() if each.code == self.given["unit"]), None)

    @property
    def everywhere(self) -> bool:
        """Whether all portals of the family are searched."""
        return self.unit is None or self.given["scope"] == "all" or self.chosen is not None

    @property
    def translated_only(self) -> bool:
        """Whether only pages in the reader's own language are found; those in Vietnamese too when asked."""
        return self.language != tongues.default() and self.given["lang"] != "all"

    @cached_property
    def where(self) -> Narrowing:
        """What the address says, as far as it makes sense."""
        year = self.given["year"]
        one = self.chosen or (None if self.everywhere else self.unit)
        return Narrowing(
            authorities=(one.pk,)
            if one
            else ()
            if len(self.family) == len(self.units)
            else tuple(self.family),
            section=self.given["section"] if self.given["section"] in sections() else "",
            kind=self.given["kind"] if self.given["kind"] in KINDS else "",
            year=int(year) if year.isascii() and year.isdigit() and 1 <= int(year) <= LAST_YEAR else None,
            home=self.unit.pk if self.unit else None,
            language=self.language if self.translated_only else "",
        )

    @cached_property
    def found(self) -> Found:
        """What is public today; what was sent down to many portals stands once among all: as its source."""
        found = find(self.asked, self.where)
        ids = {hit.page for hit in found.hits}
        left = gone_among(ids, self.today)
        if left:
            found = Found(tuple(hit for hit in found.hits if hit.page not in left), found.more)
        if len(self.where.authorities) == 1 or not found.hits:
            return found
        copies = SentPage.objects.filter(page__in=ids, source__in=ids).values_list("page_id", flat=True)
        known = set(copies)
        return Found(tuple(hit for hit in found.hits if hit.page not in known), found.more)

    @cached_property
    def page(self) -> Page:
        """The page of results asked for; the nearest one that exists."""
        return Paginator(self.found.hits, PAGE_SIZE).get_page(self.request.GET.get("page", "1")[:10])

    @cached_property
    def results(self) -> list[Result]:
        """What stands on the page; whatever is not public any more is left out."""
        hits: Sequence[Hit] = list(self.page)
        rows = SearchEntry.objects.filter(pk__in=[hit.page for hit in hits], page__live=True)
        entries = {row.pk: row for row in rows.select_related("page").defer("words", "title_words")}
        shown = [entries[hit.page] for hit in hits if hit.page in entries]
        words = self.asked.words
        missing = {
            row.pk: set(words) - holds(f"{row.title} {row.number} {row.plain_text}", words) for row in shown
        }
        wanted = {number for row in shown if missing[row.pk] for number in row.documents}
        read = DocumentText.objects.filter(pk__in=wanted).select_related("document") if wanted else []
        texts = {each.pk: each for each in read}
        return [self._result(row, missing[row.pk], texts) for row in shown]

    def _result(self, row: SearchEntry, missing: set[str], texts: Mapping[int, DocumentText]) -> Result:
        files = []
        for number in row.documents if missing else []:
            read = texts.get(number)
            if read is not None and holds(f"{read.document.title} {read.text}", missing):
                part = snippet(read.text, self.asked.words) if read.text else SafeString("")
                files.append(InFile(read.document.title, read.document.url, part))
        unit = self.family.get(row.authority_id)
        return Result(
            url=self._url(row),
            title=marked(row.title, self.asked.words),
            kind=str(KINDS.get(row.kind, "")),
            unit=unit.display_name if unit else "",
            entry=row,
            snippet=snippet(row.plain_text.replace("\n", " "), self.asked.words),
            files=files[:3],
        )

    def _url(self, row: SearchEntry) -> str:
        """The page's address, within the reader's language."""
        return tongues.twin(row.page.get_url(self.request) or "", self.language)

    @property
    def total(self) -> int:
        """How many were found, up to what is looked at."""
        return len(self.found.hits)

    @property
    def most(self) -> int:
        return MOST

    def address(self, **changes: str) -> str:
        """The address of this search with changes; back at its first page."""
        values = {"q": self.asked.text, **self.given, **changes}
        return "?" + urlencode({name: value for name, value in values.items() if value})

    @cached_property
    def chips(self) -> list[Choice]:
        """Narrowings in force, each with the address without it."""
        where, found = self.where, []
        if self.chosen:
            found.append(Choice(self.chosen.display_name, self.address(unit="", scope="all")))
        if where.section:
            found.append(Choice(sections()[where.section].name, self.address(section="")))
        if where.kind:
            found.append(Choice(str(KINDS[where.kind]), self.address(kind="")))
        if where.year is not None:
            found.append(Choice(str(where.year), self.address(year="")))
        return found

    @cached_property
    def facets(self) -> list[Facet]:
        """Ways to narrow what was found, the most frequent first; nothing that would change nothing."""
        hits, where = self.found.hits, self.where
        units = Counter(hit.authority for hit in hits) if self.everywhere and not self.chosen else Counter()
        kinds = Counter(hit.kind for hit in hits) if not where.kind else Counter()
        places = Counter(hit.section for hit in hits) if not where.section else Counter()
        years = (
            Counter(hit.year for hit in hits if hit.year >= _FIRST_OFFERED)
            if where.year is None
            else Counter()
        )
        known = sections()
        facets = [
            Facet("unit", [self._unit(pk, count) for pk, count in units.most_common() if pk in self.family]),
            Facet(
                "kind",
                [
                    Choice(str(KINDS[code]), self.address(kind=code), count)
                    for code, count in kinds.most_common()
                    if code in KINDS
                ],
            ),
            Facet(
                "section",
                [
                    Choice(known[code].name, self.address(section=code), count)
                    for code, count in places.most_common()
                    if code in known
                ],
            ),
            Facet(
                "year",
                [
                    Choice(str(year), self.address(year=str(year)), count)
                    for year, count in sorted(years.items(), reverse=True)
                ],
            ),
        ]
        return [facet for facet in facets if len(facet.choices) > 1]

    def _unit(self, number: int, count: int) -> Choice:
        unit = self.family[number]
        return Choice(unit.display_name, self.address(unit=unit.code, scope="all"), count)

    @cached_property
    def scopes(self) -> list[tuple[Choice, bool]]:
        """This portal, or all that belong together; each with whether it is the one searched."""
        if self.unit is None or len(self.family) < 2:
            return []
        return [
            (Choice("here", self.address(scope="", unit="")), not self.everywhere),
            (Choice("all", self.address(scope="all", unit="")), self.everywhere),
        ]

    @property
    def languages(self) -> list[tuple[Choice, bool]]:
        """Only pages in the reader's language, or those in Vietnamese as well; in Vietnamese no choice."""
        if self.language == tongues.default():
            return []
        return [
            (Choice("own", self.address(lang="")), self.translated_only),
            (Choice("all", self.address(lang="all")), not self.translated_only),
        ]

    @cached_property
    def instead(self) -> list[Choice]:
        """Searches for single words of a query that found nothing."""
        words = self.asked.text.replace('"', " ").split()
        if len(words) < 2:
            return []
        return [Choice(word, self.address(q=word)) for word in dict.fromkeys(words) if tokens(word)][:6]


def suggestions(typed: str, search: Search) -> list[str]:
    """Titles that hold what was typed so far, newest first."""
    words = list(dict.fromkeys(tokens(typed[:200])))[:8]
    if not words or len("".join(words)) < 2:
        return []
    ids = pages_beginning(words, search.where, SUGGESTIONS * 3)
    left = gone_among(ids, search.today)
    titles = dict(SearchEntry.objects.filter(pk__in=ids, page__live=True).values_list("pk", "title"))
    return list(dict.fromkeys(titles[number] for number in ids if number in titles and number not in left))[
        :SUGGESTIONS
    ]


def _topmost(number: int, units: Mapping[int, Any]) -> int:
    """The highest unit above; a circle, which nobody should make, ends where it began."""
    seen = {number}
    while (above := units[number].parent_id) in units and above not in seen:
        number = above
        seen.add(number)
    return number
