"""Judge stored assessments again, by their own rules and what was known then; exit 1 when one differs."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from compliance.models import Assessment
from compliance.services.verify import differences


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--date", help="YYYY-MM-DD: every assessment of that day; the latest when left out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = list(_chosen(options["date"]))
        if not chosen:
            raise CommandError(_("There is no assessment to verify."))
        wrong = 0
        for assessment in chosen:
            found = differences(assessment)
            for text in found:
                self.stdout.write(text)
            wrong += bool(found)
            verdict = _("differs") if found else _("the same")
            self.stdout.write(f"{assessment.date:%d/%m/%Y} ({assessment.pk}): {verdict}")
        if wrong:
            raise CommandError(_("Assessments that differ: %(number)s.") % {"number": wrong})


def _chosen(text: str | None) -> Any:
    kept = Assessment.objects.filter(rules__isnull=False)
    if not text:
        return kept[:1]
    try:
        return kept.filter(date=datetime.date.fromisoformat(text))
    except ValueError:
        message = _("--date: “%(text)s” is not a date. Write it as 2021-07-29.")
        raise CommandError(message % {"text": text}) from None
