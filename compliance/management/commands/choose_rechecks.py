"""Draw the share of a month's confirmations that somebody else checks again; a second run adds nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.rules.months import Month
from compliance.services.confirmations import UnfinishedMonthError, choose_rechecks


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", help="YYYY-MM; the month before this one when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        text = options["month"]
        try:
            month = Month.parse(text) if text else Month.of(today).previous
        except ValueError:
            raise CommandError(
                _("--month: “%(text)s” is not a month. Write it as 2021-07.") % {"text": text}
            ) from None
        try:
            made = choose_rechecks(month, share=settings.PORTAL_RECHECK_SHARE, today=today)
        except UnfinishedMonthError:
            raise CommandError(
                _("--month: %(month)s is not over yet; draw it from the next month on.") % {"month": month}
            ) from None
        for item in made:
            self.stdout.write(f"{item.authority.code:<18} {item.page_id:>8} {item.page_title}")
        self.stdout.write(_("Drawn to be checked again: %(count)s.") % {"count": len(made)})
