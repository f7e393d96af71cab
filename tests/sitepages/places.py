"""Two units' trees and media, and every request that could touch another's pages."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from sitepages.models import (
    ArticlePage,
    Authority,
    DisclosurePage,
    Office,
    PortalDocument,
    PortalImage,
    WorkSchedulePage,
)
from sitepages.queries import article_index, section_page
from tests.builders import authority, make_article, make_disclosure, make_schedule, make_user, signed_in

MONDAY = datetime.date(2021, 3, 1)
_weeks = count(1)
ROLES = ("officer", "board", "accountant")
WRITERS = ("officer", "board")


def png(red: int = 0) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4), (red, 0, 0)).save(buffer, "PNG")
    return buffer.getvalue()


@dataclass
class Place:
    """One unit's tree, one page of each state, and its media."""

    unit: Authority
    section: Page
    index: Page
    live: WorkSchedulePage
    draft: ArticlePage
    record: DisclosurePage
    office: Office
    image: PortalImage
    document: PortalDocument
    people: dict[str, Client]


@dataclass
class Places:
    glar: Place
    trang: Place


def make_place(code: str) -> Place:
    unit = authority(code)
    office = Office.objects.create(
        authority=unit, code="rieng", short_name=f"VP {code}", full_name=f"CNRY_{code}"
    )
    live = make_schedule(MONDAY, code=code, published="2021-02-27T08:00")
    draft = make_article(f"CNRY_{code} nháp", code=code, office="rieng", published=None)
    record = make_disclosure("taxes_fees", code=code, details={"fee": f"CNRY_{code}"})
    for page in (live, draft, record):
        page.save_revision()
    image = PortalImage.objects.create(
        title=f"CNRY_{code} ảnh",
        file=ImageFile(io.BytesIO(png(len(code))), f"{code}.png"),
        collection=unit.collection,
    )
    document = PortalDocument.objects.create(
        title=f"CNRY_{code} tệp", file=ContentFile(b"%PDF-1.4", f"{code}.pdf"), collection=unit.collection
    )
    return Place(
        unit=unit,
        section=section_page(unit, "leaders_schedule"),
        index=article_index(unit),
        live=live,
        draft=draft,
        record=record,
        office=office,
        image=image,
        document=document,
        people={role: signed_in(make_user(role, code)) for role in ROLES},
    )


def refused(reply: Any) -> bool:
    home = reverse("wagtailadmin_home")
    return reply.status_code in (403, 404, 405) or (reply.status_code == 302 and reply["Location"] == home)


def schedule_form(title: str, slug: str, **more: Any) -> dict[str, Any]:
    week = MONDAY + datetime.timedelta(weeks=next(_weeks))
    row = {"date": week, "time": "", "leader": "Chủ tịch", "content": "Giao ban", "place": ""}
    fields = {
        "title": title,
        "slug": slug,
        "week_start": week,
        "note": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "rows": inline_formset([row]),
    }
    return {**nested_form_data(fields), **more}


