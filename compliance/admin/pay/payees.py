"""Payee data: masked in lists, in clear only on request, each reading recorded and listed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.pay.common import FIRST_YEAR, LAST_YEAR, PayPage, chosen_unit
from compliance.admin.scoping import policy_for
from compliance.models import Payee, PayeeReading
from compliance.rules.payee import FIELDS, doubts, tidy
from compliance.services.payees import PayeeError, keep_commitments, keep_payee, masked_values, read_payees
from compliance.services.sealing import SealError
from sitepages.models import Contributor

LABELS = {
    "tax_code": gettext_lazy("Tax code"),
    "citizen_number": gettext_lazy("Citizen number"),
    "bank_account": gettext_lazy("Bank account"),
    "bank_name": gettext_lazy("Bank"),
}
COMMITMENTS = 3
READINGS_SHOWN = 500


def contributor_or_404(user: Any, pk: int, action: str = "view") -> Contributor:
    """A contributor of a portal whose payees the user keeps; 404 otherwise."""
    units = policy_for(Payee).authorities(user, [action])
    found: Contributor | None = (
        Contributor.objects.filter(pk=pk, authority__in=units).select_related("authority", "office").first()
    )
    if found is None:
        raise Http404
    return found


class PayeeForm(forms.Form):
    """What is typed is kept sealed; what is left empty stays as it was."""

    tax_code = forms.CharField(required=False, max_length=30, label=LABELS["tax_code"])
    citizen_number = forms.CharField(required=False, max_length=30, label=LABELS["citizen_number"])
    bank_account = forms.CharField(required=False, max_length=40, label=LABELS["bank_account"])
    bank_name = forms.CharField(required=False, max_length=150, label=LABELS["bank_name"])
    removed = forms.MultipleChoiceField(
        required=False,
        choices=[(name, LABELS[name]) for name in FIELDS],
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Erase what is kept"),
    )
    on_payroll = forms.BooleanField(
        required=False, label=gettext_lazy("On the agency's payroll: taxed with the wage")
    )
    asks_withholding = forms.BooleanField(
        required=False, label=gettext_lazy("Asks for tax to be withheld below the threshold")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false")
        for number in range(COMMITMENTS):
            self.fields[f"year{number}"] = forms.IntegerField(
                required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, label=gettext_lazy("Tax year")
            )
            self.fields[f"form{number}"] = forms.CharField(
                required=False, max_length=150, label=gettext_lazy("Form, number and date")
            )

    @property
    def own(self) -> list[Any]:
        return [self[name] for name in (*FIELDS, "removed", "on_payroll", "asks_withholding")]

    @property
    def commitments(self) -> list[tuple[Any, Any]]:
        return [(self[f"year{number}"], self[f"form{number}"]) for number in range(COMMITMENTS)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.forms: dict[int, str] = {}
        for number in range(COMMITMENTS):
            year, text = cleaned.get(f"year{number}"), (cleaned.get(f"form{number}") or "").strip()
            if bool(year) != bool(text):
                self.add_error(f"form{number}", _("Give both the tax year and the form."))
            elif year in self.forms:
                self.add_error(f"year{number}", _("A tax year is listed twice."))
            elif year:
                self.forms[year] = text
        return cleaned


class PayeeList(PayPage):
    """The portal's people, with their payee data masked."""

    template_name = "compliance/admin/pay/payees.html"
    page_title = gettext_lazy("Payees")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        unit, units = chosen_unit(self.request, Payee)
        people = Contributor.objects.filter(authority=unit).select_related("office", "payee")
        rows = []
        for person in people.prefetch_related("payee__commitments"):
            payee = getattr(person, "payee", None)
            rows.append((person, payee, shown(payee)))
        context.update(unit=unit, units=units, rows=rows)
        return context


