"""Write last month's letters to heads of office and send them; running it again sends nothing twice."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.post.reports import sent_in_words
from compliance.post.summaries import write_summary
from compliance.services.outbox import send_waiting
from compliance.services.summaries import compose_summaries


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", help="the day of the run, YYYY-MM-DD; today when left out")
        parser.add_argument("--dry-run", action="store_true", help="print what would be sent, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        today, now = self._day(options["date"]), timezone.now()
        written = compose_summaries(today, now, write_summary, dry_run=options["dry_run"])
        for summary, letter in written.letters:
            self.stdout.write(f"{summary.person.name} <{summary.person.address}>: {letter.subject}")
        for unit, name in written.silent:
            text = _("No usable e-mail address: %(name)s (%(unit)s)")
            self.stdout.write(text % {"name": name, "unit": unit.display_name})
        self.stdout.write(_("Letters written: %(number)s") % {"number": len(written.letters)})
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written and nothing was sent."))
            return
        for line in sent_in_words(send_waiting(now)):
            self.stdout.write(line)

    @staticmethod
    def _day(text: str | None) -> datetime.date:
        today = timezone.localdate()
        try:
            day = datetime.date.fromisoformat(text) if text else today
        except ValueError:
            raise CommandError(
                _("--date: “%(text)s” is not a day. Write it as 2021-07-29.") % {"text": text}
            ) from None
        if day > today:
            raise CommandError(_("--date: %(day)s is still to come.") % {"day": f"{day:%d/%m/%Y}"})
        return day
