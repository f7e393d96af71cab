"""Grades: proposed by one, approved by another, paid only then; and the year's money by line."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import PageLogEntry

from compliance.models import ArticleGrade, FrozenRowError, RateModifier, RoyaltyBudget, RoyaltyRate, Spending
from compliance.queries.budget import budget_forecast, budget_standing
from compliance.queries.grade_list import grade_list
from compliance.queries.rates import royalty_terms
from compliance.rules.hints import HintCode
from compliance.rules.months import Month
from compliance.services import periods
from compliance.services.grading import GradeError, Grading, Proposal, approve_grades, signature
from compliance.services.spending import SpendingError, reverse_spending, spend
from sitepages.models import ArticlePage
from tests.builders import authority, make_article, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = timezone.now()
MARCH = Month(2021, 3)
FIRST = datetime.date(2020, 1, 1)


@pytest.fixture
def secretary(db: None) -> Any:
    return make_user("secretary")


@pytest.fixture
def head(db: None) -> Any:
    return make_user("board")


def rate(**given: Any) -> RoyaltyRate:
    row = {"authority": authority(), "genre": "news", "decision_number": "1/QĐ", "decision_date": FIRST}
    return RoyaltyRate.objects.create(**(row | {"valid_from": FIRST} | given))


def propose(article: ArticlePage, user: Any, seen: str | None = None, **given: Any) -> bool:
    reclassifies = given.pop("reclassifies", False)
    work = Grading(authority(), [article], user=user, now=NOW, reclassifies=reclassifies)
    return work.propose(article, Proposal(**given), seen)


def lines() -> list[tuple[str, int]]:
    period = periods.open_period(authority(), MARCH, user=make_user("accountant"))
    return [(entry.title, entry.amount) for entry in period.entries.all()]


def test_a_proposal_is_paid_once_somebody_else_approved_it(secretary: Any, head: Any) -> None:
    article, other = make_article("A"), make_article("B")
    for page in (article, other):
        assert propose(page, secretary, coefficient="1,5")
    done, faults = approve_grades(authority(), [article, other], user=secretary, now=NOW)
    assert done == []
    assert set(faults) == {article.pk, other.pk}
    assert approve_grades(authority(), [article], user=head, now=NOW) == ([article.pk], {})
    assert lines() == [("A", 223_500)]


def test_changing_an_approved_grade_makes_it_a_proposal_again(secretary: Any, head: Any) -> None:
    article = make_article("A", coefficient="1")
    assert not propose(article, secretary, coefficient="1")
    assert ArticleGrade.objects.get(article=article).is_approved
    assert propose(article, head, coefficient="2")
    grade = ArticleGrade.objects.get(article=article)
    assert (grade.is_approved, grade.graded_by) == (False, head)
    with pytest.raises(GradeError):
        Grading(authority(), [article], user=head, now=NOW).approve(article)


def test_what_somebody_changed_meanwhile_is_neither_overwritten_nor_approved(
    secretary: Any, head: Any
) -> None:
    article = make_article("A")
    seen = signature("news", None)
    propose(article, secretary, seen, coefficient="1")
    with pytest.raises(GradeError):
        propose(article, head, seen, coefficient="2")
    _done, faults = approve_grades(authority(), [article], user=head, now=NOW, seen={article.pk: seen})
    assert list(faults) == [article.pk]


def test_a_grade_of_the_table_brings_its_coefficient_or_amount(secretary: Any) -> None:
    rate(grade="A", coefficient=Decimal(2))
    rate(grade="B", amount=250_000)
    article = make_article("A")
    propose(article, secretary, grade="A")
    assert ArticleGrade.objects.get(article=article).coefficient == 2
    propose(article, secretary, grade="B", coefficient="9", modifiers=(("topic", "20"),))
    grade = ArticleGrade.objects.get(article=article)
    assert (grade.coefficient, grade.modifiers) == (1, [["topic", "20"]])
    assert grade_list(authority(), MARCH).rows[0].amount == 300_000
    with pytest.raises(GradeError, match="A, B"):
        propose(article, secretary, grade="C", coefficient="1")


@pytest.mark.parametrize(
    "typed",
    [
        {"coefficient": text}
        for text in ("-1", "0", "1e308", "NaN", "1.000,5", "٣", "1000", "1,005", "x" * 500)
    ]
    + [
        {"coefficient": "1", "modifiers": (("topic", "21"),)},
        {"coefficient": "1", "modifiers": (("topic", "9,99"),)},
        {"coefficient": "1", "modifiers": (("topic", "-5"),)},
        {"coefficient": "1", "modifiers": (("poem", "10"),)},
        {"coefficient": "1", "modifiers": (("hardship", ""),)},
        {"coefficient": "1", "modifiers": (("topic", "10"), ("topic", "10"))},
        {"coefficient": "", "modifiers": (("topic", "10"),)},
        {"coefficient": "1", "grade": "Z"},
        {"coefficient": "1", "genre": "photo"},
    ],
)
def test_what_is_no_grade_is_refused(typed: dict[str, Any], secretary: Any) -> None:
    article = make_article("A")
    with pytest.raises(GradeError):
        propose(article, secretary, **typed)
    assert not ArticleGrade.objects.exists()


def test_a_grade_over_the_cap_is_kept_as_a_proposal_with_a_hint_and_never_approved(
    secretary: Any, head: Any
) -> None:
    rate(max_coefficient=Decimal(3), minimum=Decimal(1))
    high, low = make_article("Cao"), make_article("Thấp")
    propose(high, secretary, coefficient="3,01")
    propose(low, secretary, coefficient="0,5")
    codes = {row.article.pk: [h.code for h in row.hints] for row in grade_list(authority(), MARCH).rows}
    assert codes == {high.pk: [HintCode.OVER_CAP], low.pk: [HintCode.BELOW_MINIMUM]}
    done, faults = approve_grades(authority(), [high, low], user=head, now=NOW)
    assert (done, list(faults)) == ([low.pk], [high.pk])


def test_the_board_changes_a_genre_without_a_revision(head: Any) -> None:
    article = make_article("A", coefficient="1")
    article.save_revision().publish()
    article.refresh_from_db()
    before = (article.revisions.count(), article.last_published_at, article.latest_revision_id)
    propose(article, head, coefficient="1", genre="photo", reclassifies=True)
    page = ArticlePage.objects.get(pk=article.pk)
    assert (page.genre, page.revisions.count(), page.last_published_at, page.latest_revision_id) == (
        "photo",
        *before,
    )
    assert page.get_latest_revision_as_object().genre == "photo"
    assert PageLogEntry.objects.filter(page=article.pk, action="compliance.genre").count() == 1
    assert not ArticleGrade.objects.get(article=article).is_approved


def test_without_a_national_cap_the_nearest_table_binds_and_its_absence_is_told() -> None:
    day = datetime.date(2026, 11, 1)
    glar = authority("glar")
    assert royalty_terms(glar, "news", day).missing == "table"
    rate(genre="photo", max_coefficient=Decimal(2))
    assert royalty_terms(glar, "news", day).missing == "genre"
    assert royalty_terms(glar, "photo", day).cap == 2
    rate(authority=glar, genre="photo", max_coefficient=Decimal(4))
    assert royalty_terms(glar, "photo", day).cap == 4
    assert royalty_terms(glar, "photo", datetime.date(2026, 8, 31)).cap == 4
    rate(authority=glar, genre="news", max_coefficient=Decimal(40))
    assert royalty_terms(glar, "news", datetime.date(2026, 8, 31)).cap == 10


def test_rows_of_one_genre_and_grade_never_overlap() -> None:
    rate(grade="A", coefficient=Decimal(1))
    same = {"authority": authority(), "genre": "news", "decision_number": "2", "decision_date": FIRST}
    later = datetime.date(2022, 1, 1)
    with pytest.raises(ValidationError, match="1/QĐ"):
        RoyaltyRate(**same, valid_from=later, grade="A", coefficient=Decimal(2)).full_clean()
    RoyaltyRate(**same, valid_from=later, grade="B", coefficient=Decimal(2)).full_clean()
    wrong: tuple[dict[str, Any], ...] = (
        {"grade": "C"},
        {"grade": "C", "coefficient": Decimal(1), "amount": 5},
        {"coefficient": Decimal(1)},
        {"minimum": Decimal(3), "max_coefficient": Decimal(2)},
        {"grade": "C", "amount": 2**53},
        {"grade": "C", "coefficient": Decimal(-1)},
    )
    for given in wrong:
        with pytest.raises(ValidationError):
            RoyaltyRate(**same, valid_from=later, **given).full_clean()


def test_a_body_s_percentage_narrows_the_national_one(secretary: Any) -> None:
    own = {"authority": authority(), "code": "topic", "name": "x", "effect": "addition", "low": 5, "high": 12}
    RateModifier.objects.create(**own, decision_number="3", valid_from=FIRST)
    article = make_article("A")
    with pytest.raises(GradeError):
        propose(article, secretary, coefficient="1", modifiers=(("topic", "15"),))
    assert propose(article, secretary, coefficient="1", modifiers=(("topic", "12"),))


def test_the_list_asks_as_much_for_many_pieces_as_for_few(django_assert_num_queries: Any) -> None:
    unit = authority()
    for number in range(3):
        make_article(f"Bài về chuyện {number}", coefficient="1")
    grade_list(unit, MARCH)
    with django_assert_num_queries(12, exact=False) as few:
        grade_list(unit, MARCH)
    for number in range(12):
        make_article(f"Bài khác {number}", coefficient="1")
    with django_assert_num_queries(len(few)):
        grade_list(unit, MARCH)


def spending(**given: Any) -> Spending:
    row = {"day": datetime.date(2021, 3, 1), "kind": "stationery", "amount": 8_620_000}
    told = {"document_number": "PC1", "user": None, "now": NOW, "today": datetime.date(2021, 7, 1)}
    return spend(authority(), **(row | told | given))


def test_money_is_told_by_line_and_day() -> None:
    RoyaltyBudget.objects.create(authority=authority(), year=2021, amount=150_000_000)
    row = spending()
    spending(day=datetime.date(2021, 6, 30), kind="other", amount=1)
    standing = budget_standing(authority(), 2021, datetime.date(2021, 6, 29))
    assert (standing.other, standing.royalties, standing.left) == (8_620_000, 0, 141_380_000)
    assert budget_standing(authority(), 2021).other == 8_620_001
    taken = reverse_spending(row, reason="nhầm", user=None, now=NOW)
    assert (taken.amount, budget_standing(authority(), 2021).other) == (-8_620_000, 1)
    for again in (row, taken):
        with pytest.raises(SpendingError):
            reverse_spending(again, reason="x", user=None, now=NOW)
    with pytest.raises(FrozenRowError):
        row.save()


def test_closed_periods_are_the_royalties_and_the_forecast_adds_what_is_graded(head: Any) -> None:
    accountant = make_user("accountant")
    make_article("A", coefficient="1.5")
    make_article("B", published="2021-04-02T08:00", coefficient="1")
    period = periods.open_period(authority(), MARCH, user=accountant)
    periods.send_for_review(period, user=accountant, now=NOW)
    periods.approve_period(period, user=head, now=NOW)
    periods.close_period(period, user=accountant, now=NOW, today=datetime.date(2021, 5, 1))
    assert budget_standing(authority(), 2021, datetime.date(2021, 3, 30)).royalties == 0
    assert budget_standing(authority(), 2021, datetime.date(2021, 3, 31)).royalties == 223_500
    found = budget_forecast(authority(), 2021, datetime.date(2021, 5, 1))["royalties"]
    assert (found.spent, found.coming, found.a_month, found.months) == (223_500, 149_000, 223_500, 10)


@pytest.mark.parametrize(
    "given",
    [
        {"amount": 0},
        {"amount": -5},
        {"amount": 2**53},
        {"amount": 2**63},
        {"kind": "gold"},
        {"document_number": " "},
        {"day": datetime.date(2021, 7, 2)},
    ],
)
def test_what_is_no_spending_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(SpendingError):
        spending(**given)
    assert not Spending.objects.exists()
