"""Note how a page stands, each time it changes: the history every assessment is judged from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from compliance.catalogue.loader import load_catalogue
from compliance.models import Observation
from compliance.queries.pages import NEWS, Place, Places
from compliance.rules.months import local_date, span
from compliance.rules.types import RequiredFields
from sitepages.facts import Facts
from sitepages.models import Authority, SectionPage
from sitepages.models.base import BasePage
from sitepages.sent.marks import OF_ITS_OWN, is_sent_down

State = Observation.State

#: What makes two observations differ; the moments are not part of it.
_SAID = (
    "authority_id",
    "duty",
    "state",
    "title",
    "url",
    "kind",
    "trigger",
    "period",
    "week",
    "published",
    "changed",
    "confirmed",
    "answered",
    "term_ends",
    "filled",
)
_BATCH = 500


_later: ContextVar[bool] = ContextVar("observing_later", default=False)


@contextmanager
def observing_later() -> Iterator[None]:
    """Within it pages are not noted one by one: for imports, which call sync_observations at their end."""
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


def is_observing_later() -> bool:
    """Whether an import will note its pages itself."""
    return _later.get()


def observed_models() -> list[type[BasePage]]:
    """The page types that can be evidence: every page of ours that may stand under a section."""
    models = [model for model in apps.get_app_config("sitepages").get_models() if issubclass(model, BasePage)]
    return [model for model in models if model is not SectionPage]


def observe(page: BasePage, *, now: datetime.datetime) -> Observation | None:
    """Note how the page stands now; None when nothing changed, or it is no evidence of anything."""
    place = Places([page.path]).of(page)
    if place is None or is_sent_down(page):
        return None
    last = Observation.objects.filter(page_id=page.pk).order_by("-at", "-pk").first()
    seen = _seen(page, place, last, now)
    for each in seen:
        each.save()
    return seen[-1] if seen else None


def observe_removal(page: BasePage, *, now: datetime.datetime) -> Observation | None:
    """Note that a page was deleted: a record once public counts as taken down, a draft is forgotten."""
    last = Observation.objects.filter(page_id=page.pk).order_by("-at", "-pk").first()
    if last is None or last.state in (State.WITHDRAWN, State.GONE):
        return None
    state = State.WITHDRAWN if last.state == State.PUBLIC else State.GONE
    values = {name: getattr(last, name) for name in _SAID} | {"state": state}
    return Observation.objects.create(page_id=page.pk, at=now, recorded_at=now, **values)


@transaction.atomic
def sync_observations(
    *, now: datetime.datetime, models: Sequence[type[BasePage]] | None = None, pages: Iterable[int] = ()
) -> int:
    """Note every page that changed without being noted (an import, a repair); the number of notes made.

    `pages` narrows to those ids. Read in batches, in a constant number of queries a batch.
    """
    made = 0
    places = Places()
    wanted = set(pages)
    for model in models or observed_models():
        rows = model.objects.filter(OF_ITS_OWN).order_by("pk")
        rows = rows.prefetch_related(*model.facts_need)
        if wanted:
            rows = rows.filter(pk__in=wanted)
        for batch in _batches(rows.iterator(chunk_size=_BATCH)):
            made += _sync_batch(batch, places, now)
    return made


def _sync_batch(batch: Sequence[BasePage], places: Places, now: datetime.datetime) -> int:
    ranked = Observation.objects.filter(page_id__in=[page.pk for page in batch]).annotate(
        rank=Window(RowNumber(), partition_by=F("page_id"), order_by=[F("at").desc(), F("pk").desc()])
    )
    last = {row.page_id: row for row in ranked.filter(rank=1)}
    homes = home_urls(batch, places)
    found: list[Observation] = []
    for page in batch:
        place = places.of(page)
        if place:
            found += _seen(page, place, last.get(page.pk), now, homes)
    Observation.objects.bulk_create(found, batch_size=_BATCH)
    return len(found)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def note_new(
    pages: Sequence[BasePage], places: Places, homes: dict[int, tuple[str, str]], *, now: datetime.datetime
) -> list[Observation]:
    """What is to be noted of pages just made, not yet written: for imports that know them to be new."""
    found: list[Observation] = []
    for page in pages:
        place = places.of(page)
        if place:
            found += _seen(page, place, None, now, homes)
    return found


def home_urls(batch: Sequence[BasePage], places: Places) -> dict[int, tuple[str, str]]:
    """The path of each unit's front page and the address of its site, for the units of a batch."""
    units = {place.authority for page in batch if (place := places.of(page))}
    rows = Authority.objects.filter(pk__in=units).select_related("site__root_page")
    return {row.pk: (row.site.root_page.url_path, row.site.root_url) for row in rows if row.site}


