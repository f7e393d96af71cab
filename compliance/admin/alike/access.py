"""Who may see which article beside which, and decide on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.admin.scoping import policy_for
from compliance.models import AlikePair, CountExclusion
from compliance.queries.duplicates import is_seen_by_all
from sitepages.models import ArticlePage, Authority
from sitepages.queries import authority_of


def may_edit(user: Any, page: ArticlePage) -> bool:
    """Whether the user may open the article in the editor."""
    return bool(page.permissions_for_user(user).can_edit())


def unit_of(page: ArticlePage) -> Authority | None:
    """The unit an article counts for: its office's, else that of the site it stands on."""
    unit: Authority | None = page.office.authority if page.office else authority_of(page)
    return unit


def _holds(user: Any, model: type, action: str, unit: Authority | None) -> bool:
    return unit is not None and policy_for(model).authorities(user, [action]).filter(pk=unit.pk).exists()


def comparable_or_404(user: Any, first: int, second: int) -> tuple[ArticlePage, ArticlePage]:
    """Two articles one of which is the user's business; the other may be anything all the world may read.

    What is not public is shown to those alone who may edit it; 404 for everything else.
    """
    found = ArticlePage.objects.select_related("office__authority").in_bulk([first, second])
    if first == second or len(found) < 2:
        raise Http404
    pages = found[first], found[second]
    edits = [may_edit(user, page) for page in pages]
    if not all(own or is_seen_by_all(page) for own, page in zip(edits, pages, strict=True)):
        raise Http404
    if not any(edits) and not any(_holds(user, AlikePair, "view", unit_of(page)) for page in pages):
        raise Http404
    return pages


def may_leave_out(user: Any, page: ArticlePage) -> bool:
    """Whether the user may say that the article is not counted: for its own unit, or those below."""
    return page.office is not None and _holds(user, CountExclusion, "change", page.office.authority)


def may_dismiss(user: Any, pair: AlikePair) -> bool:
    """Whether the user may say that a pair is no duplicate: for the unit of the later article."""
    return _holds(user, AlikePair, "change", pair.later_unit)


def crumbs(*last: tuple[str, Any]) -> list[dict[str, Any]]:
    """The way from the dashboard to a page about articles alike."""
    steps = [(reverse("wagtailadmin_home"), _("Home")), *last]
    return [{"url": url, "label": label} for url, label in steps]
