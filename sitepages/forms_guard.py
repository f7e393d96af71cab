"""What keeps machines out of public forms without a third party, and without keeping anybody's address.

A form carries a signed time: one sent faster than a person types, or long after it was opened, is refused.
A field no person sees stays empty. The address of the sender is only counted, as a keyed digest that
changes with the day and is forgotten within the hour.
"""

from __future__ import annotations

import hashlib
import hmac

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FASTEST, LONGEST = 3, 6 * 60 * 60
AT_MOST, WITHIN = 20, 60 * 60  # a village may stand behind one address
_SALT = "sitepages.forms_guard"


class GuardedForm(forms.Form):
    """A public form: every subclass adds its own questions."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: object, purpose: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.purpose = purpose
        self.fields["opened"].initial = stamp(purpose)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        if cleaned.get("website"):
            raise ValidationError(_("The form was not sent. Leave the hidden field empty."), code="trap")
        age = age_of(str(cleaned.get("opened", "")), self.purpose)
        if age is None or age > LONGEST:
            raise ValidationError(_("The form was open too long. Send it once more."), code="old")
        if age < FASTEST:
            raise ValidationError(
                _("The form was sent too fast. Wait a moment and send it again."), code="fast"
            )
        return cleaned


def stamp(purpose: str) -> str:
    """The time now, signed for one form."""
    return signing.dumps(int(timezone.now().timestamp()), salt=f"{_SALT}.{purpose}")


def age_of(text: str, purpose: str) -> int | None:
    """Seconds since a form was opened; None for a stamp that is not ours."""
    try:
        opened = signing.loads(text, salt=f"{_SALT}.{purpose}")
    except signing.BadSignature:
        return None
    return int(timezone.now().timestamp()) - opened if isinstance(opened, int) else None


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: of X-Forwarded-For only what our own proxies wrote."""
    proxies = settings.PORTAL_PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return hops[-proxies][:100]
    return str(request.META.get("REMOTE_ADDR", ""))[:100]


def too_many(request: HttpRequest, purpose: str) -> bool:
    """Whether this sender has sent the most that is taken within the hour; counts the present one."""
    day = timezone.localdate().isoformat()
    said = f"{day}|{purpose}|{address_of(request)}".encode()
    key = "guard." + hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()
    cache.add(key, 0, WITHIN)
    try:
        return cache.incr(key) > AT_MOST
    except ValueError:  # it ran out between the two steps
        return False
