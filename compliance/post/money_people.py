"""The letter that tells of a change to an account that reads payee data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.users.models import UserProfile

from compliance.services.money_people import ROLE_GIVEN, ROLE_TAKEN
from compliance.services.remind import Letter
from sitepages.models import Authority


def write_change(person: Any, unit: Authority, reader: Any, changed: Sequence[str], actor: Any) -> Letter:
    """The letter, in the language the reader chose."""
    language = UserProfile.objects.filter(user=reader).values_list("preferred_language", flat=True).first()
    with override(language or settings.LANGUAGE_CODE):
        values = {
            "name": _named(reader),
            "person": _named(person),
            "actor": _named(actor),
            "unit": unit.display_name,
            "what": "; ".join(_told(code) for code in changed),
        }
        subject = _("Account of an accountant of %(unit)s changed: %(person)s") % values
        lines = [
            _("Dear %(name)s,") % values,
            _("%(actor)s changed the account of %(person)s (accountant, %(unit)s): %(what)s.") % values,
            _(
                "Whoever signs in with this account reads tax codes and bank accounts of payees. If this"
                " change was not agreed with you, call the head of the editorial board at once, have the"
                " account locked, and look at the list “Readings of payee data”."
            ),
        ]
        html = format_html(
            '<html lang="{}"><body>{}</body></html>',
            language or "vi",
            format_html_join("", "<p>{}</p>", ((line,) for line in lines)),
        )
    return Letter(subject, "\n\n".join(lines) + "\n", html)


def _told(code: str) -> str:
    texts = {
        "username": _("the name to sign in with"),
        "password": _("the password"),
        "email": _("the e-mail address"),
        "is_active": _("whether the account is active"),
        ROLE_GIVEN: _("the accountant's role was given"),
        ROLE_TAKEN: _("the accountant's role was taken away"),
    }
    return texts[code]


def _named(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())
