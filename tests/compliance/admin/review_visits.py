"""How the addresses of reviews are tried."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.compliance.admin.forms import Form
from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World

SECTION = "directives"


def review_form(code: str) -> Form:
    """A review's settings, filled in."""
    return {
        "name": "Đợt mới",
        "code": code,
        "first_month": "2022-01",
        "last_month": "2022-06",
        "minimum_sample": "3",
        "units": [],
        "issuing_body": "Sở",
    }


def _ids(world: World, **more: Any) -> Form:
    return {"pk": world.review.pk, **more}


def _lists(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(), Try(query={"unit": foreign.code}), Try(form={})]


def _adds(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(), Try(form=review_form("moi"))]


def _imports(world: World, foreign: Unit, own: Unit) -> list[Try]:
    def sent() -> Form:
        text = f"unit,section,state\n{foreign.code},{SECTION},met\n".encode()
        return {"file": SimpleUploadedFile("marks.csv", text), "code": world.review.code}

    return [Try(), Try(query={"review": world.review.code}), Try(form=sent())]


def _wholes(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = _ids(world)
    return [Try(ids), Try(ids, {"export": "csv"}), Try(ids, {"export": "xlsx"}), Try(ids, form={})]


def _settings(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(_ids(world)), Try(_ids(world), form=review_form(world.review.code))]


def _grids(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = _ids(world)
    cell = f"{foreign.authority.pk}-{SECTION}"
    base = f'{{"s-{cell}": "missing"}}'
    written = {f"s-{cell}": "met", f"n-{cell}": "x", f"e-{cell}": "https://x.example/", "base": base}
    return [
        Try(ids),
        Try(ids, {"unit": foreign.code}),
        Try(ids, {"section": SECTION}),
        Try(ids, form=written),
        Try(ids, form={**written, "unit": foreign.code}),
        Try(ids, {"unit": own.code}, written),
    ]


def _steps(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(_ids(world)), Try(_ids(world), form={})]


def _accepts(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = _ids(world)
    return [Try(ids), Try(ids, form={"unit": foreign.code}), Try(ids, form={"section": SECTION})]


def _reports(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(_ids(world, kind=kind)) for kind in ("docx", "md", "json", "pdf")]


def _answers(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = _ids(world, objection=foreign.objection.pk)
    return [Try(ids), Try(ids, form={"answer": "x", "new_state": "met"})]


def _columns(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = _ids(world, authority=foreign.code)
    return [Try(ids), Try(ids, form={f"own-{SECTION}": "met"}), Try(ids, form={f"s-{SECTION}": "met"})]


def _objects(world: World, foreign: Unit, own: Unit) -> list[Try]:
    theirs = _ids(world, authority=foreign.code, mark=foreign.mark_row.pk)
    return [
        Try(theirs),
        Try(theirs, form={"text": "x"}),
        Try({**theirs, "authority": own.code}),
        Try({**theirs, "authority": own.code}, form={"text": "x"}),
    ]


def _plain(world: World, unit: Unit) -> list[Try]:
    return [Try()]


def _one(world: World, unit: Unit) -> list[Try]:
    return [Try(_ids(world))]


def review_tries() -> dict[str, Visit]:
    """The visits of every address of reviews."""
    return {
        "compliance_reviews": Visit(_lists, "officer", _plain, shows=False),
        "compliance_review_add": Visit(_adds, "reviewer", _plain, shows=False),
        "compliance_review_import": Visit(_imports, "reviewer", _plain, shows=False),
        "compliance_review": Visit(_wholes, "reviewer", _one, shows=False),
        "compliance_review_edit": Visit(_settings, "reviewer", _one, shows=False),
        "compliance_review_grid": Visit(
            _grids, "reviewer", lambda world, unit: [Try(_ids(world), {"unit": unit.code})]
        ),
        "compliance_review_machine": Visit(
            _steps, "reviewer", lambda world, unit: [Try(_ids(world), form={})], shows=False
        ),
        "compliance_review_accept": Visit(
            _accepts,
            "reviewer",
            lambda world, unit: [Try(_ids(world), form={"unit": unit.code})],
            shows=False,
        ),
        "compliance_review_close": Visit(_steps, "reviewer", _one, shows=False),
        "compliance_review_report": Visit(
            _reports,
            "reviewer",
            lambda world, unit: [Try(_ids(world, kind=kind)) for kind in ("docx", "json")],
            shows=False,
        ),
        "compliance_review_objections": Visit(_steps, "reviewer", _one),
        "compliance_review_answer": Visit(
            _answers, "reviewer", lambda world, unit: [Try(_ids(world, objection=unit.objection.pk))]
        ),
        "compliance_review_unit": Visit(
            _columns, "officer", lambda world, unit: [Try(_ids(world, authority=unit.code))], shows=False
        ),
        "compliance_review_object": Visit(
            _objects,
            "officer",
            lambda world, unit: [Try(_ids(world, authority=unit.code, mark=unit.mark_row.pk))],
            shows=False,
        ),
    }
