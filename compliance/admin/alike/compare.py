"""Two articles side by side, and what the board decides about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import authorities_for
from compliance.admin.alike import access
from compliance.models import AlikePair, CountExclusion, PayPeriod
from compliance.queries.exclusions import still_paid
from compliance.queries.likeness import Finder, plain_text, text_of
from compliance.rules.likeness import compare, likeness_of_words
from compliance.rules.likeness_marks import Span, side_by_side
from compliance.services import duplicates
from compliance.templatetags.alike_tags import to_be_reversed
from sitepages.models import ArticlePage
from sitepages.text import nfc

#: Below this the texts are different ones: marking nearly every word would tell nothing.
_WORTH_MARKING = 40


class CompareView(WagtailAdminTemplateMixin, TemplateView):
    """Both texts with what differs, how alike they are, and the decisions open to the user."""

    template_name = "compliance/admin/alike/compare.html"
    page_title = gettext_lazy("Two articles side by side")
    header_icon = "copy"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = []
        if authorities_for(self.request.user, AlikePair).exists():
            above = [(reverse("compliance_duplicates"), _("Duplicate articles"))]
        return access.crumbs(*above, ("", self.page_title))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        stored = access.comparable_or_404(user, kwargs["one"], kwargs["other"])
        pages = [self._as_read(page) for page in stored]
        today = timezone.localdate()
        texts = [text_of(page, today) for page in pages]
        one, other = texts
        titles = side_by_side(*(_clean(page.title) for page in pages))
        bodies = side_by_side(*(_clean(plain_text(page)) for page in pages))
        percent = likeness_of_words(one, other)
        marked = percent >= _WORTH_MARKING
        sides = [
            self._side(page, title, body if marked else _unmarked(body))
            for page, title, body in zip(
                pages, (titles.one, titles.other), (bodies.one, bodies.other), strict=True
            )
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(
            sides=sides,
            takes_back=set(authorities_for(user, PayPeriod, "change").values_list("pk", flat=True)),
            percent=percent,
            likeness=compare(one, other, Finder().places),
            marked=marked,
            too_short=not all(text.is_long_enough for text in texts),
            cut=bodies.cut,
            pair=self._pair(stored),
        )
        return context

    def _as_read(self, page: ArticlePage) -> ArticlePage:
        """What is being written to those who may edit it; to everybody else what is public."""
        draft = page.has_unpublished_changes and access.may_edit(self.request.user, page)
        return page.get_latest_revision_as_object() if draft else page

    def _side(self, page: ArticlePage, title: Any, body: Any) -> dict[str, Any]:
        user = self.request.user
        out = CountExclusion.objects.filter(article=page.pk, withdrawn_at__isnull=True).select_related("by")
        return {
            "page": page,
            "title": title,
            "body": body,
            "unit": access.unit_of(page),
            "edits": access.may_edit(user, page),
            "left_out": out.first(),
            "paid": still_paid([page.pk]).get(page.pk),
            "may_leave_out": page.live and access.may_leave_out(user, page),
        }

    def _pair(self, pages: tuple[ArticlePage, ArticlePage]) -> dict[str, Any] | None:
        ids = [page.pk for page in pages]
        pair = AlikePair.objects.filter(earlier__in=ids, later__in=ids).select_related("dismissed_by").first()
        if pair is None:
            return None
        return {"row": pair, "may_dismiss": access.may_dismiss(self.request.user, pair)}


class Decide(View):
    """One decision on two articles, by POST alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, one: int, other: int, step: str) -> HttpResponse:
        pages = access.comparable_or_404(request.user, one, other)
        steps = {
            "leave-out": self._leave_out,
            "count-again": self._count_again,
            "dismiss": self._dismiss,
            "restore": self._restore,
        }
        if step not in steps:
            raise Http404
        try:
            steps[step](*pages)
        except duplicates.DuplicateError as error:
            messages.error(request, str(error))
        return redirect("compliance_compare", one=one, other=other)

    def _leave_out(self, page: ArticlePage, other: ArticlePage) -> None:
        """The first article of the address is not counted, the other one is."""
        if not access.may_leave_out(self.request.user, page):
            raise Http404
        paid = duplicates.leave_out(page, other, user=self.request.user, now=timezone.now(), **self._why())
        messages.success(self.request, _("The article is not counted any more, nor paid."))
        if paid is not None:
            messages.warning(self.request, to_be_reversed(paid))

    def _count_again(self, page: ArticlePage, other: ArticlePage) -> None:
        if not access.may_leave_out(self.request.user, page):
            raise Http404
        duplicates.count_again(page, user=self.request.user, now=timezone.now())
        messages.success(self.request, _("The article is counted again."))

    def _dismiss(self, page: ArticlePage, other: ArticlePage) -> None:
        pair = self._pair_or_404(page, other)
        duplicates.dismiss(pair, user=self.request.user, now=timezone.now(), **self._why())
        messages.success(self.request, _("The list does not show this pair any more."))

    def _restore(self, page: ArticlePage, other: ArticlePage) -> None:
        duplicates.restore(self._pair_or_404(page, other), user=self.request.user)
        messages.success(self.request, _("The pair is in the list again."))

    def _pair_or_404(self, page: ArticlePage, other: ArticlePage) -> AlikePair:
        ids = [page.pk, other.pk]
        pair = AlikePair.objects.filter(earlier__in=ids, later__in=ids).select_related("later", "later_unit")
        found = pair.first()
        if found is None or not access.may_dismiss(self.request.user, found):
            raise Http404
        return found

    def _why(self) -> dict[str, str]:
        return {"reason": self.request.POST.get("reason", "")}


def _clean(text: str) -> str:
    return nfc(text).replace("\r", "\n")


def _unmarked(spans: Any) -> list[Span]:
    return [Span(span.text, alone=False) for span in spans]
