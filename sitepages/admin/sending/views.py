"""Send a page down to portals below, and take it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from sitepages.admin.sending.access import may_send
from sitepages.models import Authority, SentPage
from sitepages.sent.places import why_not
from sitepages.sent.services import NotSendableError, send_down, withdraw
from sitepages.sent.states import Standing, standings

#: Why a page cannot be sent, in words.
REASONS = {
    "kind": gettext_lazy(
        "Such a page stays on its own portal. Write an announcement that links to it, and send that down."
    ),
    "copy": gettext_lazy("This page was itself sent down, or follows another page. Send its source."),
    "draft": gettext_lazy("The page is not public. It can be sent down once it was approved and published."),
    "closed": gettext_lazy("The page is closed to the public. What not everybody may read is not sent down."),
}


def _units_field(among: dict[str, Authority], *, required: bool = False) -> forms.MultipleChoiceField:
    choices = [(code, unit.display_name) for code, unit in among.items()]
    return forms.MultipleChoiceField(choices=choices, required=required, label=_("Units"))


class SendForm(forms.Form):
    """To which units, and whether they may change it."""

    kind = forms.ChoiceField(
        choices=[
            (SentPage.Kind.LOCKED, gettext_lazy("Locked: it follows this page; nobody there can change it")),
            (
                SentPage.Kind.EDITABLE,
                gettext_lazy("Editable: a copy of the unit's own, which later changes here do not touch"),
            ),
        ],
        widget=forms.RadioSelect,
        initial=SentPage.Kind.LOCKED,
        label=gettext_lazy("How"),
    )
    everywhere = forms.BooleanField(
        required=False, label=gettext_lazy("To all units that have the section and do not show it yet")
    )

    def __init__(self, *args: Any, among: list[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = {each.unit.code: each.unit for each in among if each.in_force}
        self.fields["units"] = _units_field(self.among)

    def chosen(self) -> list[Authority]:
        """The units meant."""
        if self.cleaned_data["everywhere"]:
            return list(self.among.values())
        return [self.among[code] for code in self.cleaned_data["units"]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned["everywhere"] and not cleaned["units"]:
            self.add_error("units", _("Choose at least one unit."))
        return cleaned


class WithdrawForm(forms.Form):
    """From which units; all are proposed."""

    def __init__(self, *args: Any, among: list[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.among = {each.unit.code: each.unit for each in among if each.is_sent}
        self.fields["units"] = _units_field(self.among, required=True)

    def chosen(self) -> list[Authority]:
        """The units meant."""
        return [self.among[code] for code in self.cleaned_data["units"]]


class SendingView(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one page, for whoever may publish it; for everybody else there is none."""

    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = Page.objects.filter(pk=kwargs["page_id"]).first() if kwargs["page_id"] < 2**31 else None
        if found is None or not may_send(request.user, found):
            raise Http404
        self.page = found.specific
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def standings(self) -> list[Standing]:
        """The units below and how the page stands there."""
        return standings(self.page, timezone.localdate())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": edit, "label": self.page.title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(page=self.page, standings=self.standings)
        return context


class SendDown(SendingView):
    """The list of units with the page's state at each, and the form that sends it to more of them."""

    template_name = "sitepages/admin/sent/send.html"
    page_title = gettext_lazy("Send down")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SendForm(request.POST, among=self.standings)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            done = send_down(self.page, form.chosen(), form.cleaned_data["kind"], user=request.user)
        except NotSendableError as refusal:
            messages.error(request, str(REASONS[str(refusal)]))
            return redirect(request.path)
        if done.sent:
            messages.success(request, _("Sent down to: %(units)s.") % {"units": named(done.sent)})
        if done.already:
            text = _("It already stood there, and was left as it is: %(units)s.")
            messages.info(request, text % {"units": named(done.already)})
        if done.without_section:
            text = _("Not sent, as the portal has no such section: %(units)s.")
            messages.warning(request, text % {"units": named(done.without_section)})
        return redirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        reason = why_not(self.page)
        context.setdefault("form", SendForm(among=self.standings))
        context.update(
            refusal=REASONS[reason] if reason else "",
            any_sent=any(each.is_sent for each in self.standings),
            any_open=any(each.may_be_chosen for each in self.standings),
        )
        return context


class WithdrawSent(SendingView):
    """What will be taken back where, shown by GET; done by POST, at all chosen units at once."""

    template_name = "sitepages/admin/sent/withdraw.html"
    page_title = gettext_lazy("Withdraw what was sent down")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = WithdrawForm(request.POST, among=self.standings)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        done = withdraw(self.page, form.chosen(), user=request.user)
        if done.deleted:
            text = _("Withdrawn, the locked copies are gone: %(units)s.")
            messages.success(request, text % {"units": named(done.deleted)})
        if done.unpublished:
            text = _("Withdrawn, the copies are drafts of their units now: %(units)s.")
            messages.success(request, text % {"units": named(done.unpublished)})
        return redirect("sitepages_send_down", self.page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", WithdrawForm(among=self.standings))
        context["standings"] = [each for each in self.standings if each.is_sent]
        return context


def named(units: list[Authority]) -> str:
    """Units by name, in one line."""
    return ", ".join(unit.display_name for unit in units)