def _seen(
    page: BasePage,
    place: Place,
    last: Observation | None,
    now: datetime.datetime,
    homes: dict[int, tuple[str, str]] | None = None,
) -> list[Observation]:
    """What is to be noted, oldest first; nothing when the page stands as it was last noted.

    A page never noted before that was published after its own legal day is noted twice: as owed since that
    day, and as public since it was.
    """
    if page.alias_of_id is not None:
        return []
    values = _values(page, place, last, homes)
    if values is None or (last and all(getattr(last, name) == values[name] for name in _SAID)):
        return []
    if last is not None:  # never before the last note: a later import rewrites no history
        return [Observation(page_id=page.pk, at=max(now, last.at), recorded_at=now, **values)]
    owed = min(span(values["trigger"], values["trigger"])[0], now) if values["trigger"] else now
    public = page.first_published_at
    if values["state"] == State.DRAFT or public is None:
        known = min(owed, page.latest_revision_created_at or now)
        return [Observation(page_id=page.pk, at=known, recorded_at=now, **values)]
    found = []
    if owed < public:
        draft = values | {"state": State.DRAFT, "published": None, "changed": None, "confirmed": None}
        found.append(Observation(page_id=page.pk, at=owed, recorded_at=now, **draft))
    shown = values | {"state": State.PUBLIC}
    found.append(Observation(page_id=page.pk, at=min(public, now), recorded_at=now, **shown))
    if values["state"] == State.WITHDRAWN:
        found.append(Observation(page_id=page.pk, at=now, recorded_at=now, **values))
    return found


def _values(
    page: BasePage, place: Place, last: Observation | None, homes: dict[int, tuple[str, str]] | None
) -> dict[str, Any] | None:
    first = page.first_published_at
    public = page.live and first is not None
    if place.section == NEWS and not public and last is None:
        return None  # a draft article owes nobody anything
    shown = page if public else _draft(page)
    facts = shown.facts()
    state = State.PUBLIC if public else State.WITHDRAWN if first is not None else State.DRAFT
    return {
        "authority_id": place.authority,
        "duty": facts.duty or place.section,
        "state": state,
        "title": str(shown.title)[:500],
        "url": _url(page, place, homes),
        "kind": facts.kind,
        "trigger": facts.trigger,
        "period": facts.period,
        "week": facts.week,
        "published": local_date(first) if first else None,
        "changed": local_date(page.human_changed_at) if page.human_changed_at else None,
        "confirmed": local_date(page.confirmed_at) if page.confirmed_at else None,
        "answered": facts.answered,
        "term_ends": facts.term_ends,
        "filled": _filled(facts, facts.duty or place.section),
    }


def _filled(facts: Facts, duty: str) -> list[str] | None:
    """The required fields that hold something; what is not asked of such a record is nobody's lack."""
    if facts.filled is None or facts.asked is None:
        return None if facts.filled is None else sorted(facts.filled)
    return sorted(facts.filled | (fields_ever_required(duty) - facts.asked))


@cache
def fields_ever_required(duty: str) -> frozenset[str]:
    """Every field the law ever asked of a duty's records."""
    if duty not in load_catalogue().codes:
        return frozenset()
    limits = load_catalogue().requirement(duty).limits
    wanted = [limit.deadline for limit in limits]
    return frozenset(name for each in wanted if isinstance(each, RequiredFields) for name in each.fields)


def _draft(page: BasePage) -> BasePage:
    """What is being written: the latest revision, where there is one."""
    if page.latest_revision_id is None:
        return page
    draft: BasePage = page.get_latest_revision_as_object()
    return draft


def _url(page: BasePage, place: Place, homes: dict[int, tuple[str, str]] | None) -> str:
    if homes is None:
        return (page.full_url or "")[:1000]
    if place.authority not in homes:
        return ""
    root, address = homes[place.authority]
    return f"{address}/{page.url_path.removeprefix(root)}"[:1000]
