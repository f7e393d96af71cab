"""Plain builders with visible defaults."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from compliance.models import ArticleGrade
from compliance.rules.months import local_moment
from sitepages.models import (
    ArticlePage,
    Authority,
    Contribution,
    DisclosurePage,
    DocumentFile,
    LegalDocumentPage,
    Office,
    PortalDocument,
    WorkSchedulePage,
    WorkScheduleRow,
)
from sitepages.queries import article_index, section_page

_numbers = count(1)


def authority(code: str = "dak-doa") -> Authority:
    """A provisioned authority."""
    return Authority.objects.select_related("site__root_page", "tier", "parent").get(code=code)


def make_user(role: str, code: str = "dak-doa", username: str = "") -> Any:
    """A user holding one role at one authority."""
    name = username or f"{role}-{code}-{next(_numbers)}"
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "pass-word-1234")
    user.groups.add(Group.objects.get(role_group__role=role, role_group__authority__code=code))
    return user


def make_superuser() -> Any:
    name = f"root-{next(_numbers)}"
    return get_user_model().objects.create_superuser(name, f"{name}@example.org", "pass-word-1234")


def signed_in(user: Any) -> Client:
    """A test client signed in as the user."""
    client = Client()
    client.force_login(user)
    return client


def make_article(
    title: str = "",
    *,
    code: str = "dak-doa",
    office: str = "",
    published: str | None = "2021-03-04T09:00",
    genre: str = "news",
    coefficient: str | None = None,
    people: tuple[tuple[str, str, str], ...] = (("Người viết", "author", "100"),),
) -> ArticlePage:
    """An article on an authority's site; ``published`` is local time, None for a draft."""
    unit = authority(code)
    offices = Office.objects.filter(authority=unit)
    credited = offices.get(code=office) if office else offices.order_by("group", "order").first()
    moment = local_moment(published) if published else None
    page = ArticlePage(
        title=title or f"Bài viết số {next(_numbers)}",
        genre=genre,
        office=credited,
        live=moment is not None,
        first_published_at=moment,
        last_published_at=moment,
    )
    page.contributions = [
        Contribution(name=name, role=role, share=Decimal(share)) for name, role, share in people
    ]
    article_index(unit).add_child(instance=page)
    if coefficient is not None:
        now = timezone.now()
        ArticleGrade.objects.create(
            article=page,
            coefficient=Decimal(coefficient),
            graded_at=now,
            approved_at=now,
            approved_genre=page.genre,
        )
    return page


def make_document(
    number: str = "1/QĐ-UBND",
    *,
    code: str = "dak-doa",
    issued: datetime.date,
    published: str | None = None,
    origin: str = "own",
) -> LegalDocumentPage:
    """A directive document; ``published`` local time, None for a draft."""
    moment = local_moment(published) if published else None
    page = LegalDocumentPage(
        title=f"Quyết định {number}",
        number=number,
        document_type="decision",
        issuer="UBND",
        issue_date=issued,
        abstract="Về việc thử nghiệm",
        origin=origin,
        live=moment is not None,
        first_published_at=moment,
        last_published_at=moment,
    )
    page.files = [DocumentFile(document=_signed_copy())]
    section_page(authority(code), "directives").add_child(instance=page)
    return page


def _signed_copy() -> PortalDocument:
    """A file that stands for every signed copy."""
    found: PortalDocument | None = PortalDocument.objects.filter(title="Bản ký").first()
    if found is None:
        found = PortalDocument(title="Bản ký", file=ContentFile(b"%PDF-1.4", name="ban-ky.pdf"))
        found.save()
    return found


def make_disclosure(
    section: str, *, code: str = "dak-doa", published: str | None = None, **values: Any
) -> DisclosurePage:
    """A disclosure record under a section; ``published`` local time, None for a draft."""
    moment = local_moment(published) if published else None
    page = DisclosurePage(
        title=values.pop("title", f"Hồ sơ số {next(_numbers)}"),
        live=moment is not None,
        first_published_at=moment,
        last_published_at=moment,
        **values,
    )
    section_page(authority(code), section).add_child(instance=page)
    return page


def make_schedule(
    monday: datetime.date, *, code: str = "dak-doa", published: str | None = None
) -> WorkSchedulePage:
    """A week's schedule with one row."""
    moment = local_moment(published) if published else None
    page = WorkSchedulePage(
        title=f"Lịch công tác {monday:%d/%m/%Y}",
        week_start=monday,
        live=moment is not None,
        first_published_at=moment,
        last_published_at=moment,
    )
    page.rows = [WorkScheduleRow(date=monday, leader="Chủ tịch", content="Giao ban", place="Phòng họp")]
    section_page(authority(code), "leaders_schedule").add_child(instance=page)
    return page
