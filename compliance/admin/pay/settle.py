"""Pay out closed periods: who gets what, on which day; a page that sums up the choice; and the payment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.pay.common import DATE, PayPage, may, sees_payees, tax_reason_label
from compliance.admin.pay.payees import unreadable
from compliance.admin.periods import period_or_404
from compliance.models import Payment, PayPeriod
from compliance.queries.owed import Due, dues, fingerprint, payable_periods
from compliance.queries.rates import NoTermsError
from compliance.services.payees import has_values
from compliance.services.payments import PaymentError, pay_periods
from compliance.services.sealing import SealError


class DayForm(forms.Form):
    """The day of payment, and which other closed periods are paid with this one."""

    paid_on = forms.DateField(widget=DATE, label=gettext_lazy("Day of payment"))
    periods = forms.ModelMultipleChoiceField(
        PayPeriod.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Pay together with"),
    )

    def __init__(self, *args: Any, others: list[PayPeriod], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["periods"]
        field.queryset = PayPeriod.objects.filter(  # type: ignore[attr-defined]
            pk__in=[period.pk for period in others]
        ).select_related("authority")
        if not others:
            del self.fields["periods"]


class PayView(PayPage):
    """What paying a closed period means for each person.

    A POST of the list shows what the ticked people get together; a POST of that page pays them.
    """

    template_name = "compliance/admin/pay/settle.html"
    above = ("compliance_periods", gettext_lazy("Pay periods"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.period = period_or_404(request.user, kwargs["pk"])
        if not may(request.user, self.period.authority, Payment, "add"):
            raise PermissionDenied
        self.page_title = _("Pay %(period)s") % {"period": self.period}
        self.today = timezone.localdate()
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        url = reverse("compliance_period", args=[self.period.pk])
        return self.crumb({"url": url, "label": str(self.period)}, {"url": "", "label": _("Pay")})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.period.status != PayPeriod.Status.CLOSED:
            messages.error(request, _("Only a closed period that is not paid yet can be paid."))
            return redirect("compliance_period", pk=self.period.pk)
        return self.render_to_response(self.get_context_data(**kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid() or "shown" not in request.POST:  # nothing is paid that nobody looked at
            return self.render_to_response(self.get_context_data(form=form))
        try:
            if request.POST.get("confirmed") != "1":
                return self._confirm(form)
            made = pay_periods(
                self.period.authority,
                self._chosen(form),
                paid_on=form.cleaned_data["paid_on"],
                today=self.today,
                user=request.user,
                now=timezone.now(),
                only=set(request.POST.getlist("person")),
                expected=request.POST["shown"],
            )
        except PaymentError as error:
            messages.error(request, str(error))
            return redirect("compliance_pay", pk=self.period.pk)
        if not made:
            messages.success(request, _("Nothing is owed."))
            return redirect("compliance_period", pk=self.period.pk)
        messages.success(request, _("%(count)s payments were made.") % {"count": len(made)})
        return redirect("compliance_run", pk=made[0].pk)

    def _confirm(self, form: DayForm) -> HttpResponse:
        """The page before the act: how many people, which sums, the day and the periods. PaymentError."""
        day, chosen = form.cleaned_data["paid_on"], self._chosen(form)
        try:
            found = dues(self.period.authority, chosen, day)
        except NoTermsError:
            raise PaymentError(
                _("No rule of taxation is known for %(day)s.") % {"day": f"{day:%d/%m/%Y}"}
            ) from None
        if fingerprint(found) != self.request.POST["shown"]:
            raise PaymentError(
                _("The list changed since it was shown: somebody paid or corrected. Look at it again.")
            )
        ticked = set(self.request.POST.getlist("person"))
        paid = [due for due in found if due.person in ticked]
        if found and not paid:
            raise PaymentError(_("Choose at least one person to pay."))
        context: dict[str, Any] = super().get_context_data(
            period=self.period,
            day=day,
            chosen=sorted(chosen - {self.period.pk}),
            periods=PayPeriod.objects.filter(pk__in=chosen).select_related("authority").order_by("first_day"),
            rows=paid,
            others=[due for due in found if due.person not in ticked],
            shown=self.request.POST["shown"],
            **_sums(paid),
        )
        self.template_name = "compliance/admin/pay/confirm.html"
        return self.render_to_response(context)

    def _form(self, data: Any) -> DayForm:
        others = [each for each in payable_periods(self.period.authority) if each.pk != self.period.pk]
        return DayForm(data, others=others, initial={"paid_on": self.today})

    def _chosen(self, form: DayForm) -> set[int]:
        return {self.period.pk, *(each.pk for each in form.cleaned_data.get("periods", ()))}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        asked = self.request.GET if "paid_on" in self.request.GET else None
        form = context.setdefault("form", self._form(asked))
        day, chosen = self.today, {self.period.pk}
        if form.is_bound and form.is_valid():
            day, chosen = form.cleaned_data["paid_on"], self._chosen(form)
        context.update(period=self.period, day=day, chosen=sorted(chosen - {self.period.pk}))
        try:
            found = dues(self.period.authority, chosen, day)
        except NoTermsError:
            context["untaxed"] = True
            return context
        knows = sees_payees(self.request.user, self.period.authority)
        context.update(
            rows=[(due, tax_reason_label(due.tax.reason), _missing(due) if knows else "") for due in found],
            shown=fingerprint(found),
            **_sums(found),
            early=day <= self.period.last_day or day > self.today,
        )
        return context


def _sums(found: Sequence[Due]) -> dict[str, int]:
    return {
        "gross": sum(due.gross for due in found),
        "tax": sum(due.tax.amount for due in found),
        "set_off": sum(due.set_off for due in found),
        "net": sum(due.net for due in found),
    }


def _missing(due: Due) -> str:
    """What the tax office or the bank will ask for and nobody has told yet."""
    if due.contributor is None:
        return _("No contributor record: paid by name, without payee data.")
    try:
        if not has_values(due.payee, "tax_code"):
            return _("The tax code is missing.")
        return "" if has_values(due.payee, "bank_account") else _("The account is missing.")
    except SealError:
        return unreadable()
