"""The royalty ledger: read by clerks, written by nobody. The one file that may import wagtail_modeladmin."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from django.contrib.admin import RelatedOnlyFieldListFilter, display
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import multigetattr
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register
from wagtail_modeladmin.views import IndexView

from compliance.admin.exports import SafeExportMixin
from compliance.admin.scoping import policy_for
from compliance.models import RoyaltyEntry
from compliance.queries.runs import known_grades
from compliance.templatetags.royalty_tags import dong
from compliance.wording import rule_told


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

    def get_heading(self, queryset: QuerySet, field: str) -> str:
        names = {"genre_name": _("Genre"), "role_name": _("Role")}
        label = names.get(field) or self.model._meta.get_field(field).verbose_name
        return capfirst(str(label))

    export_sums = ("amount",)
    export_title = _("Royalty ledger")

    def to_row_dict(self, item: Any) -> OrderedDict[str, Any]:
        row = OrderedDict((field, multigetattr(item, field)) for field in self.list_export)
        row["rule"] = rule_told(item.rule, self._grades)
        return row

    @cached_property
    def _grades(self) -> set[str]:
        return known_grades()

    def get_page_title(self) -> Any:
        return _("Royalty ledger")

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield from SafeExportMixin.stream_csv(self, queryset)

    def get_filters(self, request: HttpRequest) -> tuple[Any, ...]:
        """Only the filters offered: a lookup of one's own making could ask other tables for secrets."""
        specs, has_filters, _others, distinct = super().get_filters(request)
        return specs, has_filters, {}, distinct

    def get_queryset(self, request: HttpRequest | None = None) -> QuerySet:
        try:
            return super().get_queryset(request)
        except IncorrectLookupParameters:
            raise Http404 from None


class LedgerButtons(ButtonHelper):
    """Words of Vietnamese offices on the buttons."""

    def inspect_button(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().inspect_button(*args, **kwargs) | {"label": gettext("View")}


class RoyaltyLedger(ModelAdmin):
    """All lines of pay, with filters in view, inspection and spreadsheets."""

    model = RoyaltyEntry
    base_url_path = "royalty-ledger"
    menu_label = _("Royalty ledger")
    menu_icon = "list-ul"
    menu_order = 30
    add_to_admin_menu = False  # shown in the royalties menu
    list_display = ("title", "day", "person", "unit", "coefficient", "money")
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
    export_filename = "so-nhuan-but"
    search_fields = ("title", "person")
    inspect_view_enabled = True
    inspect_view_fields = (
        "period", "title", "url", "published_on", "genre_name", "office", "person", "role_name", "share",
        "coefficient", "unit_value", "amount", "rule", "reverses", "reason",
    )  # fmt: skip
    permission_helper_class = ReadOnlyPermissions
    button_helper_class = LedgerButtons
    index_view_class = LedgerIndexView

    @display(description=_("Published on"), ordering="published_on")
    def day(self, entry: RoyaltyEntry) -> str:
        return f"{entry.published_on:%d/%m/%Y}"

    @display(description=_("Office"), ordering="office__order")
    def unit(self, entry: RoyaltyEntry) -> str:
        return entry.office.short_name

    @display(description=_("Amount (đồng)"), ordering="amount")
    def money(self, entry: RoyaltyEntry) -> str:
        return dong(entry.amount)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = policy_for(self.model).instances_user_has_permission_for(request.user, "view")
        return rows.select_related("period__authority", "office")

    def _line_or_404(self, request: HttpRequest, number: str) -> None:
        """Another unit's line is as if it did not exist; so is what is no number at all."""
        mine = self.get_queryset(request)
        if not (number.isascii() and number.isdigit() and mine.filter(pk=number).exists()):
            raise Http404

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        self._line_or_404(request, instance_pk)
        return super().inspect_view(request, instance_pk)

    def history_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        self._line_or_404(request, instance_pk)
        return super().history_view(request, instance_pk)

    def edit_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        self._line_or_404(request, instance_pk)
        return super().edit_view(request, instance_pk)

    def delete_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        self._line_or_404(request, instance_pk)
        return super().delete_view(request, instance_pk)


def register() -> None:
    """Hook the ledger's addresses and rights into the admin."""
    modeladmin_register(RoyaltyLedger)
