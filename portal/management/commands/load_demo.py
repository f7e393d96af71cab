"""Load the demo and print its addresses and logins. Loading twice changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.demo.load import load_demo
from portal.demo.people import PASSWORD, PEOPLE
from sitepages.models import Authority


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.SETTINGS_MODULE.endswith("production"):
            raise CommandError(_("The demo has logins everybody knows; it is not loaded in production."))
        if not Authority.objects.filter(site__isnull=False).exists():
            raise CommandError(_("There is no portal yet. Run provision_portal first."))
        fresh = load_demo()
        if options["verbosity"] == 0:
            return
        self.stdout.write(_("The demo was loaded.") if fresh else _("The demo is loaded already."))
        for unit in Authority.objects.exclude(site=None).select_related("site"):
            self.stdout.write(f"  {unit.portal.root_url + '/':<44} {unit.display_name}")
        self.stdout.write("")
        self.stdout.write(
            _("Admin: %(url)s   Password of every login: %(password)s")
            % {"url": f"{settings.WAGTAILADMIN_BASE_URL}/admin/", "password": PASSWORD}
        )
        for person in PEOPLE:
            self.stdout.write(f"  {person.username:<14} {person.note}")
