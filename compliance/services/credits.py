"""Tie names written by hand to a contributor's record: only as somebody says, never by themselves."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from compliance.queries.credit_names import hand_written
from sitepages.locks import share_publication_lock
from sitepages.models import ArticlePage, Authority, Contribution, Contributor, Office, PenName
from sitepages.text import fold

_BATCH = 500


@transaction.atomic
def link_name(authority: Authority, name: str, office: Office, person: Contributor, *, user: Any) -> int:
    """Tie every credit of this name and office on the portal to the person; how many were tied.

    The name stays as it was signed. Drafts of the articles follow, so that the next publication keeps the
    tie. Lines of closed periods are not touched. ValidationError for a person of another portal.
    """
    if person.authority_id != authority.pk or office.authority_id != authority.pk:
        raise ValidationError(_("The contributor belongs to another portal."))
    share_publication_lock()
    lines = {
        line.pk: line.article_id
        for line in hand_written(authority).filter(name=name, credited=office.pk).only("pk", "article_id")
    }
    known = {fold(each) for each in (person.name, *person.pen_names.values_list("name", flat=True))}
    if lines and fold(name) not in known:
        PenName.objects.create(contributor=person, name=name)
    for start in range(0, len(lines), _BATCH):
        part = dict(list(lines.items())[start : start + _BATCH])
        Contribution.objects.filter(pk__in=part, contributor__isnull=True).update(contributor=person)
        _tie_drafts(part, person)
    if lines:
        log(
            instance=person,
            action="compliance.link_credits",
            user=user,
            data={"name": name, "office": office.pk, "lines": len(lines)},
        )
    return len(lines)


@transaction.atomic
def record_of(authority: Authority, name: str, office: Office, *, user: Any) -> Contributor:
    """A new record for a name written by hand, at the office it was credited for."""
    person = Contributor(authority=authority, name=name, office=office)
    person.full_clean()
    person.save()
    log(instance=person, action="wagtail.create", user=user)
    return person


def _tie_drafts(lines: dict[int, int], person: Contributor) -> None:
    """The newest version of each article says the same; it is what the editor opens and publishes next."""
    pages = ArticlePage.objects.filter(pk__in=set(lines.values()), latest_revision__isnull=False)
    revisions = Revision.objects.filter(pk__in=pages.values("latest_revision"))
    changed = []
    for revision in revisions:
        rows = [row for row in revision.content.get("contributions", []) if row.get("pk") in lines]
        for row in rows:
            if row.get("contributor") is None:
                row["contributor"] = person.pk
        if rows:
            changed.append(revision)
    Revision.objects.bulk_update(changed, ["content"], batch_size=_BATCH)
