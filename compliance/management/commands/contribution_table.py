"""Print the office x month table of articles."""

import csv
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from compliance.presentation import table_as_dict
from compliance.queries.counts import contribution_table
from compliance.rules.months import Month
from sitepages.models import Authority


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", required=True, help="first month, YYYY-MM")
        parser.add_argument("--to", dest="last", required=True, help="last month, YYYY-MM")
        parser.add_argument("--authority", help="code; the main portal's authority when left out")
        parser.add_argument("--format", choices=["json", "csv", "md"], default="md")

    def handle(self, *args: Any, **options: Any) -> None:
        first, last = self._month("--from", options["first"]), self._month("--to", options["last"])
        if last < first:
            raise CommandError(
                _("--to (%(last)s) lies before --from (%(first)s).") % {"last": last, "first": first}
            )
        document = table_as_dict(contribution_table(self._authority(options["authority"]), first, last))
        getattr(self, f"_{options['format']}")(document)

    @staticmethod
    def _month(option: str, text: str) -> Month:
        try:
            return Month.parse(text)
        except ValueError:
            raise CommandError(
                _("%(option)s: “%(text)s” is not a month. Write it as 2021-01.")
                % {"option": option, "text": text}
            ) from None

    @staticmethod
    def _authority(code: str | None) -> Authority:
        units = Authority.objects.select_related("site__root_page")
        unit = (
            units.filter(code=code).first()
            if code
            else units.filter(parent__isnull=True, site__isnull=False).first()
        )
        if unit is None:
            known = ", ".join(Authority.objects.values_list("code", flat=True))
            raise CommandError(
                _("--authority: no unit “%(code)s”. Known: %(known)s.") % {"code": code or "", "known": known}
            )
        return unit

    def _json(self, document: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))

    def _rows(self, document: dict[str, Any]) -> list[list[str]]:
        first, last = Month.parse(document["period"]["from"]), Month.parse(document["period"]["to"])
        heads, month = [], first
        while month <= last:
            heads.append(str(month))
            month = month.next
        rows = [[_("Group"), _("Office"), *heads, _("Total")]]
        for group in document["groups"]:
            for row in group["rows"]:
                rows.append([group["name"], row["office"], *map(str, row["months"]), str(row["total"])])
        rows.append([_("Total"), "", *map(str, document["column_totals"]), str(document["total"])])
        return rows

    def _csv(self, document: dict[str, Any]) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerows(self._rows(document))

    def _md(self, document: dict[str, Any]) -> None:
        head, *rows = self._rows(document)
        for row in [head, ["---", "---", *["---:"] * (len(head) - 2)], *rows]:
            self.stdout.write("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
        self.stdout.write("")
        self.stdout.write(
            _("Silent offices: %(names)s") % {"names": "; ".join(document["silent_offices"]) or "–"}
        )
        for item in document["excluded"]:
            self.stdout.write(f"- {item['title']}: {item['explanation']}")
