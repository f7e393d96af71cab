"""A question of each unit, and a privacy notice."""

from __future__ import annotations

import datetime

from compliance.models import Question, QuestionNotice, QuestionStep
from compliance.rules.months import local_moment
from compliance.services.question_contact import keep_file
from compliance.services.question_intake import receive_question
from sitepages.models import Authority

MOMENT = local_moment("2021-06-01T09:00")


def make_question(unit: Authority, mark: str) -> Question:
    """A question that waits, with who asked and a file."""
    question = receive_question(
        unit,
        {
            "subject": "land",
            "topic": f"{mark} hỏi",
            "text": f"{mark} nội dung",
            "name": f"{mark} người hỏi",
            "email": f"{mark}@example.org",
            "phone": "",
            "may_publish": True,
            "show_name": False,
        },
        stamp=f"{mark} stamp",
        notice="x",
        now=MOMENT,
    )
    keep_file(question, f"{mark}.pdf", "pdf", f"%PDF {mark}".encode(), "0" * 64)
    QuestionStep.objects.filter(question=question).update(note=f"{mark} ghi chú")
    return question


def make_notice(unit: Authority, mark: str) -> QuestionNotice:
    """A notice of the unit's own."""
    return QuestionNotice.objects.create(
        authority=unit, valid_from=datetime.date(2021, 1, 1), text=f"{mark} thông báo"
    )
