"""``manage.py check_counts [--mend]``: do the rows that tables count by say what the articles say?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from compliance.queries.counted import is_placed
from compliance.services.placed import misplaced, place_again


class Command(BaseCommand):
    help = "Compare the rows that articles are counted by with the articles themselves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="state the rows that differ anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_placed():
            self.stdout.write(_("This database counts the articles themselves; there is nothing to compare."))
            return
        if options["mend"]:
            self.stdout.write(_("Articles whose row was mended: %(count)s.") % {"count": place_again()})
            return
        number = sum(1 for _key in misplaced())
        if number:
            raise CommandError(
                _("Articles whose row is wrong: %(count)s. Run the command with --mend.") % {"count": number}
            )
        self.stdout.write(_("Every article is counted as it stands."))
