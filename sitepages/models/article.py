"""News: the index of a site and the articles under it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelsearch import index
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from sitepages.blocks.body import BODY
from sitepages.facts import Facts, filled_of
from sitepages.fields import BodyField
from sitepages.locks import share_publication_lock
from sitepages.models.authority import Office
from sitepages.models.base import BasePage
from sitepages.models.forms import ArticleForm
from sitepages.registers.listing import Listing
from sitepages.registers.public import closed_below
from sitepages.text import fold, nfc
from sitepages.tongues import is_translation
from sitepages.vocabulary import genre_choices, words


class Topic(models.Model):
    """What an article is about."""

    slug = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class ArticleIndexPage(BasePage):
    """All articles of one site, newest first."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    parent_page_types = ["sitepages.PortalHomePage", "sitepages.SubportalHomePage"]
    subpage_types = ["sitepages.ArticlePage"]
    page_size = 12
    is_creatable = False  # made by provisioning

    class Meta:
        verbose_name = _("article index")
        verbose_name_plural = _("article indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        listing = Listing(self, "news", request.GET, self.page_size, timezone.localdate())
        mine = ArticlePage.topics.through.objects.filter(
            topic=OuterRef("pk"), articlepage__live=True, articlepage__path__startswith=self.path
        )
        closed = closed_below(self)
        mine = mine.exclude(articlepage__path__in=closed) if closed else mine
        topics = list(Topic.objects.filter(Exists(mine)))
        asked = nfc(request.GET.get("topic", "")[:50])
        topic = next((each for each in topics if each.slug == asked), None)
        if topic:
            listing.request.also["topic"] = topic.slug
            listing.narrow(page__articlepage__topics=topic)
        context["listing"], context["articles"] = listing, listing.page()
        context["topics"] = topics
        context["topic"] = topic
        return context


class ArticlePage(BasePage):
    """One article. Counted for the office it credits, in the month of its first publication."""

    genre = models.CharField(_("genre"), max_length=20, choices=genre_choices, default="news")
    lead = models.TextField(_("lead"), max_length=1000, blank=True)
    body = BodyField(BODY, blank=True, verbose_name=_("text"))
    cover = models.ForeignKey(
        "sitepages.PortalImage",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("cover"),
        related_name="+",
    )
    topics = ParentalManyToManyField(Topic, blank=True, verbose_name=_("topics"), related_name="articles")
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("office credited"),
        related_name="articles",
    )
    pen_name = models.CharField(_("pen name"), max_length=150, blank=True)
    source = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("Where the text comes from, if not our own.")
    )
    repost_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("copy of"),
        related_name="reposts",
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("genre"),
                FieldPanel("office"),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("Classification"),
        ),
        FieldPanel("lead"),
        FieldPanel("cover"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("pen_name"), FieldPanel("source")], heading=_("Signature")),
        InlinePanel("contributions", heading=_("Contributions"), label=_("Contribution")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("genre"),
        index.FilterField("office_id"),
    ]
    facts_need = ("contributions",)
    #: Read along with the article when it is shown.
    shown_with = ("office", "cover")
    may_be_sent = True
    parent_page_types = ["sitepages.ArticleIndexPage"]
    subpage_types: list[str] = []
    base_form_class = ArticleForm

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def folded_text(self) -> str:
        return fold(f"{self.title} {self.lead}")

    @property
    def genre_name(self) -> str:
        word = words("genres").get(self.genre)
        return word.name if word else self.genre

    @property
    def byline(self) -> str:
        """How the article is signed: the pen name, else the names of those who wrote it."""
        return self.pen_name or ", ".join(credit.shown_name for credit in self.contributions.all())

    def facts(self) -> Facts:
        """A text of our own names its source by the office credited; a copy must name where it is from."""
        filled = filled_of(
            title=self.title,
            author=self.byline,
            office=self.office_id,
            source=self.source or (self.office_id if self.repost_of_id is None else None),
            category=self.genre,
        )
        return Facts(filled=filled)

    def clean(self) -> None:
        super().clean()
        if self.genre not in words("genres"):
            raise ValidationError({"genre": _("Choose a genre from the list.")})

    @classmethod
    def can_create_at(cls, parent: Any) -> bool:
        """News is written in the portal's own language: in others there are translations of it, which are
        copies and so neither counted nor paid."""
        return bool(super().can_create_at(parent)) and not is_translation(parent)

    def copy(self, *args: Any, **kwargs: Any) -> ArticlePage:
        """A copy remembers what it is a copy of, so that it is neither counted nor paid again."""
        kwargs["update_attrs"] = {**(kwargs.get("update_attrs") or {}), "repost_of": self.repost_of or self}
        return super().copy(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)
        page.repost_of_id = self.repost_of_id  # a fact of the page, not of one revision
        return page

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save within the lock that closing a pay period takes alone: every way to publish ends here.

        An alias notes its original, so that it is still known as a copy once made an ordinary page.
        """
        if self.alias_of_id and not self.repost_of_id:
            original = self.alias_of.specific
            self.repost_of = original.repost_of or original
            if kwargs.get("update_fields"):
                kwargs["update_fields"] = [*kwargs["update_fields"], "repost_of"]
        with transaction.atomic():
            share_publication_lock()
            return super().save(*args, **kwargs)
