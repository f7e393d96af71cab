"""Pay periods: list, lines, and the steps from open to paid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities, authorities_for
from compliance.admin.counts import MonthField
from compliance.admin.exports import RowExportMixin
from compliance.admin.grading.words import genre_changed
from compliance.admin.scoping import policy_for
from compliance.models import ArticleGrade, Payment, PayPeriod, RemunerationEntry
from compliance.presentation import held_back_label
from compliance.queries.budget import budget_standing
from compliance.queries.exclusions import to_take_back
from compliance.queries.payable import Payable, payable
from compliance.queries.remuneration import remuneration_standing
from compliance.queries.runs import known_grades, runs_of_period
from compliance.rules.months import Month
from compliance.services import periods as steps
from compliance.services.period_digest import intact
from compliance.wording import rule_told
from sitepages.models import ArticlePage, Authority

Status = PayPeriod.Status

#: Each step: the right it needs, the states it is offered in, and how it is called.
STEPS: dict[str, tuple[str, tuple[str, ...], Any]] = {
    "send": ("change", (Status.OPEN,), gettext_lazy("Send for review")),
    "approve": ("approve", (Status.REVIEW,), gettext_lazy("Approve the lines")),
    "back": ("approve", (Status.REVIEW, Status.APPROVED), gettext_lazy("Send back")),
    "close": ("change", (Status.APPROVED,), gettext_lazy("Close the period")),
    "refresh": ("change", PayPeriod.MOVING, gettext_lazy("Compute anew")),
}


class OpenForm(forms.Form):
    """Which month to open."""

    authority = forms.ModelChoiceField(
        Authority.objects.none(), to_field_name="code", empty_label=None, label=gettext_lazy("Portal")
    )
    month = MonthField(label=gettext_lazy("Month"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = authorities_for(user, PayPeriod, "add")  # type: ignore[attr-defined]


def period_or_404(user: Any, pk: int, action: str = "view") -> PayPeriod:
    """A period the user has the right for; 404 otherwise."""
    rows = policy_for(PayPeriod).instances_user_has_any_permission_for(user, [action])
    period: PayPeriod | None = (
        rows.filter(pk=pk)
        .select_related("authority__parent", "authority__site__root_page", "approved_by", "closed_by")
        .first()
    )
    if period is None:
        raise Http404
    return period


def crumbs(*last: dict[str, Any]) -> list[dict[str, Any]]:
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return [home, {"url": reverse("compliance_periods"), "label": _("Pay periods")}, *last]


class PeriodList(WagtailAdminTemplateMixin, TemplateView):
    """The periods the user may see, the year's money, and a form to open a month."""

    template_name = "compliance/admin/periods.html"
    page_title = gettext_lazy("Pay periods")
    header_icon = "calendar-check"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not authorities_for(request.user, PayPeriod, "add").exists():
            raise PermissionDenied
        form = OpenForm(request.POST, user=request.user)
        if form.is_valid():
            try:
                period = steps.open_period(
                    form.cleaned_data["authority"],
                    form.cleaned_data["month"],
                    user=request.user,
                    today=timezone.localdate(),
                )
            except steps.PeriodError as error:
                form.add_error("month", str(error))
            else:
                messages.success(request, _("The period is open."))
                return redirect("compliance_period", pk=period.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        units = allowed_authorities(user, PayPeriod)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        today = timezone.localdate()
        context["periods"] = PayPeriod.objects.filter(authority__in=units).select_related("authority")[:200]
        if "form" not in context and authorities_for(user, PayPeriod, "add").exists():
            month = Month.of(today).previous
            context["form"] = OpenForm(
                initial={"month": month, "authority": next(iter(units)).code}, user=user
            )
        years = sorted({period.first_day.year for period in context["periods"]} | {today.year}, reverse=True)
        funded = [unit for unit in units if unit.royalty_budgets.exists()]
        context["budgets"] = [
            (unit, standing)
            for unit in funded
            for year in years
            if (standing := budget_standing(unit, year)).amount
        ]
        return context


class PeriodDetail(RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """The lines of one period, what is held back, and the next step."""

    template_name = "compliance/admin/period.html"
    header_icon = "calendar-check"
    export_filename = "nhuan-but"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs({"url": "", "label": str(self.period)})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.period = period_or_404(request.user, kwargs["pk"])
        self.page_title = str(self.period)
        self.entries = list(self.period.entries.select_related("office", "reversed_by"))
        if self.is_export:
            self.prepare(
                [
                    _("Published on"), _("Title"), _("Genre"), _("Office"), _("Person"), _("Role"),
                    _("Share (%)"), _("Coefficient"), _("Unit value (đồng)"), _("Amount (đồng)"),
                    _("Rule"), _("Reason"),
                ],
                sums=(9,),
            )  # fmt: skip
            grades = known_grades()
            rows = [
                [
                    e.published_on, e.title, e.genre_name, e.office.full_name, e.person, e.role_name, e.share,
                    e.coefficient, e.unit_value, e.amount, rule_told(e.rule, grades), e.reason,
                ]
                for e in self.entries
            ]  # fmt: skip
            extra = self.period.remuneration_entries.select_related("contributor__office")
            rows += [
                [
                    None, _("Remuneration"), _("Remuneration"),
                    getattr(e.contributor.office, "full_name", ""), e.person, e.position, None,
                    None, None, e.amount, e.rule, e.reason,
                ]
                for e in extra
            ]  # fmt: skip
            response: HttpResponse = self.as_spreadsheet(rows, request.GET.get("export"))
            return response
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        period, user = self.period, self.request.user
        policy = policy_for(PayPeriod)
        now = Payable([], []) if period.is_frozen else payable(period)
        extra: list[RemunerationEntry] = list(period.remuneration_entries.select_related("reversed_by"))
        shown = sorted((e.article_id, e.person, e.amount) for e in self.entries if e.reverses_id is None)
        due = sorted((line.article.pk, line.person, line.amount) for line in now.lines)
        context.update(
            period=period,
            altered=period.is_frozen and not intact(period),
            entries=self.entries,
            extra=extra,
            royalties=sum(entry.amount for entry in self.entries),
            remuneration=sum(entry.amount for entry in extra),
            total=sum(entry.amount for entry in self.entries) + sum(entry.amount for entry in extra),
            standing=remuneration_standing(period),
            held_back=[(article, _why_held(article, code)) for article, code in now.held_back],
            ungraded=sum(code == "no_grade" for _article, code in now.held_back),
            may_grade=policy_for(ArticleGrade)
            .authorities(user, ["change"])
            .filter(pk=period.authority_id)
            .exists(),
            may_take_back=period.is_frozen
            and policy.user_has_permission_for_instance(user, "change", period),
            take_back=to_take_back(period.authority),
            stale=not period.is_frozen and shown != due,
            final=("close", "back"),
            may_pay=period.status == Status.CLOSED
            and policy_for(Payment).user_has_permission_for_instance(
                user, "add", Payment(authority=period.authority)
            ),
            runs=runs_of_period(period)
            if period.is_frozen
            and policy_for(Payment).authorities(user, ["view"]).filter(pk=period.authority_id).exists()
            else [],
            steps=[
                (name, label)
                for name, (right, states, label) in STEPS.items()
                if period.status in states and policy.user_has_permission_for_instance(user, right, period)
            ],
            may_reverse=not period.is_frozen
            and policy.user_has_permission_for_instance(user, "change", period),
            budget=budget_standing(period.authority, period.first_day.year),
        )
        return context


class PeriodStep(View):
    """One step of a period's life, by POST alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        if step not in STEPS:
            raise Http404
        period_or_404(request.user, pk)
        right = STEPS[step][0]
        period = period_or_404(request.user, pk, right)
        try:
            self._take(step, period, request)
        except steps.PeriodError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Done: %(step)s.") % {"step": STEPS[step][2]})
        return redirect("compliance_period", pk=pk)

    @staticmethod
    def _take(step: str, period: PayPeriod, request: HttpRequest) -> None:
        now = timezone.now()
        if step == "refresh":
            steps.refresh_period(period, user=request.user)
        elif step == "send":
            steps.send_for_review(period, user=request.user, now=now)
        elif step == "back":
            steps.send_back(period, user=request.user, reason=request.POST.get("reason", ""))
        elif step == "approve":
            steps.approve_period(period, user=request.user, now=now)
        else:
            steps.close_period(period, user=request.user, now=now, today=timezone.localdate())


def _why_held(article: ArticlePage, code: str) -> str:
    if code == "genre_changed":
        return genre_changed(article.royalty_grade.approved_genre, article.genre)
    return held_back_label(code)
