"""Taking records down before the law lets them go: refused with the day, unless a decision is named."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from compliance.admin.registers.display_guard import kept_until
from compliance.rules.months import local_date
from sitepages.models import ConsultationComment
from sitepages.queries import section_page
from sitepages.registers.promises import promise_of
from tests.builders import authority, make_disclosure, make_user, signed_in
from tests.compliance.admin.comment_world import make_comment

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def kept_record() -> Any:
    """A record published today that the law keeps on display."""
    today = timezone.localdate()
    page: Any = make_disclosure(
        "construction_planning", code="glar", title="Quy hoạch chung", legal_day=today
    )
    page.save_revision(user=make_user("officer", "glar")).publish()
    return type(page).objects.get(pk=page.pk)


def unpublish(page: Any, **said: str) -> Any:
    board = signed_in(make_user("board", "glar"))
    reply = board.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), said)
    page.refresh_from_db()
    return reply


def test_a_record_is_kept_until_the_day_the_law_names() -> None:
    page, today = kept_record(), timezone.localdate()
    kept = kept_until(page, today)
    assert kept is not None
    assert kept.until > today
    assert kept_until(page, kept.until) is None


@pytest.mark.parametrize("decision", [None, "", "   ", "\u200b"])
def test_without_a_decision_it_stays(decision: str | None) -> None:
    page = kept_record()
    kept = kept_until(page, timezone.localdate())
    assert kept is not None
    reply = unpublish(page, **({} if decision is None else {"decision": decision}))
    assert f"{kept.until:%d/%m/%Y}" in reply.content.decode()
    assert page.live


def test_with_a_decision_it_goes_and_the_decision_is_kept() -> None:
    page = kept_record()
    unpublish(page, decision="12/QĐ-UBND ngày 3/3/2021")
    assert not page.live
    entry = PageLogEntry.objects.get(page=page.pk, action="compliance.early_withdrawal")
    assert entry.data["decision"] == "12/QĐ-UBND ngày 3/3/2021"


def test_several_at_once_are_refused_with_the_day() -> None:
    page = kept_record()
    board = signed_in(make_user("board", "glar"))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    board.post(f"{address}?id={page.pk}", {"decision": "x"})
    page.refresh_from_db()
    assert page.live


def test_what_the_law_no_longer_keeps_goes_without_a_question() -> None:
    page: Any = make_disclosure("taxes_fees", code="glar", title="Phí", published="2015-03-01T08:00")
    assert kept_until(page, timezone.localdate()) is None
    unpublish(page)
    assert not page.live


def test_an_empty_section_tells_its_term_by_law() -> None:
    unit = authority("glar")
    page = section_page(unit, "land_use_plan")
    told = promise_of(page, "land_use_plan", datetime.date(2021, 6, 1))
    assert told.term
    assert told.law
    assert told.things
    assert promise_of(page, "hotlines", local_date(timezone.now())).term == ""


@pytest.mark.parametrize(
    ("form", "state"),
    [
        ({"state": "approved", "public_text": "Nên làm sớm.", "reason": ""}, "approved"),
        ({"state": "approved", "public_text": "", "reason": ""}, "waiting"),
        ({"state": "refused", "public_text": "x", "reason": ""}, "waiting"),
        ({"state": "refused", "public_text": "x", "reason": "Ngoài phạm vi dự thảo"}, "refused"),
        ({"state": "approved", "public_text": "cnry người góp ý nói", "reason": ""}, "waiting"),
        ({"state": "approved", "public_text": "Gọi 0905 000 000", "reason": ""}, "waiting"),
    ],
)
def test_the_board_publishes_no_name_and_refuses_with_a_reason(form: dict[str, str], state: str) -> None:
    comment = make_comment(authority("glar"), "glar", "CNRY")
    board = signed_in(make_user("board", "glar"))
    address = reverse("consultation_comments:edit", args=[comment.pk])
    board.post(address, {**form, "text": "changed", "name": "changed"})
    kept = ConsultationComment.objects.get()
    assert (kept.state, kept.text) == (state, "CNRY góp ý")
    assert kept.public_text == (form["public_text"] if state == "approved" else "")


@pytest.mark.parametrize(("role", "code"), [("board", "trang"), ("officer", "glar"), ("accountant", "glar")])
def test_others_read_no_comment(role: str, code: str) -> None:
    comment = make_comment(authority("glar"), "glar", "CNRY")
    client = signed_in(make_user(role, code))
    for name in ("edit", "inspect", "history"):
        address = reverse(f"consultation_comments:{name}", args=[comment.pk])
        for reply in (client.get(address), client.post(address, {"state": "approved", "public_text": "x"})):
            assert b"CNRY" not in reply.content
    assert b"CNRY" not in client.get(reverse("consultation_comments:index")).content
    assert ConsultationComment.objects.get().state == "waiting"
