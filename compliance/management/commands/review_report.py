"""Write the report of a review: Word, Markdown or JSON."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.models import Review
from compliance.reports.files import KINDS, report_file


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--review", required=True, help="code of the review")
        parser.add_argument("--format", choices=list(KINDS), default="docx")
        parser.add_argument(
            "--output",
            help="file to write; else <code>.docx or .pdf in this folder, standard output for the others",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        review = Review.objects.filter(code=options["review"]).first()
        if review is None:
            known = ", ".join(Review.objects.values_list("code", flat=True)) or "–"
            raise CommandError(
                _("--review: no review “%(code)s”. Known: %(known)s.")
                % {"code": options["review"], "known": known}
            )
        content = report_file(review, options["format"], made_at=timezone.now())
        kind = options["format"]
        target = options["output"] or (f"{review.code}.{kind}" if kind in ("docx", "pdf") else "")
        if not target:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            Path(target).write_bytes(content)
        except OSError:
            raise CommandError(
                _("Cannot write %(file)s: no such folder, or no right to it.") % {"file": target}
            ) from None
        if options["verbosity"]:
            self.stderr.write(_("Written: %(file)s") % {"file": target})
