"""Print what an article of a genre and coefficient earns: gross, tax withheld, net, in whole đồng."""

import datetime
import json
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from compliance.queries.rates import NoTermsError, OverCapError, PercentError, UnknownGradeError, quote
from compliance.rules.fees import read_number
from compliance.rules.royalties import HIGHEST, check_coefficient
from compliance.services.rate_faults import NumberError, number, percent_fault, plain, unknown_grade
from sitepages.models import Authority
from sitepages.vocabulary import words
from theme.formatting import money_text


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--genre", required=True, help="code of the genre, for example news")
        parser.add_argument("--coefficient", help="for example 1.5; that of the grade when left out")
        parser.add_argument("--grade", default="", help="a grade of the table in force, for example A")
        parser.add_argument(
            "--modifier", action="append", default=[], help="CODE or CODE=percent, repeatable"
        )
        parser.add_argument("--published", required=True, help="YYYY-MM-DD")
        parser.add_argument("--paid", help="YYYY-MM-DD; the day of publication when left out")
        parser.add_argument("--authority", default="", help="whose rates; the main portal's when left out")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        published = self._day("--published", options["published"])
        paid = self._day("--paid", options["paid"]) if options["paid"] else published
        if paid < published:
            raise CommandError(_("--paid: nothing is paid before it was published."))
        genre = options["genre"]
        if genre not in words("genres"):
            text = _("--genre: “%(code)s” is not known. Known genres: %(known)s.")
            raise CommandError(text % {"code": genre, "known": ", ".join(words("genres"))})
        given, unit = options["coefficient"], self._authority(options["authority"])
        coefficient = self._coefficient(given) if given is not None else None
        wanted = [self._modifier(text) for text in options["modifier"]]
        asked = {"grade": options["grade"], "modifiers": wanted}
        try:
            found = quote(unit, genre, coefficient, published, paid, **asked)
        except NoTermsError:
            text = _("No base salary or rule of taxation is known for %(first)s or %(second)s.")
            days = {"first": f"{published:%d/%m/%Y}", "second": f"{paid:%d/%m/%Y}"}
            raise CommandError(text % days) from None
        except OverCapError as error:
            text = _("--coefficient: %(given)s exceeds the highest allowed, %(cap)s (%(rule)s).")
            told = {"given": plain(error.given), "cap": plain(error.cap), "rule": error.rule}
            raise CommandError(text % told) from None
        except UnknownGradeError as error:
            raise CommandError(f"--grade: {unknown_grade(error)}") from None
        except PercentError as error:
            raise CommandError(f"--modifier: {percent_fault(error)}") from None
        except ValueError:
            raise CommandError(_("Give --coefficient, or a --grade that has one.")) from None
        if options["json"]:
            self.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
            return
        text = _("%(gross)s before tax, %(tax)s withheld, %(net)s to be paid.")
        self.stdout.write(text % {key: money_text(getattr(found, key)) for key in ("gross", "tax", "net")})
        self.stdout.write(found.rule)

    @staticmethod
    def _day(option: str, text: str) -> datetime.date:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            message = _("%(option)s: “%(text)s” is not a date. Write it as 2021-07-29.")
            raise CommandError(message % {"option": option, "text": text}) from None

    @staticmethod
    def _coefficient(text: str) -> Decimal:
        coefficient = read_number(text)
        if coefficient is None and not text.startswith("-"):
            raise CommandError(_("--coefficient: “%(text)s” is not a number.") % {"text": text})
        if coefficient is None or check_coefficient(coefficient, None):
            message = _("--coefficient: write a number above 0, at most %(most)s, with two decimals at most.")
            raise CommandError(message % {"most": HIGHEST})
        return coefficient

    @staticmethod
    def _modifier(text: str) -> tuple[str, Decimal | None]:
        code, told, percent = text.partition("=")
        try:
            return code, number(percent) if told else None
        except NumberError as error:
            raise CommandError(f"--modifier: {error}") from None

    @staticmethod
    def _authority(code: str) -> Authority:
        units = Authority.objects.filter(site__isnull=False).order_by("tier__rank", "order", "pk")
        if found := units.filter(code=code).first() if code else units.first():
            return found
        raise CommandError(_("There is no unit “%(code)s”.") % {"code": code})
