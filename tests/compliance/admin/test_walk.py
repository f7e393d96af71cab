"""Every address of ours, walked by another unit's people: nothing is read, nothing is changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.compliance.admin.acts_visits import DONE_FROM_ABOVE, SEEN_FROM_ABOVE
from tests.compliance.admin.addresses import admin_addresses, our_addresses
from tests.compliance.admin.alike_visits import ALIKE_FROM_ABOVE, DECIDED_FROM_ABOVE
from tests.compliance.admin.browse import call, is_refused, marks_in
from tests.compliance.admin.rows import digests
from tests.compliance.admin.tries import Visit
from tests.compliance.admin.visits import VISITS
from tests.compliance.admin.world import Unit, World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ADDRESSES = sorted(our_addresses())
ROLES = ("officer", "secretary", "board", "accountant")

#: What the district is meant to see of its communes; it writes nothing there.
DUTIES_AND_COUNTS = {
    "compliance_matrix",
    "compliance_question_figures",
    "compliance_unit",
    "compliance_section",
    "compliance_history",
    "compliance_contributions",
    "compliance_cell",
    "compliance_tallies",
    "compliance_visits",
    "compliance_overview",
}

#: The district's board keeps the reviews of all units, as the reviewer does: see test_reviews.
KEPT_BY_THE_BOARD = {name for name in ADDRESSES if name.startswith("compliance_review")}


def visit_of(name: str) -> Visit:
    if name not in VISITS:
        pytest.fail(f"“{name}” ({our_addresses()[name].route}) is new: say in visits.py how it is tried.")
    return VISITS[name]


def test_every_address_of_ours_is_walked() -> None:
    assert set(ADDRESSES) == set(VISITS)
    names = [found.name for found in admin_addresses() if found.name in VISITS]
    assert len(names) == len(set(names)), "two routes share a name: only one of them would be walked"


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_commune_reads_and_writes_nothing_of_others(name: str, world: World) -> None:
    visit, own = visit_of(name), world.trang
    attacks = {foreign.code: visit.attacks(world, foreign, own) for foreign in (world.glar, world.district)}
    before = digests(own.authority)  # after the attacks planted what they ask for
    leaks = []
    for foreign in (world.glar, world.district):
        for role in ROLES:
            for tried in attacks[foreign.code]:
                found = marks_in(call(own.people[role], name, tried), except_of=(own.code,))
                leaks += [(role, foreign.code, tried, found)] if found else []
    assert not leaks
    assert digests(own.authority) == before


def allowed_to_see(name: str, role: str) -> bool:
    """Whether a role at the district rightly sees communes' rows there."""
    seen = DUTIES_AND_COUNTS | SEEN_FROM_ABOVE | ALIKE_FROM_ABOVE
    return role == "accountant" or (role == "board" and (name in seen or name.startswith("probe_targets:")))


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_district_writes_nothing_of_a_commune(name: str, world: World) -> None:
    visit, own = visit_of(name), world.district
    before = digests(own.authority)
    leaks = []
    kept = KEPT_BY_THE_BOARD | DONE_FROM_ABOVE | DECIDED_FROM_ABOVE
    for role in [role for role in ROLES if role != "board" or name not in kept]:
        for tried in visit.attacks(world, world.glar, own):
            found = marks_in(call(own.people[role], name, tried), except_of=(own.code,))
            leaks += [(role, tried, found)] if found and not allowed_to_see(name, role) else []
    assert not leaks
    assert digests(own.authority) == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_right_person_reaches_it(name: str, world: World) -> None:
    visit = visit_of(name)
    for own in (world.trang, world.district):
        tries = visit.own(world, own)
        if not visit.reader:
            assert name == "compliance_period_step" or all(
                is_refused(call(world.root, name, tried)) for tried in tries
            )
            continue
        client = reader(world, own, visit)
        for tried in tries:
            reply = call(client, name, tried)
            assert reply.status_code == 200
            if visit.shows:
                of_all = name.startswith(("base_salaries", "local_rules"))
                mark = world.district.mark if of_all else own.mark
                assert mark in marks_in(reply)


def reader(world: World, unit: Unit, visit: Visit) -> Any:
    return getattr(world, visit.reader) if hasattr(world, visit.reader) else unit.people[visit.reader]


@pytest.mark.parametrize("role", ROLES)
def test_the_dashboard_names_no_other_unit(role: str, world: World) -> None:
    for own in (world.trang, world.district):
        reply = own.people[role].get(reverse("wagtailadmin_home"))
        assert reply.status_code == 200
        assert not marks_in(reply, except_of=(own.code,))
