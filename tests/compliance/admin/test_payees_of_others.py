"""Payee data is read by the accountant of the portal itself: not by the board, the district or the head."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from compliance.models import PayeeReading
from tests.compliance.admin.browse import text_of
from tests.compliance.admin.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NUMBER = "5000205012345"


def outsiders(world: World) -> list[Any]:
    return [
        world.head,
        world.administrator,
        world.reviewer,
        world.nobody,
        *world.district.people.values(),
        *world.trang.people.values(),
        world.glar.people["board"],
        world.glar.people["officer"],
    ]


def test_nobody_else_reads_a_payee(world: World) -> None:
    person, run = world.glar.money.person.pk, world.glar.money.advance.pk
    readings = PayeeReading.objects.count()
    for client in outsiders(world):
        for reply in (
            client.get(reverse("compliance_payee", args=[person])),
            client.post(reverse("compliance_payee_show", args=[person])),
            client.post(reverse("compliance_payee", args=[person]), {"bank_account": "99990000"}),
            client.get(reverse("compliance_run_file", args=[run, "xlsx"])),
            client.get(reverse("compliance_payees"), {"authority": "glar"}),
            client.get(
                reverse("compliance_tax_list"), {"authority": "glar", "export": "csv", "year": "2021"}
            ),
        ):
            assert reply.status_code in (302, 403, 404)
    assert PayeeReading.objects.count() == readings


def test_the_accountant_sees_it_masked_until_asked(world: World) -> None:
    client, person = world.glar.people["accountant"], world.glar.money.person.pk
    readings = PayeeReading.objects.count()
    for name in ("compliance_payees", "compliance_payee_readings", "compliance_payments"):
        assert NUMBER not in text_of(client.get(reverse(name)))
    page = client.get(reverse("compliance_payee", args=[person]))
    assert NUMBER not in text_of(page)
    assert NUMBER[-4:] in text_of(page)
    assert client.get(reverse("compliance_payee_show", args=[person])).status_code == 405
    assert PayeeReading.objects.count() == readings
    shown = client.post(reverse("compliance_payee_show", args=[person]))
    assert NUMBER in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    assert PayeeReading.objects.count() == readings + 1


def test_the_board_sees_the_sums_without_payee_data(world: World) -> None:
    board, unit = world.glar.people["board"], world.glar
    assert unit.money.person.name in text_of(board.get(reverse("compliance_payments")))
    advance = board.get(reverse("compliance_payment", args=[unit.money.advance.pk]))
    assert "50.000 đ" in text_of(advance)
    assert NUMBER not in text_of(advance)
    for name, args in (("compliance_advance", []), ("compliance_pay", [unit.closed.pk])):
        assert board.get(reverse(name, args=args)).status_code in (302, 403)
    form = {"reason": "x", "paid_on": "2021-06-15"}
    reply = board.post(reverse("compliance_payment", args=[unit.money.advance.pk]), form)
    assert reply.status_code == 404
