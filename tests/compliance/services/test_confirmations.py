"""“Still correct”: what it moves, what does not, and the second look at a share of it."""

from __future__ import annotations

import datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import PageLogEntry

from compliance.models import Observation, RecheckItem
from compliance.queries.confirmations import confirmable_page
from compliance.rules.months import Month, local_moment
from compliance.services.confirmations import (
    UnfinishedMonthError,
    choose_rechecks,
    confirm_once,
    settle_recheck,
)
from sitepages.models import LegalDocumentPage
from sitepages.queries import section_page
from tests.builders import authority, make_document, make_superuser, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

AUGUST = datetime.date(2021, 8, 1)


def at(moment: str) -> Any:
    return time_machine.travel(local_moment(moment), tick=False)


def public(number: str = "1/QĐ", code: str = "glar") -> LegalDocumentPage:
    return make_document(number, code=code, issued=datetime.date(2021, 1, 4), published="2021-01-05T08:00")


def confirmed(count: int, user: Any, code: str = "glar") -> list[LegalDocumentPage]:
    pages = [public(f"{number}/QĐ-{code}", code) for number in range(count)]
    with at("2021-07-31T23:59:59"):
        for page in pages:
            assert confirm_once(page, user=user, note="đã đối chiếu", now=timezone.now())
    return pages


def test_a_confirmation_moves_its_date_alone_and_is_noted() -> None:
    page, user = public(), make_user("officer", "glar")
    with at("2021-07-10T09:00"):
        assert confirm_once(page, user=user, note="e\u0301\x00 \u200bxong", now=timezone.now())
    page.refresh_from_db()
    assert (page.confirmed_by, page.confirmation_note) == (user, "é xong")
    assert page.human_changed_at is None
    seen = Observation.objects.filter(page_id=page.pk).latest("at", "pk")
    assert seen.confirmed == datetime.date(2021, 7, 10)
    entry = PageLogEntry.objects.get(action="sitepages.confirm", page=page.pk)
    assert (entry.user, entry.data["note"]) == (user, "é xong")


def test_the_same_word_twice_in_a_day_is_said_once() -> None:
    page, user = public(), make_user("officer", "glar")
    with at("2021-07-10T09:00"):
        assert confirm_once(page, user=user, note="a", now=timezone.now())
        assert not confirm_once(page, user=user, note="", now=timezone.now())
        assert not confirm_once(page, user=user, note="a", now=timezone.now())
        assert confirm_once(page, user=user, note="b", now=timezone.now())
    with at("2021-07-11T00:00"):
        assert confirm_once(page, user=user, note="b", now=timezone.now())
    assert PageLogEntry.objects.filter(action="sitepages.confirm").count() == 3


def test_machines_imports_and_republishing_move_neither_date() -> None:
    user = make_user("officer", "glar")
    page = public()
    with at("2021-07-10T09:00"):
        page.abstract = "Bản do người sửa"
        page.save_revision(user=user).publish()
        page.refresh_from_db()
        confirm_once(page, user=user, note="", now=timezone.now())
    page.refresh_from_db()
    kept = (page.human_changed_at, page.confirmed_at)
    assert all(kept)
    with at("2021-07-20T09:00"):
        page.save()
        page.save_revision(user=user).publish()
        page.abstract = "Máy sửa"
        page.save_revision().publish()
    page.refresh_from_db()
    assert (page.human_changed_at, page.confirmed_at) == kept


def test_only_a_public_record_of_one_s_own_unit_is_confirmed() -> None:
    page, officer = public(), make_user("officer", "glar")
    found = confirmable_page(officer, page.pk)
    assert found is not None
    assert found.authority.code == "glar"
    draft = make_document(code="glar", issued=datetime.date(2021, 1, 4))
    section = section_page(authority("glar"), "directives")
    for pk in (draft.pk, section.pk, authority("glar").site.root_page_id, 0, 2**70):
        assert confirmable_page(officer, pk) is None
    for role, code in (("officer", "trang"), ("board", "dak-doa"), ("administrator", "dak-doa")):
        assert confirmable_page(make_user(role, code), page.pk) is None
    assert confirmable_page(make_superuser(), page.pk) is not None


def test_a_share_of_each_unit_s_month_is_drawn_once() -> None:
    glar, trang = make_user("officer", "glar"), make_user("officer", "trang")
    confirmed(11, glar)
    confirmed(1, trang, "trang")
    made = choose_rechecks(Month(2021, 7), share=10, today=AUGUST)
    assert sorted(item.authority.code for item in made) == ["glar", "glar", "trang"]
    assert {item.confirmed_by for item in made} == {glar, trang}
    assert all(item.confirmation_note == "đã đối chiếu" for item in made)
    assert choose_rechecks(Month(2021, 7), share=10, today=AUGUST) == []
    assert choose_rechecks(Month(2021, 6), share=100, today=AUGUST) == []
    assert choose_rechecks(Month(2021, 8), share=0, today=datetime.date(2021, 9, 1)) == []
    RecheckItem.objects.all().delete()
    again = choose_rechecks(Month(2021, 7), share=10, today=AUGUST)
    assert {item.page_id for item in again} == {item.page_id for item in made}


def test_a_month_is_drawn_when_it_is_over() -> None:
    with pytest.raises(UnfinishedMonthError):
        choose_rechecks(Month(2021, 7), share=10, today=datetime.date(2021, 7, 31))


def test_the_command_draws_last_month_unless_told_otherwise() -> None:
    confirmed(1, make_user("officer", "glar"))
    out = StringIO()
    with at("2021-08-05T08:00"):
        call_command("choose_rechecks", stdout=out)
        call_command("choose_rechecks", "--month", "2021-07", stdout=out)
        for wrong in ("2021-08", "2021-13", "07/2021"):
            with pytest.raises(CommandError, match=wrong):
                call_command("choose_rechecks", "--month", wrong)
    assert RecheckItem.objects.count() == 1
    assert "glar" in out.getvalue()


def test_nobody_checks_their_own_word_and_a_bare_no_says_too_little() -> None:
    officer, board = make_user("officer", "glar"), make_user("board", "glar")
    confirmed(1, officer)
    (item,) = choose_rechecks(Month(2021, 7), share=10, today=AUGUST)
    now = timezone.now()
    for user, outcome, note in (
        (officer, "ok", ""),
        (board, "wrong", " \x00 "),
        (board, "maybe", "x"),
        (board, "", ""),
    ):
        with pytest.raises(ValidationError):
            settle_recheck(item, outcome=outcome, note=note, user=user, now=now)
    item.refresh_from_db()
    assert item.is_open
    settle_recheck(item, outcome="wrong", note="thiếu phụ lục", user=board, now=now)
    with pytest.raises(ValidationError):
        settle_recheck(item, outcome="ok", note="", user=board, now=now)
    item.refresh_from_db()
    assert (item.outcome, item.note, item.checked_by) == ("wrong", "thiếu phụ lục", board)
