"""Compare closed pay periods with what they said when they were closed; exit 1 when one was altered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from compliance.models import PayPeriod
from compliance.services.period_digest import intact


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for period in PayPeriod.objects.closed().select_related("authority").order_by("first_day", "pk"):
            same = intact(period)
            wrong += not same
            self.stdout.write(f"{period}: {_('the same') if same else _('differs')}")
        if wrong:
            raise CommandError(_("Pay periods that differ: %(number)s.") % {"number": wrong})
