"""The public form: what it takes, what it refuses with words, what it never does."""

from __future__ import annotations

import datetime
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from compliance.models import DeskTrace, OutgoingMail, Question, QuestionFile
from compliance.services.desk_guard import forget_traces
from compliance.services.sealing import unseal
from tests.compliance.desk.asking import ASK, EMAIL, LOOK, NAME, PHONE, asked, faults, send, visitor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


def picture(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind)
    return out.getvalue()


def packed(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def test_a_question_is_taken_and_leads_to_its_receipt() -> None:
    client = visitor()
    reply = send(client)
    assert reply.status_code == 302
    question = Question.objects.get()
    receipt = client.get(reply["Location"]).content.decode()
    assert question.shown_code in receipt
    assert f"{question.due:%d/%m/%Y}" in receipt
    assert unseal(question.sealed) == {"name": NAME, "email": EMAIL, "phone": PHONE}
    for word in (NAME, EMAIL, PHONE):
        assert word not in receipt
        assert word not in question.sealed
    assert question.authority.code == "dak-doa"
    assert not client.cookies


def test_the_letter_of_receipt_keeps_no_address() -> None:
    send(visitor())
    mail = OutgoingMail.objects.get()
    question = Question.objects.get()
    assert (mail.address, mail.name, mail.question) == ("", "", question)
    assert question.shown_code in mail.text
    assert EMAIL not in mail.text + mail.html


def test_each_portal_takes_its_own_questions() -> None:
    assert send(visitor("glar")).status_code == 302
    assert Question.objects.get().authority.code == "glar"


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"topic": ""}, "topic"),
        ({"text": "  "}, "text"),
        ({"text": "🙂🙂🙂"}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"topic": "x" * 201}, "topic"),
        ({"subject": "nothing"}, "subject"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "no address"}, "email"),
        ({"email": "a@b.vn\r\nBcc: c@d.vn"}, "email"),
        ({"phone": "gọi tôi"}, "phone"),
        ({"consent": None}, "consent"),
        ({"name": "", "show_name": "on"}, "name"),
        ({"website": "http://spam.example"}, "website"),
    ],
)
def test_what_lacks_is_told_at_its_field_and_nothing_is_lost(changed: dict[str, str], where: str) -> None:
    reply = send(visitor(), **changed)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert faults(reply)
    assert (
        f'href="#{where}"' in page and f'id="{where}"' in page and f'id="{where}-error"' in page
    ) or where == "website"
    assert "Cấp đổi giấy chứng nhận" in page or where == "topic"
    assert not Question.objects.exists()


@pytest.mark.parametrize("after", [1, 90_000])
def test_a_form_sent_too_fast_or_too_late_is_kept_open(after: int) -> None:
    reply = send(visitor(), after=after)
    assert reply.status_code == 422
    assert faults(reply)
    assert "cấp đổi" in reply.content.decode()
    assert not Question.objects.exists()


@pytest.mark.parametrize("stamp", ["", "x", "a:b:c", "\x00", "9" * 5000])
def test_a_form_of_ones_own_making_is_refused(stamp: str) -> None:
    reply = send(visitor(), stamp=stamp)
    assert reply.status_code == 422
    assert faults(reply)
    assert not Question.objects.exists()


def test_the_same_form_sent_twice_is_one_question() -> None:
    client = visitor()
    page = client.get(ASK).content.decode()
    stamp = page.split('name="stamp" value="')[1].split('"')[0]
    assert [send(client, stamp=stamp).status_code for _ in range(2)] == [302, 302]
    assert Question.objects.count() == 1


def test_an_old_form_with_another_text_or_at_another_unit_is_another_question() -> None:
    page = visitor().get(ASK).content.decode()
    stamp = page.split('name="stamp" value="')[1].split('"')[0]
    replies = [
        send(visitor(), stamp=stamp),
        send(visitor(), stamp=stamp, text="Câu hỏi khác hẳn, về đường vào làng."),
        send(visitor("glar"), stamp=stamp),
    ]
    assert [reply.status_code for reply in replies] == [302, 302, 302]
    assert len({reply["Location"] for reply in replies}) == 3
    assert Question.objects.filter(authority__code="glar").count() == 1
    assert Question.objects.count() == 3


def test_the_same_text_again_is_told_with_the_day_and_without_the_code() -> None:
    send(visitor())
    reply = send(
        visitor(),
        topic="Khác",
        text="TOI LA  nguyễn thị lan, xin hỏi thủ tục cấp đổi giấy chứng nhận quyền sử dụng đất.",
    )
    assert reply.status_code == 422
    assert f"{timezone.localdate():%d/%m/%Y}" in faults(reply)[0]
    assert Question.objects.get().shown_code not in reply.content.decode()


