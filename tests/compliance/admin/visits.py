"""How each of our addresses is tried: ids and forms of another unit, and who may rightly come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from compliance.admin.periods import STEPS
from compliance.rules.tallies import By
from sitepages.queries import article_index
from tests.compliance.admin.activity_visits import activity_tries
from tests.compliance.admin.acts_visits import acts_tries, rule_form
from tests.compliance.admin.alike_visits import alike_tries
from tests.compliance.admin.comment_visits import comment_form
from tests.compliance.admin.credit_visits import contributor_form, credit_tries, quota_form
from tests.compliance.admin.forms import (
    Form,
    budget_form,
    modifier_form,
    office_form,
    rate_form,
    salary_form,
    target_form,
)
from tests.compliance.admin.money_visits import money_tries
from tests.compliance.admin.past_visits import past_tries
from tests.compliance.admin.pay_visits import pay_tries, term_form
from tests.compliance.admin.question_visits import privacy_form, question_tries
from tests.compliance.admin.review_visits import review_tries
from tests.compliance.admin.sending_visits import sending_tries
from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.visit_visits import notice_form, reported_form, visit_tries
from tests.compliance.admin.world import DUTY, OFFICE, Unit, World

EXPORTS: tuple[Form, ...] = ({"export": "csv"}, {"export": "xlsx"})


def _plain(*queries: Form) -> list[Try]:
    return [Try(query=query) for query in ({}, *queries)]


def _object(pick: Callable[[World, Unit], Any], key: str = "pk") -> Callable[[World, Unit], Form]:
    return lambda world, unit: {key: pick(world, unit).pk}


def _viewset(
    name: str,
    reader: str,
    pick: Callable[[World, Unit], Any],
    form: Callable[[Unit], Form],
) -> dict[str, Visit]:
    """All views of one viewset."""
    ids = _object(pick)

    def lists(world: World, foreign: Unit, own: Unit) -> list[Try]:
        unit = {"authority": foreign.authority.pk}
        return [
            *_plain({"q": "CNRY"}, unit, *EXPORTS, *({**unit, **export} for export in EXPORTS)),
            Try(form={}),
        ]

    def adds(world: World, foreign: Unit, own: Unit) -> list[Try]:
        return [Try(), Try(form=form(foreign)), Try(query={"authority": foreign.authority.pk}, form={})]

    def edits(world: World, foreign: Unit, own: Unit) -> list[Try]:
        theirs, mine = ids(world, foreign), ids(world, own)
        moved = form(foreign)
        return [
            Try(theirs),
            *(Try(theirs, form=sent) for sent in ({}, form(own), moved)),
            Try(mine, form=moved),
        ]

    def deletes(world: World, foreign: Unit, own: Unit) -> list[Try]:
        theirs = ids(world, foreign)
        return [Try(theirs), Try(theirs, form={}), Try(theirs, {"next": "/admin/"}, {"confirm": "1"})]

    def looks(world: World, foreign: Unit, own: Unit) -> list[Try]:
        theirs = ids(world, foreign)
        return [Try(theirs), *(Try(theirs, export) for export in EXPORTS), Try(theirs, form={})]

    def one(world: World, unit: Unit) -> list[Try]:
        return [Try(ids(world, unit))]

    def listed(world: World, unit: Unit) -> list[Try]:
        mine = {"authority": unit.authority.pk}
        return [Try(query=mine), *(Try(query={**mine, **export}) for export in EXPORTS)]

    return {
        f"{name}:index": Visit(lists, reader, listed),
        f"{name}:index_results": Visit(lists, reader, listed),
        f"{name}:add": Visit(adds, reader, _none, shows=False),
        f"{name}:edit": Visit(edits, reader, one),
        f"{name}:delete": Visit(deletes, "root", one, shows=False),
        f"{name}:history": Visit(looks, reader, one, shows=False),
        f"{name}:history_results": Visit(looks, reader, one, shows=False),
        f"{name}:usage": Visit(looks, reader, one, shows=False),
        f"{name}:inspect": Visit(looks, reader, one),
    }


def _entry(world: World, unit: Unit) -> Any:
    return unit.entry


_LEDGER_IDS = _object(_entry, "instance_pk")


def _ledger_lists(world: World, foreign: Unit, own: Unit) -> list[Try]:
    asked = (
        {"period__id__exact": foreign.closed.pk},
        {"office__id__exact": foreign.office.pk},
        {"period": foreign.closed.pk},
        {"q": "CNRY"},
    )
    return [*_plain(*asked, *EXPORTS, *({**asked[0], **export} for export in EXPORTS)), Try(form={})]


def _ledger_object(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = _LEDGER_IDS(world, foreign)
    return [Try(ids), Try(ids, form={}), Try(ids, form={"amount": 1, "period": own.open.pk})]


def _ledger_one(world: World, unit: Unit) -> list[Try]:
    return [Try(_LEDGER_IDS(world, unit))]


def _ledger_creates(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(), Try(form={"period": foreign.open.pk, "amount": 1}), Try(form={"period": own.open.pk})]


def _everybody_lists(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [*_plain(*EXPORTS, {"authority": foreign.code}), Try(form={"authority": foreign.code})]


def _unit_duties(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = {"authority": foreign.code}
    return [Try(ids), *(Try(ids, export) for export in EXPORTS), Try(ids, form={})]


def _one_duty(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = {"duty": DUTY}
    return [Try(ids), *(Try(ids, export) for export in EXPORTS), Try(ids, form={"authority": foreign.code})]


def _own_duty(world: World, unit: Unit) -> list[Try]:
    return [Try({"duty": DUTY}), *(Try({"duty": DUTY}, export) for export in EXPORTS)]


def _histories(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = {"authority": foreign.code, "duty": DUTY}
    return [Try(ids), Try(ids, form={})]


def _own_history(world: World, unit: Unit) -> list[Try]:
    return [Try({"authority": unit.code, "duty": DUTY})]


def _tables(world: World, foreign: Unit, own: Unit) -> list[Try]:
    months = {"first": "2021-01", "last": "2021-06"}
    unit = {"authority": foreign.code}
    asked = (unit, months, {**unit, **months}, *({**unit, **months, **export} for export in EXPORTS))
    return [*_plain(*asked, *EXPORTS), Try(form=unit)]


def _own_tables(world: World, unit: Unit) -> list[Try]:
    months = {"authority": unit.code, "first": "2021-01", "last": "2021-06"}
    return [Try(query=months), *(Try(query={**months, **export}) for export in EXPORTS)]


def _tallies(world: World, foreign: Unit, own: Unit) -> list[Try]:
    days = {"first": "2021-01-01", "last": "2021-06-30", "start_day": "1"}
    chosen = [{**days, "by": by, "authority": foreign.code} for by in By]
    every = [{**days, "by": by, "authority": ""} for by in By]
    return _plain(*chosen, *every, *({**chosen[0], **export} for export in EXPORTS), *EXPORTS)


def _own_tallies(world: World, unit: Unit) -> list[Try]:
    days = {"first": "2021-01-01", "last": "2021-06-30", "start_day": "1"}
    asked = {**days, "by": "office", "authority": unit.code}
    return [Try(query=asked), *(Try(query={**asked, **export}) for export in EXPORTS)]


def _cells(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = {"authority": foreign.code, "office": OFFICE, "month": "2021-01"}
    return [
        Try(ids),
        Try(ids, form={}),
        Try({**ids, "authority": own.code, "office": foreign.authority.code}),
    ]


def _own_cells(world: World, unit: Unit) -> list[Try]:
    return [Try({"authority": unit.code, "office": OFFICE, "month": "2021-01"})]


def _gradings(world: World, foreign: Unit, own: Unit) -> list[Try]:
    grades = {f"grade-{page.pk}": "3" for page in (foreign.ungraded, foreign.graded, foreign.paid_article)}
    march = {"month": "2021-03", **grades}
    return [
        *_plain(
            {"authority": foreign.code}, {"authority": foreign.code, "month": "2021-03"}, {"month": "2021-03"}
        ),
        *(Try(form={**march, "authority": code}) for code in (foreign.code, own.code, "")),
        Try(form={**march, "authority": own.code, "month": "2021-02"}),
        Try(query={"authority": own.code}, form={**march, "authority": foreign.code}),
    ]


def _openings(world: World, foreign: Unit, own: Unit) -> list[Try]:
    april = {"authority": foreign.code, "month": "2021-04"}
    return [
        *_plain({"authority": foreign.code}, *EXPORTS),
        Try(form=april),
        Try(form={**april, "authority": foreign.authority.pk}),
        Try(query={"authority": own.code}, form=april),
    ]


def _periods(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [
        tried
        for period in (foreign.open, foreign.approved, foreign.closed)
        for tried in (
            Try({"pk": period.pk}),
            Try({"pk": period.pk}, EXPORTS[0]),
            Try({"pk": period.pk}, form={}),
        )
    ]


def _own_periods(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.closed.pk}), *(Try({"pk": unit.closed.pk}, export) for export in EXPORTS)]


def _steps(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [
        tried
        for period in (foreign.open, foreign.approved, foreign.closed)
        for step in (*STEPS, "unknown")
        for tried in (Try({"pk": period.pk, "step": step}), Try({"pk": period.pk, "step": step}, form={}))
    ]


def _unknown_step(world: World, unit: Unit) -> list[Try]:
    return [
        Try({"pk": unit.open.pk, "step": "refresh"}),
        Try({"pk": unit.open.pk, "step": "unknown"}, form={}),
    ]


def _reversals(world: World, foreign: Unit, own: Unit) -> list[Try]:
    taken = {"article": foreign.paid_article.pk, "reason": "x", "pay_again": "on"}
    theirs, mine = {"pk": foreign.open.pk}, {"pk": own.open.pk}
    return [
        Try(theirs),
        Try(theirs, form=taken),
        Try(theirs, form={**taken, "article": own.paid_article.pk}),
        Try(mine, {"article": foreign.paid_article.pk}),
        Try(mine, form=taken),
    ]


def _own_reversal(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.open.pk})]


def _letters(world: World, foreign: Unit, own: Unit) -> list[Try]:
    asked = ({"status": "waiting"}, {"authority": foreign.code}, {"p": "2"})
    return [*_plain(*asked), Try(form={"authority": foreign.code})]


def _letter(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try({"pk": foreign.mail.pk}), Try({"pk": foreign.mail.pk}, form={})]


def _own_letter(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.mail.pk}, form={})]


def _links(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [
        *_plain({"authority": foreign.code}),
        *(Try(form={"authority": code}) for code in (foreign.code, str(foreign.authority.pk), "")),
    ]


def _own_links(world: World, unit: Unit) -> list[Try]:
    return [Try(), Try(form={"authority": unit.code})]


def _link(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try({"pk": foreign.link.pk}), Try({"pk": foreign.link.pk}, form={})]


def _own_link(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.link.pk}, form={})]


def _articles(world: World, foreign: Unit, own: Unit) -> list[Try]:
    site = {"site": foreign.authority.site_id}
    return [*_plain({"q": "CNRY"}, site, {"live": "false"}, *EXPORTS), Try(form={})]


def _parents(world: World, foreign: Unit, own: Unit) -> list[Try]:
    index = article_index(foreign.authority).pk
    return [Try(), Try(query={"parent_page": index}), Try(form={"parent_page": index})]


def _none(world: World, unit: Unit) -> list[Try]:
    return _plain()


def _listed(world: World, unit: Unit) -> list[Try]:
    return _plain(*EXPORTS)


def _own_grading(world: World, unit: Unit) -> list[Try]:
    return [Try(query={"authority": unit.code, "month": "2021-03"})]


def _own_duties(world: World, unit: Unit) -> list[Try]:
    return [Try({"authority": unit.code}), *(Try({"authority": unit.code}, export) for export in EXPORTS)]


VISITS: dict[str, Visit] = {
    **review_tries(),
    "compliance_matrix": Visit(_everybody_lists, "officer", _listed, shows=False),
    "compliance_unit": Visit(_unit_duties, "officer", _own_duties),
    "compliance_letters": Visit(_letters, "board", _none),
    "compliance_letter_retry": Visit(_letter, "administrator", _own_letter),
    "compliance_calendar_links": Visit(_links, "officer", _own_links, shows=False),
    "compliance_calendar_revoke": Visit(_link, "officer", _own_link, shows=False),
    "compliance_section": Visit(_one_duty, "officer", _own_duty),
    "compliance_history": Visit(_histories, "officer", _own_history),
    "compliance_contributions": Visit(_tables, "accountant", _own_tables),
    "compliance_tallies": Visit(_tallies, "accountant", _own_tallies),
    "compliance_cell": Visit(_cells, "accountant", _own_cells),
    "compliance_grading": Visit(_gradings, "board", _own_grading),
    "compliance_periods": Visit(_openings, "accountant", _none, shows=False),
    "compliance_period": Visit(_periods, "accountant", _own_periods),
    "compliance_reverse": Visit(_reversals, "accountant", _own_reversal),
    "compliance_period_step": Visit(_steps, "", _unknown_step),  # the known ones: test_controls
    "royalty-ledger_modeladmin_index": Visit(_ledger_lists, "accountant", _listed),
    "royalty-ledger_modeladmin_create": Visit(_ledger_creates, "", _none),
    "royalty-ledger_modeladmin_edit": Visit(_ledger_object, "", _ledger_one),
    "royalty-ledger_modeladmin_delete": Visit(_ledger_object, "", _ledger_one),
    "royalty-ledger_modeladmin_inspect": Visit(_ledger_object, "accountant", _ledger_one),
    "royalty-ledger_modeladmin_history": Visit(_ledger_object, "accountant", _ledger_one, shows=False),
    **_viewset("royalty_rates", "accountant", lambda world, unit: unit.rate, rate_form),
    **_viewset("rate_modifiers", "accountant", lambda world, unit: unit.modifier, modifier_form),
    **money_tries(),
    **_viewset("royalty_budgets", "accountant", lambda world, unit: unit.budget, budget_form),
    **_viewset("base_salaries", "administrator", lambda world, unit: world.salary, salary_form),
    **_viewset("local_rules", "administrator", lambda world, unit: world.rule, rule_form),
    **acts_tries(),
    **visit_tries(),
    **_viewset("notices", "board", lambda world, unit: unit.notice, notice_form),
    **_viewset("reported_visits", "board", lambda world, unit: unit.reported, reported_form),
    **alike_tries(),
    **credit_tries(),
    **(
        comments := _viewset("consultation_comments", "board", lambda world, unit: unit.comment, comment_form)
    ),
    "consultation_comments:add": replace(
        comments["consultation_comments:add"], reader=""
    ),  # by readers alone
    **_viewset("contributors", "board", lambda world, unit: unit.contributor, contributor_form),
    **_viewset("quotas", "board", lambda world, unit: unit.quota, quota_form),
    **pay_tries(),
    **_viewset("remuneration_terms", "accountant", lambda world, unit: unit.money.term, term_form),
    **activity_tries(),
    **past_tries(),
    **question_tries(),
    **sending_tries(),
    **_viewset("question_notices", "board", lambda world, unit: unit.privacy, privacy_form),
    **_viewset("probe_targets", "administrator", lambda world, unit: unit.target, target_form),
    **_viewset("offices", "administrator", lambda world, unit: unit.office, office_form),
    "articles:index": Visit(_articles, "officer", _none),
    "articles:index_results": Visit(_articles, "officer", _none),
    "articles:choose_parent": Visit(_parents, "officer", _none, shows=False),
}
