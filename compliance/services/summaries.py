"""Put the monthly letters to heads of office into the outbox: each once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from compliance.models import DigestStop, HeadDigest, OutgoingMail
from compliance.queries.heads import HEAD, Summary, summaries
from compliance.queries.staff import one_line
from compliance.rules.months import Month
from compliance.services.remind import Letter
from sitepages.models import Authority

Writer = Callable[[Summary], Letter]


@dataclass(frozen=True)
class Written:
    """What a run wrote, or would write: summaries with their letters, and heads no letter can reach."""

    letters: tuple[tuple[Summary, Letter], ...]
    silent: tuple[tuple[Authority, str], ...]


def compose_summaries(
    today: datetime.date, now: datetime.datetime, write: Writer, *, dry_run: bool = False
) -> Written:
    """Write last month's letters that are not written yet; a second run finds none.

    Letters and the note that they were written are kept together; two runs at once wait for each other.
    """
    with transaction.atomic():
        list(Authority.objects.select_for_update(no_key=True).filter(parent__isnull=True).order_by("pk"))
        found, silent = summaries(Month.of(today).previous, today)
        letters = tuple((each, write(each)) for each in found)
        if not dry_run:
            HeadDigest.objects.bulk_create([_note(each, now) for each in found])
            OutgoingMail.objects.bulk_create([_mail(each, letter, now) for each, letter in letters])
    return Written(letters, tuple(silent))


@transaction.atomic
def want_summaries(authority: Authority, *, user: Any, wanted: bool, now: datetime.datetime) -> None:
    """A head turns the monthly letter about a portal on or off."""
    if wanted:
        DigestStop.objects.filter(authority=authority, user=user).delete()
    else:
        DigestStop.objects.get_or_create(authority=authority, user=user, defaults={"since": now})


def _note(each: Summary, now: datetime.datetime) -> HeadDigest:
    return HeadDigest(authority=each.home, user_id=each.person.pk, month=each.month.first, created_at=now)


def _mail(each: Summary, letter: Letter, now: datetime.datetime) -> OutgoingMail:
    return OutgoingMail(
        authority=each.home,
        recipient_id=each.person.pk,
        name=each.person.name,
        address=each.person.address,
        subject=one_line(letter.subject)[:300],
        text=letter.text,
        html=letter.html,
        rests_on=[[HEAD, each.home.pk]],
        created_at=now,
        next_try_at=now,
    )
