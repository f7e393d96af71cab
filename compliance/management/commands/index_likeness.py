"""Find articles that are alike: those not compared yet, or all of them anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from compliance.models import AlikePair
from compliance.services.likeness import index_likeness


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="trace and compare every article anew")

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(disable=None if options["verbosity"] else True, unit="", file=self.stderr) as bar:
            done = index_likeness(anew=options["all"], progress=lambda number: bar.update(number) and None)
        if options["verbosity"]:
            self.stdout.write(
                _("%(count)s articles compared; %(pairs)s pairs are alike.")
                % {"count": done, "pairs": AlikePair.objects.count()}
            )
