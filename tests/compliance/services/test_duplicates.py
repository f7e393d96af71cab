"""Articles alike are found as they come and go; one left out is in no count and in no pay."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, PageViewRestriction

from compliance.models import AlikePair, CountExclusion, Likeness, LikenessRun
from compliance.queries import activity_sources as sources
from compliance.queries.counts import contribution_table
from compliance.queries.duplicates import (
    DuplicateFigures,
    duplicate_figures,
    duplicates_in,
    left_out_with,
)
from compliance.queries.exclusions import to_take_back
from compliance.queries.payable import payable
from compliance.queries.pieces import pieces
from compliance.queries.topics import neglected_topics, topic_coverage
from compliance.rules.activity import Duplicates
from compliance.rules.months import Month
from compliance.rules.stretches import Stretch
from compliance.services import periods
from compliance.services.duplicates import DuplicateError, count_again, dismiss, leave_out, restore
from sitepages.models import ArticlePage, Topic
from tests.builders import authority, make_article, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FIRST, LAST = datetime.date(2021, 1, 1), datetime.date(2021, 6, 30)
LEAD = (
    "Sáng nay, Ủy ban nhân dân xã tổ chức ra quân dọn vệ sinh các tuyến đường liên thôn, phát quang bụi rậm, "
    "khơi thông cống rãnh và trồng thêm hàng trăm cây xanh dọc hai bên đường cùng đông đảo bà con."
)


def written(
    title: str, code: str = "dak-doa", published: str | None = "2021-03-04T09:00", **more: Any
) -> Any:
    """An article with a text long enough to be compared."""
    lead = more.pop("lead", LEAD)
    page = make_article(title, code=code, published=published, **more)
    page.lead = lead
    page.save()
    return page


def pairs() -> list[tuple[Any, Any, str]]:
    return list(AlikePair.objects.order_by("pk").values_list("earlier", "later", "kind"))


def test_a_copy_on_another_portal_is_found_the_earlier_first() -> None:
    later = written("Xã ra quân", "glar", "2021-03-05T09:00")
    earlier = written("Ra quân", "trang", lead=LEAD.upper())
    assert pairs() == [(earlier.pk, later.pk, "same")]
    (found,) = duplicates_in(authority("glar"), FIRST, LAST)
    assert (found.pair.percent, found.is_settled) == (100, False)
    assert duplicates_in(authority("trang"), FIRST, LAST) == []
    assert [duplicate_figures(unit, FIRST, LAST).pairs for unit in (authority("glar"), None)] == [1, 1]


def test_what_changes_or_goes_is_found_no_more() -> None:
    one, other = written("Một"), written("Hai", "glar")
    assert len(pairs()) == 1
    other.lead = (
        "Nội dung hoàn toàn khác, nói về việc cấp căn cước cho bà con ở các làng xa trung tâm xã trong đợt "
        * 2
    )
    other.save()
    assert pairs() == []
    one.unpublish()
    assert list(Likeness.objects.values_list("pk", flat=True)) == [other.pk]
    assert not LikenessRun.objects.exclude(trace=other.pk).exists()


def test_drafts_and_known_copies_leave_no_trace() -> None:
    written("Nháp", published=None)
    original = written("Gốc")
    original.copy(update_attrs={"slug": "chep"}, copy_revisions=False, keep_live=True)
    assert list(Likeness.objects.values_list("pk", flat=True)) == [original.pk]
    assert pairs() == []


def test_rebuilding_finds_the_same_and_keeps_what_was_decided() -> None:
    board = make_user("board")
    written("Một"), written("Hai", "glar"), written("Ba", "trang")
    before = pairs()
    assert len(before) == 3
    dismiss(AlikePair.objects.earliest("pk"), reason="hai đợt", user=board, now=timezone.now())
    Likeness.objects.all().delete()
    AlikePair.objects.filter(dismissed_at=None).delete()
    call_command("index_likeness", verbosity=0)
    assert sorted(pairs()) == sorted(before)
    assert AlikePair.objects.filter(dismissed_at=None).count() == 2
    call_command("index_likeness", "--all", verbosity=0)
    assert (Likeness.objects.count(), AlikePair.objects.count()) == (3, 3)


def test_boilerplate_points_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.rules.likeness.BOILERPLATE", 2)
    for number in range(4):
        written(f"Tin số {number}", lead=f"{LEAD} {'đợt ' * 3}{number}")
    assert AlikePair.objects.count() < 6


def test_one_left_out_is_in_no_count_and_every_count_agrees() -> None:
    board = make_user("board")
    kept, out = written("Giữ", coefficient="1"), written("Bỏ", coefficient="1")
    topic = Topic.objects.create(slug="ve-sinh", name="Vệ sinh")
    out.topics.add(topic)
    out.save()
    unit, march = authority(), Month(2021, 3)
    period = periods.open_period(unit, march, user=board)
    assert "Vệ sinh" not in neglected_topics(unit, FIRST, LAST)
    assert leave_out(out, kept, reason=" trùng ", user=board, now=timezone.now()) is None
    table = contribution_table(unit, march, march)
    assert [(item.article.id, item.reason.value) for item in table.excluded] == [(out.pk, "not_counted")]
    assert [piece.id for piece in pieces([unit], Stretch(FIRST, LAST))] == [kept.pk]
    assert table.total == topic_coverage([unit], FIRST, LAST).total == 1
    assert "Vệ sinh" in neglected_topics(unit, FIRST, LAST)
    due = payable(period)
    assert [line.article.pk for line in due.lines] == [kept.pk]
    assert [(page.pk, why) for page, why in due.held_back] == [(out.pk, "not_counted")]
    assert duplicate_figures(unit, FIRST, LAST).not_counted == 1
    count_again(out, user=board, now=timezone.now())
    assert contribution_table(unit, march, march).total == 2
    assert len(payable(period).lines) == 2
    actions = set(PageLogEntry.objects.filter(page=out.pk).values_list("action", flat=True))
    assert {"compliance.leave_out", "compliance.count_again"} <= actions
    assert not ModelLogEntry.objects.filter(action="compliance.leave_out").exists()


def test_a_closed_period_stays_and_asks_for_a_reversal() -> None:
    board, accountant, now = make_user("board"), make_user("accountant"), timezone.now()
    kept, out = written("Giữ", coefficient="1"), written("Bỏ", coefficient="1")
    unit = authority()
    period = periods.open_period(unit, Month(2021, 3), user=accountant)
    period = periods.send_for_review(period, user=accountant, now=now)
    period = periods.approve_period(period, user=board, now=now)
    period = periods.close_period(period, user=accountant, now=now, today=datetime.date(2021, 5, 1))
    lines = list(period.entries.order_by("pk").values())
    paid = leave_out(out, kept, reason="trùng", user=board, now=now)
    assert paid is not None
    assert (paid.amount, paid.period) == (149_000, "03/2021")
    assert list(period.entries.order_by("pk").values()) == lines
    assert [each.article for each in to_take_back(unit)] == [out.pk]
    april = periods.open_period(unit, Month(2021, 4), user=accountant)
    assert not april.entries.exists()
    periods.reverse_article(out.pk, into=april, user=accountant, reason="trùng", pay_again=True)
    assert [entry.amount for entry in april.entries.all()] == [-149_000]
    assert [why for _page, why in payable(april).held_back] == ["not_counted"]
    assert to_take_back(unit) == []


def test_an_approval_given_before_no_longer_holds() -> None:
    board, accountant, now = make_user("board"), make_user("accountant"), timezone.now()
    kept, out = written("Giữ", coefficient="1"), written("Bỏ", coefficient="1")
    period = periods.open_period(authority(), Month(2021, 3), user=accountant)
    period = periods.send_for_review(period, user=accountant, now=now)
    period = periods.approve_period(period, user=board, now=now)
    leave_out(out, kept, reason="trùng", user=board, now=now)
    with pytest.raises(periods.PeriodError):
        periods.close_period(period, user=accountant, now=now, today=datetime.date(2021, 5, 1))


def test_decisions_that_make_no_sense_are_refused() -> None:
    board, now = make_user("board"), timezone.now()
    kept, out = written("Giữ"), written("Bỏ")
    pair = AlikePair.objects.get()
    for article, other, reason in ((out, kept, " "), (out, kept, "x" * 501), (out, out, "x")):
        with pytest.raises(DuplicateError):
            leave_out(article, other, reason=reason, user=board, now=now)
    leave_out(out, kept, reason="trùng", user=board, now=now)
    for article, other in ((out, kept), (kept, out)):
        with pytest.raises(DuplicateError):
            leave_out(article, other, reason="x", user=board, now=now)
    with pytest.raises(DuplicateError):
        dismiss(pair, reason="x", user=board, now=now)
    count_again(out, user=board, now=now)
    with pytest.raises(DuplicateError):
        count_again(out, user=board, now=now)
    dismiss(pair, reason="hai đợt", user=board, now=now)
    with pytest.raises(DuplicateError):
        dismiss(pair, reason="x", user=board, now=now)
    assert duplicate_figures(None, FIRST, LAST).pairs == 0
    restore(pair, user=board)
    with pytest.raises(DuplicateError):
        restore(pair, user=board)
    assert CountExclusion.objects.count() == 1


def test_what_is_not_for_all_to_read_is_in_no_list() -> None:
    one, other = written("Một"), written("Hai", "glar")
    assert duplicate_figures(None, FIRST, LAST).pairs == 1
    PageViewRestriction.objects.create(page=other.page_ptr, restriction_type="login")
    assert duplicates_in(None, FIRST, LAST) == []
    PageViewRestriction.objects.all().delete()
    ArticlePage.objects.filter(pk=one.pk).update(live=False)
    assert duplicates_in(None, FIRST, LAST) == []


def test_a_pair_is_a_figure_of_both_portals_and_of_the_day_of_the_later_one() -> None:
    board, now = make_user("board"), timezone.now()
    ours, theirs = written("Một"), written("Hai", "glar", "2021-07-02T09:00")
    district, commune = authority(), authority("glar")
    later = datetime.date(2021, 7, 1), datetime.date(2021, 12, 31)
    assert duplicate_figures(district, FIRST, LAST) == DuplicateFigures(0, 0, 0)
    assert duplicate_figures(district, *later) == DuplicateFigures(1, 0, 0)
    assert duplicate_figures(commune, *later) == DuplicateFigures(1, 1, 0)
    leave_out(theirs, ours, reason="trùng", user=board, now=now)
    for unit in (district, commune):
        assert duplicate_figures(unit, *later).not_counted == 1
        assert [row.article_id for row in left_out_with([unit], *later)] == [theirs.pk]
    assert sources.duplicates(district, Stretch(*later)) == Duplicates(1, 1, 0)
