"""Write the activity report of a portal: Word, PDF, Markdown or JSON."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.management.activity_options import authority_of, days_of, stored_report, write_out
from compliance.reports.activity_begin import fresh_report
from compliance.reports.activity_files import RefusedError, activity_file, stored_file
from compliance.reports.activity_words import problem_in_words
from compliance.reports.files import KINDS


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--authority", help="code; the main portal's authority when left out")
        parser.add_argument("--from", dest="first", help="first month or day: 2021-01 or 2021-01-20")
        parser.add_argument("--to", dest="last", help="last month or day: 2021-06 or 2021-02-19")
        parser.add_argument("--format", choices=list(KINDS), default="docx")
        parser.add_argument("--date", type=datetime.date.fromisoformat, help="day of the report, 2021-07-29")
        parser.add_argument("--stored", type=int, help="id of a stored report, written as it was issued")
        parser.add_argument("--output", help="file to write; else standard output, a file for docx and pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        today, kind = timezone.localdate(), options["format"]
        try:
            if options["stored"]:
                report = stored_report(options["stored"])
                name, content = f"bao-cao-{report.pk}", stored_file(report, kind, today=today)
            else:
                authority, days = (
                    authority_of(options["authority"]),
                    days_of(options["first"], options["last"]),
                )
                fresh = fresh_report(authority, days, dated_on=options["date"], today=today)
                name = f"bao-cao-{authority.code}-{days.first}-{days.last}"
                content = activity_file(fresh, kind, made_at=timezone.now())
        except RefusedError as refused:
            for problem in refused.problems:
                self.stderr.write(problem_in_words(problem))
            text = _("The report was not written: %(number)s things are wrong.")
            raise CommandError(text % {"number": len(refused.problems)}) from None
        target = options["output"] or (f"{name}.{kind}" if kind in ("docx", "pdf") else "")
        if not target:
            self.stdout.write(content.decode(), ending="")
            return
        write_out(target, content)
        if options["verbosity"]:
            self.stderr.write(_("Written: %(file)s") % {"file": target})
