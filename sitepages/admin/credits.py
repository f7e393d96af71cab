"""What an editor is told about an article's credits after saving."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from sitepages.models import ArticlePage


def warn_of_ended_offices(request: HttpRequest, page: Page) -> None:
    """Hook body: says which credits keep an office that has ended since; nothing is changed."""
    if not isinstance(page, ArticlePage):
        return
    today = timezone.localdate()
    offices = {line.office for line in page.contributions.all() if line.office is not None}
    for office in sorted(offices, key=lambda each: each.pk):
        if office.valid_to is not None and office.valid_to < today:
            text = _(
                "“%(office)s” ended on %(day)s. The credit keeps it: the article counts for the office as it"
                " was then."
            )
            messages.warning(request, text % {"office": office, "day": f"{office.valid_to:%d/%m/%Y}"})
