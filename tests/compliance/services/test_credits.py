"""Contributors behind credits: tied only when told, counted and paid as one, seen by themselves."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from compliance.models import BaseSalary, RoyaltyEntry
from compliance.queries.credit_names import hand_names
from compliance.queries.own import own_months
from compliance.queries.tallies import counted
from compliance.rules.months import Month
from compliance.rules.stretches import Stretch
from compliance.rules.tallies import By
from compliance.services import periods
from compliance.services.credits import link_name
from sitepages.models import ArticlePage, Contribution, Contributor, Office, PenName
from tests.builders import authority, make_article, make_user, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

YEAR = Stretch(datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))


def contributor(name: str, *pens: str, code: str = "glar", **values: Any) -> Contributor:
    person: Any = Contributor(authority=authority(code), name=name, **values)
    person.pen_names = [PenName(name=pen) for pen in pens]
    person.save()
    return person


def article(*people: tuple[str, str, str], code: str = "glar", **more: Any) -> ArticlePage:
    return make_article(code=code, published="2021-03-04T09:00", people=people, **more)


def credit(page: ArticlePage, name: str, person: Contributor) -> None:
    Contribution.objects.filter(article=page, name=name).update(contributor=person)


def office(code: str = "glar") -> Office:
    return Office.objects.get(authority__code=code)


def people() -> list[tuple[str, Fraction]]:
    found = counted([authority("glar")], By.PERSON, [YEAR])
    assert found.total == sum(row.total for row in found.rows)
    return sorted((row.name, row.total) for row in found.rows if row.total)


def test_two_of_one_name_are_two_and_two_pen_names_are_one() -> None:
    here, other = contributor("Kim Chi", office=office()), contributor("Kim Chi")
    credit(article(("Kim Chi", "author", "100")), "Kim Chi", here)
    credit(article(("Bút Sen", "author", "100")), "Bút Sen", here)
    credit(article(("Kim Chi", "author", "100")), "Kim Chi", other)
    article(("Kim Chi", "author", "50"), ("Ngoài", "photographer", "50"))
    half = Fraction(1, 2)
    named = f"Kim Chi ({office().short_name})"
    assert people() == [("Kim Chi", half), ("Kim Chi", 1), (named, 2), ("Ngoài", half)]


def test_records_of_one_name_and_office_are_told_apart() -> None:
    pair = [contributor("Kim Chi", office=office()) for _each in range(2)]
    for person in pair:
        credit(article(("Kim Chi", "author", "100")), "Kim Chi", person)
    assert [name.rpartition("#")[2] for name, _total in people()] == sorted(str(each.pk) for each in pair)


def test_a_record_is_proposed_with_or_without_diacritics_and_never_taken() -> None:
    person = contributor("Nguyễn Thị Kim", "Kim Chi")
    article(("kim chi", "author", "100"))
    found = hand_names(authority("glar"))
    assert [(each.name, each.articles, each.proposed) for each in found] == [("kim chi", 1, (person,))]
    assert not Contribution.objects.filter(contributor__isnull=False).exists()


def test_tying_a_name_follows_into_the_draft_and_leaves_others_alone() -> None:
    person = contributor("Nguyễn Thị Kim")
    page, other = article(("Bút Sen", "author", "100")), article(("Khác", "author", "100"))
    page.save_revision()
    user = make_user("board", "glar")
    assert link_name(authority("glar"), "Bút Sen", office(), person, user=user) == 1
    assert Contribution.objects.get(article=page).contributor == person
    assert Contribution.objects.get(article=other).contributor is None
    page.refresh_from_db()
    page.get_latest_revision().publish(user=user)
    kept = Contribution.objects.get(article=page)
    assert (kept.contributor, kept.name) == (person, "Bút Sen")
    assert list(person.pen_names.values_list("name", flat=True)) == ["Bút Sen"]
    assert link_name(authority("glar"), "Bút Sen", office(), person, user=user) == 0


def test_a_person_of_another_portal_is_never_tied() -> None:
    foreign = contributor("Người Trang", code="trang")
    article(("Bút Sen", "author", "100"))
    with pytest.raises(ValidationError):
        link_name(authority("glar"), "Bút Sen", office(), foreign, user=None)
    client = signed_in(make_user("board", "glar"))
    field = f"link-{office().pk}-{'Bút Sen'.encode().hex()}"
    reply = client.post(reverse("compliance_credit_names"), {"authority": "glar", field: str(foreign.pk)})
    assert reply.status_code == 404
    assert not Contribution.objects.filter(contributor__isnull=False).exists()


def test_a_formula_becomes_no_record() -> None:
    article(("=1+1", "author", "100"))
    field = f"link-{office().pk}-{b'=1+1'.hex()}"
    client = signed_in(make_user("board", "glar"))
    client.post(reverse("compliance_credit_names"), {"authority": "glar", field: "new"})
    assert not Contributor.objects.exists()


def closed_month(user: Any) -> Any:
    month = periods.open_period(authority("glar"), Month(2021, 3), user=user)
    month = periods.send_for_review(month, user=make_user("accountant"), now=timezone.now())
    month = periods.approve_period(month, user=make_user("board", "glar"), now=timezone.now())
    today = datetime.date(2021, 5, 1)
    return periods.close_period(month, user=user, now=timezone.now(), today=today)


@pytest.fixture
def salary() -> None:
    BaseSalary.objects.get_or_create(
        valid_from=datetime.date(2019, 7, 1), defaults={"amount": 1_490_000, "decree": "38/2019/NĐ-CP"}
    )


def test_a_pay_line_keeps_the_person_and_the_office_of_that_day(salary: None) -> None:
    now = office()
    page = article(("Kim Chi", "author", "60"), ("Ngoài", "photographer", "40"), coefficient="1.5")
    old = Office.objects.create(authority=authority("glar"), code="cu", short_name="Cũ", full_name="Cũ")
    person = contributor("Nguyễn Thị Kim", "Kim Chi", office=now)
    Contribution.objects.filter(article=page, name="Kim Chi").update(contributor=person, office=old)
    accountant = make_user("accountant", "glar")
    closed_month(accountant)
    lines = RoyaltyEntry.objects.order_by("-share").values_list("person", "contributor", "office", "amount")
    assert list(lines) == [("Kim Chi", person.pk, old.pk, 134_100), ("Ngoài", None, now.pk, 89_400)]
    later = periods.open_period(authority("glar"), Month(2021, 4), user=accountant)
    made = periods.reverse_article(page.pk, into=later, reason="Sai", pay_again=False, user=accountant)
    assert {(entry.contributor_id, entry.office_id) for entry in made} == {
        (person.pk, old.pk),
        (None, now.pk),
    }


def test_changing_the_person_after_the_approval_opens_the_period_again(salary: None) -> None:
    page = article(("Kim Chi", "author", "100"), coefficient="1")
    accountant, board = make_user("accountant", "glar"), make_user("board", "glar")
    month = periods.open_period(authority("glar"), Month(2021, 3), user=accountant)
    month = periods.send_for_review(month, user=make_user("accountant"), now=timezone.now())
    month = periods.approve_period(month, user=board, now=timezone.now())
    credit(page, "Kim Chi", contributor("Nguyễn Thị Kim"))
    with pytest.raises(periods.PeriodError):
        periods.close_period(month, user=accountant, now=timezone.now(), today=datetime.date(2021, 5, 1))


def test_one_sees_their_own_figures_and_nobody_else_s(salary: None) -> None:
    me, other = make_user("officer", "glar"), make_user("officer", "glar")
    mine, theirs = contributor("Tôi", user=me), contributor("Người khác", user=other)
    page = article(("Tôi", "author", "60"), ("Người khác", "photographer", "40"), coefficient="1.5")
    credit(page, "Tôi", mine)
    credit(page, "Người khác", theirs)
    secret = article(("Người khác", "author", "100"), title="Bài của người khác")
    credit(secret, "Người khác", theirs)
    (month,) = own_months([mine], 2021)
    (line,) = month.lines
    assert (line.role, line.share, line.coefficient, line.amount) == ("Tác giả", 60, Fraction(3, 2), None)
    closed_month(make_user("accountant", "glar"))
    (month,) = own_months([mine], 2021)
    assert (month.articles, month.amount, month.lines[0].amount) == (1, 134_100, 134_100)
    text = signed_in(me).get(reverse("compliance_own")).content.decode()
    assert "134.100" in text
    assert "89.400" not in text
    assert "Bài của người khác" not in text
    home = signed_in(me).get(reverse("wagtailadmin_home")).content.decode()
    assert "134.100" in home
    assert reverse("compliance_own") in home
    stranger = signed_in(make_user("officer", "glar"))
    assert stranger.get(reverse("compliance_own")).status_code == 302
    assert reverse("compliance_own") not in stranger.get(reverse("wagtailadmin_home")).content.decode()
