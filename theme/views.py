"""The style sheet in a portal's colours, and the page for forms refused. Neither asks the database."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from theme.assets import sheet

FOR_EVER = "public, max-age=31536000, immutable"
#: An address of before the last change gets the sheet of today, which it must not keep.
NOT_LONG = "public, max-age=60"


@require_safe
def style_sheet(request: HttpRequest, main: str, accent: str, digest: str) -> HttpResponse:
    """The whole style sheet, packed for browsers that take it so."""
    found = sheet(f"#{main}", f"#{accent}")
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(found.packed if packed else found.text, content_type="text/css; charset=utf-8")
    if packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = FOR_EVER if digest == found.digest else NOT_LONG
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: said in the portal's own words."""
    return HttpResponse(render_to_string("403_csrf.html"), status=403)
