"""The papers of a paid month: the run's list to be signed, its vouchers, and the period's statement."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from django.urls import reverse
from django.utils.translation import gettext

from compliance.amounts import money_in_words
from compliance.models import PayPeriod
from compliance.queries.runs import Run, run_of, runs_of_period, shares_of_period
from tests.builders import signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def january() -> PayPeriod:
    return PayPeriod.objects.get(authority__code="dak-doa", first_day="2021-01-01")


def fetched(kind: str) -> tuple[bytes, Run]:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - app ready

    (run,) = runs_of_period(january())
    client = signed_in(get_user_model().objects.get(username="ketoan"))
    reply = client.get(reverse("compliance_run_file", args=[run.pk, kind]))
    assert reply.status_code == 200
    return reply.content, run_of(run.payments[0])


def text_of(word: Any) -> str:
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_the_list_to_be_signed_names_everybody_and_the_sum_in_words(demo: None) -> None:
    content, run = fetched("docx")
    word = docx.Document(io.BytesIO(content))
    rows = [[cell.text for cell in row.cells] for row in max(word.tables, key=lambda t: len(t.rows)).rows]
    net = sum(payment.net for payment in run.payments)
    assert [row[2] for row in rows[1:-1]] == [payment.name for payment in run.payments]
    assert rows[-1][7] == f"{net:,}".replace(",", ".")
    assert any(money_in_words(net) in paragraph.text for paragraph in word.paragraphs)


def test_no_line_waits_for_the_pen_that_the_portal_can_fill(demo: None) -> None:
    for kind in ("docx", "statement"):
        content = fetched("docx")[0] if kind == "docx" else statement()
        told = text_of(docx.Document(io.BytesIO(content)))
        assert "…" not in told
        bodies = ("ỦY BAN NHÂN DÂN HUYỆN ĐAK ĐOA", "ỦY BAN NHÂN DÂN TỈNH GIA LAI")
        for known in (*bodies, gettext("Accountant").upper()):
            assert known in told
        based = next(line for line in told.splitlines() if line.startswith("Căn cứ: "))
        named = based.removeprefix("Căn cứ: ").removesuffix(".").split("; ")
        assert "15/QĐ-UBND (số liệu minh họa)" in named
        assert all(len(name) > 5 for name in named), "a grade is no basis"


def statement() -> bytes:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - app ready

    client = signed_in(get_user_model().objects.get(username="ketoan"))
    reply = client.get(reverse("compliance_payment_list", args=[january().pk, "docx"]))
    assert reply.status_code == 200
    return bytes(reply.content)


def test_a_period_states_its_own_lines_alone(demo: None) -> None:
    period = january()
    assert sum(share.gross for share in shares_of_period(period)) == period.total
    word = docx.Document(io.BytesIO(statement()))
    rows = [[cell.text for cell in row.cells] for row in max(word.tables, key=lambda t: len(t.rows)).rows]
    assert rows[-1][4] == f"{period.total:,}".replace(",", ".")


def test_all_vouchers_are_one_file_with_a_page_or_more_each(demo: None) -> None:
    content, run = fetched("vouchers")
    pages = len(re.findall(rb"/Type /Page\b", content))
    assert content.startswith(b"%PDF")
    assert pages >= len(run.payments) > 1
    listed, _run = fetched("pdf")
    assert listed.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", listed)) < pages
