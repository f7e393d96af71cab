"""The OpenAPI document, and the page that tells the same to people."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from compliance.opendata import (
    describe,
    records,  # noqa: F401 - adds its addresses to the interface
)
from compliance.opendata.answers import JSON, as_text, problem, published
from compliance.opendata.api import ROOT, api
from compliance.opendata.tables import FINDING_COLUMNS, SCORE_COLUMNS
from compliance.opendata.words import UNKNOWN_ADDRESS
from compliance.wording import verification_label
from sitepages.tongues import read_in

_MARKS = ("V", "V2", "R-h", "R-m", "R-l", "D")
#: What each state gives of a duty's points, best first; None is left out of the score.
CREDITS = (
    ("MET", "1"),
    ("NOTHING_AROSE", "1"),
    ("MET_LATE", "0,5"),
    ("INCOMPLETE", "0,25"),
    ("OVERDUE", "0,25 / 0"),
    ("MISSING", "0"),
    ("WAIVED", ""),
    ("NOT_DUE", ""),
    ("DUE_SOON", ""),
)


def document() -> dict[str, Any]:
    """The OpenAPI document in the reader's language."""
    made: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix=ROOT.strip("/")), default=str)
    )
    made["info"] |= {"title": str(describe.TITLE), "description": str(describe.ABOUT)}
    for item in made["paths"].values():
        _describe_operation(item["get"])
        item["head"] = {
            **item["get"],
            "operationId": f"{item['get']['operationId']}_head",
            "responses": {
                status: {"description": answer["description"]}
                for status, answer in item["get"]["responses"].items()
            },
        }
    for name, schema in made["components"]["schemas"].items():
        for field, shape in schema.get("properties", {}).items():
            if field in describe.FIELDS:
                shape["description"] = str(describe.FIELDS[field])
        if name in describe.EXAMPLES:
            schema["examples"] = [describe.EXAMPLES[name]]
    return made


@published
def openapi(request: HttpRequest) -> HttpResponse:
    """The document, for programs."""
    return as_text(json.dumps(document(), ensure_ascii=False, indent=1), JSON)


@published
def unknown(request: HttpRequest) -> HttpResponse:
    """Any other address below the data."""
    return problem(404, str(UNKNOWN_ADDRESS) % {"address": f"{ROOT}/openapi.json"})


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """The document, for people: plain markup, so that nothing has to run in the browser."""
    with translation.override(read_in(request)):
        made = document()
        context = {
            "title": describe.TITLE,
            "about": describe.ABOUT,
            "openapi_url": f"{ROOT}/openapi.json",
            "addresses": [_address(path, item["get"]) for path, item in made["paths"].items()],
            "finding_columns": [(name, describe.FIELDS[name]) for name in FINDING_COLUMNS],
            "score_columns": [(name, describe.FIELDS[name]) for name in SCORE_COLUMNS],
            "credits": CREDITS,
            "marks": [(mark, verification_label(mark)) for mark in _MARKS],
        }
        return render(request, "transparency/open_data.html", context)


def _describe_operation(operation: dict[str, Any]) -> None:
    operation["summary"] = str(describe.SUMMARIES[operation["operationId"]])
    for parameter in operation["parameters"]:
        parameter["description"] = str(describe.PARAMETERS[parameter["name"]])
        parameter["schema"].pop("title", None)
    for status, answer in operation["responses"].items():
        if status in describe.REFUSALS:
            answer["description"] = str(describe.REFUSALS[status])


def _address(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    content = operation["responses"]["200"]["content"]
    return {
        "path": path,
        "summary": operation["summary"],
        "formats": [{"application/json": "JSON", "text/csv": "CSV"}[kind] for kind in content],
        "parameters": [
            {"name": each["name"], "description": each["description"], "in_path": each["in"] == "path"}
            for each in operation["parameters"]
        ],
        "link": "" if "{" in path else path,
    }
