"""The papers of a paid month: the list to be signed, and every payee's voucher."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from django.urls import reverse

from compliance.amounts import money_in_words
from compliance.models import PayPeriod
from compliance.queries.payments import payments_of_period
from tests.builders import signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def fetched(kind: str) -> tuple[bytes, list[Any]]:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - app ready

    period = PayPeriod.objects.get(authority__code="dak-doa", first_day="2021-01-01")
    client = signed_in(get_user_model().objects.get(username="ketoan"))
    reply = client.get(reverse("compliance_payment_list", args=[period.pk, kind]))
    assert reply.status_code == 200
    return reply.content, payments_of_period(period)


def test_the_list_to_be_signed_names_everybody_and_the_sum_in_words(demo: None) -> None:
    content, payments = fetched("docx")
    word = docx.Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for row in max(word.tables, key=lambda t: len(t.rows)).rows]
    net = sum(payment.net for payment in payments)
    assert [row[1] for row in rows[1:-1]] == [payment.name for payment in payments]
    assert rows[-1][6] == f"{net:,}".replace(",", ".")
    assert any(money_in_words(net) in paragraph.text for paragraph in word.paragraphs)


def test_all_vouchers_are_one_file_with_a_page_or_more_each(demo: None) -> None:
    content, payments = fetched("vouchers")
    pages = len(re.findall(rb"/Type /Page\b", content))
    assert content.startswith(b"%PDF")
    assert pages >= len(payments) > 1
    listed, _payments = fetched("pdf")
    assert listed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", listed)) < pages
