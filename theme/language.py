"""The languages of a page: the one it is shown in, the one its text is in, and where it is in others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

#: Names of languages in themselves: whoever looks for one reads it.
NAMES = {"vi": "Tiếng Việt", "en": "English"}
#: As social networks name them.
TERRITORIES = {"vi": "vi_VN", "en": "en_US"}
#: A longer question is not carried over to the other language.
LONGEST_QUERY = 300


@dataclass(frozen=True)
class Other:
    """The page in another language; ``exact`` when its text is in that language too."""

    code: str
    name: str
    url: str
    exact: bool = False


def tongues() -> Any:
    """What the pages know of languages."""
    config: Any = apps.get_app_config("sitepages")
    return config.tongues


def shown_in(request: Any, page: Any = None) -> str:
    """The language around a page: the address says it; in a preview the page itself."""
    known = tongues()
    if request is None:
        return str(known.active())
    if page is not None and getattr(request, "is_preview", False):
        return str(known.code_of(getattr(page, "locale_id", None)))
    return str(known.read_in(request))


def text_in(thing: Any) -> str:
    """The language a page is written in; whatever is no page is in the portal's own."""
    told = getattr(thing, "written_in", "")
    return str(told or tongues().code_of(getattr(thing, "locale_id", None)))


def mark(code: str) -> SafeString:
    """`` lang="vi"`` where a text is in another language than what stands around it; else nothing."""
    around = (get_language() or settings.LANGUAGE_CODE)[:2]
    return mark_safe(f' lang="{code}"') if code != around else SafeString("")  # noqa: S308 - a code of ours


def others(portal: Any, request: Any, page: Any) -> list[Other]:
    """The other languages of what is being shown."""
    if request is None or portal.frame is None:
        return []
    known, here = tongues(), shown_in(request, page)
    found = []
    for code in (known.default(), *known.others()):
        if code == here or (code != known.default() and code not in portal.frame.tongues):
            continue
        url, exact = _where(known, portal, request, page, code)
        found.append(Other(code, NAMES.get(code, code), url, exact))
    return found


def _where(known: Any, portal: Any, request: Any, page: Any, code: str) -> tuple[str, bool]:
    """The address in another language, and whether the very text is there in it."""
    front = f"{known.prefix(code)}/"
    if page is None:
        return _same_view(known, request, code) or front, False
    own = text_in(page)
    if code == own:  # shown within another language: back to the page itself
        return str(page.get_url_parts()[2] or front) if page.get_url_parts() else front, True
    if own == known.default():
        place = portal.frame.translation(page, code)
        if place is not None:
            return place.url, True
        parts = page.get_url_parts()
        return (known.twin(parts[2], code) if parts and parts[2] else front), False
    source = portal.source(page)
    return (source.get_url_parts()[2], True) if source is not None else (front, False)


def _same_view(known: Any, request: Any, code: str) -> str:
    """The address of a screen of ours that is no page; nothing where no page was found."""
    found = getattr(request, "resolver_match", None)
    if found is None or found.url_name in (None, "wagtail_serve"):
        return ""
    asked = request.META.get("QUERY_STRING", "")
    query = f"?{asked}" if request.method == "GET" and 0 < len(asked) <= LONGEST_QUERY else ""
    return f"{known.prefix(code)}{known.plain(request.path)}{query}"
