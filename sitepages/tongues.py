"""Which language a reader chose by the address, and which language a page is in.

Vietnamese has the plain addresses, every other language stands under its code: ``/en/…``. Nothing else
decides: no header, no cookie, so that one address always shows one page.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils import translation
from wagtail.models import Locale

#: What is known of the locales by number; read anew for a number that is not known.
_codes: dict[int, str] = {}


def default() -> str:
    """The language of the portal itself."""
    return str(settings.LANGUAGE_CODE)


def others() -> tuple[str, ...]:
    """The other languages pages may be written in."""
    return tuple(code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code != default())


def of_path(path: str) -> str:
    """The language an address names."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in others() else default()


def read_in(request: Any) -> str:
    """The language in which the public page of a request is read."""
    code = getattr(request, "LANGUAGE_CODE", "")
    return code if code in others() else default()


def active() -> str:
    """The language in which something is being written just now."""
    code = translation.get_language() or ""
    return code if code in others() else default()


def prefix(code: str) -> str:
    """What stands before the addresses of a language: ``/en``, nothing for the portal's own."""
    return "" if code == default() else f"/{code}"


def twin(url: str, code: str) -> str:
    """The address of a Vietnamese page within the surroundings of another language."""
    if code == default() or not url:
        return url
    parts = urlsplit(url)
    if of_path(parts.path) != default():
        return url
    return urlunsplit(parts._replace(path=f"{prefix(code)}{parts.path or '/'}"))


def plain(path: str) -> str:
    """The path without the language before it."""
    code = of_path(path)
    return path if code == default() else path[len(prefix(code)) :] or "/"


def code_of(locale_id: int | None) -> str:
    """The language of a locale, asked of the database once for all."""
    if locale_id is None:
        return default()
    if locale_id not in _codes:
        _codes.update(Locale.all_objects.values_list("pk", "language_code"))
    return _codes.get(locale_id, default())


def is_translation(page: Any) -> bool:
    """Whether a page is in another language than the portal's own."""
    return code_of(getattr(page, "locale_id", None)) != default()


def localized_parts(parts: Any, page: Any, request: Any) -> Any:
    """The address of a page as a reader of another language goes to it: within that language."""
    if not parts or not parts[2] or not isinstance(request, HttpRequest) or is_translation(page):
        return parts
    return (*parts[:2], twin(parts[2], read_in(request)))


def _forget(sender: type, **kwargs: Any) -> None:
    _codes.clear()


for _signal in (post_save, post_delete):
    _signal.connect(_forget, sender=Locale, dispatch_uid="sitepages.tongues")
