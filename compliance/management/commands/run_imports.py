"""Check, write and take back what was asked for in the screens of imports; for the schedule, every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from compliance.services.past.jobs import run_jobs


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = "Safe to run at any time, and twice at once: each import has one worker."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(disable=None if options["verbosity"] else True, unit="", file=self.stderr) as bar:

            def show(done: int) -> None:
                bar.update(done - bar.n)

            done = run_jobs(show)
        if done and options["verbosity"]:
            self.stdout.write(_("%(count)s imports were worked on.") % {"count": done})
