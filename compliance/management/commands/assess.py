"""Evaluate every unit and duty as of a day, store the assessment and print it."""

import datetime
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.presentation import finding_as_dict
from compliance.services.assess import EarlyDateError, FutureDateError, take_assessment
from compliance.services.observe import sync_observations
from sitepages.locks import share_record_lock


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", help="YYYY-MM-DD, today when left out")
        parser.add_argument("--workers", type=int, default=1, help="processes to share the units among")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        try:
            on = _day(options["date"]) if options["date"] else today
        except ValueError:
            raise CommandError(
                _("--date: “%(text)s” is not a date. Write it as 2021-07-29.") % {"text": options["date"]}
            ) from None
        if options["workers"] < 1:
            raise CommandError(_("--workers: give at least 1."))
        try:
            with transaction.atomic():
                share_record_lock()
                sync_observations(now=timezone.now())
            assessment = take_assessment(on, today=today, workers=options["workers"])
        except FutureDateError:
            raise CommandError(
                _("--date: %(text)s lies in the future; nothing was assessed.") % {"text": options["date"]}
            ) from None
        except EarlyDateError:
            raise CommandError(
                _("--date: %(text)s lies before the first rule of the catalogue; nothing was assessed.")
                % {"text": options["date"]}
            ) from None
        if options["verbosity"] == 0 and not options["json"]:
            return
        findings = assessment.findings.select_related("authority")
        rows = [finding_as_dict(finding) for finding in findings]
        if options["json"]:
            document = {"date": on.isoformat(), "catalogue": assessment.catalogue, "findings": rows}
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write(
                f"{row['state']:<13} {row['authority']:<18} {row['duty']:<30} "
                f"{row['due'] or '-':<10} {row['explanation']}"
            )
        counts = {
            state: sum(row["state"] == state for row in rows)
            for state in dict.fromkeys(r["state"] for r in rows)
        }
        self.stdout.write(", ".join(f"{state}: {number}" for state, number in counts.items()))


def _day(text: str) -> datetime.date:
    """A day written 2021-07-29 and no other way."""
    day = datetime.date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(text)
    return day
