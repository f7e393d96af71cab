"""Formatting, and the frame's facts, for templates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django import template
from django.core.paginator import Page as PaginatorPage
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from theme import formatting, language, pictures
from theme.assets import opening, sheet_address
from theme.marks import alert_sign, sign
from theme.portal_view import Link, Portal, portal_of
from theme.tables import Table, read_table

register = template.Library()

register.filter("vn_date", formatting.date_text)
register.filter("vn_datetime", formatting.datetime_text)
register.filter("vn_time", formatting.time_text)
register.filter("weekday", formatting.weekday_text)
register.filter("thousands", formatting.number_text)
register.filter("money", formatting.money_text)
register.filter("filesize", formatting.size_text)
register.filter("phone_address", formatting.phone_address)
register.filter("state_sign", sign)
register.filter("alert_sign", alert_sign)

MOTIFS = 4


@dataclass(frozen=True)
class Day:
    """A day of a work schedule with its items, earliest first."""

    date: datetime.date
    rows: list[Any]
    is_today: bool


@dataclass(frozen=True)
class Kind:
    """Neighbouring records of one kind, and the templates that can list them, the fitting one first."""

    templates: list[str]
    records: list[Any]


@register.simple_tag(takes_context=True)
def page_language(context: template.Context) -> str:
    """The language in which the page is shown."""
    return language.shown_in(context.get("request"), context.get("page"))


@register.simple_tag(takes_context=True)
def other_languages(context: template.Context) -> list[language.Other]:
    """Where the page is in other languages."""
    return portal_of(context.get("request")).others(context.get("page"))


@register.simple_tag(takes_context=True)
def text_language(context: template.Context) -> str:
    """The language of the page's own text."""
    return language.text_in(context.get("page"))


@register.simple_tag(takes_context=True)
def page_territory(context: template.Context) -> str:
    """The language of the page's own text as social networks name it."""
    return language.TERRITORIES.get(language.text_in(context.get("page")), "vi_VN")


@register.simple_tag(takes_context=True)
def is_front(context: template.Context) -> bool:
    """Whether the page is the portal's front page, in any language."""
    page, portal = context.get("page"), portal_of(context.get("request"))
    homes = {
        portal.site.root_page_id if portal.site else None,
        portal.tongue.home.pk if portal.tongue else None,
    }
    return page is not None and page.pk is not None and page.pk in homes


@register.simple_tag(takes_context=True)
def page_title(context: template.Context) -> str:
    """What the page is called in the bar of the browser."""
    page: Any = context.get("page")
    return page.seo_title or portal_of(context.get("request")).name_of(page).title


@register.simple_tag(takes_context=True)
def place_name(context: template.Context, page: Any) -> SafeString:
    """What a section is called in the reader's language: its title, or the vocabulary's name for it."""
    found = portal_of(context.get("request")).name_of(page)
    around = language.mark(found.written_in)
    return (
        format_html("<span{}>{}</span>", around, found.title) if around else conditional_escape(found.title)
    )


@register.simple_tag(takes_context=True)
def untranslated(context: template.Context) -> bool:
    """Whether the page's text is in another language than what stands around it."""
    return portal_of(context.get("request")).is_untranslated(context.get("page"))


@register.simple_tag(takes_context=True)
def older_than_source(context: template.Context) -> Any:
    """The original of a translation, where it was changed after the translation was; else nothing."""
    page = context.get("page")
    if page is None or language.text_in(page) == language.tongues().default():
        return None
    source = portal_of(context.get("request")).source(page)
    return source if source is not None and page.is_behind(source) else None


@register.simple_tag(takes_context=True)
def said(context: template.Context, name: str) -> SafeString:
    """A text of the portal in the reader's language; marked where it is in another."""
    text, code = portal_of(context.get("request")).said(name)
    lang = language.mark(code)
    return format_html("<span{}>{}</span>", lang, text) if lang else conditional_escape(text)


@register.filter
def lang(thing: Any) -> SafeString:
    """`` lang="…"`` for what is written in another language than what stands around it."""
    return language.mark(language.text_in(thing))


@register.simple_tag(takes_context=True)
def portal(context: template.Context) -> Portal:
    """The portal that answers the request."""
    return portal_of(context.get("request"))


@register.simple_tag(takes_context=True)
def style_sheet(context: template.Context) -> str:
    """The address of the style sheet in the portal's colours; in the stock ones where no portal answers."""
    texts = getattr(context.get("portal"), "texts", None)
    return sheet_address(getattr(texts, "main_colour", None), getattr(texts, "accent_colour", None))


