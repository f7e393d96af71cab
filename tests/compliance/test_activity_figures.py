"""The report of the demo, once visits, money, duplicates and the Vietnamese words are there."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def document(kind: str) -> str:
    out = io.StringIO()
    call_command(
        "activity_report", "--authority", "dak-doa", "--from", "2021-01", "--to", "2021-06",
        "--date", "2021-07-29", "--format", kind, stdout=out, verbosity=0,
    )  # fmt: skip
    return out.getvalue()


def test_the_figures_the_real_report_names(demo: None) -> None:
    figures: dict[str, Any] = json.loads(document("json"))["figures"]
    assert figures["articles.total"] == 242
    assert figures["documents.total"] == 213
    assert figures["sections.opened"] == 3
    assert figures["visits.in_period"] == 9_933
    assert figures["visits.in_all"] == 96_811
    assert figures["budget.royalties"] == 46_276_000
    assert figures["budget.stationery"] == 8_620_000
    assert figures["budget.spent"] == 54_896_000
    assert figures["budget.amount"] == 150_000_000
    assert figures["budget.share"] == 36.6
    assert figures["duplicates.pairs"] is not None
    assert len(figures["offices.silent_names"]) == 5


def test_the_words_of_the_report(demo: None) -> None:
    text = document("md")
    for each in (
        "Đã đăng 242 tin, bài của 20/25 cơ quan, đơn vị",
        "Đã đăng 213 văn bản các loại",
        "có 9.933 lượt truy cập",
        "là 96.811 lượt truy cập",
        "Đã chi 54.896.000 đồng (trong đó: nhuận bút, thù lao: 46.276.000 đồng;"
        " văn phòng phẩm: 8.620.000 đồng)",
        "bằng 36,6% kinh phí của năm",
        "Gỡ bỏ 03 thủ tục hành chính",
        "Mở mới 03 chuyên mục",
    ):
        assert each in text


def test_the_list_of_duplicates_and_the_report_agree(demo: None, client: Any) -> None:
    client.force_login(get_user_model().objects.get(username="bientap1"))
    asked = {"authority": "dak-doa", "first": "2021-01-01", "last": "2021-06-30"}
    page = client.get(reverse("compliance_duplicates"), asked).context
    figures: dict[str, Any] = json.loads(document("json"))["figures"]
    listed = [each.pair for each in page["pairs"]]
    assert len(listed) == page["page"].paginator.count == figures["duplicates.pairs"] == 5
    later = sum(pair.later_unit.code == "dak-doa" for pair in listed)
    assert later == figures["duplicates.later_here"]
    assert figures["duplicates.not_counted"] == len(page["left_out"]) == 0


def test_text_and_annex_name_the_same_numbers_and_laws(demo: None) -> None:
    text = document("md")
    annex = {
        cells[2].strip(): (cells[4].strip(), cells[3].strip())
        for line in text.splitlines()
        if len(cells := line.split("|")) == 8 and cells[1].strip().isdigit()
    }
    said = re.findall(r"“([^”]+)” (.*?)(\d+) trang thông tin điện tử thành phần chưa đạt.*?\((.+?)\)\.", text)
    assert len(said) == 3
    for name, _here, number, law in said:
        assert annex[name] == (str(int(number)), law)
