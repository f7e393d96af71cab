"""The one-click confirmation, wherever a page is shown to those who may confirm it; who did what, by name."""

from __future__ import annotations

from typing import Any

from django import template
from django.middleware.csrf import get_token

from compliance.queries.confirmations import confirmable_page

register = template.Library()


@register.filter
def person(user: Any) -> str:
    """A person by full name, family name first; by login where none was given; a dash for nobody."""
    return str(user.get_full_name() or user.get_username()) if user else "–"


@register.inclusion_tag("compliance/admin/acts/confirm_button.html", takes_context=True)
def confirm_button(context: Any, page_id: int | None) -> dict[str, Any]:
    """A button that confirms a page as still correct, for those who may; nothing for others."""
    request = context["request"]
    may = page_id is not None and confirmable_page(request.user, page_id) is not None
    return {
        "may_confirm": may,
        "page_id": page_id,
        "csrf_token": get_token(request),
        "next": request.get_full_path(),
    }
