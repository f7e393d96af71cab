"""How the addresses of questions are tried."""

from __future__ import annotations

from tests.compliance.admin.forms import Form
from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World

STEPS = ("approve", "send-back", "assign", "pause", "resume", "transfer", "refuse", "merge", "erase", "none")


def privacy_form(unit: Unit) -> Form:
    return {"authority": unit.authority.pk, "valid_from": "2022-01-01", "text": "Thông báo mới"}


def question_tries() -> dict[str, Visit]:
    """All of them, but for the viewset of notices."""

    def one(unit: Unit, **more: object) -> Form:
        return {"pk": unit.question.pk, **more}

    def inbox(world: World, foreign: Unit, own: Unit) -> list[Try]:
        asked: tuple[Form, ...] = (
            {},
            {"state": "all"},
            {"authority": foreign.code},
            {"due": "overdue"},
            {"p": "999999"},
        )
        return [*(Try(query=query) for query in asked), Try(form={})]

    def look(world: World, foreign: Unit, own: Unit) -> list[Try]:
        return [Try(one(foreign)), Try(one(foreign), form={}), Try(one(foreign), form={"answer": "x"})]

    def files(world: World, foreign: Unit, own: Unit) -> list[Try]:
        theirs = foreign.question.files.get().pk
        return [
            Try(one(foreign, file=theirs)),
            Try(one(foreign, file=theirs), form={}),
            Try(one(own, file=theirs), form={}),
        ]

    def steps(world: World, foreign: Unit, own: Unit) -> list[Try]:
        return [
            tried
            for step in STEPS
            for tried in (
                Try(one(foreign, step=step)),
                Try(one(foreign, step=step), form={}),
                Try(
                    one(foreign, step=step),
                    form={
                        f"{step}-note": "x",
                        f"{step}-office": own.office.pk,
                        f"{step}-target": own.authority.pk,
                        f"{step}-refusal": "abuse",
                        f"{step}-into": own.question.code,
                    },
                ),
                Try(one(own, step=step), form={f"{step}-office": foreign.office.pk, f"{step}-note": "x"}),
                Try(one(own, step=step), form={f"{step}-into": foreign.question.code}),
            )
        ]

    def figures(world: World, foreign: Unit, own: Unit) -> list[Try]:
        return [Try(query=query) for query in ({}, {"year": "2021"}, {"export": "csv"}, {"year": "x"})]

    def mine(world: World, unit: Unit) -> list[Try]:
        return [Try(one(unit))]

    def shown(world: World, unit: Unit) -> list[Try]:
        return [Try(one(unit), form={})]

    def own_file(world: World, unit: Unit) -> list[Try]:
        return [Try(one(unit, file=unit.question.files.get().pk), form={})]

    def own_list(world: World, unit: Unit) -> list[Try]:
        return [Try(), Try(query={"state": "all"})]

    def own_figures(world: World, unit: Unit) -> list[Try]:
        return [Try(query={"year": "2021"}), Try(query={"year": "2021", "export": "xlsx"})]

    return {
        "compliance_questions": Visit(inbox, "officer", own_list),
        "compliance_question_figures": Visit(figures, "officer", own_figures, shows=False),
        "compliance_question": Visit(look, "officer", mine),
        "compliance_question_answer": Visit(look, "officer", mine),
        "compliance_question_contact": Visit(look, "officer", shown),
        "compliance_question_file": Visit(files, "officer", own_file),
        "compliance_question_do": Visit(steps, "", _nothing, shows=False),
    }


def _nothing(world: World, unit: Unit) -> list[Try]:
    return []
