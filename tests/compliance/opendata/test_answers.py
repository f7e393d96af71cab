"""Cacheable, bounded, the same for everybody; wrong requests are told what is right."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.http import parse_http_date

from compliance.models import Assessment
from compliance.opendata.document import document
from compliance.services.assess import take_assessment
from sitepages.models import Authority
from tests.builders import authority, make_document, make_user, signed_in
from tests.compliance.opendata.conftest import DAY, ROOT, data

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

#: Addresses below the root that are wrong, and how they are answered.
WRONG = {
    "/assessments/2001-01-01/scores": 404,
    "/assessments/2021-07-29x/scores": 400,
    "/assessments/20210729/findings": 400,
    "/assessments/2021-02-30/findings": 400,
    "/assessments/%00/findings": 400,
    "/assessments/2021-07-29/findings?unit=trang": 404,
    "/assessments/2021-07-29/findings?duty=none": 404,
    "/assessments/2021-07-29/findings?unit=%00": 400,
    "/assessments/2021-07-29/findings?unit=": 400,
    "/assessments/2021-07-29/findings?unit=gl%20ar": 400,
    "/assessments/2021-07-29/findings?duty=%00": 400,
    "/assessments/2021-07-29/findings?duty=": 400,
    "/assessments/2021-07-29/findings?duty=%27%20or%201": 400,
    "/assessments/2021-07-29/findings?duty=" + "a" * 61: 400,
    "/assessments/2021-07-29/findings?state=GOOD": 400,
    "/assessments/2021-07-29/findings?state=%00": 400,
    "/assessments/2021-07-29/findings?page=0": 400,
    "/assessments/2021-07-29/findings?page=99999999999999999999": 400,
    "/assessments/2021-07-29/findings?page_size=1001": 400,
    "/assessments/2021-07-29/findings?page_size=many": 400,
    "/units?format=xlsx": 400,
    "/units/trang/findings": 404,
    "/units/nobody/findings": 404,
    "/units/glar/findings?date=yesterday": 400,
    "/units/trang/scores": 404,
    "/editions/" + "0" * 64: 404,
    "/editions/short": 404,
    "/nothing/here": 404,
    "/": 404,
}


def addresses(assessment: Assessment) -> list[str]:
    ids = {"date": str(DAY), "code": "glar", "digest": assessment.rules.digest if assessment.rules else ""}
    found = []
    for address in document()["paths"]:
        for name, value in ids.items():
            address = address.replace(f"{{{name}}}", value)
        found += [address, f"{address}?format=csv"]
    return [*found, f"{ROOT}/openapi.json"]


def test_every_answer_may_be_kept_and_asked_for_again(assessed: Assessment) -> None:
    for address in addresses(assessed):
        reply = Client().get(address)
        assert reply.status_code == 200, address
        assert "public" in reply["Cache-Control"]
        assert "max-age=" in reply["Cache-Control"]
        again = Client().get(address, headers={"If-None-Match": reply["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", reply["ETag"]), address
        assert Client().get(address, headers={"If-None-Match": '"other"'}).status_code == 200
        head = Client().head(address)
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", reply["ETag"]), address
        assert int(head["Content-Length"]) == len(reply.content)


def test_answers_set_no_cookie_and_are_the_same_for_everybody(assessed: Assessment) -> None:
    officer = signed_in(make_user("board", "glar"))
    for address in addresses(assessed):
        reply = Client(headers={"Origin": "https://elsewhere.example"}).get(address)
        assert not reply.cookies
        assert "Cookie" not in reply.get("Vary", "")
        assert reply["Access-Control-Allow-Origin"] == "*"
        assert not reply.has_header("Access-Control-Allow-Credentials")
        assert officer.get(address).content == reply.content
        assert Client(HTTP_HOST=authority("trang").portal.hostname).get(address).content == reply.content


def test_last_modified_is_the_moment_of_the_assessment(assessed: Assessment) -> None:
    address = f"{ROOT}/assessments/{DAY}/scores"
    reply = Client().get(address)
    assert parse_http_date(reply["Last-Modified"]) == int(assessed.taken_at.timestamp())
    moment = {"If-Modified-Since": reply["Last-Modified"]}
    assert Client().get(address, headers=moment).status_code == 200, "a page may have been taken down since"


def test_a_new_assessment_changes_the_tag(assessed: Assessment) -> None:
    address = "/assessments/latest/findings"
    first = data(address)["ETag"]
    make_document("8/QĐ-UBND", code="glar", issued=DAY, published="2021-07-29T09:00")
    take_assessment(DAY, today=DAY)
    assert data(address)["ETag"] != first


def test_nothing_can_be_written(assessed: Assessment) -> None:
    client = Client(enforce_csrf_checks=True)
    for address in addresses(assessed):
        for method in ("post", "put", "patch", "delete", "options"):
            reply = getattr(client, method)(address)
            assert reply.status_code == 405, (method, address)
            assert reply["Allow"] == "GET, HEAD"
            assert "GET" in reply.json()["detail"]


def test_a_wrong_request_is_told(assessed: Assessment) -> None:
    for path, status in WRONG.items():
        reply = Client().get(f"{ROOT}{path}")
        assert reply.status_code == status, path
        assert reply["Content-Type"].startswith("application/json")
        assert list(reply.json()) == ["detail"]
        assert reply["Cache-Control"] == "no-store"
        assert reply["Access-Control-Allow-Origin"] == "*"


def test_a_unit_switched_off_answers_as_one_that_never_was(assessed: Assessment) -> None:
    hidden, unknown = data("/units/trang/findings").json(), data("/units/nobody/findings").json()
    assert hidden["detail"].replace("trang", "nobody") == unknown["detail"]


def test_long_lists_come_in_parts(assessed: Assessment) -> None:
    whole = data(f"/assessments/{DAY}/findings", page_size=1000).json()
    assert whole["next"] is None
    found: list[dict[str, Any]] = []
    address: str | None = f"{ROOT}/assessments/{DAY}/findings?page_size=25"
    while address:
        part = Client().get(address)
        assert len(part.json()["findings"]) <= 25
        found += part.json()["findings"]
        address = part.json()["next"]
        assert part.get("Link", "") == (f'<{address}>; rel="next"' if address else "")
    assert found == whole["findings"]
    assert len(found) == whole["total"]


def test_filters_narrow(assessed: Assessment) -> None:
    everything = data(f"/assessments/{DAY}/findings", page_size=1000).json()["findings"]
    for query in ({"unit": "glar"}, {"duty": "directives"}, {"state": "MISSING"}):
        ((name, value),) = query.items()
        narrow = data(f"/assessments/{DAY}/findings", page_size=1000, **query).json()["findings"]
        assert narrow == [row for row in everything if row[name] == value]
        assert narrow


def test_past_days_stay_to_be_asked_for(show: Callable[..., None]) -> None:
    show("glar")
    days = [DAY - datetime.timedelta(days=30), DAY]
    for day in days:
        take_assessment(day, today=DAY)
    take_assessment(DAY, today=DAY)
    listed = [each["date"] for each in data("/assessments").json()["assessments"]]
    assert listed == [str(day) for day in reversed(days)]
    assert data("/units/glar/findings", date=str(days[0])).json()["assessment"]["date"] == str(days[0])
    assert data("/units/glar/findings").json()["assessment"]["date"] == str(DAY)
    assert [row["date"] for row in data("/units/glar/scores").json()["scores"]] == listed


def test_no_assessment_yet(show: Callable[..., None]) -> None:
    show("glar")
    assert data("/assessments").json() == {"assessments": []}
    assert data("/units/glar/scores").json() == {"scores": []}
    for path in ("/assessments/latest/findings", "/assessments/latest/scores", "/units/glar/findings"):
        assert data(path).status_code == 404


def test_a_spreadsheet_runs_nothing(assessed: Assessment) -> None:
    Authority.objects.filter(code="glar").update(kind="", name="=HYPERLINK(1)", full_name='+1,"2"\n3')
    content = data("/units", format="csv").content
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["code"] for row in table] == ["dak-doa", "glar"]
    assert (table[1]["name"], table[1]["full_name"]) == ("'=HYPERLINK(1)", '\'+1,"2"\n3')
    reply = data(f"/assessments/{DAY}/findings", format="csv")
    assert reply["Content-Type"] == "text/csv; charset=utf-8"
    assert reply["Content-Disposition"] == f'attachment; filename="findings-{DAY}.csv"'


@pytest.mark.parametrize("codes", [("glar",), ("dak-doa", "glar", "trang")])
def test_a_list_costs_the_same_for_one_unit_and_three(
    assessed: Assessment, show: Callable[..., None], codes: tuple[str, ...], django_assert_num_queries: Any
) -> None:
    show(*codes)
    data(f"/assessments/{DAY}/findings")  # the addresses of the sites are remembered
    with django_assert_num_queries(6):
        data(f"/assessments/{DAY}/findings", page_size=1000)
    with django_assert_num_queries(3):
        data(f"/assessments/{DAY}/scores")
