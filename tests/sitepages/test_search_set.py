"""Queries every change must still answer: ``search_set.toml``, over the demo and a few pages more."""

from __future__ import annotations

import datetime
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import PageViewRestriction

from sitepages.models import DocumentFile, SearchEntry
from sitepages.search.asked import read_query
from sitepages.search.files import read_files
from sitepages.search.found import Narrowing, find
from tests.builders import authority, make_article, make_document
from tests.sitepages.files import docx, pdf, set_body, stored, xlsx

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SET: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("search_set.toml").read_text(encoding="utf-8")
)["query"]
MOMENT = "2021-06-30T09:00"


@pytest.fixture(scope="module", autouse=True)
def pages(demo: None, django_db_blocker: Any) -> Iterator[None]:
    """Pages with files, and some that nobody may find."""
    with django_db_blocker.unblock(), transaction.atomic():
        document = make_document("991/QĐ-UBND", issued=datetime.date(2021, 5, 4), published=MOMENT)
        files = [stored(docx("Danh sách hộ trồng chanh leo", cell="zagara"), "ds.docx", "Danh sách kèm theo")]
        document.files = [DocumentFile(document=files[0])]
        document.save()
        form = make_article("Zagara: biểu mẫu đăng ký", published=MOMENT)
        files += [stored(pdf("Zagarabieumau"), "a.pdf"), stored(xlsx(["Zagarabang", 5]), "b.xlsx")]
        set_body(form, *(("attachment", {"document": each, "title": ""}) for each in files[1:]))
        form.save()
        make_article("Zagara: họp ngày 17/6/2021", published="2021-01-02T09:00")
        make_article("Zagara nháp", published=None)
        closed = make_article("Zagara mật", published=MOMENT)
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        make_article("Zagara hết hạn", published=MOMENT).unpublish(set_expired=True)
        read_files([each.pk for each in files])
        yield
        transaction.set_rollback(True)


def titles(case: dict[str, Any], typed: str = "") -> list[str]:
    """Titles in the order they are found."""
    query = typed or (unicodedata.normalize("NFD", case["q"]) if case.get("nfd") else case["q"])
    unit = authority(case["at"]) if "at" in case else None
    narrowed = (unit.pk,) if unit and not case.get("all") else ()
    hits = find(read_query(query), Narrowing(authorities=narrowed, home=unit.pk if unit else None)).hits
    known = dict(SearchEntry.objects.filter(pk__in=[hit.page for hit in hits]).values_list("pk", "title"))
    return [known[hit.page] for hit in hits]


@pytest.mark.parametrize("case", SET, ids=lambda case: f"{case['q']}@{case.get('at', 'all')}")
def test_what_is_asked_is_found(case: dict[str, Any]) -> None:
    found = titles(case)
    if case.get("none"):
        assert found == []
        return
    if "first" in case:
        assert found[0].startswith(case["first"])
    if "like" in case:
        assert found == titles(case, case["like"])
        assert found
    for part in case.get("holds", []):
        assert any(part in title for title in found), part
    for part in case.get("lacks", []):
        assert not any(part in title for title in found), part
    assert len(found) <= case.get("most", 1000)


def test_the_set_is_large_enough_and_each_query_expects_something() -> None:
    assert len(SET) >= 60
    assert all({"first", "like", "holds", "lacks", "none"} & case.keys() for case in SET)
