"""Tells the editor of a page whose matter stands in files alone: not everybody can read those."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page

from sitepages.registers.files import in_files_alone


def warn(request: HttpRequest, page: Page) -> None:
    """Hook body: a warning after saving; nothing is refused."""
    if in_files_alone(page):
        messages.warning(
            request,
            _(
                "“%(title)s” says its matter in files alone. Put the essence into the text as well: a scanned"
                " file is silent for those who listen, and is not found by search."
            )
            % {"title": page.title},
        )
