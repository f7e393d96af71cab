"""A digest of every table that an officer of one unit could harm, own rows left out."""

from __future__ import annotations

import hashlib
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from wagtail.blocks import StreamValue
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Revision,
    Site,
    WorkflowState,
)

from sitepages.models import ArticlePage, Authority, FrameVersion, PortalRendition, RoleGroup

_BY_PATH = {
    "sitepages.WorkScheduleRow": "page__path",
    "sitepages.DocumentFile": "page__path",
    "sitepages.DocumentLink": "page__path",
    "sitepages.RegisterEntry": "page__path",
    "sitepages.ChangeNote": "page__path",
    "sitepages.DisclosureFile": "page__path",
    "sitepages.Contribution": "article__path",
    "compliance.ArticleGrade": "article__path",
    "compliance.CountExclusion": "article__path",
    ArticlePage.topics.through._meta.label: "articlepage__path",
}
_BY_UNIT = {
    "compliance.RoyaltyEntry": "period__authority",
    "compliance.AlikePair": "later_unit",
    "compliance.LikenessRun": "trace__authority",
    "compliance.RemunerationEntry": "period__authority",
    "compliance.Payee": "contributor__authority",
    "compliance.TaxCommitment": "payee__contributor__authority",
    "compliance.PayeeReading": "payee__contributor__authority",
    "compliance.PaymentLine": "payment__authority",
    "compliance.BudgetLine": "budget__authority",
    "compliance.Objection": "mark__authority",
    "compliance.Quota": "office__authority",
    "compliance.QuestionFile": "question__authority",
    "compliance.QuestionStep": "question__authority",
    "compliance.QuestionPause": "question__authority",
    "compliance.QuestionReading": "question__authority",
    "compliance.QuestionRating": "question__authority",
    "sitepages.PenName": "contributor__authority",
    "compliance.ReportSubscription_recipients": "reportsubscription__authority",
    "compliance.ProbeLink": "target__authority",
    "compliance.ProbeClaim": "target__authority",
    "compliance.ProbeRun": "target__authority",
    "compliance.ProbeFinding": "run__target__authority",
}


def digests(own: Authority | None = None) -> dict[str, str]:
    """Table by table, a hash of the rows that are not of ``own`` (None: of all rows)."""
    return {model._meta.label: _hash(_foreign(model, own)) for model in _tables()}


def _tables() -> list[type[Model]]:
    """Renditions and the mark of frames left out: a picture shown is a row made, a change draws a mark."""
    ours = [
        *apps.get_app_config("compliance").get_models(include_auto_created=True),
        *apps.get_app_config("sitepages").get_models(include_auto_created=True),
    ]
    return [
        *(model for model in ours if model not in (FrameVersion, PortalRendition)),
        Collection,
        Group,
        Group.permissions.through,
        GroupCollectionPermission,
        GroupPagePermission,
        GroupSitePermission,
        Page,
        Revision,
        Site,
        WorkflowState,
        get_user_model().groups.through,
    ]


def _foreign(model: type[Model], own: Authority | None) -> QuerySet:
    rows: Any = model._default_manager.all()
    if own is None:
        return rows
    root = own.site.root_page.path
    label = model._meta.label
    names = {field.name for field in model._meta.get_fields()}
    if issubclass(model, Page):
        return rows.exclude(path__startswith=root)
    if label in _BY_PATH:
        return rows.exclude(**{f"{_BY_PATH[label]}__startswith": root})
    if model in (Revision, WorkflowState):
        mine = Page.objects.filter(path__startswith=root).values_list("pk", flat=True)
        return rows.exclude(object_id__in=[str(pk) for pk in mine])
    if label in _BY_UNIT:
        return rows.exclude(**{_BY_UNIT[label]: own})
    if label == "sitepages.SiteSettings":
        return rows.exclude(site=own.site)
    if label in ("sitepages.PortalImage", "sitepages.PortalDocument"):
        return rows.exclude(collection=own.collection)
    if "authority" in names and model not in (RoleGroup, Site, Collection):
        return rows.exclude(authority=own)
    return rows


def _plain(value: Any) -> Any:
    """A text of blocks as it is stored: written out as an object it names places in memory."""
    return list(value.raw_data) if isinstance(value, StreamValue) else value


def _hash(rows: QuerySet) -> str:
    names = [field.attname for field in rows.model._meta.concrete_fields]
    found = rows.order_by("pk").values_list(*names)
    content = repr([[_plain(value) for value in row] for row in found])
    return hashlib.sha256(content.encode()).hexdigest()
