"""What keeps machines from the public forms, without keeping anything of a reader beyond the day."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from compliance.models import DeskTrace

_STAMP = "compliance.desk.stamp"


class StampError(Exception):
    """The form's stamp does not hold: "fast", "old" or "wrong"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def new_stamp() -> str:
    """A signed moment with a number of its own: one form, one question."""
    return signing.TimestampSigner(salt=_STAMP).sign(secrets.token_urlsafe(12))


def read_stamp(text: str, *, fastest: int, slowest: int) -> str:
    """The stamp's digest; StampError when sent too fast (seconds), too long after, or never given."""
    signer = signing.TimestampSigner(salt=_STAMP)
    try:
        nonce = signer.unsign(text[:200], max_age=slowest)
    except signing.SignatureExpired:
        raise StampError("old") from None
    except signing.BadSignature:
        raise StampError("wrong") from None
    try:
        signer.unsign(text[:200], max_age=fastest)
    except signing.SignatureExpired:
        return hashlib.sha256(nonce.encode()).hexdigest()
    raise StampError("fast")


@transaction.atomic
def passes(address: str, what: str, *, a_minute: int, a_day: int, now: datetime.datetime) -> bool:
    """Whether one more from this address is allowed; counts it. Traces of earlier days go at once."""
    local = timezone.localtime(now)
    DeskTrace.objects.filter(day__lt=local.date()).delete()
    digest = salted_hmac(f"compliance.desk.{local:%Y-%m-%d}", address, algorithm="sha256").hexdigest()
    allowed = True
    for window, most in ((f"{local:%Y-%m-%d}", a_day), (f"{local:%Y-%m-%dT%H:%M}", a_minute)):
        trace, _made = DeskTrace.objects.get_or_create(
            digest=digest, what=what, window=window, defaults={"day": local.date()}
        )
        DeskTrace.objects.filter(pk=trace.pk).update(times=F("times") + 1)
        allowed = allowed and trace.times < most
    return allowed


def forget_traces(today: datetime.date) -> None:
    """Nothing of an earlier day stays."""
    DeskTrace.objects.filter(day__lt=today).delete()
