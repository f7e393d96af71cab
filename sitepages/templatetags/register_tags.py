"""What templates ask of the registers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils import timezone

from sitepages.registers import shown, weeks
from sitepages.registers.filters import STATES
from sitepages.registers.force import State

register = template.Library()

register.filter("row_cells", shown.row_cells)
register.filter("row_fields", shown.row_fields)
register.filter("put_together", shown.put_together)
register.filter("by_month", weeks.by_month)
register.filter("change_of", shown.change_of)
register.filter("gone_of", shown.gone_of)
register.filter("figures_in", shown.figures_in)


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, listing: Any, number: int) -> str:
    """The address of another page of a list: what was asked of it is kept, anything else is dropped."""
    kept = getattr(listing, "kept", None) or {}
    said = kept | ({"page": str(number)} if number > 1 else {})
    return f"?{urlencode(said)}" if said else "?"


@register.filter
def force_state(page: Any) -> dict[str, Any] | None:
    """A document's state today: its code and name; None where it is not known."""
    entry = getattr(page, "register_entry", None)
    if entry is None:
        return None
    state = entry.state_on(timezone.localdate())
    if state == State.UNKNOWN:
        return None
    name = str(STATES[state])
    ended = entry.valid_to if state in (State.EXPIRED, State.REPLACED) else None
    return {"code": str(state), "name": name, "ended": ended}


@register.filter
def counted(files: list[Any]) -> list[Any]:
    """Files with the number of pages of each noted on its document: one query for all."""
    shown.count_pages([each.document for each in files])
    return files


@register.filter
def counted_pairs(pairs: list[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """As `counted`, for files with the names of what they serve."""
    shown.count_pages([each.document for each, _name in pairs])
    return pairs


@register.simple_tag
def pages_of(document: Any) -> int | None:
    """How many pages a file has, where somebody counted them; a list of files has them read at once."""
    if hasattr(document, "page_count"):
        return document.page_count
    shown.count_pages([document])
    return document.page_count


@register.simple_tag
def changes_of(page: Any, most: int = 20) -> list[Any]:
    """What was changed after publication, newest first: days and reasons only."""
    if not page.pk or not page.first_published_at:
        return []
    return list(page.change_notes.all()[:most])


@register.simple_tag
def links_of(page: Any) -> list[dict[str, Any]]:
    """A document's links to others, and others' links to it: public ones only."""
    return shown.links_of(page) if page.pk else []


@register.simple_tag
def consultation_of(page: Any) -> Any:
    """The window of a draft that is, was or will be open for comment; None for any other record."""
    if page.section != "draft_consultation":
        return None
    return shown.consultation_of(page, timezone.localdate())


@register.simple_tag
def week_steps(page: Any) -> weeks.Weeks:
    """The addresses of the weeks before and after a schedule's own, at its section."""
    return weeks.Weeks(None, {"tuan": page.week_start.isoformat()}, timezone.localdate())
