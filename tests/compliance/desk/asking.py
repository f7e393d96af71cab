"""A question sent the way a citizen sends it, and the people who answer."""

from __future__ import annotations

import datetime
import re
from typing import Any
from unittest import mock

from django.http import HttpResponse
from django.test import Client

from compliance.models import Question
from compliance.rules.months import local_moment
from compliance.services.question_intake import receive_question
from tests.builders import authority

ASK = "/hoi-dap/gui/"
LOOK = "/hoi-dap/tra-cuu/"
NAME, EMAIL, PHONE = "Nguyễn Thị Lan", "lan@example.org", "0905 123 456"
VALUES = {
    "subject": "land",
    "topic": "Cấp đổi giấy chứng nhận",
    "text": f"Tôi là {NAME}, xin hỏi thủ tục cấp đổi giấy chứng nhận quyền sử dụng đất.",
    "name": NAME,
    "email": EMAIL,
    "phone": PHONE,
}
RECEIVED = local_moment("2021-06-01T09:00")


def visitor(code: str = "dak-doa", address: str = "203.0.113.7") -> Client:
    """Nobody signed in, at the portal of a unit."""
    host = authority(code).portal.hostname
    return Client(HTTP_HOST=host, REMOTE_ADDR=address)


def faults(reply: HttpResponse) -> list[str]:
    """The error summary."""
    found = re.search(r'desk-faults">(.*?)</ul>', reply.content.decode(), re.DOTALL)
    return re.findall(r"<li>(?:<a[^>]*>)?(.*?)(?:</a>)?</li>", found[1]) if found else []


def send(client: Client, *, after: int = 30, **changed: Any) -> Any:
    """Open the form, wait some seconds, send it."""
    page = client.get(ASK).content.decode()
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)
    assert stamp
    now = datetime.datetime.now(datetime.UTC).timestamp() + after
    form = {**VALUES, "consent": "on", "stamp": stamp[1], **changed}
    with mock.patch("django.core.signing.time.time", return_value=now):
        return client.post(ASK, {name: value for name, value in form.items() if value is not None})


def asked(code: str = "dak-doa", number: int = 1, **changed: Any) -> Question:
    """A question that is there already."""
    values = {
        **VALUES,
        "text": f"{VALUES['text']} Lần {number}.",
        "may_publish": True,
        "show_name": False,
        **changed,
    }
    return receive_question(
        authority(code),
        values,
        stamp=f"stamp-{code}-{number}",
        notice="x",
        now=values.pop("now", RECEIVED),
    )
