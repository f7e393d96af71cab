"""Send the letters that wait in the outbox; what fails is kept and tried again later."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from compliance.post.reports import sent_in_words
from compliance.services.outbox import send_waiting


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        for line in sent_in_words(send_waiting(timezone.now())):
            self.stdout.write(line)
