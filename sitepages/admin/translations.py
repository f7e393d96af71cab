"""The page editor: says when a translation is older than what it was made from."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from sitepages import tongues
from sitepages.models.base import BasePage
from sitepages.queries import source_of


def hint_older_translation(request: HttpRequest, page: Any) -> None:
    """Hook body: on the translation, what has to be done; on the original, that its translation is older."""
    if request.method != "GET" or not isinstance(page, BasePage):
        return
    if tongues.is_translation(page):
        source = source_of(page)
        if source is not None and page.is_behind(source):
            messages.warning(
                request,
                _(
                    "“%(title)s”, which this page translates, was changed on %(day)s. Readers are told so."
                    " Bring the translation up to date and have it published; where nothing has to be"
                    " changed, publish it again as it is."
                )
                % {"title": source.title, "day": f"{timezone.localtime(source.human_changed_at):%d/%m/%Y}"},
            )
        return
    for other in type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk):
        if other.live and other.is_behind(page):
            messages.info(
                request, _("The translation “%(title)s” is older than this page.") % {"title": other.title}
            )
