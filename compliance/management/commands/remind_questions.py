"""Remind those who have to answer citizens' questions, and send; running it again sends nothing twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.post.question_letters import write_reminder
from compliance.post.reports import sent_in_words
from compliance.services.outbox import send_waiting
from compliance.services.question_reminders import remind_of_questions


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="print what would be sent, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        told = remind_of_questions(timezone.localdate(), timezone.now(), write_reminder, dry_run=dry_run)
        for address, called in told.items():
            text = _("%(address)s: %(count)s questions") % {"address": address, "count": len(called)}
            self.stdout.write(text)
        if dry_run:
            self.stdout.write(_("Nothing was written and nothing was sent."))
            return
        for line in sent_in_words(send_waiting(timezone.now())):
            self.stdout.write(line)
