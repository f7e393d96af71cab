"""Bring the Vietnamese message catalogue up to date with the source, or check that it is."""

from pathlib import Path
from typing import Any

import polib
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import messages_tool
from portal.settings.env import ROOT


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit 1 when it is not complete"
        )
        parser.add_argument(
            "--merge", type=Path, metavar="FILE.po", help="take translations from this catalogue"
        )

    def handle(self, *args: Any, check: bool = False, merge: Path | None = None, **options: Any) -> None:
        path = messages_tool.catalogue_path(ROOT)
        try:
            messages = messages_tool.extract(ROOT)
        except messages_tool.ExtractorMissingError as error:
            raise CommandError(str(error)) from None
        catalogue = messages_tool.read(path)
        if check:
            found = messages_tool.problems(catalogue, messages)
            if found:
                raise CommandError("\n".join([*found, f"{len(found)} problems. Run: make messages"]))
            self.stdout.write(f"{len(catalogue)} messages, all translated.")
            return
        catalogue = messages_tool.updated(catalogue, messages)
        if merge:
            count = messages_tool.merge(catalogue, polib.pofile(str(merge)))
            self.stdout.write(f"{count} translations taken from {merge}.")
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        found = messages_tool.problems(catalogue, messages)
        self.stdout.write("\n".join([*found, f"{len(catalogue)} messages, {len(found)} problems."]))