@register.simple_tag(takes_context=True)
def opening_styles(context: template.Context) -> SafeString:
    """The styles of what is read first, in the portal's colours: they stand within the page."""
    portal = context.get("portal")
    texts, mourning = getattr(portal, "texts", None), bool(getattr(portal, "mourning", None))
    found = opening(getattr(texts, "main_colour", None), getattr(texts, "accent_colour", None), mourning)
    return mark_safe(f"<style>{found.text}</style>")  # noqa: S308 - our own files, and colours that are colours


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> list[Link]:
    """The sections in the main menu, the current one marked."""
    return portal_of(context.get("request")).menu(context.get("page"))


@register.simple_tag(takes_context=True)
def breadcrumbs(context: template.Context) -> list[Link]:
    """The way to the current page; empty where there is no page."""
    return portal_of(context.get("request")).trail(context.get("page"))


@register.simple_tag(takes_context=True)
def subportals(context: template.Context) -> list[Any]:
    """The portals directly under this one."""
    return portal_of(context.get("request")).subportals


@register.simple_tag
def picture(
    image: Any, kind: str, first: bool = False, alt: str | None = None, style: str = ""
) -> SafeString:
    """A picture in the sizes and formats of its place; nothing where there is none."""
    return pictures.picture(image, kind, first=first, alt=alt, style=style) if image else SafeString("")


@register.simple_tag
def fetch_covers(articles: Any) -> str:
    """Read at once what was made of the covers in a list."""
    pictures.fetch_ahead(article.cover for article in articles if article.cover_id)
    return ""


@register.simple_tag
def fetch_pictures(page: Any) -> str:
    """Read at once what was made of an article's cover and of the pictures in its text."""
    blocks = [block.value.get("image") for block in page.body or () if block.block_type == "figure"]
    pictures.fetch_ahead([page.cover if page.cover_id else None, *blocks])
    return ""


@register.simple_tag
def today() -> datetime.date:
    """The local date."""
    return timezone.localdate()


@register.simple_tag(takes_context=True)
def newest_beside(context: template.Context, page: Page, count: int = 6) -> list[Any]:
    """The newest other pages of the same kind under the same parent."""
    if not page.pk or not page.path:
        return []
    siblings = type(page).objects.filter(path__startswith=page.path[: -page.steplen], depth=page.depth)
    siblings = siblings.exclude(register_entry__leaves_on__lte=timezone.localdate())
    others = portal_of(context.get("request")).open_only(siblings.live().exclude(pk=page.pk))
    return list(others.order_by("-first_published_at", "-pk")[:count])


@register.simple_tag(takes_context=True)
def section_link(context: template.Context, code: str) -> Link | None:
    """Where a section of the portal is; nothing where it has none."""
    return portal_of(context.get("request")).section(code)


@register.filter
def files_of(page: Any) -> list[Any]:
    """A legal document's files, the documents and their numbers of pages read along with them."""
    files = page.files.select_related("document")
    if not isinstance(files, QuerySet):  # of a draft in a preview
        return list(files)
    found = list(files.annotate(pages_counted=F("document__contents__pages")))
    for each in found:
        each.document.page_count = each.pages_counted
    return found


@register.filter
def by_day(rows: Any) -> list[Day]:
    """Items of a work schedule, grouped by day and sorted by time; items without a time come first."""
    days: dict[datetime.date, list[Any]] = {}
    for row in sorted(rows, key=lambda item: (item.date, item.time or datetime.time.min)):
        days.setdefault(row.date, []).append(row)
    now = timezone.localdate()
    return [Day(date, items, date == now) for date, items in days.items()]


@register.filter
def coming(days: list[Day], count: int = 3) -> list[Day]:
    """The next days of a schedule, today's first; the first days of one that lies in another week."""
    ahead = [day for day in days if day.date >= timezone.localdate()]
    return (ahead or days)[:count]


@register.filter
def by_kind(records: Any) -> list[Kind]:
    """Records in runs of one kind, so that a section may hold several."""
    kinds: list[Kind] = []
    for record in records:
        name = f"includes/records/{record._meta.model_name}.html"
        if not kinds or kinds[-1].templates[0] != name:
            kinds.append(Kind([name, "includes/records/page.html"], []))
        kinds[-1].records.append(record)
    return kinds


@register.filter
def newest_year_first(records: list[Any]) -> list[Any]:
    """Budget disclosures ready for regrouping by year; order within a year is kept."""
    return sorted(records, key=attrgetter("fiscal_year"), reverse=True)


@register.filter
def figures_table(value: Any) -> Table:
    """A table block's value as rows of cells."""
    return read_table(value)


@register.filter
def motif(page: Any) -> int:
    """Which of the drawn patterns stands in for a missing picture; always the same for the same page."""
    return (getattr(page, "pk", None) or 0) % MOTIFS


@register.filter
def page_numbers(listing: PaginatorPage) -> list[int | str]:
    """Numbers to offer below a list, gaps as an ellipsis."""
    return list(listing.paginator.get_elided_page_range(listing.number, on_each_side=1, on_ends=1))
