"""Import a reviewer's marks from a UTF-8 CSV file, all lines or none."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.services.csv_files import ImportRefusedError
from compliance.services.import_review import import_review, parse_period


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="columns: unit, section, state [note unit_name unit_tier]")
        parser.add_argument("--review", required=True, help="code of the review; made when it is new")
        parser.add_argument("--period", help="2019-01..2019-06; needed when the review is new")
        parser.add_argument(
            "--create-units", action="store_true", help="add unknown units from unit_name and unit_tier"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = Path(options["file"]).read_bytes()
        except OSError:
            raise CommandError(
                _("Cannot read %(file)s: no such file, or no right to it.") % {"file": options["file"]}
            ) from None
        try:
            done = import_review(
                content,
                code=options["review"],
                period=parse_period(options["period"]) if options["period"] is not None else None,
                create_units=options["create_units"],
                now=timezone.now(),
            )
        except ImportRefusedError as refused:
            told = [_("Nothing was imported from the file."), *refused.first_problems()]
            if refused.unknown_units:
                told.append(
                    _("To add unknown units, use --create-units with the columns unit_name,unit_tier.")
                )
            raise CommandError("\n".join(told)) from None
        if options["verbosity"]:
            self.stdout.write(
                _("%(lines)s lines read, %(changed)s marks changed, %(units)s units added.")
                % {"lines": done.lines, "changed": done.changed, "units": done.units_made}
            )