class PayeeEdit(PayPage):
    """One person's payee data: masked, to be changed, or shown by a POST that is recorded."""

    template_name = "compliance/admin/pay/payee.html"
    page_title: Any = gettext_lazy("Payee")
    above = ("compliance_payees", gettext_lazy("Payees"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        action = "change" if request.method == "POST" else "view"
        self.person = contributor_or_404(request.user, kwargs["pk"], action)
        self.payee: Payee | None = Payee.objects.filter(contributor=self.person).first()
        self.page_title = self.person.name
        reply = super().dispatch(request, *args, **kwargs)
        reply["Cache-Control"] = "no-store"
        return reply

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PayeeForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                payee = keep_payee(
                    self.person,
                    {name: chosen[name] for name in FIELDS},
                    removed=chosen["removed"],
                    on_payroll=chosen["on_payroll"],
                    asks_withholding=chosen["asks_withholding"],
                    user=request.user,
                    now=timezone.now(),
                )
            except PayeeError as error:
                form.add_error(error.field, str(error))
            except SealError:
                form.add_error(None, unreadable())
            else:
                keep_commitments(payee, form.forms, user=request.user)
                for name in FIELDS:
                    if doubts(name, tidy(name, chosen[name])):
                        messages.warning(request, DOUBTS[name])
                messages.success(request, _("The payee data is kept."))
                return redirect("compliance_payee", pk=self.person.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if "form" not in context:
            initial: dict[str, Any] = {}
            if self.payee:
                initial = {
                    "on_payroll": self.payee.on_payroll,
                    "asks_withholding": self.payee.asks_withholding,
                }
                for number, form in enumerate(self.payee.commitments.all()[:COMMITMENTS]):
                    initial |= {f"year{number}": form.year, f"form{number}": form.document}
            context["form"] = PayeeForm(initial=initial)
        values = context.pop("clear", None)
        masked = shown(self.payee)
        context.update(
            person=self.person,
            payee=self.payee,
            values=[(LABELS[name], (values or masked or {}).get(name, "")) for name in FIELDS],
            in_clear=values is not None,
            unreadable=unreadable() if masked is None and self.payee else "",
            readings=self.payee.readings.select_related("user")[:20] if self.payee else [],
        )
        return context


class PayeeShow(PayeeEdit):
    """The same page in clear, by POST alone; who read it is recorded first."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        contributor_or_404(request.user, self.person.pk)
        if self.payee is None:
            return redirect("compliance_payee", pk=self.person.pk)
        try:
            values = read_payees(
                [self.payee], occasion=PayeeReading.Occasion.SHOWN, user=request.user, now=timezone.now()
            )
        except SealError:
            messages.error(request, unreadable())
            return redirect("compliance_payee", pk=self.person.pk)
        return self.render_to_response(self.get_context_data(clear=values[self.person.pk]))


class PayeeReadings(PayPage):
    """Who read whose data, the newest first."""

    template_name = "compliance/admin/pay/readings.html"
    page_title = gettext_lazy("Readings of payee data")
    above = ("compliance_payees", gettext_lazy("Payees"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        unit, units = chosen_unit(self.request, PayeeReading)
        rows = PayeeReading.objects.filter(payee__contributor__authority=unit)
        context.update(
            unit=unit, units=units, rows=rows.select_related("payee__contributor", "user")[:READINGS_SHOWN]
        )
        return context


DOUBTS = {
    "tax_code": gettext_lazy(
        "The check digit of the tax code does not fit. Compare it with the certificate."
    ),
    "citizen_number": gettext_lazy("This is an old identity number of 9 digits. Ask for the one of 12."),
}


def shown(payee: Payee | None) -> dict[str, str] | None:
    """The masked values; None without a payee, or when none of the keys opens them."""
    if payee is None:
        return None
    try:
        return masked_values(payee)
    except SealError:
        return None


def unreadable() -> str:
    """Said where a key is missing."""
    return _("None of the keys in PAYEE_KEYS opens this data. Ask the administrator of the server.")
