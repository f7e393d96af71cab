"""One question: its clock, what happened, and every step that may be taken now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.admin.questions.common import DeskPage, may, question_or_404
from compliance.admin.questions.steps import STEPS, forms_for
from compliance.catalogue.questions import load_handling
from compliance.models import Question, QuestionFile
from compliance.queries.questions import clock_of, soon_from
from compliance.queries.rulebook import current_rulebook
from compliance.rules.questions import standing
from compliance.services.question_contact import FIELDS, read_contact, read_file
from compliance.services.questions import StepError
from compliance.services.sealing import SealError

_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class QuestionDetail(DeskPage):
    """The question. Who asked is shown by a POST alone, and recorded."""

    template_name = "compliance/admin/questions/detail.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.question = question_or_404(request.user, kwargs["pk"])
        self.page_title = _("Question %(code)s") % {"code": self.question.shown_code}
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        question, user, today = self.question, self.request.user, timezone.localdate()
        calendar = current_rulebook().calendar
        handling = load_handling()
        context.setdefault("contact", None)
        context.setdefault("bound", None)
        context.update(
            question=question,
            clock=clock_of(question, calendar, today, question.pauses.all()),
            pause_stops=handling.on(handling.pauses, question.counts_from).stops,
            standing=standing(
                question.due, today, question.closed_on, soon=soon_from(question.due, calendar)
            ),
            steps=question.steps.select_related("by", "office", "source", "target"),
            files=list(question.files.all()),
            readings=question.readings.select_related("user")[:20] if may(user, question, "approve") else [],
            forms=forms_for(question, user, context["bound"]),
            may_draft=question.is_open and question.state != "paused" and may(user, question, "change"),
            rating=getattr(question, "rating", None),
        )
        return context


class QuestionContact(QuestionDetail):
    """The same page with who asked, by POST alone; the reading is recorded first."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        question_or_404(request.user, self.question.pk, "change")
        try:
            contact = read_contact(self.question, user=request.user, now=timezone.now())
        except SealError:
            messages.error(request, unreadable())
            return redirect("compliance_question", pk=self.question.pk)
        return self.render_to_response(self.get_context_data(contact=[contact[name] for name in FIELDS]))


class QuestionFileView(QuestionDetail):
    """A file that came with the question, by POST alone; the reading is recorded first."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        question_or_404(request.user, self.question.pk, "change")
        file = QuestionFile.objects.filter(question=self.question, pk=kwargs["file"]).first()
        if file is None:
            raise Http404
        try:
            content = read_file(file, user=request.user, now=timezone.now())
        except SealError:
            messages.error(request, unreadable())
            return redirect("compliance_question", pk=self.question.pk)
        if content is None:
            messages.error(request, _("The file is no longer kept."))
            return redirect("compliance_question", pk=self.question.pk)
        reply = HttpResponse(content, content_type=_TYPES[file.kind])
        reply["Content-Disposition"] = f'attachment; filename="{self.question.code}-{file.pk}.{file.kind}"'
        reply["X-Content-Type-Options"] = "nosniff"
        reply["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return reply


class QuestionDo(QuestionDetail):
    """Take one step."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = STEPS.get(kwargs["step"])
        if step is None:
            raise Http404
        question: Question = question_or_404(request.user, self.question.pk, step.right)
        form = step.form(request.POST, question=question, prefix=step.code)
        if form.is_valid():
            try:
                done = step.take(question, form.cleaned_data, request.user, timezone.now())
            except StepError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, step.done)
                if done.authority_id != question.authority_id:
                    return redirect("compliance_questions")
                return redirect("compliance_question", pk=question.pk)
        for text in [*form.non_field_errors()]:
            messages.error(request, text)
        return self.render_to_response(self.get_context_data(bound=(step.code, form)), status=422)


def unreadable() -> str:
    """Said where a key is missing."""
    return _("None of the keys in PAYEE_KEYS opens this data. Ask the administrator of the server.")
