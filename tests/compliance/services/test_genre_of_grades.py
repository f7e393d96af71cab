"""A grade is approved for the genre the article then had: another genre needs another approval."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from compliance.admin.grading.words import state_of
from compliance.models import ArticleGrade
from compliance.queries.grade_list import grade_list
from compliance.queries.payable import payable
from compliance.rules.months import Month
from compliance.services import periods
from compliance.services.grading import Grading, Proposal, approve_grades
from sitepages.models import ArticlePage
from sitepages.vocabulary import words
from tests.builders import authority, make_article, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MARCH = Month(2021, 3)


@pytest.fixture
def approved(db: None) -> ArticlePage:
    """An article whose grade one person proposed and another approved."""
    article = make_article("A")
    now = timezone.now()
    Grading(authority(), [article], user=make_user("secretary"), now=now).propose(article, Proposal("1,5"))
    approve_grades(authority(), [article], user=make_user("board"), now=now)
    return article


def edit(article: ArticlePage, genre: str, user: Any) -> ArticlePage:
    """What the page editor does."""
    page = ArticlePage.objects.get(pk=article.pk)
    page.genre = genre
    page.save_revision(user=user).publish()
    return ArticlePage.objects.get(pk=article.pk)


def held_back(article: ArticlePage) -> list[str]:
    period = periods.open_period(authority(), MARCH, user=make_user("accountant"))
    return [code for page, code in payable(period).held_back if page.pk == article.pk]


def test_a_genre_changed_in_the_editor_is_not_paid_and_says_so(approved: ArticlePage) -> None:
    edit(approved, "research", make_user("board"))
    assert held_back(approved) == ["genre_changed"]
    row = grade_list(authority(), MARCH).rows[0]
    code, told = state_of(row)
    assert code == "proposed"
    assert words("genres")["news"].name in told
    assert words("genres")["research"].name in told


def test_the_first_genre_again_is_the_approved_one(approved: ArticlePage) -> None:
    edit(approved, "research", make_user("board"))
    edit(approved, "news", make_user("board"))
    assert held_back(approved) == []


def test_it_is_approved_anew_by_somebody_who_did_not_publish_the_change(approved: ArticlePage) -> None:
    editor = make_user("board")
    page = edit(approved, "research", editor)
    now = timezone.now()
    done, faults = approve_grades(authority(), [page], user=editor, now=now)
    assert (done, list(faults)) == ([], [page.pk])
    assert approve_grades(authority(), [page], user=make_user("board"), now=now) == ([page.pk], {})
    assert ArticleGrade.objects.get().approved_genre == "research"
    assert held_back(page) == []


def test_a_proposal_for_another_genre_is_not_approved_by_who_changed_it(db: None) -> None:
    article, now = make_article("A"), timezone.now()
    Grading(authority(), [article], user=make_user("secretary"), now=now).propose(article, Proposal("1,5"))
    changed_by = make_user("board")
    page = edit(article, "research", changed_by)
    page = edit(page, "research", make_user("board"))  # a later save by another hides nobody
    assert approve_grades(authority(), [page], user=changed_by, now=timezone.now())[0] == []
    assert approve_grades(authority(), [page], user=make_user("board"), now=timezone.now())[0] == [page.pk]


def test_a_period_approved_before_is_not_closed_at_the_old_grade(approved: ArticlePage) -> None:
    accountant, head, now = make_user("accountant"), make_user("board"), timezone.now()
    period = periods.open_period(authority(), MARCH, user=accountant)
    periods.send_for_review(period, user=accountant, now=now)
    periods.approve_period(period, user=head, now=now)
    edit(approved, "research", make_user("board"))
    with pytest.raises(periods.PeriodError):
        periods.close_period(period, user=accountant, now=now, today=timezone.localdate())


def test_grades_approved_before_are_approved_for_the_genre_they_have(approved: ArticlePage) -> None:
    proposed = make_article("B")
    ArticleGrade.objects.create(article=proposed, coefficient=1, graded_at=timezone.now())
    ArticleGrade.objects.update(approved_genre="")
    ArticlePage.objects.filter(pk=approved.pk).update(genre="research")
    import_module("compliance.migrations.0019_kept_with_the_money").keep_present_genres(apps, None)
    kept = dict(ArticleGrade.objects.values_list("article", "approved_genre"))
    assert kept == {approved.pk: "research", proposed.pk: ""}
