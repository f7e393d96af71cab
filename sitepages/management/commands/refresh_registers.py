"""Write every line of the registers anew from the pages."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from sitepages.models import DocumentLink
from sitepages.registers.entries import fill, refresh_standing


class Command(BaseCommand):
    help = __doc__ or ""

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        made = fill(apps)
        linked = DocumentLink.objects.exclude(target=None).values_list("target_id", flat=True)
        own = apps.get_model("sitepages", "LegalDocumentPage").objects.exclude(expires_on=None)
        refresh_standing({*linked, *own.values_list("pk", flat=True)})
        if options["verbosity"]:
            self.stdout.write(str(made))
