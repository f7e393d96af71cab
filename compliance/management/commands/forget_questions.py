"""Erase who asked, and later what was asked, once the time to keep it is over."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.services.desk_guard import forget_traces
from compliance.services.question_contact import forget_due


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, erase nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        contacts, texts = forget_due(now, dry_run=options["dry_run"])
        if not options["dry_run"]:
            forget_traces(timezone.localdate(now))
        told = {"contacts": contacts, "texts": texts}
        self.stdout.write(_("Contact data of %(contacts)s questions, texts of %(texts)s questions.") % told)
        self.stdout.write(_("Nothing was erased.") if options["dry_run"] else _("Erased."))
