"""Asking a question, and the receipt."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.catalogue.questions import load_handling
from compliance.desk.common import page, public, unit_or_404
from compliance.desk.forms import AskForm
from compliance.desk.notice import notice_of
from compliance.desk.status import told
from compliance.post.question_letters import STATUS_SALT, question_of, status_token, write_receipt
from compliance.services.desk_guard import StampError, new_stamp, passes, read_stamp
from compliance.services.question_intake import SameTextError, receive_question
from sitepages.forms_guard import address_of
from sitepages.models import Authority


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; a question that is taken leads to its receipt."""
    unit = unit_or_404(request)
    handling = load_handling()
    if request.method != "POST":
        return _shown(request, unit, AskForm(handling=handling, initial={"stamp": new_stamp()}))
    form = AskForm(request.POST, request.FILES, handling=handling)
    if not form.is_valid():
        return _shown(request, unit, form, 422)
    limits = handling.form
    now = timezone.now()
    try:
        stamp = read_stamp(
            form.cleaned_data["stamp"], fastest=limits.fastest_seconds, slowest=limits.slowest_hours * 3600
        )
    except StampError as error:
        form.add_error(None, _STAMPS[error.why]())
        return _shown(request, unit, form, 422)
    if not passes(address_of(request), "ask", a_minute=limits.a_minute, a_day=limits.a_day, now=now):
        form.add_error(
            None,
            _(
                "Too many questions came from your connection. Wait a minute and send the form again;"
                " if that does"
                " not help, try tomorrow or write to the unit by post or e-mail."
            ),
        )
        return _shown(request, unit, form, 429)
    values = {**form.cleaned_data, "may_publish": not form.cleaned_data["private"]}
    try:
        question = receive_question(
            unit,
            values,
            form.uploads,
            stamp=stamp,
            notice=notice_of(unit, timezone.localdate(now)).version,
            now=now,
            write=write_receipt,
        )
    except SameTextError as error:
        form.add_error(
            "text",
            _(
                "The same text was received on %(day)s and is being handled. Look it up with the"
                " receipt code, or"
                " write what is new."
            )
            % {"day": f"{error.day:%d/%m/%Y}"},
        )
        return _shown(request, unit, form, 422)
    return redirect("desk_receipt", token=status_token(question))


@public
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt: the code, and how the day was counted. Printable."""
    unit = unit_or_404(request)
    question = question_of(token, STATUS_SALT)
    if question is None:
        raise Http404
    return page(request, unit, "receipt.html", told(question))


def _shown(request: HttpRequest, unit: Authority, form: AskForm, status: int = 200) -> HttpResponse:
    if form.is_bound:  # a new stamp: what was typed is kept, the files have to be chosen again
        data: Any = request.POST.copy()
        if any(not name for name, _text in form.faults) or not data.get("stamp"):
            data["stamp"] = new_stamp()
        form.data = data
    context = {"form": form, "notice": notice_of(unit, timezone.localdate())}
    return page(request, unit, "ask.html", context, status)


_STAMPS = {
    "fast": lambda: _("The form was sent within a few seconds. Read it through once more and send it again."),
    "old": lambda: _("The form was open for more than a day. What you wrote is still here: send it again."),
    "wrong": lambda: _("The form could not be checked. What you wrote is still here: send it again."),
}
