"""Write today's reminders, one letter a person, and send them; running it again sends nothing twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.post.letters import write_letter
from compliance.post.reports import composed_in_words, sent_in_words
from compliance.services.outbox import send_waiting
from compliance.services.remind import NoAssessmentError, compose_digests


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="print what would be sent, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        try:
            composed = compose_digests(timezone.localdate(), timezone.now(), write_letter, dry_run=dry_run)
        except NoAssessmentError as error:
            latest = f"{error.latest:%d/%m/%Y}" if error.latest else "–"
            text = _("The latest assessment is of %(day)s. Run “assess” first, then send the reminders.")
            raise CommandError(text % {"day": latest}) from None
        for line in composed_in_words(composed):
            self.stdout.write(line)
        if dry_run:
            self.stdout.write(_("Nothing was written and nothing was sent."))
            return
        for line in sent_in_words(send_waiting(timezone.now())):
            self.stdout.write(line)
