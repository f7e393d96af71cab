"""Who has a portal, and who writes for it. All of it dated data."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Site

from sitepages import tongues


class InForceQuerySet(models.QuerySet):
    """Rows that carry ``valid_from`` / ``valid_to`` (both inclusive, None = open)."""

    def in_force(self, on: datetime.date) -> InForceQuerySet:
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        )


class Dated(models.Model):
    """Something that begins and may end."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The end must not come before the beginning.")})


class Tier(models.Model):
    """A level of administration (province, district, commune, department …), as data."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    rank = models.PositiveSmallIntegerField(_("rank"), help_text=_("1 is the highest level."))

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class Authority(Dated):
    """A body that has a portal: an organisation, a tenant. One Wagtail Site each."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200, help_text=_("Without the kind, for example: Glar."))
    full_name = models.CharField(_("full name"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(
        _("kind"), max_length=50, blank=True, help_text=_("For example: xã, thị trấn, phường.")
    )
    tier = models.ForeignKey(Tier, models.PROTECT, verbose_name=_("tier"), related_name="authorities")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("parent"), related_name="children"
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("successor"),
        related_name="predecessors",
    )
    site = models.OneToOneField(
        Site, models.PROTECT, null=True, blank=True, verbose_name=_("site"), related_name="authority"
    )
    collection = models.OneToOneField(
        Collection,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("collection"),
        related_name="authority",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name with its kind in front: ``xã Glar``; the English one where English is being written."""
        if self.name_en and tongues.active() == "en":
            return self.name_en
        return f"{self.kind} {self.name}".strip()

    @property
    def portal(self) -> Site:
        """The site; LookupError before provisioning made one."""
        if self.site is None:
            raise LookupError(self.code)
        return self.site

    def is_in_force(self, on: datetime.date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def clean(self) -> None:
        super().clean()
        if self.successor_id and self.successor_id == self.pk:
            raise ValidationError({"successor": _("A body cannot succeed itself.")})


class Office(Dated):
    """A unit that supplies articles to one authority's portal; articles are counted by it."""

    class Group(models.TextChoices):
        BOARD = "board", _("Member of the editorial board")
        COLLABORATOR = "collaborator", _("Collaborating unit")

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="offices"
    )
    code = models.SlugField(_("code"))
    short_name = models.CharField(_("short name"), max_length=100)
    full_name = models.CharField(_("full name"), max_length=255)
    group = models.CharField(_("group"), max_length=20, choices=Group.choices, default=Group.BOARD)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["authority__order", "group", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "code"], name="office_code_once_per_authority"),
            models.UniqueConstraint(fields=["authority", "full_name"], name="office_name_once_per_authority"),
        ]

    def __str__(self) -> str:
        return self.full_name


class RoleGroup(models.Model):
    """Ties a group of users to its role at one authority. Written by provisioning alone."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="role_groups")
    role = models.SlugField(_("role"))
    group = models.OneToOneField(Group, models.CASCADE, related_name="role_group")

    class Meta:
        verbose_name = _("role group")
        verbose_name_plural = _("role groups")
        constraints = [models.UniqueConstraint(fields=["authority", "role"], name="one_group_per_role")]

    def __str__(self) -> str:
        return f"{self.authority.code}/{self.role}"
