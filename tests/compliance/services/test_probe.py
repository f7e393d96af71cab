"""A probe recorded: findings with evidence, one run at a time, nothing lost to a broken site."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from compliance.models import FrozenRowError, ProbeClaim, ProbeFinding, ProbeLink, ProbeRun, ProbeTarget
from compliance.probe.fetch import PoliteFetcher
from compliance.probe.types import ERRORS, FUNCTIONS, STATES
from compliance.probe_wording import ERRORS as ERROR_WORDS
from compliance.probe_wording import FUNCTIONS as FUNCTION_WORDS
from compliance.queries.probe import findings_of_latest_runs, latest_probe_findings
from compliance.services import probe as service
from compliance.services.probe import STALE, ProbeBusyError, run_probe
from sitepages.models import Authority
from tests.builders import authority
from tests.compliance.probe.conftest import SMALL
from tests.compliance.probe.site import Site, serving

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = datetime.date(2021, 8, 15)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture(autouse=True)
def loopback(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service may come to loopback, within small bounds."""
    settings.PORTAL_PROBE_ALLOW_PRIVATE = True
    settings.PORTAL_PROBE_CONTACT = "cong@dakdoa.example.vn"
    monkeypatch.setattr(service, "Limits", lambda: SMALL)


def listing(title: str, day: str) -> str:
    return f"<html><body><ul><li><a href='/tin/1'>{title}</a> <span>{day}</span></li></ul></body></html>"


def make_target(site: Site, code: str = "glar", **sections: str) -> ProbeTarget:
    target = ProbeTarget.objects.create(authority=authority(code), base_url=site.url + "/")
    for section, url in sections.items():
        ProbeLink.objects.create(target=target, section=section, url=url, max_age_days=30)
    return target


def test_a_run_is_recorded_with_its_evidence(site: Site) -> None:
    target = make_target(
        site,
        news=site.page("/tin", listing("Tin <b>mới</b>", "29/07/2021")),
        budget=site.page("/ngan-sach", listing("Dự toán", "01/01/2021")),
        directives=site.url + "/khong-co",
        leaders_schedule=site.page("/lich", "<p>Đang cập nhật</p>"),
    )
    run = run_probe(target, TODAY)
    assert (run.ok, run.error, run.date) == (True, "", TODAY)
    assert run.started_at <= run.finished_at
    found = {each.section: each for each in run.findings.all()}
    assert {code: (each.state, each.error) for code, each in found.items()} == {
        "news": ("met", ""),
        "budget": ("late", ""),
        "directives": ("", "not_found"),
        "leaders_schedule": ("missing", ""),
    }
    news = found["news"]
    assert (news.newest_title, news.newest_url) == ("Tin mới", site.url + "/tin/1")
    assert (news.newest_date, news.source, len(news.snapshot)) == (datetime.date(2021, 7, 29), "row", 64)
    assert news.checked == [{"url": site.url + "/tin", "error": ""}]
    assert site.headers[0]["User-Agent"] == "PortalProbe/1.0 (+cong@dakdoa.example.vn)"
    assert not ProbeClaim.objects.exists()


def test_what_was_recorded_stays(site: Site) -> None:
    run = run_probe(make_target(site, news=site.page("/tin", listing("Tin", "29/07/2021"))), TODAY)
    with pytest.raises(FrozenRowError):
        run.save()
    with pytest.raises(FrozenRowError):
        ProbeFinding.objects.filter(run=run).update(state="missing")
    with pytest.raises(FrozenRowError):
        run.findings.get().delete()


def test_the_latest_run_is_what_counts(site: Site, django_assert_num_queries: Any) -> None:
    site.page("/tin", listing("Cũ", "01/01/2021"))
    target = make_target(site, news=site.url + "/tin")
    other = make_target_elsewhere("trang", site)
    run_probe(target, TODAY)
    run_probe(other, TODAY)
    site.page("/tin", listing("Mới", "29/07/2021"))
    run_probe(target, TODAY)
    assert [each.newest_title for each in latest_probe_findings(authority("glar"))] == ["Mới"]
    assert list(latest_probe_findings(authority("dak-doa"))) == []
    with django_assert_num_queries(1):
        found = list(findings_of_latest_runs(Authority.objects.all(), TODAY))
        assert {(each.run.target.authority.code, each.newest_title) for each in found} == {
            ("glar", "Mới"),
            ("trang", "Cũ"),
        }


def make_target_elsewhere(code: str, site: Site) -> ProbeTarget:
    """Another name of the same site, so that the hosts differ."""
    url = site.url.replace("127.0.0.1", "localhost")
    target = ProbeTarget.objects.create(authority=authority(code), base_url=url)
    ProbeLink.objects.create(target=target, section="news", url=url + "/tin", max_age_days=30)
    return target


