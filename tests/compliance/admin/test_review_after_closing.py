"""What people see of a closed review: old scores beside new ones, objections that wait, marks of units."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.models import MarkState, Objection, Review
from compliance.services.objections import answer_objection, file_objection
from compliance.services.reviews import close_review
from tests.builders import make_user, signed_in
from tests.reviewing import CODES, make_review, mark, the_mark

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("ten_sections")]


def url(name: str, *args: Any) -> str:
    return reverse(f"compliance_review{name}", args=args)


def page_of(reply: Any) -> Any:
    return BeautifulSoup(reply.content, "html.parser")


def words(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.fixture
def reviewer() -> Client:
    return signed_in(make_user("reviewer"))


@pytest.fixture
def closed() -> Review:
    """Glar lacks one section and is behind Trang, which was late with another."""
    review = make_review(units=["glar", "trang"])
    mark(review, "glar", **{**dict.fromkeys(CODES, "met"), "gamma": "missing"})
    mark(review, "trang", **{**dict.fromkeys(CODES, "met"), "beta": "late"})
    return close_review(review, now=timezone.now())


def objected(review: Review, code: str = "glar", section: str = "gamma") -> Objection:
    row, user = the_mark(review, code, section), make_user("officer", code)
    return file_objection(row, "Có đăng ngày 3/2", user=user, now=timezone.now())


def answered(review: Review, state: str = "met") -> Objection:
    return answer_objection(
        objected(review), "Đã xem lại", state, user=make_user("reviewer"), now=timezone.now()
    )


def test_the_old_score_stands_beside_the_new_one(closed: Review, reviewer: Client) -> None:
    answered(closed)
    rows = {words(row.th): row for row in page_of(reviewer.get(url("", closed.pk))).select("tbody tr")}
    told = _("before the objection: %(old)s (%(points)s)") % {"old": "84,2 %", "points": "16/19"}
    percent, *_others = rows["xã Glar"].find_all("td")
    assert words(percent) == f"100,0 % 19/19 {told}"
    assert _("before the objection: %(old)s") % {"old": "2"} in words(rows["xã Glar"])
    trang = words(rows["xã Trang"])
    assert "84,2" not in trang
    assert _("before the objection: %(old)s") % {"old": "1"} in trang, "its rank moved, its score did not"
    for client in (reviewer, signed_in(make_user("officer", "glar"))):
        cards = page_of(client.get(url("_unit", closed.pk, "glar"))).select(".duty-cards li")
        assert "100,0 %" in words(cards[0])
        assert told in words(cards[0])


def test_the_list_of_objections_tells_both_scores(closed: Review, reviewer: Client) -> None:
    answered(closed)
    told = _("Score of the unit: %(old)s before the objection, %(new)s after it.")
    listed = page_of(reviewer.get(url("_objections", closed.pk)))
    assert told % {"old": "84,2 %", "new": "100,0 %"} in words(listed)


def test_a_rejected_objection_shows_one_score(closed: Review, reviewer: Client) -> None:
    answered(closed, "")
    shown = reviewer.get(url("", closed.pk)).text + reviewer.get(url("_objections", closed.pk)).text
    assert _("before the objection: %(old)s") % {"old": ""} not in shown
    assert "100,0 %</strong>" not in shown


def test_objections_that_wait_are_on_the_reviewers_home_page(closed: Review, reviewer: Client) -> None:
    waiting, home = objected(closed), reverse("wagtailadmin_home")
    told = _("Objections waiting for an answer (%(objections)s)")
    page = page_of(reviewer.get(home))
    assert told % {"objections": 1} in words(page)
    link = page.find("a", href=url("_answer", closed.pk, waiting.pk))
    assert words(link) == "xã Glar: Mục gamma"
    assert page.find("a", href=url("_objections", closed.pk)).text == str(closed)
    answer_objection(waiting, "Không", "", user=make_user("reviewer"), now=timezone.now())
    page = page_of(reviewer.get(home))
    assert told.partition("(")[0] not in words(page)
    assert page.find("a", href=url("_objections", closed.pk)) is None


def test_a_unit_sees_no_draft_of_the_verifiers(reviewer: Client) -> None:
    review = make_review(units=["glar", "trang"])
    for code in ("glar", "trang"):
        mark(review, code, **dict.fromkeys(CODES, "late"))
    review.marks.update(note="Ghi chú nháp", evidence_url="https://draft.example/", self_state="met")
    officer, address = signed_in(make_user("officer", "glar")), url("_unit", review.pk, "glar")
    late, told = (
        str(MarkState.LATE.label),
        _("The verifiers' marks, the score and the rank are shown once the review is closed."),
    )
    page = page_of(officer.get(address))
    heads = [words(head) for head in page.select("thead th")]
    assert heads == [_("Section"), _("Own mark"), _("Machine mark")]
    assert not page.select(".duty-cards, .duty-state")
    assert told in words(page)
    assert page.select_one("option[selected]")["value"] == "met", "its own marks stay"
    for text in ("Ghi chú nháp", "draft.example", "50,0 %"):
        assert text not in str(page)
    row = the_mark(review, "glar", "alpha")
    assert late not in words(page_of(officer.get(url("_object", review.pk, "glar", row.pk))).main)
    whole = page_of(reviewer.get(address))
    assert "50,0 %" in words(whole)
    assert "Ghi chú nháp" in words(whole)
    close_review(review, now=timezone.now())
    page = page_of(officer.get(address))
    assert "50,0 %" in words(page.select_one(".duty-cards"))
    assert "1/2" in words(page.select(".duty-cards li")[-1])
    assert [words(tag) for tag in page.select(".duty-state")] == [late] * len(CODES)
    assert "Ghi chú nháp" in words(page)
    assert told not in words(page)
