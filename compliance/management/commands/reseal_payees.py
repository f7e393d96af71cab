"""Seal payee data and contact data of questions anew with the first of PAYEE_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from compliance.services.payees import reseal_all
from compliance.services.question_contact import reseal_questions
from compliance.services.sealing import SealError


class Command(BaseCommand):
    help = "Seal payee data anew with the first key of PAYEE_KEYS; older keys may then be taken out."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                count, asked = reseal_all(), reseal_questions()
        except SealError:
            raise CommandError(
                _("A payee's data opens with none of the keys in PAYEE_KEYS. Nothing was changed.")
            ) from None
        self.stdout.write(_("%(count)s payees sealed with the first key.") % {"count": count})
        self.stdout.write(_("%(count)s questions sealed with the first key.") % {"count": asked})
