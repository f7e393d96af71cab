"""The activity report on the real figures of 2021."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.core.management import CommandError, call_command

PERIOD = ("--from", "2021-01", "--to", "2021-06", "--date", "2021-07-29")

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def printed(*args: str) -> str:
    out = io.StringIO()
    call_command("activity_report", *args, stdout=out, verbosity=0)
    return out.getvalue()


def test_the_figures_of_the_half_year(demo: None) -> None:
    document = json.loads(printed(*PERIOD, "--authority", "dak-doa", "--format", "json"))
    articles = document["articles"]
    assert articles["total"] == 242
    assert articles["column_totals"] == [34, 37, 52, 58, 56, 5]
    assert articles["silent"] == [
        "Phòng Tài chính - Kế hoạch",
        "Phòng Dân tộc",
        "Thanh tra huyện",
        "Phòng Lao động - TBXH huyện",
        "Văn phòng Huyện ủy",
    ]
    assert [[row["number"] for row in group["rows"]] for group in articles["groups"]] == [
        list(range(1, 17)),
        list(range(1, 10)),
    ]
    figures = document["figures"]
    assert figures["documents.total"] == 213
    assert figures["sections.opened"] == 3
    assert figures["procedures.removed"] == 3
    assert figures["budget.stationery"] == 8_620_000
    assert figures["budget.amount"] == 150_000_000
    assert figures["portals.lacking"] == 17
    assert document["judged"]["date"] == "2021-07-29"


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_paper(demo: None, tmp_path: Any, kind: str) -> None:
    target = tmp_path / f"bao-cao.{kind}"
    printed(*PERIOD, "--format", kind, "--output", str(target))
    content = target.read_bytes()
    if kind == "pdf":
        assert content.startswith(b"%PDF")
        assert len(re.findall(rb"/Type /Page\b", content)) >= 5
        return
    with zipfile.ZipFile(target) as opened:
        text = opened.read("word/document.xml").decode()
    assert text.count("<w:tblHeader") >= 2
    assert 'w:orient="landscape"' in text
    for each in ("01/BC-BBT", "242", "213"):
        assert (each in text) == (each != "01/BC-BBT")  # the number is given when it is issued


def test_odd_days_and_a_commune(demo: None) -> None:
    days = ("--from", "2021-01-20", "--to", "2021-02-19")
    odd = json.loads(printed(*days, "--format", "json"))
    assert odd["articles"]["columns"] == [{"first": "2021-01-20", "last": "2021-02-19"}]
    assert len(odd["articles"]["groups"][0]["rows"]) == 16
    commune = json.loads(printed(*PERIOD, "--authority", "glar", "--format", "json"))
    assert commune["articles"]["total"] == 3
    assert commune["judged"]["portals"] == 0


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--from", "2021-06", "--to", "2021-01"], "2021-06"),
        (["--from", "2021-13", "--to", "2021-12"], "2021-13"),
        (["--from", "2021-02-30", "--to", "2021-12"], "2021-02-30"),
        (["--from", "2020-01", "--to", "2021-01"], "một năm"),
        (["--to", "2021-01"], "--from"),
        (["--from", "2021-01", "--to", "2021-02", "--authority", "dak-dao"], "dak-dao"),
        (["--stored", "999999"], "999999"),
    ],
)
def test_what_cannot_be_written_is_named(options: list[str], word: str) -> None:
    with pytest.raises(CommandError, match=word):
        printed(*options)
