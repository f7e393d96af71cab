"""What is counted of a request for a page, what is not, and that nothing of the reader is kept."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from sitepages.models import DailyVisits, ReportedVisits
from sitepages.queries import article_index, section_page
from sitepages.visits import seen
from sitepages.visits.recorder import Recorder
from sitepages.visits.store import add_counts
from tests.builders import authority, make_article, make_document, make_user, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
GARBAGE = [
    "http://[::1",
    "http://[x]/",
    "\x00",
    "http://localhost:99999999/",
    "://",
    "x" * 100_000,
    "\ud7ff",
    "http://%",
]


@pytest.fixture(autouse=True)
def recorder(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Counting on, written only when a test says so."""
    settings.PORTAL_COUNT_VISITS = True
    made = Recorder(add_counts, by_itself=False)
    monkeypatch.setattr(seen, "RECORDER", made)
    return made


def read(path: str = "/", host: str = "localhost", client: Client | None = None, **headers: Any) -> Any:
    """A reader with a browser asks for a page."""
    given = {"HTTP_USER_AGENT": BROWSER, "HTTP_HOST": host} | headers
    return (client or Client()).get(path, **given)


def counted(recorder: Recorder) -> list[tuple[Any, ...]]:
    """Portal, section, views and visits of each row, once all is written."""
    assert recorder.flush()
    return list(
        DailyVisits.objects.order_by("authority__code", "section", "views").values_list(
            "authority__code", "section", "views", "visits"
        )
    )


def test_views_are_added_up_by_day_portal_page_and_section(recorder: Recorder) -> None:
    article = make_article("Tin", code="glar", published="2021-03-04T09:00")
    document = make_document(code="glar", issued=datetime.date(2021, 3, 1), published="2021-03-04T09:00")
    section = section_page(authority("glar"), "directives")
    host = "glar.localhost"
    for page in (article, article, document, section, article_index(authority("glar"))):
        assert read(page.get_url_parts()[2], host, HTTP_REFERER="https://www.google.com/").status_code == 200
    assert counted(recorder) == [
        ("glar", "directives", 1, 1),
        ("glar", "directives", 1, 1),
        ("glar", "news", 1, 1),
        ("glar", "news", 2, 2),
    ]
    read(host=host)
    read(host="localhost")
    assert counted(recorder)[:2] == [("dak-doa", "", 1, 1), ("glar", "", 1, 1)]
    assert DailyVisits.objects.get(page_id=article.pk).views == 2


@pytest.mark.parametrize(
    ("headers", "visits"),
    [
        ({}, 1),
        ({"HTTP_REFERER": "https://www.google.com/"}, 1),
        ({"HTTP_REFERER": "http://glar.localhost/"}, 1),
        ({"HTTP_REFERER": "http://localhost/"}, 0),
        ({"HTTP_REFERER": "https://LOCALHOST:8000/a?b=c"}, 0),
        ({"HTTP_REFERER": "http://localhost.example/"}, 1),
        ({"HTTP_REFERER": "https://x.example/?http://localhost/"}, 1),
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 0),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 1),
        ({"HTTP_SEC_FETCH_DEST": "document"}, 1),
    ],
)
def test_a_visit_is_a_view_that_came_from_elsewhere(
    recorder: Recorder, headers: dict[str, str], visits: int
) -> None:
    assert read(**headers).status_code == 200
    assert counted(recorder) == [("dak-doa", "", 1, visits)]


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": ""},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"HTTP_USER_AGENT": "curl/8.5.0"},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_X_MOZ": "prefetch"},
        {"HTTP_SEC_FETCH_DEST": "empty"},
        {"HTTP_SEC_FETCH_DEST": "iframe"},
    ],
)
def test_programs_and_reading_ahead_are_left_out(recorder: Recorder, headers: dict[str, str]) -> None:
    assert read(**headers).status_code == 200
    assert counted(recorder) == []


def test_only_a_page_that_was_shown_counts(recorder: Recorder) -> None:
    draft = make_article("Bản nháp", published=None)
    assert read(draft.get_url_parts()[2]).status_code == 404
    assert read("/khong-co/").status_code == 404
    assert read("/admin/login/").status_code == 200
    assert read("/sitemap.xml").status_code == 200
    assert read("/du-lieu-mo/v1/openapi.json").status_code == 200
    assert Client().head("/", HTTP_USER_AGENT=BROWSER).status_code == 200
    assert Client().post("/", HTTP_USER_AGENT=BROWSER).status_code in (200, 403, 405)
    assert read("/?page=999&topic=x").status_code == 200
    assert counted(recorder) == [("dak-doa", "", 1, 1)]


