"""Bring in articles, numbers of articles or payments from before the system: all of a file, or nothing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from compliance.models import ImportJob
from compliance.services.csv_files import ImportRefusedError
from compliance.services.past.check import Request
from compliance.services.past.run import checked, faults_as_text, import_file, mapping_of
from sitepages.models import Authority


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=ImportJob.Kind.values)
        parser.add_argument("file", type=Path, help="CSV (UTF-8, UTF-16) or XLSX")
        parser.add_argument("--authority", default="", help="code of the unit, for files without that column")
        parser.add_argument("--mapping", type=Path, help='JSON: {"title": "heading in the file", …}')
        parser.add_argument("--sheet", default="", help="sheet of the workbook; else the first shown")
        parser.add_argument(
            "--payable", action="store_true", help="the articles were not paid yet: this system pays them"
        )
        parser.add_argument("--dry-run", action="store_true", help="check the file, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        unit = Authority.objects.filter(code=options["authority"], site__isnull=False).first()
        if options["authority"] and unit is None:
            raise CommandError(_("no unit has the code “%(text)s”.") % {"text": options["authority"]})
        try:
            given = json.loads(options["mapping"].read_text("utf-8-sig")) if options["mapping"] else None
            if not options["file"].is_file():
                raise OSError(options["file"])
            self._run(unit, given, options)
        except ImportRefusedError as refused:
            told = [_("Nothing was imported."), *refused.first_problems()]
            raise CommandError("\n".join(told)) from None
        except (OSError, UnicodeDecodeError, json.JSONDecodeError):
            raise CommandError(
                _("Cannot read %(file)s: no such file, or no right to it.")
                % {"file": f"{options['file']}, {options['mapping'] or ''}".strip(", ")}
            ) from None

    def _run(self, unit: Authority | None, given: Any, options: dict[str, Any]) -> None:
        path, sheet = options["file"], options["sheet"]
        mapping = mapping_of(path, options["kind"], sheet, given)
        now = timezone.now()
        request = Request(options["kind"], mapping, unit, now, settled=not options["payable"])
        quiet = None if options["verbosity"] else True
        with tqdm(disable=quiet, unit="", file=self.stderr) as bar:

            def show(done: int) -> None:
                bar.update(done - bar.n)

            if options["dry_run"]:
                with checked(path, request, sheet, show) as found:
                    if found.faults:
                        raise ImportRefusedError(list(faults_as_text(found.checker.spool)))
            else:
                found = import_file(path, request, sheet=sheet, reading=show, writing=show)
        shown = {"made": found.new, "present": found.present, "changed": found.changed}
        if options["dry_run"]:
            self.stdout.write(_("%(made)s new, %(present)s there already, %(changed)s there with other "
                                "contents; nothing was written.") % shown)  # fmt: skip
        elif options["verbosity"]:
            self.stdout.write(_("%(made)s imported, %(present)s there already, %(changed)s there with other "
                                "contents and left as they are.") % shown)  # fmt: skip
