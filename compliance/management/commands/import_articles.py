"""Publish articles from a UTF-8 CSV file, all or none."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from compliance.services.article_rows import read_articles
from compliance.services.csv_files import ImportRefusedError
from compliance.services.import_articles import MissingIndexError, import_articles


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            help="columns: authority, office, published_at, title, genre [lead body author coefficient]",
        )
        parser.add_argument("--dry-run", action="store_true", help="check the file, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            content = Path(options["file"]).read_bytes()
        except OSError:
            raise CommandError(
                _("Cannot read %(file)s: no such file, or no right to it.") % {"file": options["file"]}
            ) from None
        try:
            rows = read_articles(content, now=now)
        except ImportRefusedError as refused:
            told = [_("Nothing was imported."), *refused.first_problems()]
            raise CommandError("\n".join(told)) from None
        if options["dry_run"]:
            self.stdout.write(
                _("%(count)s articles can be imported; nothing was written.") % {"count": len(rows)}
            )
            return
        with tqdm(
            total=len(rows), disable=None if options["verbosity"] else True, unit="", file=self.stderr
        ) as bar:
            try:
                done = import_articles(rows, now=now, progress=lambda row: bar.update() and None)
            except MissingIndexError as missing:
                raise CommandError(
                    _("Unit “%(code)s” has no article index. Run provision_portal first.") % {"code": missing}
                ) from None
        if options["verbosity"]:
            self.stdout.write(
                _("%(made)s articles imported, %(present)s were there already.")
                % {"made": done.made, "present": done.present}
            )
