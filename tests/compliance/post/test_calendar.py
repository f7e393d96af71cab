"""The calendar behind a private link: what it holds, and who may open it."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from compliance.models import FeedToken
from compliance.presentation import duty_name, told
from compliance.services.feeds import issue_feed, open_feed, revoke_feed
from tests.builders import authority, make_user
from tests.compliance.post.desk import DUE, PERIODIC, TODAY, assess, finding, moment, thing

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = moment(TODAY)
TITLE = "Quyết định 235/QĐ-UBND về việc phê duyệt kế hoạch sử dụng đất hằng năm; sửa đổi, bổ sung\\n"


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def officer() -> Any:
    return make_user("officer", "glar")


@pytest.fixture
def staff() -> Any:
    """An officer of the district, whom periodic duties bind on the portal."""
    return make_user("officer", "dak-doa")


def link(user: Any, code: str = "glar") -> str:
    return f"/lich/{issue_feed(authority(code), user=user, now=NOW)}.ics"


def opened(address: str, host: str = "glar.localhost", **headers: str) -> Any:
    return Client().get(address, headers={"host": host, **headers})


def events(reply: Any) -> list[Any]:
    assert reply.status_code == 200
    return list(Calendar.from_ical(reply.content).walk("VEVENT"))


def test_an_open_thing_comes_back_whole(officer: Any, settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://cong.example"
    item = thing("OVERDUE", TODAY - datetime.timedelta(days=2), title=TITLE)
    assess(glar=[item])
    (event,) = [each for each in events(opened(link(officer))) if DUE in each["uid"]]
    name = duty_name(DUE)
    assert event["summary"] == f"QUÁ HẠN: {name} – {' '.join(TITLE.split())}"
    assert event["description"] == (
        f"{told('overdue', item['params'])}\nCăn cứ: Luật 1, Điều 2.\nhttps://cong.example/admin/duties/glar/"
    )
    assert event["dtstart"].dt == TODAY, "where it is seen, not where it was due"
    assert event["dtend"].dt == TODAY + datetime.timedelta(days=1)
    assert event["dtstamp"].dt == moment(TODAY, 1)
    assert str(event["url"]) == "https://cong.example/admin/duties/glar/"
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == -datetime.timedelta(days=1)


def test_a_section_to_be_confirmed_is_overdue_as_well(officer: Any) -> None:
    item = thing("OVERDUE", TODAY - datetime.timedelta(days=900), reason="stale", title=TITLE)
    item["params"]["latest"] = "2019-01-01"
    assess(glar=[item])
    (event,) = [each for each in events(opened(link(officer))) if DUE in each["uid"]]
    assert str(event["summary"]).startswith("QUÁ HẠN: ")
    assert event["dtstart"].dt == TODAY


def test_lines_are_folded_between_letters(officer: Any) -> None:
    assess(glar=[thing(title=TITLE)])
    content = opened(link(officer)).content
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines:
        line.decode()  # no letter is cut in two
    assert Calendar.from_ical(content).to_ical() == content


def test_the_coming_year_is_expected(staff: Any) -> None:
    assess(dak_doa=[])
    due = {each["uid"]: each["dtstart"].dt for each in events(opened(link(staff, "dak-doa"), "localhost"))}
    assert due[f"dak-doa-{PERIODIC}-2021-M9@localhost"] == datetime.date(2021, 10, 15)
    assert due[f"dak-doa-{PERIODIC}-2022-M3@localhost"] == datetime.date(2022, 4, 15)
    assert all(TODAY <= day <= TODAY + datetime.timedelta(days=366) for day in due.values())


def test_an_event_keeps_its_name_from_expected_to_open_and_is_there_once(staff: Any) -> None:
    uid = f"dak-doa-{PERIODIC}-2021-M6@localhost"
    address = link(staff, "dak-doa")
    assess(dak_doa=[])
    before = [each for each in events(opened(address, "localhost")) if each["uid"] == uid]
    assess(dak_doa={PERIODIC: [thing("DUE_SOON", datetime.date(2021, 7, 15), period="2021-M6", page=None)]})
    after = [each for each in events(opened(address, "localhost")) if each["uid"] == uid]
    assert (len(before), len(after)) == (1, 1)
    assert before[0]["summary"] == after[0]["summary"]
    finding(assess(), "dak-doa", [], duty=PERIODIC, period="2021-M6", state="MET")
    assert not [each for each in events(opened(address, "localhost")) if each["uid"] == uid]


def test_a_waived_duty_is_not_in_the_calendar(staff: Any) -> None:
    finding(assess(), "dak-doa", [thing()], duty=PERIODIC, state="WAIVED", params={"until": "2021-12-31"})
    days = [
        each["dtstart"].dt
        for each in events(opened(link(staff, "dak-doa"), "localhost"))
        if PERIODIC in each["uid"]
    ]
    assert days
    assert min(days) > datetime.date(2021, 12, 31)


def test_another_unit_s_things_never_appear(officer: Any) -> None:
    assess(glar=[thing()], trang=[thing(title="Bí mật của Trang")], dak_doa=[thing(title="Bí mật của huyện")])
    for host in ("glar.localhost", "trang.localhost", "localhost"):
        reply = opened(link(officer), host)
        assert {each["uid"].split("-")[0] for each in events(reply)} == {"glar"}
        text = reply.content.decode().replace("\r\n ", "")
        assert "Bí mật" not in text
        assert "Trang" not in text


def test_the_reply_is_private(officer: Any) -> None:
    assess(glar=[])
    reply = opened(link(officer))
    assert reply["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in reply["Cache-Control"]
    assert reply["Referrer-Policy"] == "no-referrer"
    assert "noindex" in reply["X-Robots-Tag"]
    assert not reply.cookies


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_is_only_read(officer: Any, method: str) -> None:
    assess(glar=[])
    address = link(officer)
    client = Client(enforce_csrf_checks=True)
    assert getattr(client, method)(address).status_code == 405
    assert client.head(address).status_code == 200
    assert client.head(address).content == b""


def test_only_the_hash_is_kept(officer: Any) -> None:
    token = issue_feed(authority("glar"), user=officer, now=NOW)
    row = FeedToken.objects.get()
    assert len(token) >= 43
    assert row.digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(vars(row))


def gone(address: str) -> bool:
    return opened(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 5000, "%00", "..%2F..%2Fetc"])
def test_an_unknown_link_opens_nothing(token: str) -> None:
    assess(glar=[])
    assert gone(f"/lich/{token}.ics")


def test_a_revoked_link_opens_nothing(officer: Any) -> None:
    assess(glar=[])
    address = link(officer)
    assert not gone(address)
    assert revoke_feed(FeedToken.objects.get(), user=officer, now=NOW)
    assert gone(address)
    assert not revoke_feed(FeedToken.objects.get(), user=officer, now=NOW)


def test_a_new_link_ends_the_former_one(officer: Any) -> None:
    assess(glar=[])
    first, second = link(officer), link(officer)
    assert (gone(first), gone(second)) == (True, False)


def test_a_link_ends_with_the_account_and_with_the_right(officer: Any) -> None:
    assess(glar=[])
    address = link(officer)
    groups = list(officer.groups.all())
    officer.groups.clear()
    assert gone(address)
    officer.groups.set(groups)
    assert not gone(address)
    officer.is_active = False
    officer.save()
    assert gone(address)


def test_a_link_to_a_unit_one_may_not_see_opens_nothing(officer: Any) -> None:
    assess(trang=[thing()])
    assert gone(link(officer, "trang"))


def test_its_use_is_noted_once_an_hour(officer: Any) -> None:
    token = issue_feed(authority("glar"), user=officer, now=NOW)
    hour = datetime.timedelta(hours=1)
    for later, noted in ((0 * hour, NOW), (hour / 2, NOW), (hour, NOW + hour)):
        assert open_feed(token, now=NOW + later)
        assert FeedToken.objects.get().last_used == noted
