"""Writing the answer: the edited copy beside what the machine would strike out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.questions.common import DeskPage, question_or_404
from compliance.models import Question
from compliance.rules.redaction import pieces, struck_out
from compliance.services.question_answers import OwnDataError, draft, proposed
from compliance.services.questions import StepError

_LONGEST = 20_000


class AnswerForm(forms.Form):
    """What will be public, and the answer."""

    public_topic = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("Topic, as it will be published")
    )
    public_text = forms.CharField(
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        label=gettext_lazy("Question, as it will be published"),
    )
    answer = forms.CharField(
        max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 12}), label=gettext_lazy("Answer")
    )
    reason = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("Why the asker's own data must stay in the text"),
        help_text=gettext_lazy("Only if it must: without a reason such a text is refused."),
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not question.may_publish:
            for name in ("public_topic", "public_text", "reason"):
                del self.fields[name]


class QuestionAnswer(DeskPage):
    """The draft. What the machine proposes is left out of it at first, and marked in the original."""

    template_name = "compliance/admin/questions/answer.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.question = question_or_404(request.user, kwargs["pk"], "change")
        self.page_title = _("Answer to question %(code)s") % {"code": self.question.shown_code}
        if not self.question.is_open or self.question.state == Question.State.PAUSED:
            messages.error(request, _("This question waits for no answer now."))
            return redirect("compliance_question", pk=self.question.pk)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(request.POST, question=self.question)
        if form.is_valid():
            said = {"public_topic": "", "public_text": "", "reason": "", **form.cleaned_data}
            try:
                draft(self.question, **said, user=request.user, now=timezone.now())
            except OwnDataError as error:
                form.add_error("reason", str(error))
            except StepError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The draft waits for somebody else's approval."))
                return redirect("compliance_question", pk=self.question.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        question = self.question
        marks = {name: proposed(question, getattr(question, name)) for name in ("topic", "text")}
        if "form" not in context:
            gap = _("[left out]")
            initial = {
                "public_topic": question.public_topic or struck_out(question.topic, marks["topic"], gap),
                "public_text": question.public_text or struck_out(question.text, marks["text"], gap),
                "answer": question.answer,
                "reason": question.redaction_reason,
            }
            context["form"] = AnswerForm(question=question, initial=initial)
        context.update(
            question=question,
            topic_pieces=pieces(question.topic, marks["topic"]),
            text_pieces=pieces(question.text, marks["text"]),
            found=bool(marks["topic"] or marks["text"]),
        )
        return context