def test_one_address_sends_so_many_and_no_more() -> None:
    client = visitor()
    replies = [send(client, text=f"Câu hỏi số {number}").status_code for number in range(6)]
    assert replies == [302] * 5 + [429]
    assert send(visitor(address="203.0.113.8"), text="Từ nơi khác").status_code == 302
    assert "203.0.113" not in str(list(DeskTrace.objects.values()))
    forget_traces(timezone.localdate() + datetime.timedelta(days=1))
    assert not DeskTrace.objects.exists()


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("topic", "<script>alert(1)</script> đất"),
        ("text", "{{ 7|add:7 }} {% debug %} <img src=x onerror=alert(1)> đất"),
        ("text", "\u202eđảo\u200b chữ\x00 hết"),
        ("text", "a" * 10_240),
        ("text", unicodedata.normalize("NFD", "Thủ tục đất đai ở đâu 🙂")),
        ("name", "=cmd|' /C calc'!A0"),
        ("text", "Z" + "\u0301" * 5000),
    ],
)
def test_odd_text_is_kept_clean(field: str, given: str) -> None:
    client = visitor()
    reply = send(client, **{field: given})
    assert reply.status_code == 302
    question = Question.objects.get()
    for kept in (question.topic, question.text):
        assert unicodedata.normalize("NFC", kept) == kept
        assert not {"\x00", "\u202e", "\u200b"} & set(kept)
    shown = client.get(reply["Location"]).content + client.post(LOOK, {"code": question.code}).content
    assert b"<script>alert" not in shown
    assert b"onerror=" not in shown


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("giấy tờ.PDF", PDF),
        ("a.jpg", picture("JPEG")),
        ("not-what-it-says.exe", picture("PNG")),
        ("a.docx", packed("[Content_Types].xml", "word/document.xml")),
    ],
)
def test_files_are_known_by_their_content_and_kept_sealed(name: str, content: bytes) -> None:
    assert send(visitor(), files=[SimpleUploadedFile(name, content)]).status_code == 302
    file = QuestionFile.objects.get()
    kept = Path(settings.PORTAL_QUESTIONS) / file.place
    assert content not in kept.read_bytes()
    assert Path(settings.MEDIA_ROOT) not in kept.parents
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"MZ\x90 not a document"),
        ("a.png", b"\x89PNG\r\n\x1a\n torn"),
        ("a.jpg", b"\xff\xd8\xff torn"),
        ("a.svg", b"<svg onload='alert(1)'/>"),
        ("a.docx", packed("x.txt")),
        ("a.docx", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.docx", packed("[Content_Types].xml", "word/document.xml", "../../etc/passwd")),
        ("large.pdf", PDF + b" " * (50 * 1024 * 1024) + b"%%EOF"),
    ],
    ids=["empty", "exe", "png", "jpg", "svg", "zip", "macro", "path", "50MB"],
)
def test_other_files_are_refused_with_words(name: str, content: bytes) -> None:
    reply = send(visitor(), files=[SimpleUploadedFile(name, content)])
    if not content:  # an empty file is none
        assert reply.status_code in (302, 422)
        return
    assert reply.status_code == 422
    assert name in faults(reply)[0]
    assert not Question.objects.exists()
    assert not QuestionFile.objects.exists()


def test_six_files_are_one_too_many() -> None:
    reply = send(visitor(), files=[SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(6)])
    assert reply.status_code == 422
    assert "5" in faults(reply)[0]


@pytest.mark.parametrize("code", ["", "x" * 10_000, "%00", "\x00", "\u202e", "🙂", "K7QM2XRW9HTD"])
def test_a_code_of_nothing_is_told_so(code: str) -> None:
    reply = visitor().post(LOOK, {"code": code})
    assert reply.status_code == 422
    assert faults(reply)


def test_codes_are_not_tried_out() -> None:
    client = visitor()
    replies = [client.post(LOOK, {"code": "K7QM"}).status_code for _ in range(11)]
    assert replies[-1] == 429


def test_the_status_tells_the_clock_and_nobody() -> None:
    question = asked()
    page = visitor().post(LOOK, {"code": question.shown_code.lower()}).content.decode()
    assert "22/06/2021" in page
    assert "01/06/2021" in page
    for word in (NAME, EMAIL, PHONE, question.topic, "giấy chứng nhận quyền"):
        assert word not in page


@pytest.mark.parametrize(
    "path",
    [ASK, LOOK, "/hoi-dap/thong-ke/?nam=x%00", "/hoi-dap/bao-ve-du-lieu/", "/hoi-dap/?x=" + "y" * 10_000],
)
def test_every_public_page_answers_without_a_cookie(path: str) -> None:
    for code in ("dak-doa", "glar"):
        reply = visitor(code).get(path)
        assert reply.status_code == 200
        assert not reply.cookies
    for token in ("x", "a:b:c", "%00"):
        for place in ("bien-nhan", "tra-cuu", "danh-gia"):
            assert visitor().get(f"/hoi-dap/{place}/{token}/").status_code == 404
