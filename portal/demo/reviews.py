"""The demo's reviews: one closed, with an objection that was accepted, and one still open."""

from __future__ import annotations

import datetime

from django.contrib.auth import get_user_model

from compliance.models import Review
from compliance.rules.months import Month
from compliance.services.machine_marks import accept_machine_marks, fill_machine_marks
from compliance.services.objections import answer_objection, file_objection
from compliance.services.reviews import close_review, keep_review
from sitepages.models import Authority

#: The last day of the closed review's period: what its marks are taken from.
REVIEW_DAY = datetime.date(2021, 6, 30)

UNITS = ("dak-doa", "glar", "trang", "a-dok", "k-dang")
_HOURS = datetime.timezone(datetime.timedelta(hours=7))
#: What Glar objects to: the machine finds its construction plan without a map.
_SECTION = "construction_planning"
_TEXT = "Bản đồ quy hoạch đã đăng kèm quyết định phê duyệt tại mục Văn bản (tình huống minh họa)."
_ANSWER = "Đã đối chiếu với mục Văn bản, hồ sơ có đủ bản đồ quy hoạch (tình huống minh họa)."


def load_reviews() -> None:
    """The first half of 2021, closed and objected to; the second half, open, with the machine's marks."""
    users = get_user_model().objects
    reviewer, officer = users.get(username="thamdinh"), users.get(username="glar.canbo")
    closed = _open("ra-soat-2021-6-thang-dau", Month(2021, 1), Month(2021, 6), "6 tháng đầu năm 2021")
    fill_machine_marks(closed, user=reviewer, now=_at(7, 1))
    for code in UNITS:
        accept_machine_marks(closed, unit=code, user=reviewer, now=_at(7, 5))
    closed = close_review(closed, user=reviewer, now=_at(7, 12))
    mark = closed.marks.get(authority__code="glar", section=_SECTION)
    objection = file_objection(mark, _TEXT, user=officer, now=_at(7, 14))
    answer_objection(objection, _ANSWER, "met", user=reviewer, now=_at(7, 16))
    following = _open("ra-soat-2021-6-thang-cuoi", Month(2021, 7), Month(2021, 12), "6 tháng cuối năm 2021")
    fill_machine_marks(following, user=reviewer, now=_at(8, 2))


def _open(code: str, first: Month, last: Month, half: str) -> Review:
    """A review of the district and some communes, kept by the demo's reviewer."""
    review = Review(
        code=code,
        name=f"Thẩm định việc công khai thông tin {half}",
        first_month=first.first,
        last_month=last.first,
        parent_body="UBND huyện Đak Đoa",
        issuing_body="Tổ thẩm định (minh họa)",
        place="Đak Đoa",
    )
    units = Authority.objects.filter(code__in=UNITS)
    return keep_review(review, units, user=get_user_model().objects.get(username="thamdinh"))


def _at(month: int, day: int) -> datetime.datetime:
    return datetime.datetime(2021, month, day, 9, tzinfo=_HOURS)
