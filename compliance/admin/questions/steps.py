"""The steps an officer or the board can take with a question, each with its form."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.questions.common import may
from compliance.admin.scoping import policy_for
from compliance.models import Question
from compliance.post.question_letters import write_closed, write_pause
from compliance.queries.questions import transfer_targets
from compliance.rules.question_codes import read_code
from compliance.services.question_answers import approve, send_back
from compliance.services.question_contact import erase_contact, erase_text
from compliance.services.questions import StepError, assign, merge, pause, refuse, resume, transfer
from sitepages.models import Authority, Office

State = Question.State
_NOTE: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 2000}


class StepForm(forms.Form):
    """A step of one question."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question


class NoteForm(StepForm):
    """A word about it."""

    note = forms.CharField(required=False, label=gettext_lazy("Note"), **_NOTE)


class ReasonForm(StepForm):
    """A reason, which has to be given."""

    note = forms.CharField(label=gettext_lazy("Reason"), **_NOTE)


class MissingForm(StepForm):
    """What is missing; whoever asked reads it."""

    note = forms.CharField(label=gettext_lazy("What is missing (the asker reads this)"), **_NOTE)


class AssignForm(NoteForm):
    """To whom it goes."""

    office = forms.ModelChoiceField(Office.objects.none(), label=gettext_lazy("Competent office"))
    officer = forms.ModelChoiceField(
        get_user_model().objects.none(), required=False, label=gettext_lazy("Officer (gets the reminders)")
    )
    field_order = ("office", "officer", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, unit = timezone.localdate(), self.question.authority
        offices = Office.objects.filter(authority=unit).in_force(today)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        people = policy_for(Question).users_with_any_permission(["change"])
        mine = (
            people.filter(groups__role_group__authority=unit).order_by("last_name", "first_name").distinct()
        )
        self.fields["officer"].queryset = mine  # type: ignore[attr-defined]
        self.fields["officer"].label_from_instance = _name  # type: ignore[attr-defined]
        self.initial = {
            "office": self.question.office_id,
            "officer": self.question.officer_id,
            **self.initial,
        }


class TransferForm(ReasonForm):
    """Which body it goes to."""

    target = forms.ModelChoiceField(Authority.objects.none(), label=gettext_lazy("Body"))
    field_order = ("target", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        targets = transfer_targets(self.question.authority, timezone.localdate())
        self.fields["target"].queryset = targets  # type: ignore[attr-defined]


class RefuseForm(StepForm):
    """Why it is not handled here, and where to turn to."""

    refusal = forms.ChoiceField(choices=Question.Refusal.choices, label=gettext_lazy("Reason"))
    note = forms.CharField(
        required=False, label=gettext_lazy("Where to turn to, what to do (the asker reads this)"), **_NOTE
    )


class MergeForm(StepForm):
    """The other question."""

    into = forms.CharField(max_length=40, label=gettext_lazy("Receipt code of the other question"))

    def clean_into(self) -> Question:
        code = read_code(self.cleaned_data["into"])
        found = Question.objects.filter(code=code or "", authority=self.question.authority).first()
        if found is None:
            raise forms.ValidationError(_("Your unit has no question with this code."))
        return found


class EraseForm(ReasonForm):
    """On whose wish, and how much."""

    whole = forms.BooleanField(required=False, label=gettext_lazy("Erase the text of the question as well"))


def _name(user: Any) -> str:
    return str(user.get_full_name() or user.username)


@dataclass(frozen=True)
class Step:
    """One step: in which states it is offered, to whom, and what it does."""

    code: str
    name: Any
    done: Any
    states: tuple[str, ...]
    right: str
    form: type[StepForm]
    take: Callable[[Question, dict[str, Any], Any, datetime.datetime], Question]


def _assign(question: Question, data: dict[str, Any], user: Any, now: datetime.datetime) -> Question:
    return assign(question, data["office"], officer=data["officer"], note=data["note"], user=user, now=now)


def _transfer(question: Question, data: dict[str, Any], user: Any, now: datetime.datetime) -> Question:
    return transfer(question, data["target"], reason=data["note"], user=user, now=now)


def _pause(question: Question, data: dict[str, Any], user: Any, now: datetime.datetime) -> Question:
    return pause(question, reason=data["note"], user=user, now=now, write=write_pause)


def _resume(question: Question, data: dict[str, Any], user: Any, now: datetime.datetime) -> Question:
    return resume(question, note=data["note"], user=user, now=now)


def _refuse(question: Question, data: dict[str, Any], user: Any, now: datetime.datetime) -> Question:
    return refuse(question, data["refusal"], note=data["note"], user=user, now=now, write=write_closed)


def _merge(question: Question, data: dict[str, Any], user: Any, now: datetime.datetime) -> Question:
    return merge(question, data["into"], user=user, now=now, write=write_closed)


def _send_back(question: Question, data: dict[str, Any], user: Any, now: datetime.datetime) -> Question:
    return send_back(question, note=data["note"], user=user, now=now)


def _approve(question: Question, data: dict[str, Any], user: Any, now: datetime.datetime) -> Question:
    return approve(question, user=user, now=now, write=write_closed)


def _erase(question: Question, data: dict[str, Any], user: Any, now: datetime.datetime) -> Question:
    if question.is_open:
        raise StepError(
            _("Answer or close the question first; without the contact data nobody can be reached.")
        )
    (erase_text if data["whole"] else erase_contact)(question, user=user, now=now, note=data["note"])
    return question


_WORKED = (State.RECEIVED, State.ASSIGNED)
_CLOSED = (State.ANSWERED, State.REFUSED, State.MERGED)

STEPS = {
    step.code: step
    for step in (
        Step("approve", gettext_lazy("Approve and publish"),
             gettext_lazy("The answer was approved."),
             (State.DRAFTED,), "approve", StepForm, _approve),
        Step("send-back", gettext_lazy("Send the draft back"),
             gettext_lazy("The draft was sent back."),
             (State.DRAFTED,), "approve", ReasonForm, _send_back),
        Step("assign", gettext_lazy("Give to an office"),
             gettext_lazy("The question was given to the office."),
             Question.OPEN, "change", AssignForm, _assign),
        Step("pause", gettext_lazy("Ask for more information"),
             gettext_lazy("More information was asked for."),
             _WORKED, "change", MissingForm, _pause),
        Step("resume", gettext_lazy("Information came: go on"),
             gettext_lazy("The question was taken up again."),
             (State.PAUSED,), "change", NoteForm, _resume),
        Step("transfer", gettext_lazy("Transfer to another body"),
             gettext_lazy("The question went to the other body."),
             Question.OPEN, "change", TransferForm, _transfer),
        Step("refuse", gettext_lazy("Do not handle here"),
             gettext_lazy("The asker is told where to turn to."),
             (*_WORKED, State.PAUSED), "change", RefuseForm, _refuse),
        Step("merge", gettext_lazy("Merge with another question"),
             gettext_lazy("The questions were merged."),
             (*_WORKED, State.PAUSED), "change", MergeForm, _merge),
        Step("erase", gettext_lazy("Erase the asker's data"),
             gettext_lazy("The data was erased."),
             _CLOSED, "approve", EraseForm, _erase),
    )
}  # fmt: skip


def forms_for(
    question: Question, user: Any, bound: tuple[str, StepForm] | None
) -> list[tuple[Step, StepForm, bool]]:
    """The steps open to the user now, each with its form, the one that failed opened."""
    rights = {right: may(user, question, right) for right in ("change", "approve")}
    found = []
    for step in STEPS.values():
        own = step.code == "approve" and question.drafted_by_id == user.pk
        gone = step.code == "erase" and question.forgotten_at is not None
        if question.state not in step.states or not rights[step.right] or own or gone:
            continue
        failed = bound is not None and bound[0] == step.code
        form = bound[1] if bound and failed else step.form(question=question, prefix=step.code)
        found.append((step, form, failed))
    return found