def test_a_portal_that_is_down_is_told_and_marks_nothing() -> None:
    with serving() as gone:
        target = make_target(gone, news=gone.url + "/tin", budget=gone.url + "/ngan-sach")
    run = run_probe(target, TODAY)
    assert (run.ok, run.error) == (False, "connect")
    assert {(each.state, each.error) for each in run.findings.all()} == {("", "connect")}


def test_a_fault_of_our_own_is_recorded(site: Site, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(service, "probe_unit", broken)
    run = run_probe(make_target(site, news=site.url), TODAY)
    assert (run.ok, run.error, run.findings.count()) == (False, "internal", 0)
    assert "ZeroDivisionError" in caplog.text
    assert not ProbeClaim.objects.exists()


def test_two_runs_at_once_are_refused(site: Site) -> None:
    target = make_target(site, news=site.page("/tin", listing("Tin", "29/07/2021")))
    refused: list[str] = []

    class Meanwhile(PoliteFetcher):
        """Somebody starts a second run while the first one reads."""

        def get(self, url: str) -> Any:
            for each in (target, ProbeTarget(authority=authority("trang"), base_url=target.base_url)):
                each.save()
                with pytest.raises(ProbeBusyError) as caught:
                    run_probe(each, TODAY)
                refused.append(str(caught.value))
            return super().get(url)

    run = run_probe(target, TODAY, fetcher=Meanwhile(limits=SMALL, allow_private=True))
    assert run.ok
    assert ProbeRun.objects.count() == 1
    assert len(refused) == 2
    assert str(site.port) in refused[0]


def test_a_claim_left_over_is_taken_over(site: Site) -> None:
    target = make_target(site, news=site.page("/tin", listing("Tin", "29/07/2021")))
    ProbeClaim.objects.create(target=target, host="x", since=timezone.now() - STALE / 2)
    with pytest.raises(ProbeBusyError):
        run_probe(target, TODAY)
    ProbeClaim.objects.update(since=timezone.now() - STALE * 2)
    assert run_probe(target, TODAY).ok


def test_hostile_text_can_be_stored(site: Site) -> None:
    body = "<li><a href='http://x.vn/\x00a'>T\x00\u202ein \ud7ff" + "x" * 5000 + "</a> 29/07/2021</li>"
    long = site.url + "/" + "a" * 1900
    site.page("/" + "a" * 1900, body)
    finding = run_probe(make_target(site, news=long), TODAY).findings.get()
    finding.refresh_from_db()
    assert "\x00" not in finding.newest_title + finding.newest_url + finding.excerpt
    assert len(finding.newest_title) == 300


def test_addresses_are_checked_when_they_are_typed(settings: Any) -> None:
    settings.PORTAL_PROBE_ALLOW_PRIVATE = False
    for url in (
        "ftp://glar.example.vn",
        "http://u:p@glar.example.vn",
        "glar.example.vn",
        "http://glar.vn:8080/",
    ):
        with pytest.raises(ValidationError):
            ProbeTarget(authority=authority("glar"), base_url=url).full_clean()
    ProbeTarget(authority=authority("glar"), base_url="https://glar.gialai.gov.vn/").full_clean()


def run_command(*args: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("probe_sites", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_reads_every_portal_in_use(site: Site) -> None:
    site.page("/tin", listing("Tin", "29/07/2021"))
    with serving() as gone:
        make_target(gone, "glar", news=gone.url + "/tin")
    make_target_elsewhere("trang", site)
    unused = make_target_elsewhere("dak-doa", site)
    ProbeTarget.objects.filter(pk=unused.pk).update(active=False)
    document = json.loads(run_command("--json")[0])
    assert [(run["unit"], run["ok"], run["error"]) for run in document["runs"]] == [
        ("glar", False, "connect"),
        ("trang", True, ""),
    ]
    assert document["runs"][1]["findings"][0]["newest_date"] == "2021-07-29"
    assert document["busy"] == []
    text = run_command("--unit", "trang")[0]
    assert "glar" not in text
    assert "Tin" in text


def test_the_command_says_which_unit_it_does_not_know() -> None:
    with pytest.raises(CommandError, match="dak-doa"):
        run_command("--unit", "dak-doa")
    assert run_command() == ("", "")


def test_the_command_passes_over_a_busy_portal(site: Site) -> None:
    site.page("/tin", listing("Tin", "29/07/2021"))
    busy = make_target(site, "glar", news=site.url + "/tin")
    make_target_elsewhere("trang", site)
    ProbeClaim.objects.create(target=busy, host="x", since=timezone.now())
    out, err = run_command()
    assert "trang" in out
    assert "127.0.0.1" in err
    with pytest.raises(CommandError):
        run_command("--unit", "glar")


def test_every_code_has_its_words() -> None:
    assert set(ERROR_WORDS) == set(ERRORS)
    assert set(FUNCTION_WORDS) == set(FUNCTIONS)
    assert set(ProbeFinding.State.values) == {*STATES, ""}
