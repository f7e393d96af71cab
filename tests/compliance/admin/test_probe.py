"""Portals hosted elsewhere in the admin: kept by the administrator, read by the board, shown escaped."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from compliance.models import ProbeFinding, ProbeRun, ProbeTarget, TechnicalCheck
from compliance.probe_wording import probe_error_label
from sitepages.models import Authority, Tier
from tests.compliance.admin.forms import target_form
from tests.compliance.admin.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def outsider(world: World) -> Authority:
    """A unit without a site of ours."""
    return Authority.objects.create(
        code="xa-khac", name="Khác", kind="xã", tier=Tier.objects.get(code="commune")
    )


def form_for(unit: Authority, world: World, **more: Any) -> dict[str, Any]:
    return {**target_form(world.district), "authority": unit.pk, **more}


def test_the_administrator_adds_a_portal_of_any_unit(world: World, outsider: Authority) -> None:
    reply = world.administrator.post(reverse("probe_targets:add"), form_for(outsider, world))
    assert reply.status_code == 302
    target = ProbeTarget.objects.get(authority=outsider)
    assert [(link.section, link.max_age_days) for link in target.links.all()] == [("directives", 30)]
    reply = world.administrator.get(reverse("probe_targets:edit", args=[target.pk]))
    assert 'value="news"' in reply.content.decode()


@pytest.mark.parametrize(
    "url", ["ftp://x.vn/", "http://u:p@x.vn/", "javascript:alert(1)", "http://x.vn:8080/", "x.vn"]
)
def test_an_address_that_may_not_be_read_is_refused(url: str, world: World, outsider: Authority) -> None:
    for field in ("base_url", "links-0-url"):
        reply = world.administrator.post(
            reverse("probe_targets:add"), form_for(outsider, world, **{field: url})
        )
        assert reply.status_code == 200
    assert not ProbeTarget.objects.filter(authority=outsider).exists()


def test_the_board_of_the_main_portal_reads_and_changes_nothing(world: World) -> None:
    board, target = world.district.people["board"], world.glar.target
    page = board.get(reverse("probe_targets:inspect", args=[target.pk]))
    assert world.glar.mark in page.content.decode()
    for name in ("edit", "delete"):
        board.post(reverse(f"probe_targets:{name}", args=[target.pk]), target_form(world.glar))
    target.refresh_from_db()
    assert target.base_url.endswith("/CNRY_GLAR/")


def test_findings_are_told_in_words_and_never_as_markup(world: World) -> None:
    now, target = timezone.now(), world.trang.target
    run = ProbeRun.objects.create(target=target, date=now.date(), started_at=now, finished_at=now, ok=True)
    ProbeFinding.objects.create(
        run=run,
        section="news",
        state="late",
        newest_title="<script>alert(1)</script>",
        newest_url="https://trang.example.vn/1?a=1&b=2",
        newest_date=now.date(),
        source="row",
        page_url='https://trang.example.vn/"onload="x',
    )
    ProbeFinding.objects.create(
        run=run, section="budget", error="robots", page_url="https://trang.example.vn/b", excerpt="<b>x</b>"
    )
    TechnicalCheck.objects.create(
        authority=world.trang.authority, date=now.date(), url="https://trang.example.vn/", passed=["mobile"]
    )
    page = world.administrator.get(reverse("probe_targets:inspect", args=[target.pk])).content.decode()
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="https://trang.example.vn/1?a=1&amp;b=2" rel="noopener noreferrer"' in page
    assert "&quot;onload=&quot;x" in page
    assert "duty-state--OVERDUE" in page
    assert "duty-state--NOT_DUE" in page
    assert probe_error_label("robots") in page


def test_a_portal_not_read_yet(world: World, outsider: Authority) -> None:
    target = ProbeTarget.objects.create(authority=outsider, base_url="https://khac.example.vn/", active=False)
    page = world.administrator.get(reverse("probe_targets:inspect", args=[target.pk])).content.decode()
    assert "probe_sites" in page
    reply = world.administrator.get(reverse("probe_targets:index"))
    assert "https://khac.example.vn/" in reply.content.decode()
