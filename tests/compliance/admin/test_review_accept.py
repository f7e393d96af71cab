"""The machine's marks are taken over for a unit or a section at a time, where the verifier has set none."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from compliance.models import Review, ReviewMark
from compliance.services.machine_marks import accept_machine_marks
from compliance.services.reviews import ReviewError, close_review
from tests.builders import authority, make_user, signed_in
from tests.reviewing import NOW, make_review, mark

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("ten_sections")]


@pytest.fixture
def review() -> Review:
    """Glar and Trang have three marks of the machine each; Glar's first has the verifier's too."""
    review = make_review(units=["glar", "trang"])
    mark(review, "glar", alpha="met")
    for code in ("glar", "trang"):
        for section, state in (("alpha", "late"), ("beta", "missing"), ("gamma", "not_applicable")):
            ReviewMark.objects.update_or_create(
                review=review, authority=authority(code), section=section, defaults={"machine_state": state}
            )
    ReviewMark.objects.create(review=review, authority=authority("trang"), section="delta", self_state="met")
    return review


def verified(review: Review) -> dict[tuple[str, str], str]:
    rows = review.marks.exclude(verifier_state="")
    return {(row.authority.code, row.section): row.verifier_state for row in rows}


def address(name: str, review: Review) -> str:
    return reverse(f"compliance_review_{name}", args=[review.pk])


def page_of(client: Client, review: Review, query: str = "") -> Any:
    return BeautifulSoup(client.get(address("grid", review) + query).content, "html.parser")


def sent(page: Any, button: Any) -> dict[str, str]:
    """What the browser sends when the button is pressed."""
    form = page.find("form", id="accept-machine")
    fields = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    return fields | ({button["name"]: button["value"]} if button.get("name") else {})


def test_a_button_for_each_unit_and_each_section(review: Review) -> None:
    client = signed_in(make_user("reviewer"))
    page = page_of(client, review)
    buttons = page.select("button[form=accept-machine]")
    assert [(each["name"], each["value"]) for each in buttons] == [
        ("section", "alpha"), ("section", "beta"), ("section", "gamma"), ("unit", "glar"), ("unit", "trang"),
    ]  # fmt: skip
    action = page.find("form", id="accept-machine")["action"]
    reply = client.post(action, sent(page, buttons[3]))
    assert (reply.status_code, reply["Location"]) == (302, address("grid", review))
    glar = {("glar", "alpha"): "met", ("glar", "beta"): "missing", ("glar", "gamma"): "not_applicable"}
    assert verified(review) == glar
    page = page_of(client, review)
    assert [each["value"] for each in page.select("button[form=accept-machine][name=unit]")] == ["trang"]
    client.post(action, sent(page, page.select_one("button[value=alpha]")))
    assert verified(review) == glar | {("trang", "alpha"): "late"}
    logged = ModelLogEntry.objects.filter(action="compliance.accept_machine").order_by("timestamp", "pk")
    assert sorted((each.data["unit"], each.data["section"], each.data["cells"]) for each in logged) == [
        ("", "alpha", 1), ("glar", "", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(("query", "count"), [("?unit=trang", 3), ("?section=beta", 2)])
def test_one_button_where_one_unit_or_section_is_shown(query: str, count: int, review: Review) -> None:
    client = signed_in(make_user("reviewer"))
    page = page_of(client, review, query)
    [button] = page.find("form", id="accept-machine").find_all("button")
    assert str(count) in button.text
    reply = client.post(address("accept", review), sent(page, button))
    assert reply["Location"] == address("grid", review) + query
    assert len(verified(review)) == 1 + count
    assert page_of(client, review, query).find("form", id="accept-machine") is None


def test_only_reviewers_take_marks_by_post_and_only_while_the_review_is_open(review: Review) -> None:
    client, before = signed_in(make_user("reviewer")), verified(review)
    for role, code in (("board", "glar"), ("officer", "dak-doa"), ("office-head", "dak-doa")):
        reply = signed_in(make_user(role, code)).post(address("accept", review), {"unit": "glar"})
        assert reply.status_code in (302, 403, 404)
    assert client.get(address("accept", review)).status_code == 405
    assert client.post(address("accept", review), {"unit": "nowhere"}).status_code == 404
    assert client.post(address("accept", review), {}).status_code == 302
    assert verified(review) == before
    close_review(review, now=timezone.now())
    assert page_of(client, review).find("form", id="accept-machine") is None
    assert client.post(address("accept", review), {"unit": "glar"}).status_code == 302
    assert verified(review) == before
    with pytest.raises(ReviewError):
        accept_machine_marks(review, unit="glar", now=NOW)
