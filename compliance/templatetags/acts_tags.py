"""The one-click confirmation, wherever a page is shown to those who may confirm it."""

from __future__ import annotations

from typing import Any

from django import template
from django.middleware.csrf import get_token

from compliance.queries.confirmations import confirmable_page

register = template.Library()


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
