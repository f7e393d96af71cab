"""The shape of what the portals publish, as OpenAPI documents it."""

from __future__ import annotations

import datetime
from typing import Literal

from ninja import Field, Schema

from compliance.opendata.schemas import _CODE, Paged

Force = Literal["coming", "in_force", "partly", "expired", "replaced"]
FIRST_YEAR, LAST_YEAR = 1900, 2100


class NewsAsked(Paged):
    """Which articles."""

    unit: str | None = Field(None, pattern=_CODE)
    kind: str | None = Field(None, pattern=_CODE)
    topic: str | None = Field(None, pattern=_CODE)
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR)


class DocumentsAsked(Paged):
    """Which documents."""

    unit: str | None = Field(None, pattern=_CODE)
    section: str | None = Field(None, pattern=_CODE)
    kind: str | None = Field(None, pattern=_CODE)
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR)
    number: str | None = Field(None, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$")
    force: Force | None = None


class SchedulesAsked(Paged):
    """Which weeks."""

    unit: str | None = Field(None, pattern=_CODE)
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR)
    day: datetime.date | None = Field(None, ge=datetime.date(1950, 1, 1), le=datetime.date(2100, 12, 31))


class PortalOut(Schema):
    unit: str
    unit_name: str
    full_name: str
    tier: str
    portal: str
    feed: str
    sitemap: str


class PortalsOut(Schema):
    portals: list[PortalOut]


class PartOut(Schema):
    """A part of a long list."""

    total: int
    page: int
    page_size: int
    next: str | None


class RecordOut(Schema):
    """What every record tells."""

    id: int
    unit: str
    unit_name: str
    section: str
    title: str
    url: str
    published_at: datetime.datetime
    changed_at: datetime.datetime


class ArticleOut(RecordOut):
    kind: str
    kind_name: str
    summary: str
    topics: list[str]
    office: str
    source: str
    copy_of: str | None


class ArticlesOut(PartOut):
    articles: list[ArticleOut]


class FileOut(Schema):
    title: str
    url: str


class LinkOut(Schema):
    kind: str
    direction: Literal["out", "in"]
    title: str
    url: str | None
    valid_from: datetime.date | None
    note: str


class DocumentOut(RecordOut):
    number: str
    kind: str
    kind_name: str
    abstract: str
    issuer: str
    signer: str
    issued: datetime.date
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    force: Force | None
    force_name: str
    files: list[FileOut]
    links: list[LinkOut]


class DocumentsOut(PartOut):
    documents: list[DocumentOut]


class ItemOut(Schema):
    day: datetime.date
    time: str
    leader: str
    content: str
    place: str
    standing: Literal["", "postponed", "cancelled"]


class ScheduleOut(RecordOut):
    week_start: datetime.date
    week_end: datetime.date
    note: str
    items: list[ItemOut]


class SchedulesOut(PartOut):
    schedules: list[ScheduleOut]
