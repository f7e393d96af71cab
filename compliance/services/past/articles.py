"""Lines of a file that are articles."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from compliance.models import ImportedArticle, ImportedTally, PayPeriod
from compliance.queries.rates import NoTermsError, Terms, royalty_terms
from compliance.rules.months import Month, local_date
from compliance.rules.past import read_coefficient, read_moment
from compliance.rules.royalties import check_coefficient
from compliance.services.article_rows import coefficient_fault
from compliance.services.csv_files import name_key
from compliance.services.past.check import Checker, digest_of, months_of
from compliance.services.past.spool import Spooled
from sitepages.models import ArticlePage, Authority
from sitepages.queries import article_index
from sitepages.text import fold
from sitepages.vocabulary import words


class ArticleChecker(Checker):
    """Articles: an office, a moment, a title; the rest may be left out."""

    longest = {"lead": 1000, "body": 100_000, "author": 150, "pen_name": 150}

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.genres: dict[str, str] = {}
        for code, word in words("genres").items():
            self.genres |= {fold(name_key(each)): code for each in (code, word.name_vi, word.name_en)}
        self.terms: dict[tuple[int, str, datetime.date], Terms | None] = {}
        self.indexes: dict[int, str] = {}
        self.frozen: dict[int, list[tuple[datetime.date, datetime.date]]] = {}
        self.tallied = set(ImportedTally.objects.values_list("office", "month"))

    def rows(self, unit: Authority, value: Mapping[str, str], cells: Sequence[str]) -> Iterator[Spooled]:
        office = self.office(unit, value["office"])
        moment = self._moment(value["published_at"])
        genre = self._genre(value.get("genre", ""))
        if office is not None and moment is not None:
            self.in_force(office, local_date(moment))
        if not value["title"]:
            self.fault("title", _("the title is empty."))
        coefficient = None
        if value.get("coefficient"):
            day = local_date(moment) if moment else None
            coefficient = self._coefficient(value["coefficient"], unit, genre, day)
        if self._index(unit) == "":
            self.fault("", _("Unit “%(code)s” has no article index. Run provision_portal first.")
                       % {"code": unit.code})  # fmt: skip
        if self.failed or office is None or moment is None:
            return
        at = moment.astimezone(datetime.UTC).isoformat()
        names = ("lead", "body", "author", "pen_name")
        data = {"office": office.pk, "at": at, "title": value["title"], "genre": genre}
        data |= {name: value.get(name, "") for name in names}
        data["coefficient"] = "" if coefficient is None else str(coefficient)
        key = digest_of(at, name_key(value["title"]))
        yield Spooled(self.line, unit.pk, key, value.get("reference", ""), digest_of(data), data)

    def compare(self, batch: list[tuple[int, Spooled]]) -> None:
        rows = [row for _number, row in batch]
        units = {row.unit for row in rows}
        known = ImportedArticle.objects.filter(authority__in=units)
        by_key = _by(known.filter(key__in=[row.key for row in rows]), "key")
        references = [row.reference for row in rows if row.reference]
        by_reference = _by(known.filter(reference__in=references), "reference") if references else {}
        made = self._made_otherwise(rows)
        present, changed = [], []
        for number, row in batch:
            digest = by_reference.get((row.unit, row.reference)) if row.reference else None
            digest = digest or by_key.get((row.unit, row.key))
            if digest is not None and digest != row.digest:
                changed.append(number)
                self.differs(row)
            elif digest is not None or (row.unit, row.key) in made:
                present.append(number)
            else:
                self._new(row)
        self.found(present, changed)

    def _made_otherwise(self, rows: list[Spooled]) -> set[tuple[int, str]]:
        """The keys of articles that are on the portals by another way than an import of this kind."""
        moments = {datetime.datetime.fromisoformat(row.data["at"]) for row in rows}
        roots: dict[str, int] = {self._index(self.units.by_pk[row.unit]): row.unit for row in rows}
        found = set()
        there = ArticlePage.objects.filter(first_published_at__in=moments).order_by()
        for path, moment, title in there.values_list("path", "first_published_at", "title"):
            unit = roots.get(path[: -ArticlePage.steplen])
            if unit is not None:
                found.add((unit, digest_of(moment.astimezone(datetime.UTC).isoformat(), name_key(title))))
        return found

    def _new(self, row: Spooled) -> None:
        """Faults of an article that would be added: its month is settled, or counted by a number."""
        day = local_date(datetime.datetime.fromisoformat(row.data["at"]))
        if row.unit not in self.frozen:
            closed = PayPeriod.objects.closed().filter(authority=row.unit)
            self.frozen[row.unit] = list(closed.values_list("first_day", "last_day"))
        if any(first <= day <= last for first, last in self.frozen[row.unit]):
            self.fault(
                "published_at",
                _("the pay period of %(month)s is closed: its articles cannot change any more.")
                % {"month": months_of(Month.of(day))},
                line=row.line,
            )
        if (row.data["office"], Month.of(day).first) in self.tallied:
            self.fault(
                "office",
                _(
                    "%(month)s of this office was imported as a number. Take that import back, or leave "
                    "the articles out."
                )
                % {"month": months_of(Month.of(day))},
                line=row.line,
            )

    def _index(self, unit: Authority) -> str:
        if unit.pk not in self.indexes:
            index = article_index(unit)
            self.indexes[unit.pk] = index.path if index else ""
        return self.indexes[unit.pk]

    def _moment(self, text: str) -> datetime.datetime | None:
        moment = self.parsed(
            "published_at", text, read_moment, _("“%(text)s” is no day that exists, written as 31/12/2020.")
        )
        if moment is not None and moment > self.request.now:
            self.fault("published_at", _("“%(text)s” lies in the future.") % {"text": text})
        return moment

    def _genre(self, text: str) -> str:
        genre = self.genres.get(fold(name_key(text)) or "news", "")
        if not genre:
            known = ", ".join(word.name for word in words("genres").values())
            self.fault(
                "genre", _("unknown genre “%(text)s”. Known: %(known)s.") % {"text": text, "known": known}
            )
        return genre

    def _coefficient(
        self, text: str, unit: Authority, genre: str, on: datetime.date | None
    ) -> Decimal | None:
        """What was given; without a day or genre only what is wrong by itself is told."""
        coefficient = self.parsed("coefficient", text, read_coefficient, _("“%(text)s” is not a number."))
        if coefficient is None:
            return None
        terms = self._terms(unit, genre, on) if genre and on else None
        if self.request.settled or not (genre and on):  # paid by the rules of its day, whatever they were
            cap = None
            if terms and terms.cap is not None and coefficient > terms.cap:
                self.note(
                    self.line,
                    _("%(text)s is above the highest coefficient of this genre on that day, %(cap)s. "
                      "It was kept as it was paid.") % {"text": text, "cap": f"{terms.cap.normalize():f}"},
                    "coefficient",
                )  # fmt: skip
        else:
            if terms is None:
                self.fault(
                    "coefficient", _("no base salary is known for %(day)s.") % {"day": f"{on:%d/%m/%Y}"}
                )
                return None
            cap = terms.cap
        fault = check_coefficient(coefficient, cap)
        if fault:
            self.fault("coefficient", coefficient_fault(fault, text, cap))
        return coefficient

    def _terms(self, unit: Authority, genre: str, on: datetime.date) -> Terms | None:
        key = (unit.pk, genre, on)
        if key not in self.terms:
            try:
                self.terms[key] = royalty_terms(unit, genre, on)
            except NoTermsError:
                self.terms[key] = None
        return self.terms[key]


def _by(rows: Any, name: str) -> dict[tuple[int, str], str]:
    found: dict[tuple[int, str], str] = defaultdict(str)
    for unit, key, digest in rows.values_list("authority", name, "digest"):
        found[unit, key] = digest
    return dict(found)
