"""Compile the message catalogues, without a system gettext."""

from typing import Any

from django.core.management.base import BaseCommand

from portal import messages_tool
from portal.settings.env import ROOT


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in sorted((ROOT / "portal" / "locale").glob("*/LC_MESSAGES/*.po")):
            target = messages_tool.compile_catalogue(path)
            if options["verbosity"] > 1:
                self.stdout.write(target.relative_to(ROOT).as_posix())
