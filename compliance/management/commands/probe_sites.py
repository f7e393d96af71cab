"""Read the portals hosted elsewhere, one after another, and record what was found."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.presentation import probe_run_as_dict
from compliance.queries.probe import targets_to_probe
from compliance.services.probe import ProbeBusyError, run_probe


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", default="", help="code of one authority; all in use when left out")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        targets = list(targets_to_probe(options["unit"]))
        if options["unit"] and not targets:
            raise CommandError(
                _("--unit: no portal hosted elsewhere is in use for “%(code)s”. Add it in the admin first.")
                % {"code": options["unit"]}
            )
        today, runs, busy = timezone.localdate(), [], []
        for target in targets:
            try:
                runs.append(probe_run_as_dict(run_probe(target, today)))
            except ProbeBusyError as error:
                busy.append(str(error))
                self.stderr.write(str(error))
                continue
            if not options["json"]:
                self._print(runs[-1])
        if options["json"]:
            document = {"date": today.isoformat(), "runs": runs, "busy": busy}
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
        if busy and not runs:
            raise CommandError(_("Nothing was read."))

    def _print(self, run: dict[str, Any]) -> None:
        self.stdout.write(f"{run['unit']} {run['url']} {run['explanation']}".rstrip())
        for found in run["findings"]:
            self.stdout.write(
                f"  {found['state'] or '-':<8} {found['section']:<24} {found['newest_date'] or '-':<10} "
                f"{found['newest_title'] or found['explanation']}"
            )
