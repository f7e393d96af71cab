"""A question on its way: routed, transferred, paused, answered by two, rated, forgotten, counted."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command

from compliance.models import (
    CalendarDay,
    LocalRule,
    OutgoingMail,
    Question,
    QuestionReading,
    QuestionStep,
    ReminderStep,
)
from compliance.post.question_letters import rating_token, write_closed, write_receipt, write_reminder
from compliance.queries.activity_questions import questions as reported
from compliance.queries.questions import counted_rows, figures_of
from compliance.rules.months import local_moment
from compliance.rules.stretches import Stretch
from compliance.services.outbox import send_waiting
from compliance.services.question_answers import OwnDataError, approve, draft, proposed, send_back
from compliance.services.question_contact import (
    erase_text,
    forget_due,
    keep_file,
    read_contact,
    read_file,
    reseal_questions,
)
from compliance.services.question_intake import mail_asker
from compliance.services.question_reminders import remind_of_questions
from compliance.services.questions import (
    StepError,
    assign,
    merge,
    pause,
    recount_open,
    refuse,
    resume,
    transfer,
)
from tests.builders import authority, make_user
from tests.compliance.desk.asking import EMAIL, LOOK, NAME, asked, visitor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LATER = local_moment("2021-06-10T09:00")
TODAY = datetime.date(2021, 6, 10)
GOOD = {
    "public_topic": "Cấp đổi giấy chứng nhận",
    "public_text": "Xin hỏi thủ tục.",
    "answer": "Nộp hồ sơ tại bộ phận một cửa.",
    "reason": "",
}


def answered(question: Question, *, at: datetime.datetime = LATER, **changed: Any) -> Question:
    officer, board = make_user("officer"), make_user("board")
    drafted = draft(question, **{**GOOD, **changed}, user=officer, now=at)
    return approve(drafted, user=board, now=at, write=write_closed)


def test_an_answer_becomes_a_public_page_without_who_asked() -> None:
    question = answered(asked())
    page = question.page
    assert page
    assert page.live
    assert page.answered_on == TODAY
    assert page.legal_day == datetime.date(2021, 6, 1)
    assert page.details["status"] == "answered"
    assert page.details["in_time"] == "yes"
    shown = visitor().get(page.url).content.decode()
    assert GOOD["answer"] in shown
    assert NAME not in shown
    assert EMAIL not in shown
    assert page.latest_revision.user == question.drafted_by != question.approved_by


@pytest.mark.parametrize(
    "said", [f"Bà {NAME} hỏi", "nguyen thi lan", "LAN@example.org", "gọi 0905.123.456", "+84905123456"]
)
@pytest.mark.parametrize("where", ["public_topic", "public_text", "answer"])
def test_the_askers_own_data_is_refused_unless_a_reason_is_given(said: str, where: str) -> None:
    question, officer = asked(), make_user("officer")
    with pytest.raises(OwnDataError):
        draft(question, **{**GOOD, where: said}, user=officer, now=LATER)
    kept = draft(question, **{**GOOD, where: said, "reason": "Người hỏi đề nghị"}, user=officer, now=LATER)
    assert kept.state == "drafted"
    assert kept.steps.last().note == "Người hỏi đề nghị"


def test_nobody_approves_their_own_draft() -> None:
    question, board = asked(), make_user("board")
    drafted = draft(question, **GOOD, user=board, now=LATER)
    with pytest.raises(StepError):
        approve(drafted, user=board, now=LATER)
    mended = send_back(drafted, note="Nêu thêm lệ phí", user=make_user("board"), now=LATER)
    assert mended.state == "received"


def test_what_is_not_to_be_published_is_answered_by_code_alone() -> None:
    question = answered(asked(may_publish=False, show_name=True))
    assert question.page is None
    assert not question.show_name
    page = visitor().post(LOOK, {"code": question.code}).content.decode()
    assert GOOD["answer"] in page
    assert NAME not in page


def test_a_transfer_leaves_the_fact_alone_and_the_clock_runs_on() -> None:
    question, officer = asked(), make_user("officer")
    due = question.due
    with pytest.raises(StepError):
        transfer(question, authority("glar"), reason=" ", user=officer, now=LATER)
    moved = transfer(question, authority("glar"), reason="Thuộc xã", user=officer, now=LATER)
    assert (moved.authority.code, moved.due, moved.state) == ("glar", due, "received")
    step = moved.steps.get(kind="transferred")
    assert (step.source.code, step.target.code, step.note) == ("dak-doa", "glar", "Thuộc xã")


def test_a_pause_is_written_down_and_does_not_stop_the_clock_by_the_rule_shipped() -> None:
    question, officer = asked(), make_user("officer")
    due = question.due
    paused = pause(question, reason="Thiếu số thửa", user=officer, now=LATER)
    assert (paused.state, paused.due) == ("paused", due)
    assert "Thiếu số thửa" in visitor().post(LOOK, {"code": question.code}).content.decode()
    again = resume(paused, note="", user=officer, now=LATER + datetime.timedelta(days=3))
    assert (again.state, again.due) == ("received", due)
    assert again.pauses.get().last == datetime.date(2021, 6, 13)


def test_refusing_and_merging_close_and_tell() -> None:
    first, second, third = (asked(number=n) for n in (1, 2, 3))
    officer = make_user("officer")
    with pytest.raises(StepError):
        refuse(first, "competence", note="", user=officer, now=LATER)
    refused = refuse(first, "competence", note="Hỏi Sở Xây dựng", user=officer, now=LATER, write=write_closed)
    assert "Hỏi Sở Xây dựng" in visitor().post(LOOK, {"code": refused.code}).content.decode()
    merged = merge(second, third, user=officer, now=LATER, write=write_closed)
    assert (merged.state, merged.merged_into) == ("merged", third)
    assert OutgoingMail.objects.count() == 2
    with pytest.raises(StepError):
        merge(third, second, user=officer, now=LATER)


def test_an_office_of_another_body_is_refused() -> None:
    office = authority("glar").offices.first()
    assert office
    with pytest.raises(StepError):
        assign(asked(), office, officer=None, note="", user=make_user("officer"), now=LATER)


def test_a_local_time_binds_questions_from_its_first_day_on() -> None:
    LocalRule.objects.create(
        duty="qa_feedback",
        kind="answer",
        value=5,
        unit="wd",
        valid_from="2021-06-01",
        decision_number="7/QĐ",
        reason="x",
    )
    question = asked()
    assert (question.term_days, question.due) == (5, datetime.date(2021, 6, 8))
    assert "7/QĐ" in question.term_basis
    assert asked(number=2, now=local_moment("2021-05-31T09:00")).term_days == 15


def test_where_no_law_sets_a_time_the_convention_says_so() -> None:
    question = asked(now=local_moment("2022-09-05T09:00"))
    assert (question.term_days, question.term_status) == (15, "D")


def test_a_holiday_learnt_later_moves_open_questions() -> None:
    question = asked()
    CalendarDay.objects.create(day="2021-06-15", kind="holiday", name="x", decision_number="1")
    assert recount_open(LATER) == 1
    question.refresh_from_db()
    assert question.due == datetime.date(2021, 6, 23)


def test_contact_data_is_read_with_a_record_and_sent_to_without_one() -> None:
    question, officer = asked(), make_user("officer")
    assert read_contact(question, user=officer, now=LATER)["email"] == EMAIL
    assert QuestionReading.objects.get().user == officer
    mail_asker(question, write_receipt, now=LATER)
    assert send_waiting(LATER).sent == 1
    assert mail.outbox[0].to == [EMAIL]
    assert QuestionReading.objects.count() == 1


def test_a_rating_is_given_once() -> None:
    question = answered(asked())
    place = f"/hoi-dap/danh-gia/{rating_token(question)}/"
    client = visitor()
    assert client.post(place, {"stars": "9"}).status_code == 422
    assert client.post(place, {"stars": "4", "comment": "Tốt"}).status_code == 200
    assert client.post(place, {"stars": "1"}).status_code == 200
    question = Question.objects.select_related("rating").get()
    assert (question.rating.stars, question.rating.comment) == (4, "Tốt")
    shown = visitor().get(question.page.url).content.decode()  # type: ignore[union-attr]
    assert "Tốt" not in shown.split("<main")[1].split("</main")[0].replace("tốt", "")


def test_who_asked_is_forgotten_on_schedule_and_what_counts_stays() -> None:
    question = asked()
    keep_file(question, "a.pdf", "pdf", b"%PDF", "0" * 64)
    place = Path(settings.PORTAL_QUESTIONS) / question.files.get().place
    answered(question)
    officer = make_user("officer")
    assert read_file(question.files.get(), user=officer, now=LATER) == b"%PDF"
    assert forget_due(LATER + datetime.timedelta(days=179)) == (0, 0)
    assert forget_due(LATER + datetime.timedelta(days=180)) == (1, 0)
    question.refresh_from_db()
    assert question.sealed == ""
    assert question.text
    assert not question.files.exists()
    assert forget_due(LATER + datetime.timedelta(days=730)) == (0, 1)
    assert forget_due(LATER + datetime.timedelta(days=730)) == (0, 0)
    question.refresh_from_db()
    assert question.text == ""
    assert question.page
    assert question.answer
    assert not QuestionStep.objects.exclude(note="").exists()
    assert reported(authority(), Stretch(TODAY.replace(month=1), TODAY), today=TODAY).received == 1  # type: ignore[union-attr]
    assert place.name


def test_an_early_wish_is_granted_once() -> None:
    question = answered(asked(may_publish=False))
    for _ in range(2):
        erase_text(question, user=make_user("board"), now=LATER, note="theo yêu cầu")
    question.refresh_from_db()
    assert (question.topic, question.text, question.answer, question.sealed) == ("", "", "", "")
    assert visitor().post(LOOK, {"code": question.code}).status_code == 200


def test_data_is_sealed_anew_with_the_newest_key() -> None:
    question = asked()
    before = question.sealed
    assert reseal_questions() == 1
    question.refresh_from_db()
    assert question.sealed != before
    assert proposed(question, NAME)


def test_reminders_climb_and_are_sent_once() -> None:
    question = asked()
    officer, board = make_user("officer"), make_user("board")
    days = [
        (local_moment(f"{day}T07:00"), datetime.date.fromisoformat(day))
        for day in ("2021-06-15", "2021-06-22", "2021-06-25")
    ]
    reached = []
    for now, today in days:
        reached.append(set(remind_of_questions(today, now, write_reminder)))
        assert remind_of_questions(today, now, write_reminder) == {}
    assert officer.email in reached[0]
    assert board.email not in reached[0]
    assert {officer.email, board.email} <= reached[2]
    letters = OutgoingMail.objects.filter(question__isnull=True)
    assert letters.exists()
    assert not [each for each in letters if NAME in each.text or question.topic in each.text]
    assert set(ReminderStep.objects.values_list("step", flat=True)) == {"before", "due", "after_3"}
    call_command("remind_questions", "--dry-run")


def test_the_desk_and_the_report_tell_the_same() -> None:
    answered(asked(number=1))
    answered(asked(number=2), at=local_moment("2021-07-20T09:00"))
    answered(asked(number=3, may_publish=False))
    asked(number=4)
    refuse(asked(number=5), "abuse", note="", user=make_user("officer"), now=LATER)
    unit, today = authority(), datetime.date(2021, 7, 29)
    days = Stretch(datetime.date(2021, 1, 1), datetime.date(2021, 6, 30))
    told = reported(unit, days, today=today)
    assert told
    assert (told.received, told.on_time, told.late, told.waiting, told.overdue) == (4, 2, 1, 0, 1)
    desk = figures_of([unit], days.first, days.last, today)[unit.code]
    assert (desk.received, desk.on_time, desk.late, desk.open) == (4, 2, 1, 1)
    assert desk.rank is None
    assert desk.share_on_time
    then = counted_rows(unit, days.first, days.last, datetime.date(2021, 6, 9))
    assert {each.standing.value for each in then} == {"waiting"}
