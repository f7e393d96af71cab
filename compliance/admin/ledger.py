"""The royalty ledger: read by clerks, written by nobody. The one file that may import wagtail_modeladmin."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from django.contrib.admin import RelatedOnlyFieldListFilter, display
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import multigetattr
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register
from wagtail_modeladmin.views import HistoryView, IndexView

from compliance.admin.exports import SafeExportMixin
from compliance.admin.scoping import policy_for
from compliance.models import RoyaltyEntry
from compliance.templatetags.royalty_tags import dong


class ReadOnlyPermissions(PermissionHelper):
    """Sees what the policy says of the row; writes nothing, whoever asks."""

    def user_can_list(self, user: Any) -> bool:
        return policy_for(self.model).user_has_permission(user, "view")

    def user_has_any_permissions(self, user: Any) -> bool:
        return self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return policy_for(self.model).user_has_permission_for_instance(user, "view", obj)

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_copy_obj(self, user: Any, obj: Any) -> bool:
        return False


class LedgerIndexView(SafeExportMixin, IndexView):
    """The list, with exports that keep 0 and False, guard formulas and open right in Excel."""

    def to_row_dict(self, item: Any) -> OrderedDict[str, Any]:
        return OrderedDict((field, multigetattr(item, field)) for field in self.list_export)

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield from SafeExportMixin.stream_csv(self, queryset)


class LedgerHistoryView(HistoryView):
    """The history of a line the user may see."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.permission_helper.user_can_inspect_obj(request.user, self.instance):
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class RoyaltyLedger(ModelAdmin):
    """All lines of pay, with filters in view, inspection and spreadsheets."""

    model = RoyaltyEntry
    base_url_path = "royalty-ledger"
    menu_label = _("Royalty ledger")
    menu_icon = "list-ul"
    menu_order = 30
    add_to_admin_menu = False  # shown in the royalties menu
    list_display = ("title", "day", "person", "office", "coefficient", "money", "period")
    list_per_page = 50
    list_filter = (
        ("period", RelatedOnlyFieldListFilter),  # the stock filter offers every unit's
        ("office", RelatedOnlyFieldListFilter),
        "genre",
        "role",
    )
    list_export = (
        "period", "published_on", "title", "genre_name", "office", "person", "role_name", "share",
        "coefficient", "unit_value", "amount", "rule", "reason",
    )  # fmt: skip
    export_headings = {"genre_name": _("Genre"), "role_name": _("Role")}
    export_filename = "so-nhuan-but"
    search_fields = ("title", "person")
    inspect_view_enabled = True
    inspect_view_fields = (
        "period", "title", "url", "published_on", "genre_name", "office", "person", "role_name", "share",
        "coefficient", "unit_value", "amount", "rule", "reverses", "reason",
    )  # fmt: skip
    permission_helper_class = ReadOnlyPermissions
    index_view_class = LedgerIndexView
    history_view_class = LedgerHistoryView

    @display(description=_("Published on"), ordering="published_on")
    def day(self, entry: RoyaltyEntry) -> str:
        return f"{entry.published_on:%d/%m/%Y}"

    @display(description=_("Amount (đồng)"), ordering="amount")
    def money(self, entry: RoyaltyEntry) -> str:
        return dong(entry.amount)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = policy_for(self.model).instances_user_has_permission_for(request.user, "view")
        return rows.select_related("period__authority", "office")


def register() -> None:
    """Hook the ledger's addresses and rights into the admin."""
    modeladmin_register(RoyaltyLedger)
