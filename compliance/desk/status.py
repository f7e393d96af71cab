"""How a question stands: by its code or by the link of a letter; never who asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from compliance.catalogue.questions import load_handling
from compliance.desk.common import page, public, unit_or_404
from compliance.models import Question
from compliance.post.question_letters import STATUS_SALT, question_of, rating_token, status_token
from compliance.queries.questions import clock_of
from compliance.queries.rulebook import current_rulebook
from compliance.rules.question_codes import read_code
from compliance.rules.questions import standing
from compliance.services.desk_guard import passes
from sitepages.forms_guard import address_of

State = Question.State


class LookupForm(forms.Form):
    """A receipt code."""

    code = forms.CharField(
        max_length=100,
        label=gettext_lazy("Receipt code"),
        error_messages={"required": gettext_lazy("Write the code that stands on your receipt.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("This is no receipt code: a letter or digit is wrong. Compare it with the receipt.")
            )
        return code


def told(question: Question) -> dict[str, Any]:
    """What may be told of a question to whoever holds its code."""
    today = timezone.localdate()
    book = current_rulebook()
    calendar = book.calendar
    clock = clock_of(question, calendar, today, question.pauses.all())
    answered = question
    if question.state == State.MERGED and question.merged_into is not None:
        answered = question.merged_into
    handling = load_handling()
    public_page = answered.page if answered.page is not None and answered.page.live else None
    done = answered.state == State.ANSWERED
    steps = list(question.steps.select_related("target", "source", "office").exclude(kind__in=_INSIDE))
    return {
        "question": question,
        "clock": clock,
        "pause_stops": handling.on(handling.pauses, question.counts_from).stops,
        "standing": standing(question.due, today, question.closed_on),
        "steps": steps,
        "missing": next((step.note for step in reversed(steps) if step.kind == "paused"), "")
        if question.state == State.PAUSED
        else "",
        "answer": answered.answer if done and public_page is None and answered.pk == question.pk else "",
        "answer_page": public_page if done else None,
        "may_rate": done and answered.pk == question.pk and not hasattr(question, "rating"),
        "rating_token": rating_token(question) if done else "",
        "status_token": status_token(question),
    }


_INSIDE = ("drafted", "sent_back", "contact_erased", "erased")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """Look a question up by its code. The code comes by POST: it stands in no address and no log."""
    unit = unit_or_404(request)
    if request.method != "POST":
        return page(request, unit, "lookup.html", {"form": LookupForm(auto_id="%s")})
    limits = load_handling().form
    form = LookupForm(request.POST, auto_id="%s")
    allowed = passes(
        address_of(request),
        "look",
        a_minute=limits.looks_a_minute,
        a_day=limits.looks_a_day,
        now=timezone.now(),
    )
    if not allowed:
        form.is_valid()
        form.errors.clear()
        form.add_error(
            "code", _("Too many codes were tried from your connection. Wait a minute and try again.")
        )
        return page(request, unit, "lookup.html", {"form": form}, 429)
    if form.is_valid():
        rows = Question.objects.select_related(
            "authority__site", "office", "page", "merged_into__page", "rating"
        )
        question = rows.filter(code=form.cleaned_data["code"]).first()
        if question is not None:
            return page(request, unit, "status.html", told(question))
        form.add_error("code", _("No question has this code. Compare it with the receipt."))
    return page(request, unit, "lookup.html", {"form": form}, 422)


@public
@require_safe
def status_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of a letter."""
    unit = unit_or_404(request)
    question = question_of(token, STATUS_SALT)
    if question is None:
        raise Http404
    return page(request, unit, "status.html", told(question))


# NEED
