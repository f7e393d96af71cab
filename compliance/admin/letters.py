"""The outbox of reminders: what waits, what went, what failed, and which step reached whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities, authorities_for
from compliance.admin.scoping import policy_for
from compliance.models import OutgoingMail, ReminderStep
from compliance.presentation import duty_name
from compliance.queries.staff import ADMINISTRATOR, BOARD, OFFICER, staffed_units
from compliance.services.outbox import retry
from compliance.wording import period_label

_PER_PAGE = 50
_STEPS = 100

Status = OutgoingMail.Status


class LetterList(WagtailAdminTemplateMixin, TemplateView):
    """Letters and steps of the units the user may see."""

    template_name = "compliance/admin/letters.html"
    page_title = gettext_lazy("Reminder letters")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        units = allowed_authorities(user, OutgoingMail)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        mails = _rows(user, OutgoingMail).select_related("authority")
        status = self.request.GET.get("status", "")
        if status in Status.values:
            mails = mails.filter(status=status)
        changeable = set(authorities_for(user, OutgoingMail, "change").values_list("pk", flat=True))
        page = Paginator(mails.order_by("-pk"), _PER_PAGE).get_page(self.request.GET.get("p"))
        context.update(
            page=page,
            letters=[
                {"mail": mail, "may_retry": mail.status == Status.WAITING and mail.authority_id in changeable}
                for mail in page
            ],
            status=status,
            statuses=Status.choices,
            steps=_steps(_rows(user, ReminderStep).select_related("authority").order_by("-pk")[:_STEPS]),
            silent=_silent(set(units.values_list("pk", flat=True))),
        )
        return context


class RetryLetter(View):
    """Try a waiting letter again at the next run."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        policy = policy_for(OutgoingMail)
        if not policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        mail = policy.instances_user_has_permission_for(request.user, "change").filter(pk=pk).first()
        if mail is None:
            raise Http404
        try:
            retry(mail, user=request.user, now=timezone.now())
        except ValidationError as error:
            messages.warning(request, error.messages[0])
        else:
            messages.success(request, _("The letter is sent at the next run, within five minutes."))
        return redirect("compliance_letters")


def _rows(user: Any, model: Any) -> QuerySet:
    return policy_for(model).instances_user_has_permission_for(user, "view")


def _steps(rows: Iterable[ReminderStep]) -> list[dict[str, Any]]:
    steps = list(rows)
    wanted = {pk for step in steps for pk in step.recipients}
    names = {user.pk: user.get_full_name() or user.username for user in _people(wanted)}
    return [
        {
            "step": step,
            "what": _what(step),
            "names": [names.get(pk, _("a deleted account")) for pk in step.recipients],
        }
        for step in steps
    ]


def _people(wanted: set[int]) -> QuerySet:
    return get_user_model().objects.filter(pk__in=wanted)


def _what(step: ReminderStep) -> str:
    """The duty, and the period it is about; pages are not named, they may be drafts."""
    if not step.duty:
        return ""
    period, _at, _due = step.item.partition("@")
    about = period_label(period) if period and not period.startswith("p") else ""
    return f"{duty_name(step.duty)} – {about}" if about else duty_name(step.duty)


def _silent(units: set[int]) -> list[dict[str, str]]:
    """Active people of these units whom no letter can reach."""
    return [
        {"unit": unit.name, "name": person.name}
        for unit in staffed_units(timezone.localdate()).values()
        if unit.pk in units
        for person in unit.of(OFFICER, BOARD, ADMINISTRATOR)
        if not person.address
    ]
