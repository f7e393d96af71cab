"""Published records as everybody may see them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from compliance.opendata import record_schemas as out
from compliance.queries import published
from compliance.queries.published import Portals
from sitepages.models import Authority
from sitepages.out.here import updated
from sitepages.registers.filters import STATES
from sitepages.registers.force import State
from sitepages.registers.public import has_left


def portal_out(unit: Authority) -> out.PortalOut:
    """A unit with the addresses of its portal."""
    root = unit.portal.root_url
    return out.PortalOut(
        unit=unit.code,
        unit_name=unit.display_name,
        full_name=unit.full_name,
        tier=unit.tier.code,
        portal=f"{root}/",
        feed=f"{root}{reverse('out:atom')}",
        sitemap=f"{root}{reverse('out:sitemap')}",
    )


def _shared(page: Any, found: Portals, section: str) -> dict[str, Any]:
    unit = found.unit_of(page)
    return {
        "id": page.pk,
        "unit": unit.code if unit else "",
        "unit_name": unit.display_name if unit else "",
        "section": section,
        "title": page.title,
        "url": found.address(page),
        "published_at": timezone.localtime(page.first_published_at),
        "changed_at": timezone.localtime(updated(page)),
    }


def articles_out(pages: Iterable[Any], found: Portals) -> list[out.ArticleOut]:
    """Articles; a copy names the article it is a copy of, where everybody can read that."""
    return [
        out.ArticleOut(
            **_shared(page, found, "news"),
            kind=page.genre,
            kind_name=page.genre_name,
            summary=page.lead,
            topics=[topic.slug for topic in page.topics.all()],
            office=page.office.full_name if page.office else "",
            source=page.source,
            copy_of=_source(page, found),
        )
        for page in pages
    ]


def _source(page: Any, found: Portals) -> str | None:
    source = page.alias_of or page.repost_of
    return found.address(source) if found.may_be_seen(source) else None


def documents_out(pages: list[Any], found: Portals, today: datetime.date) -> list[out.DocumentOut]:
    """Documents with their force today, files and links."""
    sections, files = published.sections_of(pages), published.files_of(pages)
    links = published.links_of(pages)
    return [
        out.DocumentOut(
            **_shared(page, found, sections.get(page.path[: -page.steplen], "")),
            number=page.number,
            kind=page.document_type,
            kind_name=page.type_name,
            abstract=page.abstract,
            issuer=page.issuer,
            signer=page.signer,
            issued=page.issue_date,
            **_force(page, today),
            files=_files(page, files, found),
            links=_links(page, links, found, today),
        )
        for page in pages
    ]


def _force(page: Any, today: datetime.date) -> dict[str, Any]:
    entry = getattr(page, "register_entry", None)
    state = entry.state_on(today) if entry is not None else State.UNKNOWN
    known = state != State.UNKNOWN
    return {
        "valid_from": entry.valid_from if entry is not None else None,
        "valid_to": entry.valid_to if entry is not None else None,
        "force": str(state) if known else None,
        "force_name": str(STATES[state]) if known else "",
    }


def _files(page: Any, files: Mapping[int, Any], found: Portals) -> list[out.FileOut]:
    unit = found.unit_of(page)
    root = unit.portal.root_url if unit else ""
    return [
        out.FileOut(title=row.title or row.document.title, url=f"{root}{row.document.url}")
        for row in files.get(page.pk, [])
    ]


def _links(page: Any, links: Mapping[int, Any], found: Portals, today: datetime.date) -> list[out.LinkOut]:
    """Links to documents that everybody can read, or that are named in words."""
    told = []
    for direction, link in links.get(page.pk, []):
        other = link.target if direction == "out" else link.page
        shown = found.may_be_seen(other) and not has_left(other, today)
        words = link.elsewhere if direction == "out" else ""
        if shown or words:
            told.append(
                out.LinkOut(
                    kind=link.kind,
                    direction=direction,
                    title=other.title if shown else words,
                    url=found.address(other) if shown else None,
                    valid_from=link.from_day,
                    note=link.note,
                )
            )
    return told


def schedules_out(pages: list[Any], found: Portals) -> list[out.ScheduleOut]:
    """Weeks with their items."""
    items = published.items_of(pages)
    return [
        out.ScheduleOut(
            **_shared(page, found, "leaders_schedule"),
            week_start=page.week_start,
            week_end=page.week_end,
            note=page.note,
            items=[
                out.ItemOut(
                    day=row.date,
                    time=f"{row.time:%H:%M}" if row.time else "",
                    leader=row.leader,
                    content=row.content,
                    place=row.place,
                    standing=row.state,  # type: ignore[arg-type]
                )
                for row in items.get(page.pk, [])
            ],
        )
        for page in pages
    ]
