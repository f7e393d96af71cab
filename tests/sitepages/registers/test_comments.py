"""Comments on drafts: the window, the guard against machines, what is shown and what never is."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from sitepages.forms_guard import AT_MOST, stamp
from sitepages.models import ConsultationComment
from tests.builders import make_disclosure

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOST = "glar.localhost"
TEXT = "Điều 3 nên nêu rõ thời gian giữ trật tự ở chợ."


@pytest.fixture(autouse=True)
def clean_cache() -> None:
    cache.clear()


def draft(opens: int = -5, closes: int = 5, **values: Any) -> Any:
    today = timezone.localdate()
    return make_disclosure(
        "draft_consultation",
        code="glar",
        title="Dự thảo quy chế chợ",
        term_ends=today + datetime.timedelta(days=closes),
        details={"opens_at": (today + datetime.timedelta(days=opens)).isoformat()},
        published=values.pop("published", "2021-03-01T08:00"),
        **values,
    )


def send(client: Any, page: Any, waited: int = 60, host: str = HOST, **said: str) -> Any:
    moment = timezone.now().timestamp() - waited
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "sitepages.forms_guard.timezone.now",
            lambda: datetime.datetime.fromtimestamp(moment, tz=datetime.UTC),
        )
        opened = stamp(f"comment.{page.pk}")
    return client.post(
        f"/gop-y/{page.pk}/", {"text": TEXT, "opened": opened, "website": "", **said}, HTTP_HOST=host
    )


def test_a_comment_within_the_window_is_kept_for_the_board(client: Any) -> None:
    page = draft()
    reply = send(client, page, name="Rơ Châm Hlao", contact="0905 111 222")
    assert reply.status_code == 302
    kept = ConsultationComment.objects.get()
    assert (kept.page_id, kept.authority.code, kept.state, kept.text) == (page.pk, "glar", "waiting", TEXT)
    html = client.get(page.url, HTTP_HOST=HOST).content.decode()
    assert f"/gop-y/{page.pk}/" in html
    for secret in (TEXT, "Rơ Châm Hlao", "0905 111 222"):
        assert secret not in html
    kept.state, kept.public_text = "approved", "Nên nêu rõ thời gian."
    kept.save()
    html = client.get(page.url, HTTP_HOST=HOST).content.decode()
    assert "Nên nêu rõ thời gian." in html
    assert "Rơ Châm Hlao" not in html


@pytest.mark.parametrize(("opens", "closes"), [(-9, -1), (1, 9)])
def test_outside_the_window_nothing_is_taken_and_words_say_so(client: Any, opens: int, closes: int) -> None:
    page = draft(opens, closes)
    shown = client.get(f"/gop-y/{page.pk}/", HTTP_HOST=HOST)
    assert "<textarea" not in shown.content.decode()
    reply = send(client, page)
    assert reply.status_code == 403
    assert 'role="alert"' in reply.content.decode()
    assert f"/gop-y/{page.pk}/" not in client.get(page.url, HTTP_HOST=HOST).content.decode()
    assert not ConsultationComment.objects.exists()


@pytest.mark.parametrize(("opens", "closes"), [(0, 5), (-5, 0), (0, 0)])
def test_the_first_and_the_last_day_belong_to_the_window(client: Any, opens: int, closes: int) -> None:
    assert send(client, draft(opens, closes)).status_code == 302


@pytest.mark.parametrize(
    ("waited", "said"),
    [
        (0, {}),
        (10 * 3600, {}),
        (60, {"website": "http://spam.example"}),
        (60, {"opened": "made-up"}),
        (60, {"opened": ""}),
        (60, {"text": ""}),
        (60, {"text": "ngắn"}),
        (60, {"text": "\u200b" * 50}),
        (60, {"text": "x" * 5001}),
        (60, {"name": "x" * 151}),
    ],
)
def test_what_a_machine_sends_is_not_kept(client: Any, waited: int, said: dict[str, str]) -> None:
    reply = send(client, draft(), waited, **said)
    assert reply.status_code == 422
    assert not ConsultationComment.objects.exists()


def test_a_stamp_of_another_draft_does_not_serve(client: Any) -> None:
    one, two = draft(), draft()
    reply = client.post(
        f"/gop-y/{one.pk}/", {"text": TEXT, "opened": stamp(f"comment.{two.pk}")}, HTTP_HOST=HOST
    )
    assert reply.status_code == 422


def test_one_connection_sends_only_so_many_and_leaves_no_address(client: Any) -> None:
    page = draft()
    answers = [send(client, page).status_code for _number in range(AT_MOST + 1)]
    assert answers == [302] * AT_MOST + [429]
    assert ConsultationComment.objects.count() == AT_MOST
    names = {field.name for field in ConsultationComment._meta.get_fields()}
    assert not names & {"ip", "address", "user_agent"}


def test_markup_and_emoji_are_shown_as_written(client: Any) -> None:
    page = draft()
    send(client, page, text="<script>alert(1)</script> 👍🏽 góp ý cho điều 5")
    ConsultationComment.objects.update(state="approved", public_text="<script>alert(1)</script> 👍🏽")
    html = client.get(page.url, HTTP_HOST=HOST).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 👍🏽" in html


def test_only_a_public_draft_of_the_answering_portal_is_open(client: Any) -> None:
    page, hidden = draft(), draft(published=None)
    other: Any = make_disclosure("taxes_fees", code="glar", published="2021-03-01T08:00")
    assert send(client, page, host="trang.localhost").status_code == 404
    assert send(client, hidden).status_code == 404
    assert send(client, other).status_code == 404
    assert client.get("/gop-y/99999999999999999999/", HTTP_HOST=HOST).status_code == 404
