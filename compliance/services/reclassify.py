"""Change the genre of a published article where it is graded, not where it is written."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from sitepages.models import ArticlePage


@transaction.atomic
def reclassify(article: ArticlePage, genre: str, *, user: Any) -> None:
    """Set the genre of the page, and of its present texts where they still say the old one; it is logged.

    No revision is made: nothing that is read has changed, and a new one would move the day of the last
    change, by which duties are judged. The newest text is told too, so that its next publication does not
    bring the old genre back; a text whose genre an editor has changed keeps it.
    """
    page = ArticlePage.objects.select_for_update(of=("self",)).get(pk=article.pk)
    before = page.genre
    page.genre = genre
    page.save(update_fields=["genre"], clean=False)
    ArticlePage.objects.filter(alias_of=page.pk).update(genre=genre)
    for revision in Revision.objects.filter(pk__in=[page.live_revision_id, page.latest_revision_id]):
        if revision.content.get("genre") == before:
            content = {**revision.content, "genre": genre}
            Revision.objects.filter(pk=revision.pk).update(content=content)
    log(instance=page, action="compliance.genre", user=user, data={"from": before, "to": genre})
    article.genre = genre
