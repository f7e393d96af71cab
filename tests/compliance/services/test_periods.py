"""The life of a pay period: what it pays, what freezes, and how it is corrected."""

from __future__ import annotations

import datetime
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from compliance.models import ArticleGrade, FrozenRowError, PayPeriod, RoyaltyEntry
from compliance.rules.months import Month
from compliance.services import periods
from compliance.services.grading import GradeError, approve_grades, grade_article
from sitepages.models import ArticlePage, Contribution
from tests.builders import authority, make_article, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MARCH = Month(2021, 3)
LATER = datetime.date(2021, 6, 1)
NOW = timezone.now()
APPROVED = {"approved_at": NOW, "approved_genre": "news"}


@pytest.fixture
def board(db: None) -> Any:
    return make_user("board")


@pytest.fixture
def accountant(db: None) -> Any:
    return make_user("accountant")


def approve(period: PayPeriod, accountant: Any, board: Any) -> PayPeriod:
    """Sent for review and approved as it stands."""
    periods.send_for_review(period, user=accountant, now=timezone.now())
    return periods.approve_period(period, user=board, now=timezone.now())


def close(month: Month, board: Any, accountant: Any, code: str = "dak-doa") -> PayPeriod:
    now = timezone.now()
    period = periods.open_period(authority(code), month, user=accountant)
    period = approve(period, accountant, board)
    return periods.close_period(period, user=accountant, now=now, today=LATER)


def test_a_month_pays_its_articles_in_whole_dong_that_add_up(board: Any, accountant: Any) -> None:
    make_article("A", coefficient="1.5", people=(("Lan", "author", "33.33"), ("Minh", "author", "66.67")))
    make_article("B", published="2021-03-31T23:59:59", coefficient="2", people=())
    make_article("C", published="2021-04-01T00:00:00", coefficient="2")
    make_article("D", published="2021-03-05T09:00", coefficient=None)
    period = close(MARCH, board, accountant)
    lines = list(period.entries.order_by("title", "person").values_list("title", "person", "amount"))
    assert lines == [
        ("A", "Lan", 74_493),
        ("A", "Minh", 149_007),
        ("B", "Trung tâm Văn hóa, Thông tin và Thể thao", 298_000),
    ]
    assert (period.total, period.lines) == (223_500 + 298_000, 3)
    assert period.counts["ttvhtttt"] == 3


def test_the_unit_value_is_that_of_the_publication_date(board: Any, accountant: Any) -> None:
    make_article("A", published="2023-06-30T10:00", coefficient="1")
    make_article("B", published="2023-07-01T10:00", coefficient="1")
    june = periods.open_period(authority(), Month(2023, 6), user=accountant)
    july = periods.open_period(authority(), Month(2023, 7), user=accountant)
    assert [entry.amount for entry in june.entries.all()] == [149_000]
    assert [entry.amount for entry in july.entries.all()] == [180_000]


def test_aliases_copies_and_withdrawn_articles_are_not_paid(board: Any, accountant: Any) -> None:
    article = make_article("A", coefficient="1")
    article.create_alias(parent=authority("glar").site.root_page.get_children().get(slug="tin-tuc"))
    copy = article.copy(to=article.get_parent(), update_attrs={"slug": "ban-sao"}, keep_live=True)
    ArticlePage.objects.filter(pk=copy.pk).update(first_published_at=article.first_published_at)
    ArticleGrade.objects.create(article=copy, coefficient=Decimal(1), graded_at=NOW, **APPROVED)
    withdrawn = make_article("B", coefficient="1")
    withdrawn.unpublish()
    period = close(MARCH, board, accountant)
    assert [entry.article_id for entry in period.entries.all()] == [article.pk]


def test_a_late_grade_is_paid_in_the_next_open_period_once(board: Any, accountant: Any) -> None:
    article = make_article("A", coefficient=None)
    assert close(MARCH, board, accountant).total == 0
    ArticleGrade.objects.create(article=article, coefficient=Decimal(1), graded_at=NOW, **APPROVED)
    april = close(MARCH.next, board, accountant)
    assert [entry.title for entry in april.entries.all()] == ["A"]
    may = periods.open_period(authority(), Month(2021, 5), user=accountant)
    assert list(may.entries.all()) == []


