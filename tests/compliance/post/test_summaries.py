"""The monthly letter to heads: what it says, to whom, once, and not to those who want none."""

from __future__ import annotations

import datetime
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import GroupSitePermission

from compliance.models import HeadDigest, OutgoingMail, Quota
from compliance.services.summaries import want_summaries
from sitepages.models import Office
from tests.builders import authority, make_article, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

APRIL = "2021-04-01"


def send(day: str = APRIL, **options: bool) -> str:
    out = StringIO()
    call_command("send_digests", date=day, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def march() -> None:
    unit = Office.objects.get(authority__code="dak-doa", code="cong-an")
    Quota.objects.create(
        office=unit, per_month=3, valid_from=datetime.date(2021, 1, 1), decision_number="1/QĐ"
    )
    make_article(office="cong-an", published="2021-03-31T23:30")
    make_article(office="cong-an", published="2021-04-01T00:00")
    make_article(office="cong-an", published="2020-03-01T00:00")
    make_article(code="glar", published="2021-03-04T09:00")


def test_a_head_is_told_of_last_month_once(march: None) -> None:
    make_user("office-head", username="thutruong")
    send()
    (letter,) = mail.outbox
    assert letter.to == ["thutruong@example.org"]
    assert "03/2021" in letter.subject
    assert "Công an huyện" in letter.body
    assert "1/3" in letter.body
    assert "xã Glar" in letter.body
    assert "overview/?authority=dak-doa&first=2021-03&last=2021-03" in letter.body
    assert Office.objects.get(authority__code="dak-doa", code="noi-vu").full_name in letter.body
    send()
    send("2021-04-28")
    assert len(mail.outbox) == OutgoingMail.objects.count() == HeadDigest.objects.count() == 1
    send("2021-05-01")
    assert len(mail.outbox) == 2


def test_whoever_turned_it_off_gets_none(march: None) -> None:
    head = make_user("office-head")
    want_summaries(authority(), user=head, wanted=False, now=timezone.now())
    send()
    assert not mail.outbox
    want_summaries(authority(), user=head, wanted=True, now=timezone.now())
    send()
    assert len(mail.outbox) == 1


def test_a_dry_run_writes_nothing(march: None) -> None:
    make_user("office-head", username="thutruong")
    assert "thutruong@example.org" in send(dry_run=True)
    assert not HeadDigest.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_only_active_heads_with_an_address_are_written_to(march: None) -> None:
    away, unreachable = make_user("office-head"), make_user("office-head", username="khong-dia-chi")
    away.is_active = False
    away.save()
    unreachable.email = "khong phai dia chi"
    unreachable.save()
    make_user("board")
    assert "khong-dia-chi" in send()
    assert not OutgoingMail.objects.exists()


def test_a_head_without_the_right_below_reads_of_their_portal_alone(march: None) -> None:
    head = make_user("office-head")
    below = GroupSitePermission.objects.filter(group__user=head).exclude(site=authority().site)
    below.filter(permission__codename="view_contribution").delete()
    send()
    (letter,) = mail.outbox
    assert "Công an huyện" in letter.body
    assert "xã Glar" not in letter.body


@pytest.mark.parametrize("day", ["31/03/2021", "2021-02-30", "2999-01-01"])
def test_a_day_that_is_none_or_to_come_is_refused(day: str) -> None:
    with pytest.raises(CommandError, match="--date"):
        send(day)
