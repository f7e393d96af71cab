"""Three units with rows of every kind, each marked by a word that must never be read elsewhere."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.test import Client
from django.utils import timezone

from compliance.models import (
    ActivityReport,
    AlikePair,
    Assessment,
    BaseSalary,
    CalendarDay,
    Declaration,
    FeedToken,
    FindingRecord,
    ImportJob,
    LocalRule,
    Objection,
    OutgoingMail,
    PayPeriod,
    ProbeFinding,
    ProbeLink,
    ProbeRun,
    ProbeTarget,
    Question,
    QuestionNotice,
    Quota,
    RateModifier,
    RecheckItem,
    ReminderStep,
    ReportSubscription,
    Review,
    ReviewMark,
    RoyaltyBudget,
    RoyaltyEntry,
    RoyaltyRate,
    Spending,
    Waiver,
)
from compliance.rules.months import Month
from compliance.services import periods
from compliance.services.reviews import add_units, open_review
from sitepages.models import (
    ArticlePage,
    Authority,
    ConsultationComment,
    Contribution,
    Contributor,
    DailyVisits,
    Notice,
    Office,
    PenName,
    ReportedVisits,
    WorkSchedulePage,
)
from tests.activity import make_report
from tests.builders import authority, make_article, make_schedule, make_superuser, make_user, signed_in
from tests.compliance.admin.comment_world import make_comment
from tests.compliance.admin.past_world import make_past
from tests.compliance.admin.pay_world import Money, make_money
from tests.compliance.admin.question_world import make_notice, make_question

MARKS = {"dak-doa": "CNRY_DISTRICT", "glar": "CNRY_GLAR", "trang": "CNRY_TRANG"}
OFFICE = "cung-ma"  # one code at every unit: an id taken by its code alone would be another unit's
DUTY = "leaders_schedule.weekly"
LATER = datetime.date(2021, 6, 1)
SOON = datetime.timedelta(days=40)


@dataclass
class Unit:
    """One unit's rows and people."""

    code: str
    mark: str
    authority: Authority
    office: Office
    rate: RoyaltyRate
    modifier: RateModifier
    budget: RoyaltyBudget
    spending: Spending
    closed: PayPeriod
    approved: PayPeriod
    open: PayPeriod
    entry: RoyaltyEntry
    paid_article: ArticlePage
    graded: ArticlePage
    ungraded: ArticlePage
    draft: ArticlePage
    schedule: WorkSchedulePage
    declaration: Declaration
    waiver: Waiver
    recheck: RecheckItem
    mark_row: ReviewMark
    objection: Objection
    target: ProbeTarget
    mail: OutgoingMail
    link: FeedToken
    reported: ReportedVisits
    notice: Notice
    contributor: Contributor
    quota: Quota
    money: Money
    job: ImportJob
    drafted: ActivityReport
    issued: ActivityReport
    subscription: ReportSubscription
    question: Question
    comment: ConsultationComment
    privacy: QuestionNotice
    people: dict[str, Client]


@dataclass
class World:
    """The district, two communes, and who stands outside or above them."""

    district: Unit
    glar: Unit
    trang: Unit
    salary: BaseSalary
    rule: LocalRule
    day: CalendarDay
    review: Review
    reviewer: Client
    head: Client
    administrator: Client
    root: Client
    nobody: Client

    def unit(self, code: str) -> Unit:
        return {"dak-doa": self.district, "glar": self.glar, "trang": self.trang}[code]


def make_world() -> World:
    """Everything, in the open transaction."""
    assessment = Assessment.objects.create(
        date=timezone.localdate(), taken_at=timezone.now(), catalogue="test"
    )
    review = open_review("ra-soat", Month(2021, 1), Month(2021, 6))
    add_units(review, [authority(code) for code in MARKS])
    units = {code: _make_unit(code, mark, assessment, review) for code, mark in MARKS.items()}
    return World(
        district=units["dak-doa"],
        glar=units["glar"],
        trang=units["trang"],
        salary=BaseSalary.objects.create(
            valid_from=datetime.date(1990, 1, 1), amount=120_000, decree=f"{MARKS['dak-doa']} nghị định"
        ),
        rule=LocalRule.objects.create(
            duty="directives",
            kind=LocalRule.Kind.WEIGHT,
            value=9,
            valid_from=timezone.localdate() + SOON,
            decision_number=f"{MARKS['dak-doa']} số 5",
            reason="x",
        ),
        day=CalendarDay.objects.create(
            day=timezone.localdate() + SOON,
            kind=CalendarDay.Kind.HOLIDAY,
            name=f"{MARKS['dak-doa']} nghỉ",
            decision_number="6",
        ),
        review=review,
        reviewer=signed_in(make_user("reviewer")),
        head=signed_in(make_user("office-head")),
        administrator=signed_in(make_user("administrator")),
        root=signed_in(make_superuser()),
        nobody=Client(),
    )


