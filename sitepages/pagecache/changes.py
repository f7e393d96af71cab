"""What changes public pages, and on which portals: heard wherever a row is saved or deleted.

Everything of ours is taken to be shown unless it is named here as silent, so that a new kind of record
is heard from its first day. A page drawn up by the portal above is left behind there as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from modelcluster.fields import ParentalKey
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, ReferenceIndex
from wagtail.signals import page_published

from sitepages.pagecache.marks import is_gathering, known_portals, renew_pages

#: Rows that no public page is drawn from: counts, indexes, rights, and the marks themselves.
SILENT = frozenset(
    (
        "DailyVisits",
        "EditorialBoardTask",
        "FrameVersion",
        "PageChange",
        "PortalRendition",
        "RegisterEntry",  # written with its page, which tells; or by `entries`, which tells
        "ReportedVisits",
        "RoleGroup",
        "SearchEntry",
    )
)
#: A save of no more than these is that of a draft, or of what nobody reads.
OF_DRAFTS = frozenset(
    (
        "draft_title",
        "expired",
        "go_live_at",
        "expire_at",
        "approved_schedule",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "live_revision",
        "numchild",
        "owner",
        "repost_of",
        "wagtail_admin_comments",
    )
)
_ELSEWHERE = (Collection, CollectionViewRestriction, Locale)
#: Files and pictures: uploading one shows nothing, changing or deleting one does.
_MEDIA = frozenset(("PortalImage", "PortalDocument"))
#: Front pages stand under the root of the tree.
_FRONT = 2
#: A page that more others name is shown everywhere.
MOST_NAMED = 200


def portals_of(paths: Iterable[str]) -> set[int] | None:
    """The sites that show what stands at these places of the tree: its own, and those above it.

    None, which is all, where a place belongs to no portal's body.
    """
    fronts = frozenset(path[: _FRONT * Page.steplen] for path in paths)
    known = known_portals()
    if fronts not in known:
        known[fronts] = _portals(fronts)
    return known[fronts]


def _portals(fronts: frozenset[str]) -> set[int] | None:
    bodies = apps.get_model("sitepages", "Authority").objects.filter(site__root_page__path__in=fronts)
    rows = list(bodies.values_list("site", "site__root_page__path", "parent__site", "parent__parent__site"))
    if {row[1] for row in rows} != fronts:
        return None
    return {site for own, _path, *above in rows for site in (own, *above) if site is not None}


def page_changed(page: Page) -> None:
    """Something of a page is not as it was: what shows it is left behind."""
    renew_pages(portals_of([page.path]))


def pages_changed(numbers: Iterable[int]) -> None:
    """Several pages at once."""
    paths = list(Page.objects.filter(pk__in=list(numbers)).values_list("path", flat=True))
    if paths:
        renew_pages(portals_of(paths))


def is_of_draft(update_fields: Iterable[str] | None) -> bool:
    """Whether a save of these fields is that of a draft: what the page says in memory is not public then."""
    return update_fields is not None and set(update_fields) <= OF_DRAFTS


def is_silent(page: Page, created: bool, update_fields: Iterable[str] | None) -> bool:
    """Whether a save of a page changes nothing that anybody sees."""
    return not page.live if created else is_of_draft(update_fields)


def _row_saved(
    sender: type, instance: Any, raw: bool = False, created: bool = False, update_fields: Any = None, **_: Any
) -> None:
    if raw:
        return
    if isinstance(instance, Page):
        # A page of ours tells by itself when all of it is written: `BasePage.save`.
        if not hasattr(instance, "human_digest") and not is_silent(instance, created, update_fields):
            page_changed(instance)
    elif not (created and sender.__name__ in _MEDIA):
        _told(sender, instance)


def _row_deleted(sender: type, instance: Any, **_: Any) -> None:
    if isinstance(instance, Page):
        page_changed(instance)
    else:
        _told(sender, instance)


def _told(sender: Any, instance: Any) -> None:
    if isinstance(instance, _ELSEWHERE):
        renew_pages()
        return
    if sender._meta.app_label != "sitepages" or sender.__name__ in SILENT:
        return
    own, others = _pages_of(sender, instance)
    if own is not None:
        pages_changed([*others, *([] if is_gathering() else [own])])
    elif getattr(instance, "authority_id", None) is not None:
        front = apps.get_model("sitepages", "Authority").objects.filter(pk=instance.authority_id)
        path = front.values_list("site__root_page__path", flat=True).first()
        renew_pages(portals_of([path]) if path else None)
    else:
        renew_pages()


def _pages_of(sender: type[Model], instance: Any) -> tuple[int | None, list[int]]:
    """The page that a row is a part of, and the other pages it names, which show it as well."""
    own, others = None, []
    for field in sender._meta.local_fields:
        target = field.related_model
        number = getattr(instance, field.attname)
        if number is None or not (isinstance(target, type) and issubclass(target, Page)):
            continue
        if isinstance(field, ParentalKey) or field.name == "page":
            own = number
        else:
            others.append(number)
    return own, others


def _related_changed(sender: Any, instance: Any, action: str, **_: Any) -> None:
    if sender._meta.app_label == "sitepages" and action.startswith("post_"):
        page_changed(instance) if isinstance(instance, Page) else _told(type(instance), instance)


def _page_published(sender: type, instance: Page, **_: Any) -> None:
    """Last of all: what others wrote on hearing of it is told too, and whoever names the page."""
    pages = ContentType.objects.get_for_model(Page)
    named = ReferenceIndex.objects.filter(to_object_id=str(instance.pk), to_content_type=pages)
    rows = list(named.values_list("base_content_type", "object_id").distinct()[: MOST_NAMED + 1])
    if len(rows) > MOST_NAMED or any(kind != pages.pk for kind, _number in rows):
        renew_pages()
    else:
        pages_changed([instance.pk, *(int(number) for _kind, number in rows)])


def listen() -> None:
    """Connect the signals; once, when the app is ready and everybody else listens."""
    post_save.connect(_row_saved, dispatch_uid="sitepages.pagecache.saved")
    post_delete.connect(_row_deleted, dispatch_uid="sitepages.pagecache.deleted")
    m2m_changed.connect(_related_changed, dispatch_uid="sitepages.pagecache.related")
    page_published.connect(_page_published, dispatch_uid="sitepages.pagecache.published")
