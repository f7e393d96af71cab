"""The OpenAPI document tells of every address, in words, with examples that hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern
from django.utils import translation

from compliance.models import Assessment
from compliance.opendata import record_schemas, schemas
from compliance.opendata.api import ROOT, api
from compliance.opendata.describe import EXAMPLES, FIELDS, SUMMARIES
from compliance.opendata.document import CREDITS, document
from compliance.opendata.record_tables import ARTICLE_COLUMNS, DOCUMENT_COLUMNS, SCHEDULE_COLUMNS
from compliance.opendata.tables import FINDING_COLUMNS, SCORE_COLUMNS
from compliance.rules.states import State
from tests.compliance.opendata.conftest import DAY

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ANSWERS: dict[str, Any] = {
    "units": schemas.UnitsOut,
    "duties": schemas.DutiesOut,
    "editions": schemas.EditionsOut,
    "edition": schemas.WholeEditionOut,
    "assessments": schemas.AssessmentsOut,
    "findings": schemas.FindingsOut,
    "scores": schemas.ScoresOut,
    "unit_findings": schemas.FindingsOut,
    "unit_scores": schemas.UnitScoresOut,
    "portals": record_schemas.PortalsOut,
    "news": record_schemas.ArticlesOut,
    "documents": record_schemas.DocumentsOut,
    "schedules": record_schemas.SchedulesOut,
}


def fetched() -> dict[str, Any]:
    found: dict[str, Any] = Client().get(f"{ROOT}/openapi.json").json()
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from ([value["$ref"]] if "$ref" in value else [])
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)


def test_every_address_is_documented() -> None:
    routes = {
        f"{ROOT}/" + re.sub("<(?:[a-z]+:)?([a-z]+)>", r"{\1}", str(each.pattern))
        for each in api.urls[0]
        if isinstance(each, URLPattern) and each.name != "api-root"
    }
    assert set(fetched()["paths"]) == routes
    assert set(SUMMARIES) == set(ANSWERS)


def test_the_document_holds_together() -> None:
    found = fetched()
    assert found["openapi"].startswith("3.1")
    assert found["info"]["title"]
    assert found["info"]["version"] == "1"
    for reference in _references(found):
        assert reference.removeprefix("#/components/schemas/") in found["components"]["schemas"]
    operations = [
        (path, method, operation)
        for path, item in found["paths"].items()
        for method, operation in item.items()
    ]
    assert {method for _path, method, _operation in operations} == {"get", "head"}
    ids = [operation["operationId"] for _path, _method, operation in operations]
    assert len(ids) == len(set(ids))
    for path, method, operation in operations:
        assert operation["summary"]
        assert {"200"} < set(operation["responses"]), path
        named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert named == set(re.findall("{([a-z]+)}", path))
        assert all(each["description"] for each in operation["parameters"])
        assert all(answer["description"] for answer in operation["responses"].values())
        if method == "get":
            assert "application/json" in operation["responses"]["200"]["content"]


def test_answers_and_examples_have_the_shape_they_are_said_to_have(assessed: Assessment) -> None:
    ids = {"date": str(DAY), "code": "glar", "digest": assessed.rules.digest if assessed.rules else ""}
    for path, item in fetched()["paths"].items():
        reply = Client().get(path.format(**ids)).json()
        shape = ANSWERS[item["get"]["operationId"]]
        assert shape.model_validate(reply).model_dump(mode="json") == reply
    described = fetched()["components"]["schemas"]
    for name, example in EXAMPLES.items():
        assert described[name]["examples"] == [example]
        shape = getattr(record_schemas, name, None) or getattr(schemas, name)
        assert shape.model_validate(example).model_dump(mode="json") == example


def test_every_column_is_explained() -> None:
    columns = (FINDING_COLUMNS, SCORE_COLUMNS, ARTICLE_COLUMNS, DOCUMENT_COLUMNS, SCHEDULE_COLUMNS)
    assert {name for table in columns for name in table} <= set(FIELDS)
    assert {state for state, _credit in CREDITS} == {state.value.upper() for state in State}


def test_the_document_speaks_vietnamese_whatever_the_thread_spoke_last() -> None:
    with translation.override("en"):
        first = Client().get(f"{ROOT}/openapi.json").content
    with translation.override("vi"):
        assert Client().get(f"{ROOT}/openapi.json").content == first
        assert json.loads(first)["info"] == document()["info"]


def test_the_page_for_people_lists_every_address_and_runs_nothing() -> None:
    reply = Client().get("/du-lieu-mo/")
    text = reply.content.decode()
    for path in fetched()["paths"]:
        assert path in text
    for name in (*FINDING_COLUMNS, *SCORE_COLUMNS):
        assert f"<code>{name}</code>" in text
    assert text.count("<h1") == 1
    assert re.findall(r"<script(?![^>]* src=)", text) == []
    assert "//cdn" not in text
    assert Client().post("/du-lieu-mo/").status_code == 405
