"""The one public address of the post: a unit's calendar, for whoever holds a link to it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from compliance.post.calendars import calendar_file
from compliance.queries.agenda import agenda_of
from compliance.queries.rulebook import current_rulebook
from compliance.queries.standing import latest_assessment
from compliance.services.feeds import open_feed


@csrf_exempt  # nothing is ever changed: another method is answered with what is allowed
@require_safe
def duty_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar; 404 for a link that opens nothing, whatever the reason."""
    link = open_feed(token, now=timezone.now())
    assessment = latest_assessment()
    if link is None or assessment is None:
        raise Http404
    agenda = agenda_of(link.authority, assessment, timezone.localdate(), current_rulebook())
    response = HttpResponse(calendar_file(agenda), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{link.authority.code}.ics"'
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
