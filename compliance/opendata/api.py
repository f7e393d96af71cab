"""The addresses of the open data, version 1."""

from __future__ import annotations

import datetime
import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError

from compliance.catalogue.loader import load_catalogue
from compliance.models import Assessment, RuleEdition
from compliance.opendata import content, tables, words
from compliance.opendata import schemas as out
from compliance.opendata.answers import (
    KEPT_EDITION,
    RefusedError,
    as_csv,
    as_json,
    refused,
    wrong_value,
)
from compliance.queries.publicity import (
    assessment_of,
    last_assessment_of,
    newest_by_day,
    open_units,
    public_findings,
    public_pages,
    public_scores,
    scores_over_time,
)
from compliance.queries.rulebook import current_rulebook
from sitepages.models import Authority

ROOT = "/du-lieu-mo/v1"
LATEST = "latest"
MOST_DAYS = 400
_DAY, _DIGEST = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"[0-9a-f]{64}")
_TABLE = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}
_REFUSED = {400: out.Problem, 404: out.Problem}

api = NinjaAPI(
    title="",
    version="1",
    openapi_url=None,
    docs_url=None,
    urls_namespace="open_data",
)
api.add_exception_handler(ValidationError, wrong_value)
api.add_exception_handler(RefusedError, refused)


@api.get(
    "/units",
    response={200: out.UnitsOut, 400: out.Problem},
    operation_id="units",
    openapi_extra=_TABLE,
)
def units(request: HttpRequest, asked: Query[out.Chosen]) -> HttpResponse:
    found = _open()
    page = reverse("transparency")
    rows = [content.unit_out(unit, found, page) for unit in found.values()]
    if asked.format == "csv":
        return as_csv(tables.csv_file(tables.UNIT_COLUMNS, tables.plain_rows(rows)), "units")
    return as_json(out.UnitsOut(units=rows))


@api.get(
    "/duties",
    response={200: out.DutiesOut, 400: out.Problem},
    operation_id="duties",
    openapi_extra=_TABLE,
)
def duties(request: HttpRequest, asked: Query[out.Chosen]) -> HttpResponse:
    answer = content.duties_out(current_rulebook())
    if asked.format == "csv":
        return as_csv(tables.csv_file(tables.DUTY_COLUMNS, tables.duty_rows(answer)), "duties")
    return as_json(answer)


@api.get(
    "/editions",
    response={200: out.EditionsOut, 400: out.Problem},
    operation_id="editions",
    openapi_extra=_TABLE,
)
def editions(request: HttpRequest, asked: Query[out.Chosen]) -> HttpResponse:
    found = RuleEdition.objects.defer("law", "calendar", "local")[:MOST_DAYS]
    rows = [content.edition_out(edition) for edition in found]
    if asked.format == "csv":
        return as_csv(tables.csv_file(tables.EDITION_COLUMNS, tables.plain_rows(rows)), "editions")
    return as_json(out.EditionsOut(editions=rows))


@api.get(
    "/editions/{digest}",
    response={200: out.WholeEditionOut, 404: out.Problem},
    operation_id="edition",
)
def edition(request: HttpRequest, digest: str) -> HttpResponse:
    found = RuleEdition.objects.filter(digest=digest).first() if _DIGEST.fullmatch(digest) else None
    if found is None:
        raise _unknown(words.UNKNOWN_EDITION, "/editions", digest=digest[:64])
    return as_json(content.whole_edition_out(found), changed=found.recorded_at, kept=KEPT_EDITION)


@api.get(
    "/assessments",
    response={200: out.AssessmentsOut, 400: out.Problem},
    operation_id="assessments",
    openapi_extra=_TABLE,
)
def assessments(request: HttpRequest, asked: Query[out.Chosen]) -> HttpResponse:
    found = list(newest_by_day()[:MOST_DAYS])
    rows = [content.assessment_out(assessment) for assessment in found]
    changed = max((each.taken_at for each in found), default=None)
    if asked.format == "csv":
        file = tables.csv_file(tables.ASSESSMENT_COLUMNS, tables.plain_rows(rows))
        return as_csv(file, "assessments", changed=changed)
    return as_json(out.AssessmentsOut(assessments=rows), changed=changed)


@api.get(
    "/assessments/{date}/findings",
    response={200: out.FindingsOut, **_REFUSED},
    operation_id="findings",
    openapi_extra=_TABLE,
)
def findings(request: HttpRequest, date: str, asked: Query[out.FindingsAsked]) -> HttpResponse:
    assessment = _assessment(date)
    found = _open()
    chosen = [_unit(asked.unit, found)] if asked.unit else list(found.values())
    if asked.duty and asked.duty not in load_catalogue().codes:
        raise _unknown(words.UNKNOWN_DUTY, "/duties", code=asked.duty)
    filters = {"duty": asked.duty, "state": asked.state}
    kept = {name: value for name, value in filters.items() if value}
    own = {"unit": asked.unit, **kept} if asked.unit else kept
    return _findings(assessment, chosen, asked, f"/assessments/{date}/findings", kept, own)


