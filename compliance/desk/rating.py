"""How satisfied whoever asked is: once an answer, by a link nobody guesses, without a cookie."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from compliance.desk.common import page, public, unit_or_404
from compliance.models import Question
from compliance.post.question_letters import RATING_SALT, question_of
from compliance.services.question_answers import rate

STARS = [
    ("5", gettext_lazy("Very satisfied")),
    ("4", gettext_lazy("Satisfied")),
    ("3", gettext_lazy("Neither nor")),
    ("2", gettext_lazy("Not satisfied")),
    ("1", gettext_lazy("Not satisfied at all")),
]


class RatingForm(forms.Form):
    """One to five, and a word to the unit."""

    stars = forms.ChoiceField(
        choices=STARS,
        widget=forms.RadioSelect,
        label=gettext_lazy("How satisfied are you with the answer?"),
        error_messages={"required": gettext_lazy("Choose one of the five.")},
    )
    comment = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=gettext_lazy("A word to the unit (is not published)"),
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, token: str) -> HttpResponse:
    """The form, and thanks."""
    unit = unit_or_404(request)
    question = question_of(token, RATING_SALT)
    if question is None or question.state != Question.State.ANSWERED:
        raise Http404
    form = RatingForm(request.POST if request.method == "POST" else None, auto_id="%s")
    given = hasattr(question, "rating")
    if request.method == "POST" and not given and form.is_valid():
        rate(
            question,
            int(form.cleaned_data["stars"]),
            form.cleaned_data["comment"],
            day=timezone.localdate(),
        )
        return page(request, unit, "rating.html", {"thanks": True})
    status = 422 if form.is_bound and not given else 200
    return page(request, unit, "rating.html", {"form": form, "given": given, "question": question}, status)