def _make_unit(code: str, mark: str, assessment: Assessment, review: Review) -> Unit:
    unit = authority(code)
    office = Office.objects.create(
        authority=unit, code=OFFICE, short_name=f"{mark} vp", full_name=f"{mark} văn phòng"
    )
    people = {role: make_user(role, code) for role in ("officer", "secretary", "board", "accountant")}
    rate = RoyaltyRate.objects.create(
        authority=unit,
        genre="news",
        max_coefficient=Decimal(5),
        decision_number=f"{mark} số 1",
        decision_date=datetime.date(2020, 1, 1),
        valid_from=datetime.date(2020, 1, 1),
    )
    budget = RoyaltyBudget.objects.create(
        authority=unit, year=2021, amount=100_000_000, decision_number=f"{mark} số 2"
    )
    modifier = RateModifier.objects.create(
        authority=unit,
        code="local",
        name=f"{mark} vùng khó",
        effect="addition",
        low=10,
        high=20,
        decision_number=f"{mark} số 4",
        valid_from=datetime.date(2020, 1, 1),
    )
    spending = Spending.objects.create(
        authority=unit,
        day=datetime.date(2021, 2, 3),
        kind="stationery",
        amount=1_000_000,
        document_number=f"{mark} PC1",
        entered_at=timezone.now(),
    )
    paid = _article(code, mark, "đã trả", "2021-01-15T08:00", "2")
    graded = _article(code, mark, "đã chấm", "2021-02-15T08:00", "1.5")
    ungraded = _article(code, mark, "chưa chấm", "2021-03-15T08:00", None)
    AlikePair.objects.create(
        earlier=paid,
        later=graded,
        earlier_unit=unit,
        later_unit=unit,
        day="2021-02-15",
        kind="same",
        percent=100,
    )
    draft = make_article(f"{mark} bài nháp", code=code, office=OFFICE, published=None)
    contributor = _contributor(office, mark, people["officer"], paid)
    now, board, accountant = timezone.now(), people["board"], people["accountant"]
    closed = periods.open_period(unit, Month(2021, 1), user=accountant)
    periods.send_for_review(closed, user=accountant, now=now)
    closed = periods.approve_period(closed, user=board, now=now)
    closed = periods.close_period(closed, user=accountant, now=now, today=LATER)
    approved = periods.open_period(unit, Month(2021, 2), user=accountant)
    periods.send_for_review(approved, user=accountant, now=now)
    approved = periods.approve_period(approved, user=board, now=now)
    opened = periods.open_period(unit, Month(2021, 3), user=accountant)
    schedule = make_schedule(datetime.date(2021, 3, 1), code=code, published="2021-02-27T08:00")
    schedule.title = f"{mark} lịch"
    schedule.save()
    _finding(unit, mark, assessment, schedule)
    said = {"authority": unit, "duty": "directives", "stated_on": LATER, "stated_by": people["officer"]}
    row, other = [
        ReviewMark.objects.create(
            review=review, authority=unit, section=section, verifier_state="missing", note=f"{mark} ghi chú"
        )
        for section in ("directives", "leaders_schedule")
    ]
    mail, link = _letter(unit, mark, people["officer"]), _link(unit, people["officer"])
    return Unit(
        code=code,
        mark=mark,
        authority=unit,
        office=office,
        rate=rate,
        modifier=modifier,
        budget=budget,
        spending=spending,
        closed=closed,
        approved=approved,
        open=opened,
        entry=closed.entries.get(),
        paid_article=paid,
        graded=graded,
        ungraded=ungraded,
        draft=draft,
        schedule=schedule,
        declaration=Declaration.objects.create(
            **said, first=LATER.replace(month=5), last=LATER, note=f"{mark} không có"
        ),
        waiver=Waiver.objects.create(
            **said, decision_number=f"{mark} số 3", decision_date=LATER, reason="x", valid_from=LATER
        ),
        recheck=RecheckItem.objects.create(
            authority=unit,
            month=LATER,
            page_id=schedule.pk,
            page_title=schedule.title,
            confirmed_at=now,
            confirmed_by=people["officer"],
            chosen_on=LATER,
        ),
        mark_row=row,
        objection=Objection.objects.create(
            mark=other, text=f"{mark} đề nghị", by=people["officer"], at=now, old_state="missing"
        ),
        target=_target(unit, mark),
        mail=mail,
        link=link,
        reported=_visits(unit, mark, paid),
        notice=Notice.objects.create(
            authority=unit, text=f"{mark} mất điện", first_day=LATER, last_day=LATER, level="warning"
        ),
        contributor=contributor,
        quota=Quota.objects.create(
            office=office, per_month=2, valid_from=datetime.date(2021, 1, 1), decision_number=f"{mark} số 4"
        ),
        money=make_money(unit, mark, accountant),
        job=make_past(unit, mark),
        drafted=make_report(unit, mark, people["board"]),
        issued=make_report(unit, mark, people["board"], issued=True),
        subscription=ReportSubscription.objects.create(authority=unit, every="month"),
        question=make_question(unit, mark),
        comment=make_comment(unit, code, mark),
        privacy=make_notice(unit, mark),
        people={role: signed_in(user) for role, user in people.items()},
    )