def test_a_late_grade_passes_over_an_older_open_period(board: Any, accountant: Any) -> None:
    periods.open_period(authority(), MARCH.previous, user=accountant)  # opened, and forgotten
    article = make_article("A", coefficient=None)
    close(MARCH, board, accountant)
    ArticleGrade.objects.create(article=article, coefficient=Decimal(1), graded_at=NOW, **APPROVED)
    april = periods.open_period(authority(), MARCH.next, user=accountant)
    assert [entry.title for entry in april.entries.all()] == ["A"]


def test_a_coefficient_beyond_all_measure_is_held_back(board: Any, accountant: Any) -> None:
    article = make_article("A", published="2026-10-05T09:00", genre="research")  # no cap in force then
    with pytest.raises(GradeError, match="999,99"):
        grade_article(article, "1000", user=board, now=timezone.now())
    grade_article(article, "999,99", user=board, now=NOW)
    assert approve_grades(authority(), [article], user=make_user("board"), now=NOW) == ([article.pk], {})
    period = periods.open_period(authority(), Month(2026, 10), user=accountant)
    assert [entry.amount for entry in period.entries.all()] == [252_997_470]


def test_a_month_to_come_is_not_opened(accountant: Any) -> None:
    with pytest.raises(periods.PeriodError):
        periods.open_period(authority(), MARCH.next, user=accountant, today=MARCH.last)


def test_publishing_again_pays_once(board: Any, accountant: Any) -> None:
    article = make_article("A", coefficient="1")
    for _again in range(4):
        article.save_revision(user=board).publish(user=None)
    period = close(MARCH, board, accountant)
    assert period.lines == 1


def test_a_grade_over_the_national_cap_is_held_back(board: Any, accountant: Any) -> None:
    make_article("A", coefficient="10.5")
    make_article("B", coefficient="10")
    period = close(MARCH, board, accountant)
    assert [entry.title for entry in period.entries.all()] == ["B"]


def test_an_article_changed_after_approval_opens_the_period_again(board: Any, accountant: Any) -> None:
    article = make_article("A", coefficient="1")
    period = periods.open_period(authority(), MARCH, user=accountant)
    approve(period, accountant, board)
    ArticleGrade.objects.filter(article=article).update(coefficient=2)
    with pytest.raises(periods.PeriodError):
        periods.close_period(period, user=accountant, now=timezone.now(), today=LATER)
    period.refresh_from_db()
    assert (period.status, period.approved_by_id) == (PayPeriod.Status.OPEN, None)


def test_the_approver_does_not_close(board: Any, accountant: Any) -> None:
    period = periods.open_period(authority(), MARCH, user=accountant)
    approve(period, accountant, board)
    with pytest.raises(periods.PeriodError):
        periods.close_period(period, user=board, now=timezone.now(), today=LATER)


def test_a_running_month_is_not_closed(board: Any, accountant: Any) -> None:
    period = periods.open_period(authority(), MARCH, user=accountant)
    approve(period, accountant, board)
    with pytest.raises(periods.PeriodError):
        periods.close_period(period, user=accountant, now=timezone.now(), today=MARCH.last)
    closed = periods.close_period(period, user=accountant, now=timezone.now(), today=MARCH.next.first)
    assert closed.status == PayPeriod.Status.CLOSED


def test_a_period_is_opened_once(accountant: Any) -> None:
    periods.open_period(authority(), MARCH, user=accountant)
    with pytest.raises(periods.PeriodError):
        periods.open_period(authority(), MARCH, user=accountant)


def test_closing_twice_is_refused(board: Any, accountant: Any) -> None:
    period = close(MARCH, board, accountant)
    with pytest.raises(periods.PeriodError):
        periods.close_period(period, user=accountant, now=timezone.now(), today=LATER)