def article_form(title: str, slug: str, office: int | str, **more: Any) -> dict[str, Any]:
    fields = {
        "title": title,
        "slug": slug,
        "genre": "news",
        "office": office,
        "lead": "",
        "cover": "",
        "body": {
            "count": 1,
            "0": {"type": "paragraph", "value": rich_text("<p>x</p>"), "order": "0", "deleted": ""},
        },
        "pen_name": "",
        "source": "",
        "contributions": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    return {**nested_form_data(fields), **more}


def disclosure_form(title: str, **more: Any) -> dict[str, Any]:
    """The editor's form of a disclosure record; details are given as ``details-code``."""
    fields = {
        "title": title,
        "slug": "",
        "body": {"count": 0},
        "files": inline_formset(more.pop("files", [])),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    return {**nested_form_data(fields), **more}


def page_requests(theirs: Place, own: Place) -> list[tuple[str, list[Any], dict[str, Any], str]]:
    """(address, ids, form, query) of every way to touch pages of theirs, also by way of one's own."""
    bulk = [
        (
            "wagtail_bulk_action",
            ["wagtailcore", "page", action],
            form,
            f"?id={theirs.draft.pk}&id={theirs.live.pk}",
        )
        for action, form in (
            ("delete", {}),
            ("publish", {"include_descendants": "on"}),
            ("unpublish", {"include_descendants": "on"}),
            ("move", {"chooser": own.section.pk}),
        )
    ]
    requests: list[tuple[str, list[Any], dict[str, Any], str]] = list(bulk)
    requests.append(
        (
            "wagtail_bulk_action",
            ["wagtailcore", "page", "move"],
            {"chooser": theirs.index.pk},
            f"?id={own.draft.pk}",
        )
    )
    for page in (theirs.live, theirs.draft, theirs.section, theirs.unit.site.root_page):
        pk = page.pk
        revision = page.get_latest_revision()
        requests += [
            ("wagtailadmin_pages:edit", [pk], schedule_form("Chiếm", "chiem"), ""),
            ("wagtailadmin_pages:edit", [pk], schedule_form("Chiếm", "chiem", **{"action-publish": "1"}), ""),
            ("wagtailadmin_pages:edit", [pk], article_form("Chiếm", "chiem", own.office.pk), ""),
            ("wagtailadmin_pages:delete", [pk], {}, ""),
            ("wagtailadmin_pages:unpublish", [pk], {}, ""),
            ("wagtailadmin_pages:move_confirm", [pk, own.section.pk], {}, ""),
            ("wagtailadmin_pages:set_page_position", [pk], {}, "?position=0"),
            ("wagtailadmin_pages:lock", [pk], {}, ""),
            ("wagtailadmin_pages:unlock", [pk], {}, ""),
            ("wagtailadmin_pages:set_privacy", [pk], {"restriction_type": "login"}, ""),
            ("wagtailadmin_pages:convert_alias", [pk], {}, ""),
            ("wagtailadmin_pages:copy", [pk], copy_form(own.section.pk), ""),
        ]
        if revision is not None:
            ids = [pk, revision.pk]
            requests += [
                ("wagtailadmin_pages:revisions_revert", ids, schedule_form("Chiếm", "chiem"), ""),
                ("wagtailadmin_pages:revisions_unschedule", ids, {}, ""),
            ]
    section = copy_form(theirs.section.pk)
    requests += [
        (
            "wagtailadmin_pages:add",
            ["sitepages", "workschedulepage", theirs.section.pk],
            schedule_form("Chen", "chen"),
            "",
        ),
        (
            "wagtailadmin_pages:add",
            ["sitepages", "articlepage", theirs.index.pk],
            article_form("Chen", "chen", own.office.pk),
            "",
        ),
        (
            "wagtailadmin_pages:add",
            ["sitepages", "disclosurepage", section_page(theirs.unit, "taxes_fees").pk],
            disclosure_form("Chen", **{"details-fee": "Chen"}),
            "",
        ),
        ("wagtailadmin_pages:edit", [theirs.record.pk], disclosure_form("Chiếm", **{"details-fee": "x"}), ""),
        ("wagtailadmin_pages:move_confirm", [own.record.pk, theirs.record.get_parent().pk], {}, ""),
        ("wagtailadmin_pages:copy", [theirs.record.pk], copy_form(own.record.get_parent().pk), ""),
        ("wagtailadmin_pages:move_confirm", [own.draft.pk, theirs.index.pk], {}, ""),
        ("wagtailadmin_pages:move_confirm", [own.live.pk, theirs.section.pk], {}, ""),
        ("wagtailadmin_pages:copy", [own.draft.pk], copy_form(theirs.index.pk), ""),
        (
            "wagtailadmin_pages:copy",
            [own.live.pk],
            {**section, "publish_copies": "on"},
            "",
        ),
        ("wagtailadmin_pages:copy", [own.live.pk], {**section, "alias": "on"}, ""),
    ]
    return requests


def copy_form(parent: int) -> dict[str, Any]:
    return {"new_title": "Sao", "new_slug": "sao", "new_parent_page": parent}
