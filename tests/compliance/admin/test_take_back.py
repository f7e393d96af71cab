"""The line to take back is found by words, chosen by a button, and never one of another unit."""

from __future__ import annotations

import pytest
from django.urls import resolve, reverse
from django.utils.translation import gettext

from compliance.models import PayPeriod, RoyaltyEntry
from tests.compliance.admin.world import Unit, World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def unit(world: World) -> Unit:
    return world.trang


def page(unit: Unit, query: dict[str, str], role: str = "accountant") -> str:
    reply = unit.people[role].get(reverse("compliance_reverse", args=[unit.open.pk]), query)
    assert reply.status_code == 200
    return reply.content.decode()


def test_a_word_of_the_title_finds_the_line_and_other_words_do_not(unit: Unit) -> None:
    choose = f"?article={unit.paid_article.pk}"
    assert choose in page(unit, {"q": unit.entry.title.split()[-1]})
    missed = page(unit, {"q": "không-có-chữ-này"})
    assert choose not in missed
    assert gettext("Nothing matches. Change or clear the search.") in missed


def test_the_chosen_line_is_shown_before_it_is_taken_back(unit: Unit) -> None:
    shown = page(unit, {"article": str(unit.paid_article.pk)})
    assert f'name="article" value="{unit.paid_article.pk}"' in shown
    assert unit.entry.title in shown


def test_a_line_taken_back_is_offered_no_more(unit: Unit) -> None:
    client, url = unit.people["accountant"], reverse("compliance_reverse", args=[unit.open.pk])
    form = {"article": unit.paid_article.pk, "reason": "chấm nhầm"}
    assert client.post(url, form).status_code == 302
    assert f"?article={unit.paid_article.pk}" not in page(unit, {})
    assert client.post(url, form).status_code == 200
    assert RoyaltyEntry.objects.filter(reverses=unit.entry).count() == 1


@pytest.mark.parametrize(
    "number", ["0", "-1", "1.5", "x", "²", str(2**63), "9" * 19, "9" * 5000, "1\x00", ""]
)
def test_a_number_that_is_none_finds_nothing(number: str, unit: Unit) -> None:
    accountant = unit.people["accountant"]
    for asked in ("article", "line"):
        reply = accountant.get(reverse("compliance_take_back"), {asked: number})
        assert reply.status_code == 404
    assert unit.entry.title in page(unit, {"article": number})  # the list stands, nothing is chosen
    assert f'value="{unit.paid_article.pk}"' not in page(unit, {"article": number})


def test_the_way_from_a_line_leads_to_the_open_period_of_its_own_unit(world: World) -> None:
    unit = world.trang
    query = {"article": unit.paid_article.pk}
    reply = unit.people["accountant"].get(reverse("compliance_take_back"), query)
    assert reply.status_code == 302
    assert reply["Location"].endswith(f"?article={unit.paid_article.pk}")
    period = PayPeriod.objects.get(pk=resolve(reply["Location"].partition("?")[0]).kwargs["pk"])
    assert period.authority == unit.authority
    assert period.status in PayPeriod.MOVING
    for person in (*world.glar.people.values(), unit.people["officer"], unit.people["board"]):
        answer = person.get(reverse("compliance_take_back"), query)
        assert answer.status_code in (302, 403, 404)
        assert "article=" not in answer.get("Location", "")
