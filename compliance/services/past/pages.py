"""Checked articles become published pages, a thousand at a time: as good as pages made one by one."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail.models import Page

from compliance.models import ArticleGrade, ImportedArticle, ImportJob
from compliance.queries.pages import Places
from compliance.rules.months import local_date
from compliance.services.bulk import insert_rows, insert_with_keys, reserve_keys
from compliance.services.csv_files import name_key
from compliance.services.observe import home_urls, note_new
from compliance.services.past.check import BATCH, Units
from compliance.services.past.found import body_json, references
from compliance.services.past.search import SearchIndex
from compliance.services.past.spool import NEW, Spool, Spooled
from sitepages.locks import share_publication_lock, share_record_lock
from sitepages.models import ArticlePage, Contribution, RegisterEntry
from sitepages.queries import article_index
from sitepages.registers.entries import values_of
from sitepages.search.entries import index_pages
from sitepages.text import vietnamese_slug

#: Places in the tree left free for articles that editors add while an import is under way.
_ROOM = 256


class ArticleWriter:
    """Writes the new articles of a spool, in a transaction of the caller."""

    def __init__(
        self, spool: Spool, units: Units, *, settled: bool, now: datetime.datetime, by: Any = None
    ) -> None:
        self.spool, self.units, self.settled, self.now, self.by = spool, units, settled, now, by
        self.parents: dict[int, Page] = {}
        self.steps: dict[int, int] = {}
        self.made: dict[int, int] = {}
        self.content_type = ContentType.objects.get_for_model(ArticlePage)

    def run(self, job_of: Callable[[int], ImportJob], progress: Callable[[int], None]) -> int:
        """How many were written; ``job_of`` gives the import a unit's rows belong to."""
        share_publication_lock()
        share_record_lock()
        self.places = Places()
        search = SearchIndex()
        done = 0
        for batch in self.spool.batches(BATCH, NEW):
            rows = [row for _number, row in batch]
            pages = self._pages(rows)
            self._insert(rows, pages, job_of)
            search.add(pages, rows)
            index_pages(pages)
            done += len(rows)
            progress(done)
        if done:
            search.finish()
        for unit, number in self.made.items():
            Page.objects.filter(pk=self.parents[unit].pk).update(numchild=F("numchild") + number)
        return done

    def _pages(self, rows: list[Spooled]) -> list[ArticlePage]:
        slugs = self._slugs(rows)
        keys = reserve_keys(Page, len(rows))
        return [self._page(row, key, slug) for row, key, slug in zip(rows, keys, slugs, strict=True)]

    def _page(self, row: Spooled, key: int, slug: str) -> ArticlePage:
        parent, step = self._place(row.unit)
        said = row.data
        moment = datetime.datetime.fromisoformat(said["at"])
        page = ArticlePage(
            id=key,
            page_ptr_id=key,
            path=Page._get_path(parent.path, parent.depth + 1, step),
            depth=parent.depth + 1,
            numchild=0,
            translation_key=uuid.uuid4(),
            locale_id=parent.locale_id,
            title=said["title"],
            draft_title=said["title"],
            slug=slug,
            url_path=f"{parent.url_path}{slug}/",
            content_type=self.content_type,
            live=True,
            first_published_at=moment,
            last_published_at=moment,
            genre=said["genre"],
            lead=said["lead"],
            body=body_json(said["body"]),
            office_id=said["office"],
            pen_name="" if said["author"] else said["pen_name"],
        )
        name = said["author"]
        if name:
            person = self.units.people.get((row.unit, name_key(name)))
            page.contributions = [
                Contribution(
                    name=name, pen_name=said["pen_name"], role="author", contributor_id=person, sort_order=0
                )
            ]
        return page

    def _place(self, unit: int) -> tuple[Page, int]:
        if unit not in self.parents:
            parent = article_index(self.units.by_pk[unit])
            last = Page.objects.child_of(parent).order_by("-path").values_list("path", flat=True).first()
            used = Page._str2int(last[-Page.steplen :]) if last else 0
            self.parents[unit], self.steps[unit], self.made[unit] = parent, used + _ROOM, 0
        self.steps[unit] += 1
        self.made[unit] += 1
        return self.parents[unit], self.steps[unit]

    def _slugs(self, rows: list[Spooled]) -> list[str]:
        """A slug for each, the title's own where it is free: one query a batch."""
        wanted = [_slugs_of(row) for row in rows]
        units = {row.unit for row in rows}
        paths = {article_index(self.units.by_pk[unit]).path: unit for unit in units - self.parents.keys()}
        paths |= {self.parents[unit].path: unit for unit in units & self.parents.keys()}
        taken = set()
        there = Page.objects.filter(slug__in={slug for each in wanted for slug in each}).order_by()
        for path, slug in there.values_list("path", "slug"):
            taken.add((paths.get(path[: -Page.steplen]), slug))
        found = []
        for row, each in zip(rows, wanted, strict=True):
            free = (slug for slug in each if (row.unit, slug) not in taken)
            found.append(next(slug for slug in free if self.spool.take_slug(row.unit, slug)))
        return found

    def _insert(
        self, rows: list[Spooled], pages: list[ArticlePage], job_of: Callable[[int], ImportJob]
    ) -> None:
        insert_with_keys(Page, pages)
        insert_with_keys(ArticlePage, pages)
        parents = [self.parents[row.unit].pk for row in rows]
        insert_with_keys(
            RegisterEntry,
            [
                RegisterEntry(page_id=page.pk, parent_id=parent, **(values_of(page) or {}))
                for page, parent in zip(pages, parents, strict=True)
            ],
        )
        credits = [part for page in pages for part in page.contributions.all()]
        for part, key in zip(credits, reserve_keys(Contribution, len(credits)), strict=True):
            part.pk = key
        insert_with_keys(Contribution, credits)
        insert_rows(
            [
                ImportedArticle(
                    job=job_of(row.unit),
                    authority_id=row.unit,
                    article_id=page.pk,
                    key=row.key,
                    reference=row.reference,
                    digest=row.digest,
                    settled=self.settled,
                )
                for row, page in zip(rows, pages, strict=True)
            ]
        )
        insert_rows(
            [
                ArticleGrade(
                    article_id=page.pk,
                    coefficient=Decimal(row.data["coefficient"]),
                    graded_at=self.now,
                    graded_by_id=None if self.settled else getattr(self.by, "pk", None),
                    approved_at=self.now if self.settled else None,  # still to be paid: a proposal
                    approved_genre=page.genre if self.settled else "",
                )
                for row, page in zip(rows, pages, strict=True)
                if row.data["coefficient"]
            ]
        )
        insert_rows(references(pages))
        insert_rows(note_new(pages, self.places, home_urls(pages, self.places), now=self.now))


def _slugs_of(row: Spooled) -> list[str]:
    base = vietnamese_slug(row.data["title"]) or "trang"
    day = local_date(datetime.datetime.fromisoformat(row.data["at"]))
    dated = f"{base}-{day:%Y%m%d}"
    return [base, dated, f"{dated}-{row.key[:12]}"]
