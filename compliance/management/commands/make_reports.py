"""Draft the regular activity reports that are due and tell their readers; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.post.regular import write_regular
from compliance.post.reports import made_in_words, sent_in_words
from compliance.queries.activity import activity
from compliance.reports.activity_begin import first_letter, first_text
from compliance.rules.report_text import Part
from compliance.rules.stretches import Stretch
from compliance.services.outbox import send_waiting
from compliance.services.regular import Made, make_due
from sitepages.models import Authority


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        today, now = timezone.localdate(), timezone.now()

        def begin(unit: Authority, days: Stretch) -> tuple[dict[str, str], tuple[Part, ...]]:
            letter = first_letter(unit)
            return letter, first_text(activity(unit, days, on=today, today=today), letter)

        count = 0
        for made in make_due(today, now, begin=begin, write=write_regular):
            count += isinstance(made, Made)
            self.stdout.write(made_in_words(made))
        self.stdout.write(_("Drafts made: %(number)s") % {"number": count})
        for line in sent_in_words(send_waiting(timezone.now())):
            self.stdout.write(line)
