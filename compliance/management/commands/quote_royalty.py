"""Print what an article of a genre and coefficient earns: gross, tax withheld, net, in whole đồng."""

import datetime
import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from compliance.queries.rates import NoTermsError, OverCapError, quote
from compliance.rules.royalties import HIGHEST, check_coefficient
from sitepages.models import Authority
from sitepages.vocabulary import words
from theme.formatting import money_text


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--genre", required=True, help="code of the genre, for example news")
        parser.add_argument("--coefficient", required=True, help="for example 1.5")
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
        coefficient, unit = self._coefficient(options["coefficient"]), self._authority(options["authority"])
        try:
            found = quote(unit, genre, coefficient, published, paid)
        except NoTermsError:
            text = _("No base salary or rule of taxation is known for %(first)s or %(second)s.")
            days = {"first": f"{published:%d/%m/%Y}", "second": f"{paid:%d/%m/%Y}"}
            raise CommandError(text % days) from None
        except OverCapError as error:
            text = _("--coefficient: %(given)s exceeds the highest allowed, %(cap)s (%(rule)s).")
            raise CommandError(text % {"given": coefficient, "cap": error.cap, "rule": error.rule}) from None
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
        try:
            coefficient = Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise CommandError(_("--coefficient: “%(text)s” is not a number.") % {"text": text}) from None
        if check_coefficient(coefficient, None):
            message = _("--coefficient: write a number above 0, at most %(most)s, with two decimals at most.")
            raise CommandError(message % {"most": HIGHEST})
        return coefficient

    @staticmethod
    def _authority(code: str) -> Authority:
        units = Authority.objects.filter(site__isnull=False).order_by("tier__rank", "order", "pk")
        if found := units.filter(code=code).first() if code else units.first():
            return found
        raise CommandError(_("There is no unit “%(code)s”.") % {"code": code})
