"""Keep traces of public articles and the pairs that are alike, as articles come, change and go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from compliance.models import AlikePair, ImportedArticle, ImportJob, Likeness, LikenessRun
from compliance.queries.likeness import Alike, Finder, originals, text_of
from compliance.queries.pages import Places
from compliance.rules.likeness import Text, sketch
from compliance.rules.months import local_date
from compliance.services.bulk import insert_rows
from sitepages.models import ArticlePage

_BATCH = 500
_TITLE = 500
#: An import of more articles than this leaves the comparing to the next ``index_likeness``.
COMPARED_AT_ONCE = 2_000


def note_article(page: ArticlePage) -> None:
    """After an article was published or changed: its trace and its pairs, unless its text is as it was."""
    if not _is_original(page):
        forget_article(page.pk)
        return
    text, row = text_of(page), Likeness.objects.filter(pk=page.pk).first()
    now = (text.digest, _title(text), text.day, _unit(page, Places([page.path])))
    if row is not None and row.compared and (row.digest, row.title, row.day, row.authority_id) == now:
        return
    with transaction.atomic():
        trace_articles([page])
        compare_articles([page.pk])


def forget_article(article: int) -> None:
    """After it was taken down: nobody finds it any more; what was decided about it stays."""
    LikenessRun.objects.filter(trace=article).delete()
    Likeness.objects.filter(pk=article).delete()


def note_articles(articles: Sequence[int]) -> None:
    """After an import: all traces; the pairs too unless there are too many to wait for."""
    for batch in _batches(articles):
        trace_articles(originals().filter(pk__in=batch))
    if len(articles) <= COMPARED_AT_ONCE:
        compare_articles(articles)


def note_imported(jobs: Iterable[ImportJob]) -> bool:
    """After an import of the past: compare its articles now; False when too many, left to the night."""
    found = ImportedArticle.objects.filter(job__in=[job.pk for job in jobs])
    ids = list(found.order_by("pk").values_list("article", flat=True)[: COMPARED_AT_ONCE + 1])
    if len(ids) > COMPARED_AT_ONCE:
        return False
    note_articles(ids)
    return True


def index_likeness(*, anew: bool, progress: Callable[[int], None] = lambda number: None) -> int:
    """Trace and compare every article that is not yet, or all of them anew; the number of them."""
    if anew:
        LikenessRun.objects.all()._raw_delete(LikenessRun.objects.db)
        Likeness.objects.all()._raw_delete(Likeness.objects.db)
    stale = Likeness.objects.exclude(article__in=originals().values("pk")).values_list("pk", flat=True)
    for article in list(stale):
        forget_article(article)
    for batch in _batches(list(originals().filter(likeness=None).values_list("pk", flat=True))):
        with transaction.atomic():
            trace_articles(originals().filter(pk__in=batch))
    waiting = list(Likeness.objects.filter(compared=False).values_list("pk", flat=True))
    for batch in _batches(waiting):
        with transaction.atomic():
            compare_articles(batch)
        progress(len(batch))
    return len(waiting)


def trace_articles(pages: Iterable[ArticlePage]) -> None:
    """Write the traces of public articles, instead of those they had."""
    found = list(pages.select_related("office") if isinstance(pages, QuerySet) else pages)
    places = Places([page.path for page in found])
    ids = [page.pk for page in found]
    LikenessRun.objects.filter(trace__in=ids)._raw_delete(LikenessRun.objects.db)
    Likeness.objects.filter(pk__in=ids)._raw_delete(Likeness.objects.db)
    traces, runs = [], []
    for page in found:
        unit, text = _unit(page, places), text_of(page)
        if unit is None or text.day is None:
            continue
        traces.append(
            Likeness(
                article_id=page.pk,
                authority_id=unit,
                digest=text.digest,
                title=_title(text),
                day=text.day,
            )
        )
        runs += [LikenessRun(trace_id=page.pk, number=number) for number in sketch(text)]
    Likeness.objects.bulk_create(traces, batch_size=_BATCH)
    insert_rows(runs)


def compare_articles(articles: Sequence[int]) -> None:
    """Find the pairs of these articles; pairs that are alike no more go, unless the board spoke on them."""
    finder = Finder()
    units = dict(Likeness.objects.filter(pk__in=articles).values_list("pk", "authority"))
    for page in originals().filter(pk__in=list(units)):
        found = finder.alike(text_of(page), but=page.pk)
        _write_pairs(page, found)
    Likeness.objects.filter(pk__in=list(units)).update(compared=True)


def _write_pairs(page: ArticlePage, found: Sequence[Alike]) -> None:
    known = {
        (row.earlier_id, row.later_id): row
        for row in AlikePair.objects.filter(Q(earlier=page.pk) | Q(later=page.pk))
    }
    if not found and not known:
        return
    ids = [page.pk, *(each.page.pk for each in found)]
    units = dict(Likeness.objects.filter(pk__in=ids).values_list("pk", "authority"))
    for each in found:
        earlier, later = sorted((page, each.page), key=_age)
        values: dict[str, Any] = {
            "earlier_unit_id": units[earlier.pk],
            "later_unit_id": units[later.pk],
            "day": local_date(later.first_published_at),
            "kind": each.found.kind.value,
            "percent": each.found.percent,
        }
        row = known.pop((earlier.pk, later.pk), None)
        if row is None:
            AlikePair.objects.create(earlier_id=earlier.pk, later_id=later.pk, **values)
        elif any(getattr(row, name) != value for name, value in values.items()):
            AlikePair.objects.filter(pk=row.pk).update(**values)
    gone = [row.pk for row in known.values() if row.dismissed_at is None]
    AlikePair.objects.filter(pk__in=gone).delete()


def _unit(page: ArticlePage, places: Places) -> int | None:
    """The unit an article counts for: its office's, else that of the site it stands on."""
    if page.office is not None:
        return int(page.office.authority_id)
    place = places.of(page)
    return place.authority if place else None


def _is_original(page: ArticlePage) -> bool:
    return bool(
        page.live and page.first_published_at and page.alias_of_id is None and page.repost_of_id is None
    )


def _age(page: ArticlePage) -> tuple[Any, int]:
    return (page.first_published_at, page.pk)


def _title(text: Text) -> str:
    return " ".join(text.title)[:_TITLE]


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH))
