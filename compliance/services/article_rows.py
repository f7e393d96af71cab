"""Read a file of articles, strictly: every fault by line and column, before anything is written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from compliance.queries.rates import NoTermsError, royalty_terms
from compliance.rules.months import local_date, local_moment
from compliance.rules.royalties import check_coefficient
from compliance.services.csv_files import FORMULA, ImportRefusedError, at_line, name_key, read_records
from compliance.services.rate_faults import coefficient_fault
from sitepages.models import Authority, Office
from sitepages.vocabulary import words

REQUIRED = ("authority", "office", "published_at", "title", "genre")
OPTIONAL = ("lead", "body", "author", "coefficient")
_LONGEST = {"title": 255, "lead": 1000, "author": 150, "body": 100_000}


@dataclass(frozen=True)
class ArticleRow:
    """One article of the file, checked."""

    line: int
    authority: Authority
    office: Office
    published_at: datetime.datetime
    title: str
    genre: str
    lead: str
    body: str
    author: str
    coefficient: Decimal | None


def read_articles(content: bytes, *, now: datetime.datetime) -> list[ArticleRow]:
    """The rows of a UTF-8 CSV file with commas or semicolons; ImportRefusedError naming every fault."""
    reader = _Reader(now)
    rows = reader.read(content)
    if reader.problems:
        raise ImportRefusedError(reader.problems)
    return rows


class _Reader:
    """Checks rows one by one, remembering units, offices and what was seen before."""

    def __init__(self, now: datetime.datetime) -> None:
        self.now = now
        self.problems: list[str] = []
        self.authorities = {
            unit.code: unit
            for unit in Authority.objects.filter(site__isnull=False).select_related("parent", "site")
        }
        self.offices: dict[tuple[str, str], Office] = {}
        for office in Office.objects.select_related("authority"):
            self.offices[office.authority.code, name_key(office.full_name)] = office
            self.offices[office.authority.code, name_key(office.code)] = office
        self.seen: dict[tuple[str, datetime.datetime, str], int] = {}

    def read(self, content: bytes) -> list[ArticleRow]:
        records = read_records(content, required=REQUIRED, optional=OPTIONAL, fault=self._line_fault)
        rows = [row for line, record in records if (row := self.row(line, record))]
        if not rows and not self.problems:
            self.problems.append(_("The file holds no article."))
        return rows

    def _line_fault(self, line: int, message: str) -> None:
        self.problems.append(at_line(line, message))

    def _fault(self, line: int, column: str, message: str) -> None:
        self.problems.append(
            _("Line %(line)s, column %(column)s: %(message)s")
            % {"line": line, "column": column, "message": message}
        )

    def row(self, line: int, record: dict[str, str]) -> ArticleRow | None:
        before = len(self.problems)
        value = {name: record.get(name, "") for name in (*REQUIRED, *OPTIONAL)}
        authority = self._authority(line, value["authority"])
        office = self._office(line, authority, value["office"])
        moment = self._moment(line, value["published_at"])
        self._texts(line, value)
        if value["genre"] not in words("genres"):
            self._fault(
                line,
                "genre",
                _("unknown genre “%(text)s”. Known: %(known)s.")
                % {"text": value["genre"], "known": ", ".join(words("genres"))},
            )
        coefficient = None
        if value["coefficient"] and authority and moment and value["genre"] in words("genres"):
            coefficient = self._coefficient(
                line, value["coefficient"], authority, value["genre"], local_date(moment)
            )
        if len(self.problems) > before or authority is None or office is None or moment is None:
            return None
        key = (authority.code, moment, name_key(value["title"]))
        if key in self.seen:
            self._fault(
                line, "title", _("the same article stands on line %(other)s.") % {"other": self.seen[key]}
            )
            return None
        self.seen[key] = line
        return ArticleRow(
            line,
            authority,
            office,
            moment,
            value["title"],
            value["genre"],
            value["lead"],
            value["body"],
            value["author"],
            coefficient,
        )

    def _authority(self, line: int, code: str) -> Authority | None:
        unit = self.authorities.get(code)
        if unit is None:
            self._fault(line, "authority", _("no unit has the code “%(text)s”.") % {"text": code})
        return unit

    def _office(self, line: int, authority: Authority | None, text: str) -> Office | None:
        if authority is None:
            return None
        office = self.offices.get((authority.code, name_key(text)))
        if office is None:
            self._fault(
                line,
                "office",
                _("“%(unit)s” has no office “%(text)s”.") % {"unit": authority.display_name, "text": text},
            )
        return office

    def _moment(self, line: int, text: str) -> datetime.datetime | None:
        try:
            moment = local_moment(text)
        except ValueError:
            self._fault(
                line,
                "published_at",
                _("“%(text)s” is no date that exists, written as 2021-03-04T15:20.") % {"text": text},
            )
            return None
        if moment > self.now:
            self._fault(line, "published_at", _("“%(text)s” lies in the future.") % {"text": text})
            return None
        return moment

    def _texts(self, line: int, value: dict[str, str]) -> None:
        if not value["title"]:
            self._fault(line, "title", _("the title is empty."))
        for name, longest in _LONGEST.items():
            if len(value[name]) > longest:
                self._fault(line, name, _("longer than %(longest)s characters.") % {"longest": longest})
        for name in ("title", "author"):
            if len(value[name].splitlines()) > 1:
                self._fault(line, name, _("write it on one line."))
            if value[name].startswith(FORMULA):
                self._fault(
                    line, name, _("begins like a spreadsheet formula (%(sign)s).") % {"sign": value[name][0]}
                )

    def _coefficient(
        self, line: int, text: str, authority: Authority, genre: str, on: datetime.date
    ) -> Decimal | None:
        try:
            coefficient = Decimal(text.replace(",", "."))
            terms = royalty_terms(authority, genre, on)
        except InvalidOperation:
            self._fault(line, "coefficient", _("“%(text)s” is not a number.") % {"text": text})
            return None
        except NoTermsError:
            self._fault(
                line, "coefficient", _("no base salary is known for %(day)s.") % {"day": f"{on:%d/%m/%Y}"}
            )
            return None
        fault = check_coefficient(coefficient, terms.cap)
        if fault:
            self._fault(line, "coefficient", coefficient_fault(fault, text, terms.cap))
            return None
        return coefficient
