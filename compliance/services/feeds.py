"""Calendar links: made, opened and revoked. Whoever holds the token reads; we keep its hash alone."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from compliance.models import FeedToken, FindingRecord
from sitepages.models import Authority

_BYTES = 32
_LONGEST = 100
#: A calendar asks every few minutes; noting it once an hour is enough.
_NOTED = datetime.timedelta(hours=1)


@transaction.atomic
def issue_feed(authority: Authority, *, user: Any, now: datetime.datetime) -> str:
    """A new link's token, to be shown once; the user's former link to the unit stops working."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
    FeedToken.objects.filter(authority=authority, user=user, revoked_at__isnull=True).update(revoked_at=now)
    token = secrets.token_urlsafe(_BYTES)
    row = FeedToken.objects.create(authority=authority, user=user, digest=_digest(token), created_at=now)
    log(instance=row, action="compliance.issue_feed", user=user)
    return token


@transaction.atomic
def revoke_feed(row: FeedToken, *, user: Any, now: datetime.datetime) -> bool:
    """Stop a link for good; False when it was stopped before."""
    if not FeedToken.objects.filter(pk=row.pk, revoked_at__isnull=True).update(revoked_at=now):
        return False
    log(instance=row, action="compliance.revoke_feed", user=user)
    return True


def open_feed(token: str, *, now: datetime.datetime) -> FeedToken | None:
    """The link a token opens; None when it is unknown or revoked, or its holder may no longer see the unit.

    Found by its hash, so the time it takes tells nothing about the tokens there are.
    """
    if len(token) > _LONGEST:
        return None
    row = (
        FeedToken.objects.filter(digest=_digest(token), revoked_at__isnull=True)
        .select_related("user", "authority__tier", "authority__site")
        .first()
    )
    if row is None:
        return None
    policy: Any = policy_registry.get_by_type(FindingRecord)
    if not policy.authorities(row.user, ["view"]).filter(pk=row.authority_id).exists():
        return None
    if row.last_used is None or row.last_used <= now - _NOTED:
        FeedToken.objects.filter(pk=row.pk).update(last_used=now)
    return row


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
