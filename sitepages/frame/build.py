"""Reads: the frame of one portal, from the database."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from sitepages import tongues
from sitepages.drawn.rule import drawn_from
from sitepages.frame.record import Crest, Frame, Mourning, Place, Task, Tongue, Translated
from sitepages.vocabulary import sections, task_links

#: As high as the header shows a crest on a fine screen.
CREST = "max-200x200"
MOST_LEVELS = 8


def _model(name: str) -> Any:
    return apps.get_model("sitepages", name)


def build(site_id: int) -> Frame:
    """Everything that surrounds the pages of a site."""
    site = Site.objects.select_related("root_page").get(pk=site_id)
    site.root_page = home = site.root_page.specific
    bodies = _model("Authority").objects
    authority = (
        bodies.filter(site=site).select_related("parent__site", "successor__site", "site", "tier").first()
    )
    settings = _model("SiteSettings")
    texts = settings.for_site(site)
    above = _above(authority)
    places = _places(home)
    subportals = _subportals(authority)
    closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    return Frame(
        site=site,
        home=home,
        texts=texts,
        authority=authority,
        subportals=subportals,
        places=places,
        closed=closed,
        notices=_notices(authority, above),
        mournings=_mournings(texts, above),
        tasks=_tasks(texts, places, site),
        crest=_crest(texts),
        drawn=drawn_from(texts, subportals),
        tongues=_tongues(home),
        _by_slug={place.slug: place for place in places},
    )


def _above(authority: Any) -> list[Any]:
    """The bodies above, nearest first."""
    found: list[Any] = []
    step = authority.parent if authority else None
    while step is not None and len(found) < MOST_LEVELS and step not in found:
        found.append(step)
        step = step.parent
    return found


def _subportals(authority: Any) -> tuple[Any, ...]:
    if authority is None:
        return ()
    children = authority.children.filter(site__isnull=False).select_related("site__root_page")
    return tuple(children)


def _tongues(home: Page) -> dict[str, Tongue]:
    """The portal in each other language in which its front page is public."""
    found = {}
    for there in Page.objects.translation_of(home).filter(live=True).select_related("locale").specific():
        code = there.locale.language_code
        if code not in tongues.others():
            continue
        below = Page.objects.descendant_of(there, inclusive=True).filter(live=True)
        rows = below.values_list("translation_key", "path", "url_path", "title")
        pages = {
            str(key): Translated(path, _address(url, there, code), title) for key, path, url, title in rows
        }
        found[code] = Tongue(code, there, _places(there, code), pages)
    return found


def _address(url_path: str, home: Page, code: str) -> str:
    return f"{tongues.prefix(code)}{url_path[len(home.url_path) - 1 :]}"


def _places(home: Page, code: str = "") -> tuple[Place, ...]:
    rows = Page.objects.child_of(home).order_by("path")
    sections = dict(_model("SectionPage").objects.child_of(home).values_list("pk", "section"))
    kinds = {"sitepages.articleindexpage": "articles", "sitepages.sectionmappage": "map"}
    found = []
    for row in rows:
        kind = ContentType.objects.get_for_id(row.content_type_id)
        model = f"{kind.app_label}.{kind.model}"
        found.append(
            Place(
                pk=row.pk,
                path=row.path,
                slug=row.slug,
                title=row.title,
                url=_address(row.url_path, home, code or tongues.default()),
                url_path=row.url_path,
                locale_id=row.locale_id,
                content_type_id=row.content_type_id,
                model=model,
                section=sections.get(row.pk, kinds.get(model, "")),
                live=row.live,
                in_menu=row.show_in_menus,
                key=str(row.translation_key),
            )
        )
    return tuple(found)


def _notices(authority: Any, above: list[Any]) -> tuple[Any, ...]:
    """Those that have not ended: whether the day has come is asked when they are shown."""
    if authority is None:
        return ()
    lasting = _model("Notice").objects.filter(last_day__gte=timezone.localdate())
    own = lasting.filter(authority=authority)
    return tuple(own | lasting.filter(authority__in=above, on_subportals=True))


def _mournings(texts: Any, above: list[Any]) -> tuple[Mourning, ...]:
    sites = [body.site_id for body in above if body.site_id]
    settings = [texts, *_model("SiteSettings").objects.filter(site__in=sites, mourning_from__isnull=False)]
    return tuple(
        Mourning(each.mourning_from, each.mourning_to or each.mourning_from, each.mourning_reason)
        for each in settings
        if each.mourning_from
    )


def _tasks(texts: Any, places: tuple[Place, ...], site: Site) -> tuple[Task, ...]:
    chosen = [_chosen(block, site) for block in texts.task_links or ()]
    if chosen:
        return tuple(task for task in chosen if task)
    by_section = {place.section: place for place in places if place.live}
    usual = []
    for link in task_links():
        if link.url:
            usual.append(Task(link.name_vi, link.url, is_elsewhere=True, word=link))
        elif link.code in by_section:
            place = by_section[link.code]
            usual.append(Task(place.title, place.url, word=sections().get(link.code)))
    return tuple(usual)


def _chosen(block: Any, site: Site) -> Task | None:
    """A link somebody chose; none for a page that is gone, closed or not published."""
    value = block.value
    if block.block_type == "address":
        return Task(value["name"], value["url"], is_elsewhere=True)
    page = value["page"]
    if page is None or not page.live or page.get_view_restrictions().exists():
        return None
    return Task(value["name"] or page.title, page.relative_url(site) or "")


def _crest(texts: Any) -> Crest | None:
    """The crest at its size; none where the file is gone, and the drawn emblem stands in."""
    if texts.crest is None:
        return None
    try:
        shown = texts.crest.get_rendition(CREST)
    except Exception:  # whatever a lost or broken file makes an image library say
        return None
    return Crest(shown.url, shown.width, shown.height)