def test_a_correction_takes_back_and_pays_anew(board: Any, accountant: Any) -> None:
    article = make_article("A", coefficient="1", people=(("Lan", "author", "100"),))
    march = close(MARCH, board, accountant)
    ArticleGrade.objects.filter(article=article).update(coefficient=3)
    Contribution.objects.filter(article=article).update(name="Minh")
    april = periods.open_period(authority(), MARCH.next, user=accountant)
    periods.reverse_article(article.pk, into=april, user=accountant, reason="Ghi nhầm người", pay_again=True)
    april = approve(april, accountant, board)
    april = periods.close_period(april, user=accountant, now=timezone.now(), today=LATER)
    assert sorted(april.entries.values_list("person", "amount")) == [("Lan", -149_000), ("Minh", 447_000)]
    march.refresh_from_db()
    assert march.total == 149_000
    may = periods.open_period(authority(), Month(2021, 5), user=accountant)
    periods.reverse_article(article.pk, into=may, user=accountant, reason="Lần nữa", pay_again=False)
    with pytest.raises(periods.PeriodError):  # what was taken back is not taken back again
        periods.reverse_article(article.pk, into=may, user=accountant, reason="Lần nữa", pay_again=False)


def test_a_reversal_without_paying_anew_stays_unpaid(board: Any, accountant: Any) -> None:
    article = make_article("A", coefficient="1")
    close(MARCH, board, accountant)
    april = periods.open_period(authority(), MARCH.next, user=accountant)
    periods.reverse_article(article.pk, into=april, user=accountant, reason="Trùng bài", pay_again=False)
    assert [entry.amount for entry in april.entries.all()] == [-149_000]


WRITES = [
    lambda entry: RoyaltyEntry.objects.filter(pk=entry.pk).update(amount=1),
    lambda entry: RoyaltyEntry.objects.bulk_update([entry], ["amount"]),
    lambda entry: RoyaltyEntry.objects.filter(pk=entry.pk).delete(),
    lambda entry: entry.save(),
    lambda entry: entry.delete(),
    lambda entry: entry.period.delete(),
    lambda entry: PayPeriod.objects.filter(pk=entry.period_id).update(total=1),
    lambda entry: PayPeriod.objects.filter(pk=entry.period_id).delete(),
    lambda entry: RoyaltyEntry(
        period=entry.period, article_id=99, published_on=entry.published_on, office=entry.office
    ).save(),
]


@pytest.mark.parametrize("number", range(len(WRITES)))
def test_closed_lines_refuse_every_write_of_the_orm(number: int, board: Any, accountant: Any) -> None:
    make_article("A", coefficient="1")
    entry = close(MARCH, board, accountant).entries.get()
    entry.amount = 1
    with pytest.raises(FrozenRowError):
        WRITES[number](entry)
    assert RoyaltyEntry.objects.get(pk=entry.pk).amount == 149_000


SQL = [
    "UPDATE compliance_royaltyentry SET amount = 1",
    "DELETE FROM compliance_royaltyentry",
    "UPDATE compliance_royaltyentry SET period_id = period_id + 1",
    "INSERT INTO compliance_royaltyentry (period_id, article_id, title, url, published_on, genre, office_id,"
    " person, role, share, coefficient, unit_value, amount, rule, round, reason, pay_again)"
    " SELECT period_id, 99, title, url, published_on, genre, office_id, person, role, share, coefficient,"
    " unit_value, amount, rule, round, reason, pay_again FROM compliance_royaltyentry",
    "UPDATE compliance_payperiod SET status = 'open'",
    "UPDATE compliance_payperiod SET total = 1",
    "UPDATE compliance_payperiod SET counts = '{}'",
    "DELETE FROM compliance_payperiod",
    "UPDATE compliance_payperiod SET approved_by_id = closed_by_id",
    "UPDATE compliance_payperiod SET closed_at = NULL",
]

