"""Look which technical functions every portal has, ours and those hosted elsewhere, and record it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.presentation import technical_check_as_dict
from compliance.queries.probe import authorities_with_portal
from compliance.services.technical import check_portal


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--unit", default="", help="code of one authority; all with a portal when left out"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        units = authorities_with_portal(today)
        if options["unit"]:
            units = units.filter(code=options["unit"])
            if not units:
                raise CommandError(_("--unit: “%(code)s” has no portal.") % {"code": options["unit"]})
        rows = []
        for unit in units:
            rows.append(technical_check_as_dict(check_portal(unit, today)))
            if not options["json"]:
                self._print(rows[-1])
        if options["json"]:
            document = {"date": today.isoformat(), "checks": rows}
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))

    def _print(self, row: dict[str, Any]) -> None:
        self.stdout.write(f"{row['unit']} {row['url']} {row['explanation']}".rstrip())
        for mark, names in (("+", row["passed"]), ("-", row["failed"]), ("?", row["untold"])):
            self.stdout.write(f"  {mark} {', '.join(names)}")
