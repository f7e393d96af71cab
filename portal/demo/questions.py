"""Questions of made-up citizens in several states, so that each screen of the desk shows something."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from compliance.models import Question
from compliance.services.question_answers import approve, draft
from compliance.services.question_intake import receive_question
from compliance.services.questions import assign, pause, transfer
from sitepages.models import Authority

#: Days ago, field, topic, text.
_ASKED = (
    (
        1,
        "residence",
        "Đăng ký tạm trú cho người thuê nhà",
        "Chủ nhà trọ nộp giấy tờ gì khi có người thuê?",
    ),
    (6, "land", "Thời hạn cấp đổi giấy chứng nhận", "Tôi nộp hồ sơ cấp đổi, bao lâu thì nhận được kết quả?"),
    (8, "social", "Trợ cấp người cao tuổi", "Mẹ tôi 80 tuổi, hồ sơ hưởng trợ cấp gồm những gì?"),
    (10, "building", "Giấy phép xây nhà ở", "Nhà cấp bốn ở nông thôn có phải xin giấy phép xây dựng không?"),
    (
        24,
        "civil_status",
        "Trích lục khai sinh",
        "Ở tỉnh khác có xin được bản sao qua mạng không?",
    ),
    (40, "roads", "Đèn đường bị hỏng", "Đèn đường trước cổng trường bị hỏng đã hai tuần, đề nghị sửa chữa."),
)
_ANSWER = "Ông/bà nộp hồ sơ tại bộ phận Tiếp nhận và Trả kết quả hoặc qua Cổng dịch vụ công quốc gia."


def load_questions(district: Authority) -> None:
    """One question in each state at the district, one handed on to a commune."""
    people = get_user_model().objects
    officer, board = people.get(username="bientapvien"), people.get(username="bientap1")
    office = district.offices.order_by("order", "pk").first()
    asked = [_ask(district, number, *row) for number, row in enumerate(_ASKED)]
    now = timezone.now()
    for question in asked[1:5]:
        if office is not None:
            assign(question, office, officer=officer, note="", user=officer, now=now)
    pause(asked[2], reason="Đề nghị cho biết nơi mẹ của ông/bà đang thường trú.", user=officer, now=now)
    for question, day in ((asked[3], now), (asked[4], now - datetime.timedelta(days=14))):
        draft(
            question, public_topic=question.topic, public_text=question.text, answer=_ANSWER, reason="",
            user=officer, now=day,
        )  # fmt: skip
    approve(asked[4], user=board, now=now - datetime.timedelta(days=14))
    commune = Authority.objects.filter(parent=district, code="glar").first()
    handed = _ask(
        district, 9, 3, "environment", "Thu gom rác ở khu dân cư", "Lịch thu gom rác hằng tuần thế nào?"
    )
    if commune is not None:
        transfer(handed, commune, reason="Việc thuộc thẩm quyền của xã.", user=officer, now=now)


def _ask(unit: Authority, number: int, ago: int, subject: str, topic: str, text: str) -> Question:
    values: dict[str, Any] = {
        "subject": subject, "topic": topic, "text": text, "name": "Nguyễn Văn Mẫu",
        "email": "cong-dan@dakdoa.example", "phone": "", "may_publish": True, "show_name": False,
    }  # fmt: skip
    sent = timezone.now() - datetime.timedelta(days=ago)
    return receive_question(unit, values, stamp=f"demo-{unit.code}-{number}", notice="demo", now=sent)