def _article(code: str, mark: str, title: str, published: str, coefficient: str | None) -> ArticlePage:
    people = ((f"{mark} {title}", "author", "100"),)
    return make_article(
        f"{mark} bài {title}",
        code=code,
        office=OFFICE,
        published=published,
        coefficient=coefficient,
        people=people,
    )


def _contributor(office: Office, mark: str, user: Any, article: ArticlePage) -> Contributor:
    person: Any = Contributor(authority=office.authority, name=f"{mark} người viết", office=office, user=user)
    person.pen_names = [PenName(name=f"{mark} bút danh")]
    person.save()
    Contribution.objects.filter(article=article).update(contributor=person)
    return person


def _target(unit: Authority, mark: str) -> ProbeTarget:
    now = timezone.now()
    target = ProbeTarget.objects.create(authority=unit, base_url=f"https://{unit.code}.example.vn/{mark}/")
    ProbeLink.objects.create(target=target, section="news", url=f"https://{unit.code}.example.vn/{mark}/tin")
    run = ProbeRun.objects.create(target=target, date=LATER, started_at=now, finished_at=now, ok=True)
    ProbeFinding.objects.create(run=run, section="news", state="met", newest_title=f"{mark} tin")
    return target


def _finding(unit: Authority, mark: str, assessment: Assessment, page: Any) -> None:
    FindingRecord.objects.create(
        assessment=assessment,
        authority=unit,
        duty=DUTY,
        section="leaders_schedule",
        state=FindingRecord.State.OVERDUE,
        level="mandatory",
        rule="weekly",
        law=f"{mark} điều 4",
        reason="missing",
        page_id=page.pk,
        page_title=page.title,
        page_url="/lich/",
    )


def _letter(unit: Authority, mark: str, user: Any) -> OutgoingMail:
    """A letter that failed once, and the step it was written for."""
    now = timezone.now()
    ReminderStep.objects.create(
        authority=unit, duty=f"{mark}_duty", item="p1@-", step="notice", recipients=[user.pk], created_at=now
    )
    return OutgoingMail.objects.create(
        authority=unit,
        recipient=user,
        name=f"{mark} người nhận",
        address=f"{mark}@example.org",
        subject=f"{mark} thư",
        text=f"{mark} nội dung",
        html=f"<p>{mark}</p>",
        created_at=now,
        next_try_at=now,
        attempts=1,
        last_error=f"{mark} lỗi",
    )


def _link(unit: Authority, user: Any) -> FeedToken:
    return FeedToken.objects.create(
        authority=unit, user=user, digest=f"{unit.code:x<64}"[:64], created_at=timezone.now()
    )


def _visits(unit: Authority, mark: str, page: Any) -> ReportedVisits:
    """What was counted of an article, and a number from before."""
    DailyVisits.objects.create(day=LATER, authority=unit, page_id=page.pk, section="news", views=3, visits=2)
    return ReportedVisits.objects.create(
        authority=unit, last=datetime.date(2020, 12, 31), visits=41, source=f"{mark} nguồn"
    )
