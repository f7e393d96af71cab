"""Write the pages a web server shows while the portal itself cannot answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.template.loader import render_to_string

from theme.assets import offline_sheet

PAGES = {"503.html": "503.html", "500.html": "500.html"}


class Command(BaseCommand):
    help = (
        "Write 500.html, 503.html and their style sheet, for the web server to show when the portal is down."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path, help="Where the files go; served at /offline/.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "portal.css").write_text(offline_sheet(), encoding="utf-8")
        for name, template in PAGES.items():
            page = render_to_string(template, {"sheet_url": "/offline/portal.css"})
            (folder / name).write_text(page, encoding="utf-8")
