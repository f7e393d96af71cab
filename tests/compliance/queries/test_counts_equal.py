"""The database counts what the rule in Python counts, whatever happened to the articles."""

from __future__ import annotations

import datetime
import random

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from compliance.models import CountExclusion, PlacedArticle
from compliance.queries.contributions import as_fact, facts_of, office_facts
from compliance.queries.counted import office_months
from compliance.queries.counts import contribution_table
from compliance.rules.counting import count
from compliance.rules.months import Month, months
from compliance.services.placed import misplaced, place_again
from sitepages.models import ArticlePage, Authority, Office
from tests.builders import authority, make_article

pytestmark = pytest.mark.django_db

FIRST, LAST = Month(2020, 12), Month(2021, 2)
#: Around the edges of months in local time, which are 17:00 of the day before in UTC.
MOMENTS = (
    None,
    "2020-11-30T23:59:59",
    "2020-12-01T00:00:00",
    "2020-12-31T23:59:59.999999",
    "2021-01-01T00:00:00",
    "2021-01-31T17:00:00",
    "2021-02-28T23:30:00",
    "2021-03-01T00:00:00",
)
KINDS = ("plain", "alias", "copy", "withdrawn", "left_out", "let_in_again", "no_office", "elsewhere", "moved")


def _plant(moment: str | None, kind: str, office: str, code: str = "dak-doa") -> None:
    page = make_article(code=code, office=office if code == "dak-doa" else "", published=moment)
    other = ArticlePage.objects.exclude(pk=page.pk).first()
    row = ArticlePage.objects.filter(pk=page.pk)
    if kind == "alias":
        row.update(alias_of=other and other.page_ptr)
    elif kind == "copy":
        row.update(repost_of=other)
    elif kind == "withdrawn":
        page.unpublish()
    elif kind in ("left_out", "let_in_again"):
        word = CountExclusion.objects.create(article=page, reason="Trùng", at=timezone.now())
        if kind == "let_in_again":
            word.withdrawn_at = timezone.now()
            word.save()
    elif kind == "no_office":
        row.update(office=None)
    elif kind == "elsewhere":
        row.update(office=Office.objects.filter(authority__code="glar").first())
    elif kind == "moved":
        row.update(office=Office.objects.filter(authority__code="dak-doa").order_by("-code").first())
    if kind == "deleted":
        page.delete()


def _by_rule(unit: Authority) -> tuple[dict, list]:
    """Facts as `as_fact` builds them of every page of the unit, counted in Python."""
    start, end = FIRST.start, LAST.end
    root = unit.site.root_page.path
    facts = []
    for page in ArticlePage.objects.all():
        mine = page.office.authority_id == unit.pk if page.office else page.path.startswith(root)
        worked = page.latest_revision_created_at
        draft = page.first_published_at is None and (worked is None or start <= worked < end)
        if mine and (draft or (page.first_published_at and start <= page.first_published_at < end)):
            facts.append(as_fact(page))
    table = count(facts, office_facts(unit, FIRST.first, LAST.last), months(FIRST, LAST))
    return {row.office.code: row.counts for row in table.rows}, list(table.excluded)


def _same() -> None:
    for code in ("dak-doa", "glar"):
        unit = authority(code)
        table = contribution_table(unit, FIRST, LAST)
        rows, left = _by_rule(unit)
        assert {row.office.code: row.counts for row in table.rows} == rows
        assert list(table.excluded) == left
        assert list(misplaced()) == []


class CountsAreEqual(TestCase):
    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(MOMENTS),
                st.sampled_from((*KINDS, "deleted")),
                st.sampled_from(("police", "military", "")),
                st.sampled_from(("dak-doa", "dak-doa", "glar")),
            ),
            min_size=1,
            max_size=12,
        )
    )
    def test_the_database_counts_as_the_rule_does(
        self, drawn: list[tuple[str | None, str, str, str]]
    ) -> None:
        known = set(Office.objects.filter(authority__code="dak-doa").values_list("code", flat=True))
        for moment, kind, office, code in drawn:
            _plant(moment, kind, office if office in known else "", code)
        _same()


def _all_kinds() -> None:
    for kind in KINDS:
        for moment in MOMENTS:
            _plant(moment, kind, "")
    for kind, moment in zip(KINDS, MOMENTS * 2, strict=False):
        _plant(moment, kind, "", "glar")


def test_every_case_at_every_edge() -> None:
    _all_kinds()
    unit = authority()
    table = contribution_table(unit, FIRST, LAST)
    assert {item.reason.value for item in table.excluded} == {
        "alias", "copy", "draft", "withdrawn", "not_counted", "no_office",
    }  # fmt: skip
    assert table.total
    _same()


def test_facts_without_pages_are_the_facts_of_the_pages() -> None:
    _all_kinds()
    pages = ArticlePage.objects.order_by("pk")
    facts = facts_of(pages)
    assert facts == [as_fact(page) for page in pages]
    assert all(fact.url.startswith("http") for fact in facts)


def test_months_may_have_gaps() -> None:
    _all_kinds()
    whole = office_months([authority()], months(FIRST, LAST))
    ends = office_months([authority()], [LAST, FIRST])
    assert ends == {key: number for key, number in whole.items() if key[1] in (FIRST, LAST)}
    assert ends != whole


def test_bulk_changes_are_followed() -> None:
    _all_kinds()
    chosen = random.Random(7)
    keys = list(ArticlePage.objects.values_list("pk", flat=True))
    late = datetime.datetime(2021, 1, 15, tzinfo=datetime.UTC)
    for change in (
        {"live": False},
        {"live": True},
        {"first_published_at": None},
        {"first_published_at": late},
    ):
        ArticlePage.objects.filter(pk__in=chosen.sample(keys, 40)).update(**change)
        _same()
    CountExclusion.objects.all().delete()
    _same()


@pytest.mark.postgresql_only
def test_a_wrong_row_is_found_and_mended() -> None:
    _all_kinds()
    call_command("check_counts")
    one, two = PlacedArticle.objects.filter(counts=True).order_by("pk")[:2]
    PlacedArticle.objects.filter(pk=one.pk).update(day=datetime.date(1999, 1, 1))
    PlacedArticle.objects.filter(pk=two.pk).delete()
    PlacedArticle.objects.create(article_id=2_000_000_000, day=one.day, counts=True)
    with pytest.raises(CommandError, match="3"):
        call_command("check_counts")
    assert place_again() == 3
    call_command("check_counts")
    _same()
