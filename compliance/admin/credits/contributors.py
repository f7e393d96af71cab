"""Contributors: who may be credited on a portal, under which names, for which office."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from compliance.admin.links import optional_url
from compliance.admin.scoping import ScopedForm, ScopedIndexView, ScopedModelViewSet, policy_for
from sitepages.credits import person_name
from sitepages.models import Contributor
from sitepages.panels import date_panel
from sitepages.text import fold


class ContributorForm(ScopedForm):
    """Names without formulas; office and account of the same portal, and of no other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            action = "change" if self.instance.pk else "add"
            own = policy_for(Contributor).authorities(self.for_user, [action])
            if self.instance.pk:
                own = own.filter(pk=self.instance.authority_id)
            people = get_user_model().objects.filter(groups__role_group__authority__in=own, is_active=True)
            if self.instance.user_id:
                people = people | get_user_model().objects.filter(pk=self.instance.user_id)
            self.fields["user"].queryset = people.distinct().order_by("username")

    def clean_name(self) -> str:
        return person_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        unit = cleaned.get("authority") or (self.instance.authority if self.instance.pk else None)
        office, user = cleaned.get("office"), cleaned.get("user")
        if unit and office and office.authority_id != unit.pk:
            self.add_error("office", _("This office belongs to another portal. Choose one of this portal."))
        if unit and user and "user" in self.changed_data and not _works_at(user, unit):
            self.add_error("user", _("This account holds no role at this portal."))
        self._check_pens(cleaned.get("name") or "")
        return cleaned

    def _check_pens(self, name: str) -> None:
        formset = self.formsets.get("pen_names")
        if formset is None or not formset.is_valid():
            return
        seen = {fold(name)}
        for row in formset.forms:
            pen = (row.cleaned_data or {}).get("name")
            if not pen or row.cleaned_data.get("DELETE"):
                continue
            try:
                clean = person_name(pen)
            except ValidationError as fault:
                row.add_error("name", fault)
                continue
            row.instance.name = clean
            if fold(clean) in seen:
                row.add_error("name", _("This name is there already. Remove the line."))
            seen.add(fold(clean))


def _works_at(user: Any, unit: Any) -> bool:
    return bool(user.groups.filter(role_group__authority=unit).exists())


class ContributorIndexView(ScopedIndexView):
    """The list; a search finds names and pen names, with or without diacritics."""

    def get_base_queryset(self) -> QuerySet:
        rows = super().get_base_queryset()
        return rows.select_related("authority", "office", "user").prefetch_related("pen_names")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        words = fold(self.search_query or "").split() if self.is_searching else []
        if not words:
            return queryset
        found = []
        for each in queryset:
            text = fold(" ".join([each.name, *(pen.name for pen in each.pen_names.all()), each.note]))
            if all(word in text for word in words):
                found.append(each.pk)
        return queryset.filter(pk__in=found)

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_buttons
        if policy_for(Contributor).user_has_permission(self.request.user, "change"):
            url = optional_url("compliance_credit_names")
            buttons.append(HeaderButton(_("Names without a record"), url=url, icon_name="link"))
        return buttons


def pens_of(person: Contributor) -> str:
    """The pen names in one line."""
    return ", ".join(pen.name for pen in person.pen_names.all())


class ContributorViewSet(ScopedModelViewSet):
    """The contributors of one's portals."""

    model = Contributor
    icon = "user"
    menu_label = gettext_lazy("Contributors")
    index_view_class = ContributorIndexView
    empty_text = gettext_lazy(
        "Those who write, photograph, film or translate for the portal appear here, with their pen names."
        " An account is not needed."
    )
    list_display = [
        "name",
        Column("pens", label=gettext_lazy("Pen names"), accessor=pens_of),
        "office",
        "authority",
        Column("user", label=gettext_lazy("Account"), accessor="user"),
        "valid_from",
        "valid_to",
    ]
    list_filter = ["authority", "office__group"]
    list_export = ["name", "office", "authority", "valid_from", "valid_to", "note"]
    search_fields = ["name"]
    inspect_view_fields = ["authority", "name", "office", "user", "valid_from", "valid_to", "note"]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldRowPanel([FieldPanel("name"), FieldPanel("office")]),
            InlinePanel("pen_names", heading=gettext_lazy("Pen names"), label=gettext_lazy("Pen name")),
            FieldPanel("user"),
            FieldRowPanel([date_panel("valid_from"), date_panel("valid_to")]),
            FieldPanel("note"),
        ],
        base_form_class=ContributorForm,
    )
