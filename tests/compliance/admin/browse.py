"""Making a request of a visit, and reading everything in the reply."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from tests.compliance.admin.tries import Try
from tests.compliance.admin.world import MARKS

REFUSED = (403, 404, 405)


def call(client: Client, name: str, tried: Try) -> Any:
    """The reply; a redirect anywhere but to the dashboard or the log-in is followed."""
    url = reverse(name, kwargs=tried.ids)
    if tried.query:
        url += f"?{urlencode(tried.query)}"
    reply = client.get(url) if tried.form is None else client.post(url, tried.form)
    for _hop in range(3):
        if reply.status_code not in (301, 302) or is_refused(reply):
            break
        reply = client.get(reply["Location"])
    return reply


def is_refused(reply: Any) -> bool:
    """Refused outright, or sent to the dashboard with the message that it is not allowed."""
    return reply.status_code in REFUSED or (
        reply.status_code == 302 and reply["Location"] == reverse("wagtailadmin_home")
    )


def text_of(reply: Any) -> str:
    """All a person could read in the reply: the page, the headers, and spreadsheets unpacked."""
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(part) for part in archive.namelist())
    return f"{dict(reply.headers)}\n{body.decode(errors='replace')}"


def marks_in(reply: Any, *, except_of: tuple[str, ...] = ()) -> set[str]:
    """The marks of units, other than those excepted, that the reply lets one read."""
    text = text_of(reply).casefold()
    return {mark for code, mark in MARKS.items() if code not in except_of and mark.casefold() in text}
