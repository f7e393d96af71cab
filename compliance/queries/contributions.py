"""Articles as facts for counting and paying; the only reader of articles for either."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from wagtail.models import Site

from compliance.models import ImportedTally
from compliance.queries.exclusions import is_left_out, with_exclusions
from compliance.rules.counting import ArticleFact, OfficeFact
from compliance.rules.months import span
from sitepages.models import ArticlePage, Authority, Office

_GROUP_RANK = {code: rank for rank, code in enumerate(Office.Group.values)}


def articles_of(authority: Authority) -> QuerySet:
    """Articles credited to the authority's offices, and uncredited ones on its own site."""
    mine = Q(office__authority=authority)
    if authority.site is not None:
        mine |= Q(office__isnull=True, path__startswith=authority.site.root_page.path)
    return ArticlePage.objects.filter(mine).select_related("office")


def article_facts(
    authority: Authority, start: datetime.datetime, end: datetime.datetime
) -> list[ArticleFact]:
    """Facts of the authority's articles first published in [start, end), and of drafts worked on then."""
    in_period = Q(first_published_at__gte=start, first_published_at__lt=end)
    drafts = Q(first_published_at__isnull=True) & (
        Q(latest_revision_created_at__isnull=True)
        | Q(latest_revision_created_at__gte=start, latest_revision_created_at__lt=end)
    )
    return facts_of(articles_of(authority).filter(in_period | drafts).order_by("first_published_at", "pk"))


def facts_of(articles: QuerySet) -> list[ArticleFact]:
    """The same as `as_fact` of each, without a page built for any."""
    roots = [(root.root_path, root.root_url) for root in Site.get_site_root_paths()]
    place = reverse("wagtail_serve", args=("",))

    def address(path: str) -> str:
        for root, url in roots:
            if path.startswith(root):
                return f"{url}{place}{iri_to_uri(path[len(root) :])}"
        return ""

    rows = with_exclusions(articles).values_list(
        "pk",
        "title",
        "url_path",
        "office__code",
        "first_published_at",
        "live",
        "alias_of",
        "repost_of",
        "board_left_out",
    )
    return [
        ArticleFact(
            id=pk,
            title=title,
            url=address(path),
            office=office,
            first_published=moment,
            live=live,
            is_alias=alias is not None,
            is_copy=copy is not None,
            is_left_out=out,
        )
        for pk, title, path, office, moment, live, alias, copy, out in rows
    ]


def as_fact(page: ArticlePage) -> ArticleFact:
    """What counting needs of one article."""
    return ArticleFact(
        id=page.pk,
        title=page.title,
        url=page.full_url or "",
        office=page.office.code if page.office else None,
        first_published=page.first_published_at,
        live=page.live,
        is_alias=page.alias_of_id is not None,
        is_copy=page.repost_of_id is not None,
        is_left_out=is_left_out(page),
    )


def office_facts(authority: Authority, first: datetime.date, last: datetime.date) -> list[OfficeFact]:
    """The authority's offices of the period, in the official order: those in force in it or with articles."""
    in_force = (Q(valid_from__isnull=True) | Q(valid_from__lte=last)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    )
    start, end = span(first, last)
    articles = ArticlePage.objects.filter(
        office=OuterRef("pk"), first_published_at__gte=start, first_published_at__lt=end
    )
    wrote = Q(Exists(articles))
    handed_over = ImportedTally.objects.filter(
        office=OuterRef("pk"), month__gte=first.replace(day=1), month__lte=last
    )
    told = Q(Exists(handed_over))
    offices = Office.objects.filter(authority=authority).filter(in_force | wrote | told)
    return [
        OfficeFact(
            code=office.code,
            name=office.full_name,
            group=office.group,
            order=_GROUP_RANK[office.group] * 10_000 + office.order,
        )
        for office in offices.order_by(F("order"), "code")
    ]


def has_articles(authority: Authority, first: datetime.date, last: datetime.date) -> bool:
    """Whether anything of the unit's offices was published in the days."""
    start, end = span(first, last)
    days = {"articles__first_published_at__gte": start, "articles__first_published_at__lt": end}
    return bool(authority.offices.filter(**days).exists())


def genres_and_signatures(articles: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The genre and the signature of articles; two queries."""
    rows = ArticlePage.objects.filter(pk__in=list(articles)).prefetch_related("contributions")
    return {page.pk: (page.genre_name, page.byline) for page in rows}
