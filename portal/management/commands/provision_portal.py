"""Make sites, pages, groups and rights agree with the fixtures and the plan."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.provisioning.apply import provision
from portal.provisioning.inputs import InputError


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit 1 when something differs"
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        try:
            changes = provision(dry_run=check)
        except InputError as error:
            raise CommandError(_("Nothing was changed.") + "\n" + "\n".join(error.problems)) from None
        if options["verbosity"] > 0:
            for line in changes.lines if check or len(changes) <= 60 or options["verbosity"] > 1 else []:
                self.stdout.write(line)
            self.stdout.write(_("%(count)s changes.") % {"count": len(changes)})
        if check and len(changes):
            raise CommandError(
                _("The database differs from the plan in %(count)s places.") % {"count": len(changes)}
            )
