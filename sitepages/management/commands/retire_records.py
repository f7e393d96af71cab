"""Take down the records whose term of display has run out."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from wagtail.models import Page


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        gone = Page.objects.live().filter(register_entry__leaves_on__lte=today).specific()
        for page in gone:
            page.unpublish(log_action=True)
            if options["verbosity"]:
                self.stdout.write(page.title)
