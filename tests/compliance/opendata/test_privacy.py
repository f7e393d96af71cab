"""Nothing of a draft, of a person, or of a unit that keeps its page off, leaves by any address."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from compliance.models import Assessment, FindingRecord
from compliance.opendata.document import document
from compliance.opendata.words import WITH_TITLE, WITHOUT_TITLE
from compliance.services.assess import take_assessment
from compliance.services.statements import declare_nothing_arose, grant_waiver
from compliance.wording import SENTENCES
from sitepages.models import Authority
from tests.builders import authority, make_document, make_user
from tests.compliance.opendata.conftest import DAY, data

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PUBLISHED = ("portals", "news", "documents", "schedules")
MARK = "CNRY"
HOSTS = ("dak-doa", "glar")


def every_answer(assessment: Assessment) -> dict[str, str]:
    """Every address in every format, and the pages for people on both portals: what came back."""
    ids = {"date": str(DAY), "code": "glar", "digest": assessment.rules.digest if assessment.rules else ""}
    found: dict[str, str] = {}
    for path in document()["paths"]:
        address = path
        for name, value in ids.items():
            address = address.replace(f"{{{name}}}", value)
        for query in ("", "?format=csv", "?format=json&page_size=1000"):
            reply = Client().get(address + query)
            assert reply.status_code == 200, address
            found[address + query] = reply.content.decode() + str(reply.headers)
    for code in HOSTS:
        host = authority(code).portal.hostname
        for address in ("/minh-bach/", "/du-lieu-mo/", "/du-lieu-mo/v1/openapi.json"):
            found[host + address] = Client(HTTP_HOST=host).get(address).content.decode()
    return found


def planted(unit: Authority) -> None:
    """Marks in everything that is not for everybody."""
    officer = make_user("officer", unit.code, username=f"{MARK}-user-{unit.code}")
    officer.first_name, officer.last_name = f"{MARK} first", f"{MARK} last"
    officer.save()
    early = datetime.date(2021, 7, 1)
    make_document(f"{MARK}-draft-never", code=unit.code, issued=early)
    withdrawn = make_document(f"{MARK}-withdrawn", code=unit.code, issued=early, published="2021-07-02T08:00")
    withdrawn.unpublish()
    private = make_document(f"{MARK}-private", code=unit.code, issued=early, published="2021-07-03T08:00")
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="x")
    changed = make_document("9/QĐ-UBND", code=unit.code, issued=early, published="2021-07-01T08:00")
    changed.title = f"{MARK} pending title"
    changed.save_revision()
    declare_nothing_arose(
        unit, "rewards_sanctions", first=early, last=DAY, note=f"{MARK} note", user=officer, today=DAY
    )
    for duty in ("leaders_schedule", "budget_execution"):
        grant_waiver(
            unit,
            duty,
            decision_number="77/QĐ-UBND",
            decision_date=early,
            reason=f"{MARK} reason",
            valid_from=early,
            valid_until=datetime.date(2021, 12, 31),
            user=officer,
            today=DAY,
        )


@pytest.fixture
def marked(assessed: Assessment) -> Assessment:
    for code in ("dak-doa", "glar"):
        planted(authority(code))
    return take_assessment(DAY, today=DAY)


def test_no_mark_comes_out_anywhere(marked: Assessment) -> None:
    stored = json.dumps(list(marked.findings.values("page_title", "params", "open_items")), default=str)
    assert f"{MARK}-draft-never" in stored  # the marks were there to be let out
    assert f"{MARK} reason" in stored
    assert f"{MARK} note" in stored
    for address, text in every_answer(marked).items():
        assert MARK.lower() not in text.lower(), address


def test_a_unit_that_keeps_its_page_off_is_nowhere(marked: Assessment) -> None:
    assert marked.findings.filter(authority__code="trang").exists()
    for address, text in every_answer(marked).items():
        if address.partition("?")[0].rpartition("/")[2] in PUBLISHED:
            continue  # public pages are public wherever the duties are not shown
        for trace in ('"trang"', ",trang,", "xã Trang", "trang.localhost"):
            assert trace not in text, (address, trace)


def test_a_page_once_public_and_withdrawn_since_is_named_no_more(show: Callable[..., None]) -> None:
    show("glar")
    page = make_document("5/QĐ-UBND", code="glar", issued=DAY, published="2021-07-29T08:00")
    take_assessment(DAY, today=DAY)
    before = _directives()
    assert before["evidence"]["title"] == page.title
    assert page.title in before["explanation"]
    page.unpublish()
    after = _directives()
    assert after["evidence"] is None
    assert page.title not in json.dumps(after, ensure_ascii=False)
    assert {name: after[name] for name in ("state", "judged", "credit", "due", "published")} == {
        name: before[name] for name in ("state", "judged", "credit", "due", "published")
    }


def test_a_title_is_the_one_everybody_reads_now(show: Callable[..., None]) -> None:
    show("glar")
    page = make_document("6/QĐ-UBND", code="glar", issued=DAY, published="2021-07-29T08:00")
    take_assessment(DAY, today=DAY)
    old = page.title
    page.title = "Quyết định đã sửa tên"
    page.save()
    found = _directives()
    assert found["evidence"]["title"] == "Quyết định đã sửa tên"
    assert old not in json.dumps(found, ensure_ascii=False)


def test_open_drafts_are_counted_only(show: Callable[..., None]) -> None:
    show("glar")
    for number in range(3):
        make_document(f"{number}/QĐ-UBND", code="glar", issued=datetime.date(2021, 7, 1 + number))
    take_assessment(DAY, today=DAY)
    stored = FindingRecord.objects.get(authority__code="glar", duty="directives")
    found = _directives()
    assert len(stored.open_items) == found["open_items_withheld"] + len(found["open_items"])
    assert found["open_items_withheld"] == 3
    assert found["evidence"] is None
    assert found["due"]
    assert found["state"] == stored.state


def test_a_waiver_shows_its_decision_and_its_end(marked: Assessment) -> None:
    waived = [row for row in _findings() if row["state"] == "WAIVED"]
    assert waived
    for row in waived:
        assert "77/QĐ-UBND" in row["explanation"]
        assert "31/12/2021" in row["explanation"]


def test_every_sentence_that_names_a_page_has_one_that_does_not() -> None:

    assert set(WITHOUT_TITLE) == set(SENTENCES) == set(WITH_TITLE)
    for written in ("%(title)s", "%(why)s", "%(note)s"):
        assert not [code for code, text in WITHOUT_TITLE.items() if written in str(text)]
    for written in ("%(why)s", "%(note)s"):
        assert not [code for code, text in WITH_TITLE.items() if written in str(text)]


def _findings() -> list[dict[str, Any]]:
    return data("/units/glar/findings", date=str(DAY), page_size=1000).json()["findings"]


def _directives() -> dict[str, Any]:
    return next(row for row in _findings() if row["duty"] == "directives")
