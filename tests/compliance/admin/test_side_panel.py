"""The side panel: in the editor of every page that can be evidence, and nowhere else."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.admin.viewsets.pages import page_viewset_registry

from compliance.admin.editor import DutyEditView, section_of
from compliance.catalogue.loader import load_catalogue
from compliance.rules.lookup import limits_on
from compliance.rules.types import MinimumDisplay
from compliance.services.observe import observed_models
from sitepages.disclosures import field_name
from sitepages.models import SectionPage
from sitepages.queries import article_index, section_page
from tests.builders import authority, make_article, make_document, make_superuser, make_user, signed_in
from tests.compliance.admin.findings import TODAY, due_item, html, make_assessment, make_finding, open_item

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def panel(page: Any, user: Any = None) -> Any:
    reply = signed_in(user or make_user("officer", "glar")).get(
        reverse("wagtailadmin_pages:edit", args=[page.pk])
    )
    return BeautifulSoup(html(reply), "html.parser").select_one(".duty-side:not(.alike-side)")


@pytest.mark.parametrize("model", [SectionPage, *observed_models()], ids=lambda model: model.__name__)
def test_every_page_type_that_can_be_evidence_has_the_editor(model: Any) -> None:
    reverse("wagtailadmin_home")  # the address book fills the registry
    assert page_viewset_registry.get_by_type(model).edit_view_class is DutyEditView


def test_what_is_open_on_this_very_page_comes_first() -> None:
    made = make_assessment()
    mine, other = (make_document(number, code="glar", issued=TODAY) for number in ("1/QĐ", "2/QĐ"))
    items = [
        due_item("OVERDUE", TODAY, "Văn bản khác", page=other.pk),
        due_item("OVERDUE", TODAY, "Chính văn bản này", page=mine.pk),
    ]
    make_finding(made, duty="rewards_sanctions", section="directives", state="MISSING")
    make_finding(made, state="OVERDUE", open_items=items, reason="overdue", params=items[0]["params"])
    lists = panel(mine).select(".duty-list")
    assert len(lists) == 2
    assert "Chính văn bản này" in lists[0].get_text()
    assert "Văn bản khác" not in lists[0].get_text()
    assert [each["id"] for each in lists[1].select("li[id]")] == ["duty-directives", "duty-rewards_sanctions"]


def test_a_section_shows_all_its_duties_with_what_lacks() -> None:
    made = make_assessment()
    make_finding(
        made,
        duty="directives",
        state="INCOMPLETE",
        lacking=["telephone"],
        reason="incomplete_section",
        open_items=[open_item("INCOMPLETE", "incomplete_section", lacking=["telephone"])],
    )
    make_finding(made, "trang", state="OVERDUE")
    found = panel(section_page(authority("glar"), "directives"))
    assert "telephone" in found.get_text()
    assert len(found.select(".duty-item")) == 1


def test_articles_show_the_duty_of_news() -> None:
    make_finding(make_assessment(), duty="news", state="MET")
    article = make_article(code="glar", office="", published="2021-03-04T09:00")
    assert section_of(article) == section_of(article_index(authority("glar"))) == "news"
    assert panel(article).select_one("#duty-news")


def test_a_page_outside_every_section_has_no_panel() -> None:
    make_finding(make_assessment(), state="MET")
    home = authority("glar").portal.root_page.specific
    assert panel(home, make_superuser()) is None


def test_a_record_that_must_stay_says_until_when(monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_document(code="glar", issued=TODAY, published="2021-07-29T08:00")
    make_finding(make_assessment(), state="MET")
    first = datetime.date(2021, 7, 29)
    duty, kind, days = _kept_duty(first)
    until = first + datetime.timedelta(days=days)
    facts = type(page).facts
    monkeypatch.setattr(type(page), "facts", lambda self: replace(facts(self), duty=duty, kind=kind))
    assert f"{until:%d/%m/%Y}" in panel(page).get_text()
    monkeypatch.setattr(type(page), "facts", lambda self: replace(facts(self), duty="no_such_duty"))
    assert f"{until:%d/%m/%Y}" not in panel(page).get_text()


def _kept_duty(day: datetime.date) -> tuple[str, str, int]:
    """A duty of communes whose law sets a minimum display that day: its code, the kind, the days."""
    for requirement in load_catalogue().requirements:
        held = limits_on(requirement, "commune", day, MinimumDisplay)
        if held:
            limit, deadline = max(held, key=lambda pair: pair[1].days)
            return requirement.code, limit.kind, deadline.days
    pytest.fail("no duty of the catalogue sets a minimum display")


def test_a_record_says_by_when_and_what_lacks_before_any_assessment() -> None:
    page = make_document("", code="glar", issued=datetime.date(2021, 4, 28))
    text = " ".join(panel(page).get_text(" ").split())
    assert "04/05/2021" in text, "five days, the rest days passed over"
    assert "28/04/2021" in text
    assert "03/05/2021" in text, "the day not counted is named"
    assert field_name("directives", "number") in text
    page.number = "1/QĐ-UBND"
    page.save_revision()
    assert field_name("directives", "number") not in panel(page).get_text()


def test_a_public_record_is_not_told_when_to_be_public() -> None:
    page = make_document(code="glar", issued=datetime.date(2021, 4, 28), published="2021-04-29T08:00")
    assert "04/05/2021" not in panel(page).get_text()
