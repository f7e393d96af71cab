"""Choosing the units of a review, closing it, and objecting: what the screens offer, and when."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.models import Objection, Review
from compliance.services.reviews import close_review
from sitepages.models import Authority
from tests.builders import authority, make_user, signed_in
from tests.compliance.admin.review_visits import review_form
from tests.reviewing import CODES, make_review, mark, the_mark

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("ten_sections")]


def url(name: str, *args: Any) -> str:
    return reverse(f"compliance_review{name}", args=args)


def page_of(reply: Any) -> Any:
    return BeautifulSoup(reply.content, "html.parser")


@pytest.fixture
def reviewer() -> Client:
    return signed_in(make_user("reviewer"))


def reviewed(review: Review) -> set[str]:
    return {row.authority.code for row in review.units.select_related("authority")}


def test_a_new_review_chooses_no_unit_by_itself(reviewer: Client) -> None:
    page = page_of(reviewer.get(url("_add")))
    groups = page.select(".review-units > fieldset")
    assert [group.legend.text for group in groups] == [authority().tier.name, authority("glar").tier.name]
    assert len(page.select(".review-units input[name=units]")) == Authority.objects.count()
    assert not page.select(".review-units input[checked]")
    labelled = {label["for"] for label in page.select(".review-units label")}
    assert {box["id"] for box in page.select(".review-units input")} == labelled


def test_a_tier_is_chosen_with_one_tick_and_units_beside_it(reviewer: Client) -> None:
    communes = set(Authority.objects.filter(tier__code="commune").values_list("code", flat=True))
    sent = review_form("q1") | {"tiers": [authority("glar").tier_id], "units": []}
    assert reviewer.post(url("_add"), sent).status_code == 302
    review = Review.objects.get(code="q1")
    assert reviewed(review) == communes
    sent = review_form("q1") | {"tiers": [authority("glar").tier_id], "units": [authority().pk]}
    assert reviewer.post(url("_edit", review.pk), sent).status_code == 302
    assert reviewed(review) == communes | {"dak-doa"}
    ticked = page_of(reviewer.get(url("_edit", review.pk))).select("input[name=units][checked]")
    assert len(ticked) == len(communes) + 1


def test_a_tier_brings_no_unit_that_is_no_longer_in_force(reviewer: Client) -> None:
    Authority.objects.filter(code="trang").update(valid_to="2020-01-01")
    sent = review_form("q1") | {"tiers": [authority("glar").tier_id]}
    reviewer.post(url("_add"), sent)
    assert "trang" not in reviewed(Review.objects.get(code="q1"))


def test_the_sections_that_can_be_marked_are_counted_from_the_start(reviewer: Client) -> None:
    review = make_review()

    def size() -> str:
        cards = page_of(reviewer.get(url("", review.pk))).select(".duty-cards li")
        return str(cards[2].strong.text)

    assert size() == "3 × 10"
    mark(review, "glar", alpha="met", beta="late")
    assert size() == "3 × 10"
    close_review(review, now=timezone.now())
    assert size() == "3 × 2", "what was frozen"


def test_a_closed_review_offers_no_units(reviewer: Client) -> None:
    review = make_review()
    mark(review, "glar", alpha="met")
    close_review(review, now=timezone.now())
    assert not page_of(reviewer.get(url("_edit", review.pk))).select(".review-units")
    sent = review_form("r1") | {"tiers": [authority("glar").tier_id]}
    assert reviewer.post(url("_edit", review.pk), sent).status_code == 302
    assert reviewed(review) == {"dak-doa", "glar", "trang"}


def test_the_cells_without_a_mark_are_named_before_closing(reviewer: Client) -> None:
    review = make_review()
    mark(review, "glar", **dict.fromkeys(CODES, "met"))
    mark(review, "trang", **dict.fromkeys(CODES[2:], "late"))
    page = page_of(reviewer.get(url("_close", review.pk)))
    assert [" ".join(item.text.split()) for item in page.select("main ul:not([class]) li")] == [
        f"huyện Đak Đoa: {_('every section')}",
        "xã Trang: Mục alpha; Mục beta",
    ]
    counted = ngettext(
        "%(counter)s cell was not marked; it does not count.",
        "%(counter)s cells were not marked; they do not count.",
        12,
    )
    assert counted % {"counter": 12} in page.text


def test_fifty_unmarked_cells_are_named_and_the_rest_counted(reviewer: Client) -> None:
    units = [unit.code for unit in Authority.objects.filter(tier__code="commune")[:8]]
    review = make_review(units=units)
    for unit in units:
        mark(review, unit, **dict.fromkeys(CODES if unit == units[0] else ["kappa"], "met"))
    page = page_of(reviewer.get(url("_close", review.pk)))
    assert page.text.count("Mục ") == 50
    more = ngettext("and %(counter)s more cell.", "and %(counter)s more cells.", 13)
    assert more % {"counter": 13} in page.text


def test_everything_marked_names_nothing(reviewer: Client) -> None:
    review = make_review(units=["glar"])
    mark(review, "glar", **dict.fromkeys(CODES, "met"))
    assert not page_of(reviewer.get(url("_close", review.pk))).select("main ul:not([class]) li")


def test_objections_are_offered_only_after_closing(reviewer: Client) -> None:
    review = make_review()
    mark(review, "glar", alpha="missing")
    row = the_mark(review, "glar", "alpha")
    officer = signed_in(make_user("officer", "glar"))
    address = url("_object", review.pk, "glar", row.pk)
    told = _("Objections are filed and answered once the review is closed.")
    column = officer.get(url("_unit", review.pk, "glar")).text
    assert address not in column
    assert told in column
    assert not page_of(officer.get(address)).select("textarea")
    assert told in officer.post(address, {"text": "Có đăng"}).text
    assert not Objection.objects.exists()
    reviewer.post(url("_close", review.pk))
    column = officer.get(url("_unit", review.pk, "glar")).text
    assert address in column
    assert told not in column
    assert officer.post(address, {"text": "Có đăng"}).status_code == 302
    assert Objection.objects.get().mark == row
