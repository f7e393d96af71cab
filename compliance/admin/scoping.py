"""Viewsets that keep every officer within their own authority: list, form and each object view.

Wagtail asks its policies model-wide only; here the list shows, the object views find and the forms offer
nothing of another unit. Outside it the answer is 404, as if the row did not exist.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from compliance.admin.exports import SafeExportMixin
from sitepages.models import Authority, Office
from sitepages.policies import AuthorityPermissionPolicy

_ANY = ["view", "add", "change", "delete"]


def policy_for(model: type[Model]) -> AuthorityPermissionPolicy:
    """Our policy of a model; TypeError when it has none (a global one would let everybody in)."""
    policy = policy_registry.get_by_type(model)
    if not isinstance(policy, AuthorityPermissionPolicy):
        raise TypeError(f"{model.__name__} has no policy by authority.")
    return policy


class ScopedObjectMixin:
    """An object view that knows only rows its user has the view's right for."""

    model: type[Model]
    request: HttpRequest
    permission_required: str | None
    any_permission_required: list[str] | None
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actions = (
            [self.permission_required] if self.permission_required else self.any_permission_required or _ANY
        )
        rows = policy_for(self.model).instances_user_has_any_permission_for(request.user, actions)
        if not rows.filter(pk=self.kwargs.get("pk")).exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ScopedIndexView(SafeExportMixin, generic.IndexView):
    """A list of the rows the user has any right for; an empty one says what will stand in it."""

    results_template_name = "compliance/admin/listing_results.html"
    empty_text: Any = ""

    @cached_property
    def no_results_message(self) -> Any:
        if self.is_searching or self.is_filtering or not self.empty_text:
            return _("Nothing matches. Change or clear the search and the filters.")
        return self.empty_text

    def get_base_queryset(self) -> QuerySet:
        rows: QuerySet = super().get_base_queryset()
        mine = policy_for(self.model).instances_user_has_any_permission_for(self.request.user, _ANY)
        return rows.filter(pk__in=mine.values("pk"))


class ScopedEditView(ScopedObjectMixin, generic.EditView):
    """Edit, within the user's units."""


class ScopedDeleteView(ScopedObjectMixin, generic.DeleteView):
    """Delete, within the user's units."""


class ScopedInspectView(ScopedObjectMixin, generic.InspectView):
    """Read, within the user's units."""


class ScopedHistoryView(ScopedObjectMixin, history.HistoryView):
    """History, within the user's units."""


class ScopedUsageView(ScopedObjectMixin, usage.UsageView):
    """Usage, within the user's units."""


class ScopedForm(WagtailAdminModelForm):
    """Offers the user only their own units and offices, when a row is made and when one is moved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        if self.instance.pk and "authority" in self.fields:
            self.fields["authority"].disabled = True  # a row stays with its unit: the past counts on it
        own = policy_for(self._meta.model).authorities(self.for_user, [action])
        for field in self.fields.values():
            if isinstance(field, ModelChoiceField) and field.queryset is not None:
                if field.queryset.model is Authority:
                    field.queryset = field.queryset.filter(pk__in=own)
                    if field.queryset.count() == 1 and not self.instance.pk:
                        field.initial = field.queryset.get()
                elif field.queryset.model is Office:
                    field.queryset = field.queryset.filter(authority__in=own)


class ScopedModelViewSet(ModelViewSet):
    """The base of viewsets over rows that belong to an authority; ``empty_text`` says what a list holds."""

    empty_text: Any = ""
    index_view_class = ScopedIndexView
    edit_view_class = ScopedEditView
    delete_view_class = ScopedDeleteView
    inspect_view_class = ScopedInspectView
    history_view_class = ScopedHistoryView
    usage_view_class = ScopedUsageView
    copy_view_enabled = False
    sort_order_field = None
    inspect_view_enabled = True
    add_to_admin_menu = False

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_index_view_kwargs(empty_text=self.empty_text, **kwargs)
        return told
