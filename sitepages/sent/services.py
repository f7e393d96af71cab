"""Writes: send a page down to units, and take it back everywhere at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published

from sitepages.models import Authority, LegalDocumentPage, SentPage
from sitepages.queries import authority_of
from sitepages.registers.entries import refresh_standing
from sitepages.sent.marks import sending
from sitepages.sent.places import Places, section_of, units_below, why_not

Kind = SentPage.Kind


class NotSendableError(ValueError):
    """The page cannot be sent down; its argument is the reason as a code."""


@dataclass
class Outcome:
    """What became of a sending, unit by unit."""

    sent: list[Authority] = field(default_factory=list)
    already: list[Authority] = field(default_factory=list)
    without_section: list[Authority] = field(default_factory=list)


@dataclass
class Withdrawal:
    """What was taken back: locked copies are gone, the others are drafts of their units."""

    deleted: list[Authority] = field(default_factory=list)
    unpublished: list[Authority] = field(default_factory=list)


def _hold(page: Page) -> Any:
    """The page as it stands, held against others who send or withdraw it at the same time."""
    return Page.objects.select_for_update().get(pk=page.pk).specific


@transaction.atomic
def send_down(page: Page, units: Iterable[Any], kind: str, *, user: Any) -> Outcome:
    """Put the page on the portals of these units; where it already stands nothing is done.

    Units that are not below the page's own, or not in force today, are passed over without a word.
    """
    source = _hold(page)
    reason = why_not(source)
    if reason:
        raise NotSendableError(reason)
    now, done = timezone.now(), Outcome()
    sender = authority_of(source)
    wanted = {unit.pk for unit in units}
    below = [unit for unit in units_below(source, timezone.localdate()) if unit.pk in wanted]
    places = Places.of(section_of(source), below)
    standing = set(_standing(source).values_list("authority_id", flat=True))
    digest = source.content_digest()
    for unit in below:
        place = places.at(unit)
        if unit.pk in standing:
            done.already.append(unit)
        elif place is None:
            done.without_section.append(unit)
        else:
            copy = _put(source, place, kind, user)
            SentPage.objects.create(
                source_id=source.pk,
                sender=sender,
                authority=unit,
                page_id=copy.pk,
                kind=kind,
                sent_at=now,
                sent_by=user,
                source_digest=digest,
                page_digest=_fresh(copy).content_digest(),
            )
            if isinstance(copy, LegalDocumentPage):
                refresh_standing([copy.pk])
            log(instance=copy, action="sitepages.sent_here", user=user, data={"kind": str(kind)})
            done.sent.append(unit)
    if done.sent:
        said = {"kind": str(kind), "units": [unit.code for unit in done.sent]}
        log(instance=source, action="sitepages.send_down", user=user, data=said)
    return done


def _put(source: Any, place: Page, kind: str, user: Any) -> Any:
    """The page on one portal: an alias that follows its source, or a copy of the unit's own."""
    slug = find_available_slug(place, source.slug)
    with sending():
        if kind == Kind.LOCKED:
            action = CreatePageAliasAction(source, parent=place, update_slug=slug, log_action=None)
            alias = action.execute(skip_permission_checks=True)
            page_published.send(sender=type(alias), instance=alias, revision=None, alias=True)
            return alias
        fresh = {
            "slug": slug,
            "owner": None,
            "live_revision": None,
            "confirmed_at": None,
            "confirmed_by": None,
            "confirmation_note": "",
            "change_note": "",
            "locked": False,
            "locked_by": None,
            "locked_at": None,
            "has_unpublished_changes": False,
        }
        # The live words, not a draft being written of them.
        return source.copy(to=place, update_attrs=fresh, copy_revisions=False, log_action=None)


def _fresh(page: Any) -> Any:
    """The page as the database holds it: what was just made may hold values of other types."""
    return type(page).objects.get(pk=page.pk)


def _standing(source: Page) -> Any:
    return SentPage.objects.filter(source=source.pk, withdrawn_at__isnull=True)


@transaction.atomic
def withdraw(page: Page, units: Iterable[Any] | None = None, *, user: Any) -> Withdrawal:
    """Take the page back from these units (None: from all), in one transaction."""
    source, now, done = _hold(page), timezone.now(), Withdrawal()
    rows = _standing(source).select_related("authority", "page").order_by("authority__order", "pk")
    if units is not None:
        rows = rows.filter(authority__in=[unit.pk for unit in units])
    for row in rows:
        if row.page is not None:
            _take_back(row, user)
        (done.deleted if row.is_locked else done.unpublished).append(row.authority)
        row.withdrawn_at, row.withdrawn_by = now, user
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    codes = [unit.code for unit in (*done.deleted, *done.unpublished)]
    if codes:
        log(instance=source, action="sitepages.withdraw_sent", user=user, data={"units": codes})
    return done


def _take_back(row: SentPage, user: Any) -> None:
    """A locked copy goes; an editable one becomes a draft, and nothing under way makes it public again."""
    copy = row.page.specific if row.page else None
    if copy is None:
        return
    log(instance=copy, action="sitepages.withdrawn_here", user=user, data={"kind": row.kind})
    if copy.live:
        UnpublishPageAction(copy, user=user).execute(
            skip_permission_checks=True
        )  # the source's right is asked
    if row.is_locked:
        row.page = None
        row.save(update_fields=["page"])
        copy.delete()
        return
    copy.revisions.update(approved_go_live_at=None)
    if copy.current_workflow_state is not None:
        copy.current_workflow_state.cancel(user=user)


def note_source(source: Any, *, at: datetime.datetime) -> None:
    """A page was published again: units with a copy of their own are told when its words differ."""
    rows = _standing(source).filter(kind=Kind.EDITABLE)
    if not rows.exists():
        return
    digest = _fresh(source).content_digest()
    rows.filter(source_digest=digest).update(source_changed_at=None)
    rows.exclude(source_digest=digest).update(source_changed_at=at)


def note_copy(copy: Any, *, at: datetime.datetime) -> None:
    """A copy was published by its unit: note whether its words are still those that were sent."""
    row = SentPage.objects.filter(page=copy.pk, kind=Kind.EDITABLE).first()
    if row is None:
        return
    changed = _fresh(copy).content_digest() != row.page_digest
    SentPage.objects.filter(pk=row.pk).update(changed_at=at if changed else None)


def follow_closing(source: Any) -> None:
    """Locked copies are public as long as their source is: live, and closed to nobody."""
    rows = _standing(source).filter(kind=Kind.LOCKED, page__isnull=False)
    open_to_all = source.live and not source.get_view_restrictions().exists()
    if not open_to_all:
        for row in rows.filter(page__live=True).select_related("page"):
            if row.page is not None:
                row.page.specific.unpublish(log_action=False)
    elif rows.filter(page__live=False).exists():
        source.update_aliases()
