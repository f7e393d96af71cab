"""A letter as its reader gets it: the whole text, nothing that could break it, and never too long."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from wagtail.users.models import UserProfile

from compliance.models import OutgoingMail
from compliance.post.letters import MOST
from compliance.presentation import duty_name, told
from tests.builders import make_user
from tests.compliance.post.desk import DUE, TODAY, assess, compose, thing

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SOON = datetime.date(2021, 7, 19)


@pytest.fixture
def officer(settings: Any) -> Any:
    settings.WAGTAILADMIN_BASE_URL = "https://cong.example"
    user = make_user("officer", "glar", "can-bo")
    user.last_name, user.first_name = "Siu", "H'Len"
    user.save()
    return user


def page_of(mail: OutgoingMail) -> Any:
    """The letter as a web page, parsed."""
    return BeautifulSoup(mail.html, "html.parser")


def written() -> OutgoingMail:
    compose()
    return OutgoingMail.objects.get()


def why(item: dict[str, Any]) -> str:
    """The explanation every screen gives."""
    return told(item["reason"], item["params"])


def test_the_whole_text(officer: Any) -> None:
    late, soon = thing(), thing("DUE_SOON", SOON, page=9, title="Kế hoạch 5/KH-UBND")
    stale = thing("DUE_SOON", SOON, reason="stale_soon", page=8, title="Giới thiệu")
    assess(glar=[late, soon, stale])
    mail = written()
    name = duty_name(DUE)
    assert mail.subject == (
        "Nhắc việc công khai thông tin ngày 14/07/2021:"
        " 1 quá hạn hoặc chưa công khai, 1 sắp đến hạn, 1 cần xác nhận"
    )
    assert mail.text == (
        "Kính gửi anh/chị Siu H'Len,\n"
        "\n"
        "Hệ thống xin gửi tình hình thực hiện nghĩa vụ công khai thông tin theo kết quả đánh giá ngày"
        " 14/07/2021. Cơ quan: xã Glar.\n"
        "\n"
        "QUÁ HẠN HOẶC CHƯA CÔNG KHAI\n"
        "\n"
        f"1. [Đến hạn] {name}\n"
        f"   {why(late)} Căn cứ: Luật 1, Điều 2.\n"
        "   https://cong.example/admin/duties/glar/\n"
        "\n"
        "SẮP ĐẾN HẠN CÔNG KHAI\n"
        "\n"
        f"1. [Trước hạn 5 ngày làm việc] {name}\n"
        f"   {why(soon)} Căn cứ: Luật 1, Điều 2.\n"
        "   https://cong.example/admin/duties/glar/\n"
        "\n"
        "CẦN XÁC NHẬN CÒN ĐÚNG\n"
        "Đề nghị rà soát chuyên mục: cập nhật nội dung, hoặc xác nhận nội dung còn đúng.\n"
        "\n"
        f"1. [Trước hạn 5 ngày làm việc] {name}\n"
        f"   {why(stale)} Căn cứ: Luật 1, Điều 2.\n"
        "   https://cong.example/admin/duties/glar/\n"
        "\n"
        "Mỗi nội dung được nhắc tối đa bốn lần: trước hạn 5 ngày làm việc, vào ngày đến hạn, sau hạn 3 ngày"
        " làm việc và sau hạn 10 ngày làm việc. Lần thứ ba đồng gửi lãnh đạo cơ quan, lần thứ tư đồng gửi Ban"
        " biên tập cổng cấp trên.\n"
        "Thư do hệ thống tự động gửi, anh/chị không cần trả lời.\n"
        "\n"
        "Cổng thông tin điện tử: https://cong.example/admin/duties/\n"
    )


def test_the_page_says_the_same_and_can_be_read_aloud(officer: Any) -> None:
    assess(glar=[thing(), thing("DUE_SOON", SOON, page=9)])
    mail = written()
    page = page_of(mail)
    assert page.html["lang"] == "vi"
    assert page.title.text == mail.subject
    assert [heading.text.upper() for heading in page("h2")] == [
        "QUÁ HẠN HOẶC CHƯA CÔNG KHAI",
        "SẮP ĐẾN HẠN CÔNG KHAI",
    ]
    assert all(line.find("a")["href"].startswith("https://cong.example/admin/") for line in page("li"))
    for line in page("li"):
        assert line.find("a").text in mail.text
    assert not page(["script", "style", "img", "link"])


def test_a_reader_who_chose_english_gets_english(officer: Any) -> None:
    UserProfile.objects.create(user=officer, preferred_language="en")
    assess(glar=[thing()])
    mail = written()
    assert mail.subject == "Publication duties on 14/07/2021: 1 overdue"
    assert mail.text.startswith("Dear Siu H'Len,\n")
    assert 'lang="en"' in mail.html


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x1f", "\u2028", "\x85", "\t"])
def test_no_name_or_title_breaks_a_line(officer: Any, sign: str) -> None:
    evil = f"Hà{sign}Bcc: ke-gian@example.org"
    officer.last_name, officer.first_name = evil[:100], ""
    officer.save()
    assess(glar=[thing(title=evil)])
    mail = written()
    for text in (mail.subject, mail.name, mail.address):
        assert text.isprintable()
    assert "\nBcc" not in mail.text.replace("\r", "\n")
    assert len(mail.text.splitlines()) == mail.text.count("\n")


def test_markup_in_a_title_stays_text(officer: Any) -> None:
    assess(glar=[thing(title="<script>alert(1)</script>")])
    mail = written()
    assert "<script>" not in mail.html
    assert "&lt;script&gt;" in mail.html


def test_a_thousand_things_make_a_short_letter(officer: Any) -> None:
    old = [
        thing(due=TODAY - datetime.timedelta(days=300), page=1000 + n, title="x" * 500) for n in range(999)
    ]
    assess(TODAY - datetime.timedelta(days=1), glar=old)
    compose(TODAY - datetime.timedelta(days=1))
    OutgoingMail.objects.all().delete()
    assess(glar=[*old, thing(page=1, title="Quyết định mới nhất")])
    mail = written()
    assert "1000" in mail.subject
    assert len(page_of(mail).find("ol")("li")) == MOST
    assert f"và {1000 - MOST} nội dung khác" in mail.text
    assert "Quyết định mới nhất" in mail.text, "what is new is never among those left out"
    assert len(mail.text) + len(mail.html) < 100_000


def test_the_district_reads_escalations_and_a_summary(officer: Any) -> None:
    make_user("board", "dak-doa", "huyen")
    day = datetime.date(2021, 7, 28)
    assess(day, glar=[thing()])
    compose(day)
    mail = OutgoingMail.objects.get(recipient__username="huyen")
    headings = [heading.text for heading in page_of(mail)("h2")]
    assert headings[0].startswith("Chậm ở cơ quan cấp dưới")
    assert headings[-1] == "Tổng hợp theo cơ quan"
    assert f"1. [Quá hạn 10 ngày làm việc] xã Glar: {duty_name(DUE)}" in mail.text
    assert "xã Glar\n   1 quá hạn hoặc chưa công khai, 0 sắp đến hạn, 0 cần xác nhận." in mail.text