_COLUMNS = (
    "authority_id, first_day, last_day, {status}, digest, total, royalties, remuneration, sent_back, lines,"
    " counts, opened_by_id, approved_by_id, approved_at, closed_by_id, closed_at, paid_at, sent_by_id,"
    " sent_at"
)
OF_ONE_DATABASE = {
    "sqlite": [
        f"REPLACE INTO compliance_payperiod (id, {_COLUMNS.format(status='status')})"
        f" SELECT id, {_COLUMNS.format(status=repr('open'))} FROM compliance_payperiod",
        f"REPLACE INTO compliance_payperiod ({_COLUMNS.format(status='status')})"
        f" SELECT {_COLUMNS.format(status=repr('open'))} FROM compliance_payperiod",
        "UPDATE OR REPLACE compliance_royaltyentry SET amount = 1",
    ],
    "postgresql": ["TRUNCATE compliance_royaltyentry CASCADE", "TRUNCATE compliance_payperiod CASCADE"],
}


@pytest.mark.parametrize("number", range(3))
def test_closed_lines_refuse_the_databases_own_ways(number: int, board: Any, accountant: Any) -> None:
    statements = OF_ONE_DATABASE[connection.vendor]
    make_article("A", coefficient="1")
    period = close(MARCH, board, accountant)
    statement = statements[number % len(statements)]
    if connection.vendor == "postgresql":  # pending checks would refuse first
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        pytest.raises(DatabaseError, match="compliance:"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    period.refresh_from_db()
    assert (period.status, RoyaltyEntry.objects.get().amount) == ("closed", 149_000)


@pytest.mark.parametrize("statement", SQL)
def test_closed_lines_refuse_plain_sql(statement: str, board: Any, accountant: Any) -> None:
    make_article("A", coefficient="1")
    period = close(MARCH, board, accountant)
    with (
        pytest.raises(DatabaseError, match="compliance:"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert RoyaltyEntry.objects.get().amount == 149_000
    period.refresh_from_db()
    assert (period.status, period.total) == ("closed", 149_000)


@pytest.mark.django_db(transaction=True)
def test_closing_at_the_same_time_closes_once(live_portal: None) -> None:
    board, accountant = make_user("board"), make_user("accountant")
    make_article("A", coefficient="1")
    period = periods.open_period(authority(), MARCH, user=accountant)
    approve(period, accountant, board)
    start, results = threading.Barrier(4), []

    def run() -> None:
        start.wait()
        try:
            periods.close_period(period, user=accountant, now=timezone.now(), today=LATER)
            results.append("closed")
        except periods.PeriodError:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["closed", "refused", "refused", "refused"]
    period.refresh_from_db()
    assert (period.total, RoyaltyEntry.objects.count()) == (149_000, 1)


@pytest.mark.django_db(transaction=True)
def test_publishing_while_closing_loses_nothing(live_portal: None) -> None:
    """Whatever the order, the frozen total is the sum of the lines and every article is paid once."""
    board, accountant = make_user("board"), make_user("accountant")
    drafts = []
    for number in range(6):
        page = make_article(f"Bài {number}", published=None, coefficient="1")
        ArticlePage.objects.filter(pk=page.pk).update(first_published_at="2021-03-10T02:00:00Z")
        drafts.append(ArticlePage.objects.get(pk=page.pk))
    period = periods.open_period(authority(), MARCH, user=accountant)
    approve(period, accountant, board)
    start, outcome = threading.Barrier(2), []

    def publish() -> None:
        start.wait()
        for page in drafts:
            page.save_revision().publish()
        connection.close()

    def shut() -> None:
        start.wait()
        try:
            periods.close_period(period, user=accountant, now=timezone.now(), today=LATER)
            outcome.append("closed")
        except periods.PeriodError:
            outcome.append("reopened")
        connection.close()

    threads = [threading.Thread(target=publish), threading.Thread(target=shut)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    period.refresh_from_db()
    if outcome == ["closed"]:
        assert period.total == sum(period.entries.values_list("amount", flat=True))
        follow = periods.open_period(authority(), MARCH.next, user=accountant)
    else:
        follow = periods.refresh_period(period, user=accountant)
    paid = list(RoyaltyEntry.objects.values_list("article_id", flat=True))
    assert sorted(paid) == sorted(page.pk for page in drafts)
    assert follow.status == PayPeriod.Status.OPEN