def test_who_is_signed_in_and_who_previews_is_left_out(recorder: Recorder) -> None:
    article = make_article("Tin", published="2021-03-04T09:00")
    article.save_revision()
    editor = signed_in(make_user("board"))
    assert read(client=editor).status_code == 200
    assert read(f"/admin/pages/{article.pk}/view_draft/", client=editor).status_code == 200
    assert counted(recorder) == []


def test_a_page_behind_a_password_is_not_public(recorder: Recorder) -> None:
    article = make_article("Tin", published="2021-03-04T09:00")
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="mat-khau")
    reply = read(article.get_url_parts()[2])
    assert reply.status_code == 200
    assert b"password" in reply.content
    assert counted(recorder) == []


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2021-06-30T16:59:59Z", datetime.date(2021, 6, 30)),
        ("2021-06-30T17:00:00Z", datetime.date(2021, 7, 1)),
        ("2020-12-31T17:00:00Z", datetime.date(2021, 1, 1)),
    ],
)
def test_the_day_is_that_of_vietnam_when_the_page_was_shown(
    recorder: Recorder, moment: str, day: datetime.date
) -> None:
    with time_machine.travel(moment, tick=False):
        read()
    assert counted(recorder) == [("dak-doa", "", 1, 1)]  # written years later
    assert DailyVisits.objects.get().day == day


@pytest.mark.parametrize(
    "header", ["HTTP_REFERER", "HTTP_USER_AGENT", "HTTP_SEC_PURPOSE", "HTTP_SEC_FETCH_SITE"]
)
@pytest.mark.parametrize("value", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_in_a_header_keeps_no_page_from_being_shown(
    recorder: Recorder, header: str, value: str
) -> None:
    assert read(**{header: value}).status_code == 200
    assert recorder.flush()


def test_a_host_that_is_no_site_gets_the_main_portal_and_counts_there(recorder: Recorder) -> None:
    assert read(host="unknown.example").status_code == 200
    assert counted(recorder) == [("dak-doa", "", 1, 1)]
    assert read(host="a b\x00c").status_code == 400


def test_a_fault_in_counting_keeps_no_page_from_being_shown(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(seen, "is_view", broken)
    assert read().status_code == 200
    assert "was not counted" in caplog.text


def test_a_database_that_fails_keeps_pages_and_counts(
    recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "INSERT" in sql:
            raise DatabaseError("locked")
        return execute(sql, params, many, context)

    assert read().status_code == 200
    with connection.execute_wrapper(refused):
        assert not recorder.flush()
        assert read().status_code == 200
        assert not recorder.flush()
    assert caplog.text.count("cannot be written") == 1
    assert counted(recorder) == [("dak-doa", "", 2, 2)]


def test_a_request_asks_the_database_nothing_more(settings: Any, recorder: Recorder) -> None:
    read()
    settings.PORTAL_COUNT_VISITS = False
    with CaptureQueriesContext(connection) as without:
        read()
    settings.PORTAL_COUNT_VISITS = True
    with CaptureQueriesContext(connection) as counting:
        read()
    assert len(counting) == len(without)
    assert counted(recorder) == [("dak-doa", "", 2, 2)]


def test_turned_off_nothing_is_counted(settings: Any, recorder: Recorder) -> None:
    settings.PORTAL_COUNT_VISITS = False
    read()
    assert counted(recorder) == []


def test_no_column_could_hold_a_person() -> None:
    assert [field.attname for field in DailyVisits._meta.concrete_fields] == [
        "id", "day", "authority_id", "page_id", "section", "views", "visits",
    ]  # fmt: skip
    assert [field.attname for field in ReportedVisits._meta.concrete_fields] == [
        "id", "authority_id", "first", "last", "visits", "source",
    ]  # fmt: skip


def test_no_cookie_is_set() -> None:
    reply = read()
    assert not reply.cookies
    assert "Set-Cookie" not in reply.headers
