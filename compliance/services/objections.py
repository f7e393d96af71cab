"""A unit objects to a line of its closed review, and the reviewer answers; what was frozen stays as it is.

Until a review is closed its marks are drafts, beside which the unit has its own mark: there is nothing yet to
object to.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import Objection, Review, ReviewMark
from compliance.queries.reviews import newest_scores, review_sheet, sheet_of_states
from compliance.rules.review import STATES
from compliance.services.reviews import ReviewError, freeze
from sitepages.text import nfc


@transaction.atomic
def file_objection(mark: ReviewMark, text: str, *, user: Any, now: datetime.datetime) -> Objection:
    """Record a unit's objection to a mark.

    ReviewError before the review is closed, for an empty text, an unmarked line or one objected to before.
    """
    review = _closed(mark)
    mark = ReviewMark.objects.select_related("authority").get(pk=mark.pk)
    text = nfc(text).strip()
    if not text:
        raise ReviewError(_("Say what you object to."))
    state = _state_in_force(review, mark)
    if not state:
        raise ReviewError(_("This section has no mark to object to."))
    earlier = mark.objections.all()
    if earlier.open().exists():
        raise ReviewError(_("An objection to this section is waiting for its answer."))
    if earlier.exists():
        raise ReviewError(_("The objection to this section has been answered."))
    objection = Objection.objects.create(mark=mark, text=text, by=user, at=now, old_state=state)
    log(instance=review, action="compliance.object", user=user, data=_named(mark))
    return objection


@transaction.atomic
def answer_objection(
    objection: Objection, answer: str, new_state: str, *, user: Any, now: datetime.datetime
) -> Objection:
    """Answer, once. ``new_state`` "" or the old state rejects; another accepts.

    An accepted objection appends new scores: the unit's own, and those of the units whose rank moves with it.
    ReviewError before the review is closed.
    """
    review = _closed(objection.mark)
    objection = Objection.objects.select_for_update().select_related("mark__authority").get(pk=objection.pk)
    if objection.answered_at is not None:
        raise ReviewError(_("The objection has been answered."))
    if objection.by_id is not None and objection.by_id == getattr(user, "pk", None):
        raise ReviewError(_("You filed this objection yourself. Another person must answer it."))
    answer = nfc(answer).strip()
    if not answer:
        raise ReviewError(_("Give the reason for the decision."))
    if new_state and new_state not in STATES:
        raise ReviewError(_("A state must be one of: %(known)s.") % {"known": ", ".join(STATES)})
    mark = objection.mark
    objection.answer, objection.answered_by, objection.answered_at = answer, user, now
    objection.new_state = new_state or objection.old_state
    objection.save()
    if new_state and new_state != _state_in_force(review, mark):
        _refreeze(review, objection, now)
    log(
        instance=review,
        action="compliance.answer_objection",
        user=user,
        data={**_named(mark), "new_state": objection.new_state},
    )
    return objection


def _closed(mark: ReviewMark) -> Review:
    """The review of the mark, locked to the end of the transaction; ReviewError while it is open."""
    review: Review = Review.objects.select_for_update().get(pk=mark.review_id)
    if not review.is_closed:
        raise ReviewError(_("Objections are filed and answered once the review is closed."))
    return review


def _state_in_force(review: Review, mark: ReviewMark) -> str:
    row = newest_scores(review).get(mark.authority_id)
    return row.states.get(mark.section, "") if row else ""


def _refreeze(review: Review, objection: Objection, now: datetime.datetime) -> None:
    mark = objection.mark
    before = review_sheet(review)
    states = {each.unit.pk: dict(each.states) for each in before.units}
    states[mark.authority_id][mark.section] = objection.new_state
    after = sheet_of_states(review, states)
    old_ranks = {each.unit.pk: each.result.rank for each in before.units}
    for standing in after.units:
        if standing.unit.pk == mark.authority_id or standing.result.rank != old_ranks[standing.unit.pk]:
            freeze(after, standing, now=now, objection=objection)


def _named(mark: ReviewMark) -> dict[str, str]:
    return {"unit": mark.authority.code, "section": mark.section}
