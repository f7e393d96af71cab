"""The digest of an issued report: whatever is stored of it cannot be changed unseen."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from compliance.catalogue.reading import digest
from compliance.models import ActivityReport, FrozenRowError
from compliance.queries.activity_stored import LETTERHEAD, content_digest, is_intact
from compliance.reports.activity_files import RefusedError, stored_file
from tests.activity import make_report
from tests.builders import authority, make_article, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

#: What tells of how the row came about and is printed nowhere.
NOT_PRINTED = {"id", "made_by", "made_at", "subscription"}
DAY = datetime.timedelta(days=1)


def issued() -> ActivityReport:
    make_article(published="2021-03-04T09:00")
    return make_report(authority(), "Đak Đoa", make_user("board"), issued=True)


def replaced() -> ActivityReport:
    return make_report(authority("glar"), "Glar", make_user("board", "glar"), issued=True)


def _text(value: str) -> str:
    return f"{value} "


CHANGES: dict[str, Callable[[Any], Any]] = {
    **{name: _text for name in (*LETTERHEAD, "own_figures") if name != "dated_on"},
    "digest": lambda old: old[::-1],  # a space more would be cut off by PostgreSQL
    "authority": lambda _old: authority("glar"),
    "first_day": lambda old: old + DAY,
    "last_day": lambda old: old + DAY,
    "dated_on": lambda old: old + DAY,
    "issued_at": lambda old: old + datetime.timedelta(seconds=1),
    "replaces": lambda _old: replaced(),
    "text": lambda old: [*old[:-1], old[-1] | {"text": "Khác."}],
    "data": lambda old: old | {"articles": old["articles"] | {"total": old["articles"]["total"] + 1}},
    "versions": lambda old: old | {"catalogue": "0"},
    "state": lambda _old: "draft",
    "issued_by": lambda _old: make_user("board"),
}


def test_every_stored_field_is_tried() -> None:
    fields = {field.name for field in ActivityReport._meta.concrete_fields}
    assert fields == CHANGES.keys() | NOT_PRINTED


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_changed_field_is_seen(name: str) -> None:
    report = issued()
    assert is_intact(ActivityReport.objects.get(pk=report.pk))
    changed = CHANGES[name](copy.deepcopy(getattr(report, name)))
    # Past every guard of ours, as somebody with the database at hand would.
    models.QuerySet(ActivityReport).filter(pk=report.pk).update(**{name: changed})
    assert not is_intact(ActivityReport.objects.get(pk=report.pk))


@pytest.mark.parametrize("kind", ["json", "md", "docx", "pdf"])
def test_no_file_is_made_of_a_report_that_somebody_changed(kind: str) -> None:
    report = issued()
    today = timezone.localdate()
    assert stored_file(report, kind, today=today)
    models.QuerySet(ActivityReport).filter(pk=report.pk).update(signer_name="Kẻ khác")
    with pytest.raises(RefusedError) as refused:
        stored_file(ActivityReport.objects.get(pk=report.pk), kind, today=today)
    assert [each.code for each in refused.value.problems] == ["altered"]


def test_a_report_turned_into_a_draft_by_hand_stays_frozen() -> None:
    report = issued()
    models.QuerySet(ActivityReport).filter(pk=report.pk).update(state="draft")
    with pytest.raises(FrozenRowError):
        ActivityReport.objects.get(pk=report.pk).save()


def test_a_report_called_older_than_it_is_does_not_verify() -> None:
    report = issued()
    report.versions = report.versions | {"format": "1"}
    assert not is_intact(report)


def test_a_report_issued_in_the_first_format_verifies_as_it_was_then() -> None:
    report = issued()
    report.versions = report.versions | {"format": "1"}
    report.digest = digest({"data": report.data, "text": report.text, "own": report.own_figures})
    assert is_intact(report)
    assert report.digest == content_digest(report)
    report.text = []
    assert not is_intact(report)
