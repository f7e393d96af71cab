"""What readers ask of a register beside its pages: a table as a file, the form for a comment on a draft."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page, Site

from sitepages.forms_guard import too_many
from sitepages.models import BudgetDisclosurePage, DisclosurePage
from sitepages.registers.comment_form import CommentForm
from sitepages.registers.public import public_now
from sitepages.registers.window import Window
from sitepages.services import receive_comment
from sitepages.text import vietnamese_slug

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_NUMBER = "0123456789.,% "
CONSULTATIONS = "draft_consultation"


def public_page(request: HttpRequest, pk: int) -> Any:
    """A page everybody may read on the site that answers; 404 otherwise."""
    site = Site.find_for_request(request)
    if site is None or pk > 2**31:
        raise Http404
    pages = public_now(Page.objects.descendant_of(site.root_page).public(), timezone.localdate())
    page = pages.filter(pk=pk).first()
    if page is None:
        raise Http404
    return page.specific


@require_safe
def table(request: HttpRequest, page: int, number: int) -> HttpResponse:
    """One table of a page as CSV that a spreadsheet opens rightly and runs nothing of."""
    found = public_page(request, page)
    stream = found.tables if isinstance(found, BudgetDisclosurePage) else getattr(found, "body", [])
    tables = [block.value for block in stream if block.block_type == "figures"]
    if not 1 <= number <= len(tables):
        raise Http404
    text = io.StringIO()
    writer = csv.writer(text)
    for row in (tables[number - 1].get("table") or {}).get("data") or []:
        writer.writerow([_guarded(str(cell if cell is not None else "")) for cell in row])
    reply = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    name = vietnamese_slug(found.title, 60) or "bang"
    reply["Content-Disposition"] = f'attachment; filename="{name}-{number}.csv"'
    reply["X-Robots-Tag"] = "noindex"
    return reply


def _guarded(cell: str) -> str:
    """A negative number stays one; any other text a spreadsheet would reckon with is marked as text."""
    if cell.startswith("-") and len(cell) > 1 and not cell[1:].strip(_NUMBER):
        return cell
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, page: int) -> HttpResponse:
    """The form for a comment on a draft; outside its window it takes nothing and says why."""
    draft = public_page(request, page)
    if not isinstance(draft, DisclosurePage) or draft.section != CONSULTATIONS:
        raise Http404
    window = Window.of(draft.details, draft.term_ends, timezone.localdate())
    form, status = CommentForm(purpose=f"comment.{draft.pk}"), 200
    context = {"page": draft, "window": window, "sent": request.GET.get("da-gui") == "1"}
    if request.method == "POST":
        form = CommentForm(request.POST, purpose=f"comment.{draft.pk}")
        if not window.is_open:
            status = 403
        elif form.is_valid():
            if not too_many(request, "comment"):
                receive_comment(draft, form.cleaned_data, at=timezone.now())
                return redirect(f"{request.path}?da-gui=1")
            form.add_error(None, _("Too many comments came from your connection. Try again in an hour."))
            status = 429
        else:
            status = 422
            form.renew()
    reply = render(request, "registers/comment.html", {**context, "form": form}, status=status)
    reply["X-Robots-Tag"] = "noindex"
    return reply
