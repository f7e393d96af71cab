"""Make the search index anew, or add what is missing in it; the texts of files are read as well."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from sitepages.models import DocumentText
from sitepages.search.rebuild import rebuild, reinstall


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only pages and files that are not in it")
        parser.add_argument("--no-files", action="store_true", help="leave files as they were read before")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["missing"]:
            reinstall()
        with tqdm(disable=None if options["verbosity"] else True, unit="", file=self.stderr) as bar:
            found = rebuild(
                missing=options["missing"],
                files=not options["no_files"],
                progress=lambda done: bar.update(done),
            )
        if options["verbosity"]:
            unread = DocumentText.objects.exclude(state=DocumentText.State.READ).count()
            self.stdout.write(
                _("%(count)s pages indexed; %(files)s files have no text that can be read.")
                % {"count": found, "files": unread}
            )