@api.get(
    "/assessments/{date}/scores",
    response={200: out.ScoresOut, **_REFUSED},
    operation_id="scores",
    openapi_extra=_TABLE,
)
def scores(request: HttpRequest, date: str, asked: Query[out.Chosen]) -> HttpResponse:
    assessment = _assessment(date)
    found = public_scores(assessment, _open().values())
    rows = [content.score_out(score, assessment) for score in found]
    if asked.format == "csv":
        file = tables.csv_file(tables.SCORE_COLUMNS, tables.score_rows(rows))
        return as_csv(file, f"scores-{assessment.date}", changed=assessment.taken_at)
    answer = out.ScoresOut(assessment=content.assessment_out(assessment), scores=rows)
    return as_json(answer, changed=assessment.taken_at)


@api.get(
    "/units/{code}/findings",
    response={200: out.FindingsOut, **_REFUSED},
    operation_id="unit_findings",
    openapi_extra=_TABLE,
)
def unit_findings(request: HttpRequest, code: str, asked: Query[out.UnitFindingsAsked]) -> HttpResponse:
    unit = _unit(code, _open())
    if asked.date == LATEST:
        assessment = last_assessment_of(unit) or _assessment(LATEST)
    else:
        assessment = _assessment(asked.date)
    return _findings(assessment, [unit], asked, f"/units/{code}/findings", {}, {"date": asked.date})


@api.get(
    "/units/{code}/scores",
    response={200: out.UnitScoresOut, **_REFUSED},
    operation_id="unit_scores",
    openapi_extra=_TABLE,
)
def unit_scores(request: HttpRequest, code: str, asked: Query[out.Chosen]) -> HttpResponse:
    unit = _unit(code, _open())
    found = list(scores_over_time(unit)[:MOST_DAYS])
    for score in found:
        score.authority = unit
    rows = [content.score_out(score, score.assessment) for score in found]
    changed = max((score.assessment.taken_at for score in found), default=None)
    if asked.format == "csv":
        file = tables.csv_file(tables.SCORE_COLUMNS, tables.score_rows(rows))
        return as_csv(file, f"scores-{unit.code}", changed=changed)
    return as_json(out.UnitScoresOut(scores=rows), changed=changed)


def _findings(
    assessment: Assessment,
    chosen: list[Authority],
    asked: out.Paged,
    path: str,
    kept: dict[str, str],
    query: dict[str, str],
) -> HttpResponse:
    rows = public_findings(assessment, chosen).filter(**kept)
    total, first = rows.count(), (asked.page - 1) * asked.size
    part = list(rows[first : first + asked.size])
    pages = public_pages(part, timezone.localdate())
    following = None
    if first + asked.size < total:
        again = {**query, "format": asked.format, "page": asked.page + 1, "page_size": asked.size}
        following = f"{ROOT}{path}?{urlencode(again)}"
    answer = out.FindingsOut(
        assessment=content.assessment_out(assessment),
        total=total,
        page=asked.page,
        page_size=asked.size,
        next=following,
        findings=[content.finding_out(finding, pages) for finding in part],
    )
    changed = assessment.taken_at
    if asked.format == "csv":
        file = tables.csv_file(tables.FINDING_COLUMNS, tables.finding_rows(answer))
        response = as_csv(file, f"findings-{assessment.date}", changed=changed)
    else:
        response = as_json(answer, changed=changed)
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def _open() -> dict[str, Authority]:
    return {unit.code: unit for unit in open_units()}


def _unit(code: str, found: dict[str, Authority]) -> Authority:
    """A unit that may be shown; any other is answered as one that does not exist."""
    if code not in found:
        raise _unknown(words.UNKNOWN_UNIT, "/units", code=code[:60])
    return found[code]


def _assessment(text: str) -> Assessment:
    day = None
    if text != LATEST:
        try:
            day = datetime.date.fromisoformat(text if _DAY.fullmatch(text) else "")
        except ValueError:
            values = {"name": "date", "wanted": words.WANTED["date"]}
            raise RefusedError(400, str(words.WRONG_VALUE) % values) from None
    found = assessment_of(day)
    if found is None:
        raise (
            _unknown(words.UNKNOWN_DAY, "/assessments", day=text)
            if day
            else RefusedError(404, str(words.NO_ASSESSMENT))
        )
    return found


def _unknown(sentence: object, path: str, **values: str) -> RefusedError:
    return RefusedError(404, str(sentence) % {**values, "address": f"{ROOT}{path}"})
