"""A review's life: marks side by side, the machine's marks, closing, objections."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import ModelLogEntry

from compliance.models import (
    FrozenRowError,
    Objection,
    Review,
    ReviewMark,
    ReviewScore,
    ReviewUnit,
)
from compliance.queries.reviews import history_of, review_sheet
from compliance.rules.review import SectionInfo
from compliance.services.objections import answer_objection, file_objection
from compliance.services.reviews import (
    Change,
    ReviewError,
    close_review,
    set_marks,
    set_self_marks,
    set_units,
)
from tests.builders import authority, make_user
from tests.reviewing import CODES, NOW, make_review, mark, the_mark

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

JULY = datetime.date(2019, 7, 15)


def marked(**fields: Any) -> Review:
    """Glar meets five sections of ten, Trang all, the district is late with one."""
    review = make_review(**fields)
    mark(review, "glar", **{code: "met" if index % 2 else "missing" for index, code in enumerate(CODES)})
    mark(review, "trang", **dict.fromkeys(CODES, "met"))
    mark(review, "dak-doa", **{**dict.fromkeys(CODES, "met"), "alpha": "late", "beta": "not_applicable"})
    return review


def scores(review: Review) -> dict[str, tuple[Any, ...]]:
    return {
        each.unit.code: (each.score.total.points, each.score.total.possible, each.result.rank)
        for each in review_sheet(review).units
    }


@pytest.mark.usefixtures("ten_sections")
def test_weighted_points_count_only_what_was_due() -> None:
    review = marked()
    assert scores(review) == {
        "dak-doa": (Decimal("16.5"), 17, 1),
        "glar": (9, 19, 2),
        "trang": (19, 19, 1),
    }
    sheet = review_sheet(review)
    glar = sheet.standing_of(authority("glar").pk)
    assert (glar.score.total.passed, glar.score.total.duties, glar.result.reached) == (5, 10, False)
    assert [action.code for action in sheet.actions(glar)] == ["gamma", "iota", "epsilon"]
    assert sheet.standing_of(authority("trang").pk).complete


@pytest.mark.usefixtures("ten_sections")
def test_the_three_marks_stand_side_by_side() -> None:
    review, unit = make_review(), authority("glar")
    officer = make_user("officer", "glar")
    set_self_marks(review, unit, {"alpha": "met"}, user=officer, now=NOW, today=JULY)
    assert the_mark(review, "glar", "alpha").state == "met"
    ReviewMark.objects.update(machine_state="late")
    assert the_mark(review, "glar", "alpha").state == "late"
    set_marks(review, {(unit.pk, "alpha"): Change("missing", "Không thấy")}, now=NOW)
    found = the_mark(review, "glar", "alpha")
    assert (found.self_state, found.machine_state, found.verifier_state) == ("met", "late", "missing")
    assert found.state == "missing"


@pytest.mark.usefixtures("ten_sections")
def test_what_is_not_part_of_the_review_is_refused() -> None:
    review = make_review(units=["glar"])
    inside, outside = authority("glar").pk, authority("trang").pk
    for cell, change in (
        ((outside, "alpha"), Change("met")),
        ((inside, "nothing"), Change("met")),
        ((inside, "alpha"), Change("done")),
    ):
        with pytest.raises(ReviewError):
            set_marks(review, {(inside, "beta"): Change("met"), cell: change}, now=NOW)
    assert not review.marks.exists()


@pytest.mark.usefixtures("ten_sections")
def test_units_mark_themselves_up_to_the_closing_day() -> None:
    review, unit = make_review(closes_on=JULY), authority("glar")
    assert set_self_marks(review, unit, {"alpha": "met"}, user=None, now=NOW, today=JULY) == 1
    with pytest.raises(ReviewError):
        set_self_marks(
            review, unit, {"alpha": "late"}, user=None, now=NOW, today=JULY + datetime.timedelta(days=1)
        )
    assert the_mark(review, "glar", "alpha").self_state == "met"


@pytest.mark.usefixtures("ten_sections")
def test_units_with_marks_stay_in_the_review() -> None:
    review = make_review()
    mark(review, "glar", alpha="met")
    set_units(review, [authority("glar"), authority("a-dok")])
    assert {row.authority.code for row in review.units.all()} == {"glar", "a-dok"}
    with pytest.raises(ReviewError):
        set_units(review, [authority("a-dok")])


def test_closing_freezes_marks_weights_and_rules(ten_sections: list[SectionInfo]) -> None:
    review = marked()
    before = scores(review)
    close_review(review, now=NOW)
    review.refresh_from_db()
    assert scores(review) == before
    ten_sections[:] = [SectionInfo(each.code, "khác", "other", "G9", 50) for each in ten_sections[:3]]
    assert scores(review) == before
    assert [each.code for each in review_sheet(review).sections] == list(CODES)
    for attempt in (
        lambda: mark(review, "glar", alpha="met"),
        lambda: close_review(review, now=NOW),
        lambda: set_self_marks(review, authority("glar"), {"alpha": "met"}, user=None, now=NOW, today=JULY),
    ):
        with pytest.raises(ReviewError):
            attempt()
    assert scores(review) == before


@pytest.mark.usefixtures("ten_sections")
def test_a_closed_review_is_out_of_reach_of_models_and_bulk_writes() -> None:
    review = marked()
    close_review(review, now=NOW)
    review.refresh_from_db()
    row = the_mark(review, "glar", "alpha")
    row.verifier_state = "met"
    other = Review.objects.get(pk=review.pk)
    other.minimum_sample = 1
    attempts: list[Callable[[], Any]] = [
        row.save,
        row.delete,
        lambda: ReviewMark.objects.update(verifier_state="met"),
        lambda: ReviewMark.objects.bulk_update([row], ["verifier_state"]),
        lambda: ReviewMark.objects.filter(pk=row.pk).delete(),
        lambda: ReviewMark.objects.create(review=review, authority=authority("a-dok"), section="alpha"),
        lambda: ReviewMark.objects.bulk_create(
            [ReviewMark(review=review, authority=authority("a-dok"), section="alpha")]
        ),
        lambda: ReviewUnit.objects.all().delete(),
        other.save,
        other.delete,
        lambda: Review.objects.update(closed_at=None),
        lambda: Review.objects.all().delete(),
        lambda: ReviewScore.objects.update(points=0),
        lambda: ReviewScore.objects.all().delete(),
    ]
    for attempt in attempts:
        with pytest.raises(FrozenRowError), transaction.atomic():
            attempt()
    review.number = "38/BC-STTTT"
    review.save()
    assert the_mark(review, "glar", "alpha").verifier_state == "missing"


@pytest.mark.usefixtures("ten_sections")
def test_nothing_marked_is_not_closed() -> None:
    with pytest.raises(ReviewError):
        close_review(make_review(), now=NOW)


@pytest.mark.usefixtures("ten_sections")
def test_objections_wait_for_the_closing() -> None:
    review = marked()
    row, officer, reviewer = (
        the_mark(review, "glar", "alpha"),
        make_user("officer", "glar"),
        make_user("reviewer"),
    )
    with pytest.raises(ReviewError):
        file_objection(row, "Có đăng", user=officer, now=NOW)
    early = Objection.objects.create(mark=row, text="Có đăng", by=officer, at=NOW, old_state="missing")
    with pytest.raises(ReviewError):
        answer_objection(early, "Đúng", "late", user=reviewer, now=NOW)
    assert the_mark(review, "glar", "alpha").verifier_state == "missing"
    close_review(review, now=NOW)
    answer_objection(early, "Đúng", "late", user=reviewer, now=NOW)
    assert review_sheet(Review.objects.get()).standing_of(row.authority_id).states["alpha"] == "late"


@pytest.mark.usefixtures("ten_sections")
def test_an_objection_is_kept_and_logged() -> None:
    review = marked()
    close_review(review, now=NOW)
    objection = file_objection(
        the_mark(review, "glar", "alpha"), " Có đăng ", user=make_user("officer", "glar"), now=NOW
    )
    assert (objection.text, objection.old_state) == ("Có đăng", "missing")
    answer_objection(objection, "Đúng", "late", user=make_user("reviewer"), now=NOW)
    assert Objection.objects.get().is_accepted
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"compliance.object", "compliance.answer_objection"} <= actions


@pytest.mark.usefixtures("ten_sections")
def test_an_accepted_objection_after_closing_appends_scores_and_moves_ranks() -> None:
    review = make_review(units=["dak-doa", "glar", "trang", "a-dok"])
    mark(review, "glar", **{code: "met" if index % 2 else "missing" for index, code in enumerate(CODES)})
    mark(review, "trang", **dict.fromkeys(CODES, "met"))
    mark(review, "dak-doa", **dict.fromkeys(CODES, "late"))
    mark(review, "a-dok", **{**dict.fromkeys(CODES, "met"), "alpha": "late"})
    row = the_mark(review, "a-dok", "alpha")
    close_review(review, now=NOW)
    frozen = list(ReviewScore.objects.order_by("pk").values())
    objection = file_objection(row, "Đăng đúng hạn", user=make_user("officer"), now=NOW)
    answer_objection(objection, "Đã đối chiếu", "met", user=make_user("reviewer"), now=NOW)
    review.refresh_from_db()
    assert list(ReviewScore.objects.order_by("pk").values())[: len(frozen)] == frozen
    assert scores(review) == {
        "dak-doa": (Decimal("9.5"), 19, 1),
        "glar": (9, 19, 3),
        "trang": (19, 19, 1),
        "a-dok": (19, 19, 1),
    }
    assert review_sheet(review).standing_of(row.authority_id).states["alpha"] == "met"
    assert the_mark(review, "a-dok", "alpha").verifier_state == "late"
    assert ReviewScore.objects.filter(objection=objection).count() == 1
    with pytest.raises(ReviewError):
        file_objection(row, "Lại nữa", user=None, now=NOW)


@pytest.mark.usefixtures("ten_sections")
def test_a_rejected_objection_changes_no_score() -> None:
    review = marked()
    row = the_mark(review, "glar", "alpha")
    close_review(review, now=NOW)
    review.refresh_from_db()
    before = scores(review)
    objection = file_objection(row, "Không đồng ý", user=None, now=NOW)
    answer_objection(objection, "Không có căn cứ", "", user=make_user("reviewer"), now=NOW)
    assert scores(review) == before
    assert ReviewScore.objects.filter(review=review).count() == 3
    assert not Objection.objects.get().is_accepted


@pytest.mark.usefixtures("ten_sections")
def test_objections_are_filed_and_answered_once() -> None:
    review, person = marked(), make_user("board")
    row = the_mark(review, "glar", "alpha")
    close_review(review, now=NOW)
    objection = file_objection(row, "Sai", user=person, now=NOW)
    for attempt in (
        lambda: file_objection(row, "Vẫn sai", user=person, now=NOW),
        lambda: file_objection(row, "  ", user=person, now=NOW),
        lambda: answer_objection(objection, "Tự duyệt", "met", user=person, now=NOW),
        lambda: answer_objection(objection, " ", "met", user=make_user("reviewer"), now=NOW),
        lambda: answer_objection(objection, "Sao cũng được", "fine", user=make_user("reviewer"), now=NOW),
    ):
        with pytest.raises(ReviewError):
            attempt()
    answered = answer_objection(objection, "Không", "", user=make_user("reviewer"), now=NOW)
    with pytest.raises(ReviewError):
        answer_objection(objection, "Có", "met", user=make_user("reviewer"), now=NOW)
    answered.answer = "khác"
    for write in (
        answered.save,
        answered.delete,
        lambda: Objection.objects.update(answer="khác"),
        lambda: Objection.objects.all().delete(),
    ):
        with pytest.raises(FrozenRowError):
            write()
    with pytest.raises(ReviewError):
        file_objection(row, "Xin xem lại lần nữa", user=person, now=NOW)


@pytest.mark.usefixtures("ten_sections")
def test_the_trend_of_a_unit() -> None:
    first = marked()
    close_review(first, now=NOW)
    second = make_review("r2")
    mark(second, "glar", **dict.fromkeys(CODES, "met"))
    close_review(second, now=NOW)
    trend = [(review.code, row.percent) for review, row in history_of(authority("glar"))]
    assert trend == [("r1", Decimal("47.4")), ("r2", Decimal("100.0"))]


@pytest.mark.usefixtures("ten_sections")
@pytest.mark.parametrize("count", [1, 3])
def test_a_review_is_read_in_the_same_number_of_queries(count: int, django_assert_num_queries: Any) -> None:
    review = make_review(units=["glar", "trang", "a-dok"][:count])
    for unit in ["glar", "trang", "a-dok"][:count]:
        mark(review, unit, **dict.fromkeys(CODES, "late"))
    with django_assert_num_queries(2):
        assert len(review_sheet(review).units) == count
