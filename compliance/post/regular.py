"""The letter that tells of a regular report: a link, never the figures themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.users.models import UserProfile

from compliance.models import ActivityReport
from compliance.post.links import absolute
from compliance.reports.activity_words import period_in_words
from compliance.services.remind import Letter


def write_regular(report: ActivityReport, person: Any) -> Letter:
    """The letter, in the language the reader chose."""
    language = UserProfile.objects.filter(user=person).values_list("preferred_language", flat=True).first()
    with override(language or settings.LANGUAGE_CODE):
        values = {
            "name": person.get_full_name() or person.username,
            "unit": report.authority.display_name,
            "period": period_in_words(report.first_day, report.last_day),
        }
        subject = _("Draft of the activity report of %(unit)s, %(period)s") % values
        url = absolute(reverse("compliance_activity_report", args=[report.pk]))
        lines = [
            _("Dear %(name)s,") % values,
            _("the activity report of %(unit)s for %(period)s was drafted from the figures.") % values,
            _("Read it, change the text where needed, and issue it here:"),
        ]
        context = {"subject": subject, "lines": lines, "url": url, "language": language or "vi"}
        html = render_to_string("compliance/post/regular.html", context)
    return Letter(subject, "\n\n".join([*lines, url]) + "\n", html)
