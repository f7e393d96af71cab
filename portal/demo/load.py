"""Load the demo once: the district's real figures of 2021, on fictitious texts and people."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from compliance.models import Assessment
from compliance.queries.probe import authorities_with_portal
from compliance.services.article_rows import read_articles
from compliance.services.assess import take_assessment
from compliance.services.import_articles import import_articles
from compliance.services.observe import observing_later, sync_observations
from compliance.services.technical import check_portal
from portal.demo.credits import load_credits
from portal.demo.documents import load_documents, open_sections, remove_procedures
from portal.demo.english import load_english
from portal.demo.money import load_money
from portal.demo.people import PEOPLE, load_people
from portal.demo.questions import load_questions
from portal.demo.records import RecordLoader
from portal.demo.reports import load_report
from portal.demo.reviews import REVIEW_DAY, load_reviews
from portal.demo.visits import load_visits
from sitepages.models import ArticlePage, Authority, Topic
from sitepages.search.entries import indexing_later
from sitepages.search.rebuild import rebuild

REPORT_DAY = datetime.date(2021, 7, 29)


def is_loaded() -> bool:
    """Whether the demo is there already."""
    return get_user_model().objects.filter(username=PEOPLE[0].username).exists()


@transaction.atomic
def load_demo() -> bool:
    """Load everything in one transaction; False, and nothing done, when it is there already."""
    if is_loaded():
        return False
    with indexing_later():
        _load()
    rebuild(files=settings.PORTAL_READ_FILES)
    return True


def _load() -> None:
    folder: Path = settings.PORTAL_FIXTURES / "demo"
    content = tomllib.loads((folder / "content.toml").read_text(encoding="utf-8"))
    now, today = timezone.now(), timezone.localdate()
    load_people()
    for name in ("articles.csv", "commune_articles.csv"):
        import_articles(read_articles((folder / name).read_bytes(), now=now), now=now)
    load_credits()
    _name_topics(content.get("office_topics", {}))
    district = Authority.objects.select_related("site__root_page").get(
        parent__isnull=True, site__isnull=False
    )
    with observing_later():
        RecordLoader(content, today).load()
        load_documents(district, folder / "documents.csv")
    load_english(folder / "english.toml")
    open_sections(district)
    remove_procedures(district)
    sync_observations(now=timezone.now())
    load_money(district)
    load_visits(district)
    load_questions(district)
    for unit in authorities_with_portal(today):
        check_portal(unit, today)  # asked within this process: no network, no server
    for day in (REVIEW_DAY, REPORT_DAY, today):
        if not Assessment.objects.filter(date=day).exists():
            take_assessment(day, today=today)
    load_reviews()
    load_report(district)


def _name_topics(by_office: dict[str, str]) -> None:
    """Give each article the topic its office mostly writes about."""
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    through = ArticlePage.topics.through
    rows = [
        through(articlepage_id=page, topic_id=topics[by_office[office]].pk)
        for page, office in ArticlePage.objects.values_list("pk", "office__code")
        if by_office.get(office) in topics
    ]
    through.objects.bulk_create(rows, ignore_conflicts=True)
