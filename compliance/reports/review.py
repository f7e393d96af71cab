"""What a review's report says: its sheet turned into an official document."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from compliance.models import Objection
from compliance.queries.reviews import Sheet
from compliance.reports.document import (
    Block,
    Heading,
    Letterhead,
    OfficialDocument,
    Paragraph,
    Signature,
)
from compliance.reports.review_annexes import matrix_annex, score_annex
from compliance.reports.review_results import result_blocks
from compliance.reports.wording import (
    blank,
    lines,
    listed,
    long_date,
    number_words,
    padded,
    period_words,
    recipient_lines,
)
from compliance.rules.review import LATE, MISSING


def review_document(sheet: Sheet, objections: Iterable[Objection] = ()) -> OfficialDocument:
    """The report of a review, in the language of the portal whoever asks for it."""
    with translation.override(settings.LANGUAGE_CODE):
        return _Report(sheet, list(objections)).document()


class _Report:
    """Writes the parts of one report."""

    def __init__(self, sheet: Sheet, objections: list[Objection]) -> None:
        self.sheet, self.review, self.objections = sheet, sheet.review, objections
        self.names = {each.code: each.name_vi for each in sheet.sections}
        self.period = period_words(self.review.first_month, self.review.last_month)

    def document(self) -> OfficialDocument:
        sheet, review = self.sheet, self.review
        blocks = [*self._opening(), *result_blocks(sheet, self.objections), *self._proposals()]
        reference = _("(Attached to the report No. %(number)s of %(date)s by %(body)s)") % {
            "number": number_words(review.number),
            "date": long_date(review.report_date),
            "body": review.issuing_body.strip() or blank(4),
        }
        return OfficialDocument(
            letterhead=Letterhead(
                review.parent_body, review.issuing_body, review.number, review.place, review.report_date
            ),
            kind=_("Report"),
            abstract=_("Results of the review of published information on portals, %(period)s")
            % {"period": self.period},
            blocks=blocks,
            recipients=recipient_lines(review.recipients.splitlines(), archive=_("Filed")),
            signature=Signature(review.signing_authority, review.signer_position, review.signer_name),
            annexes=(matrix_annex(sheet, reference), score_annex(sheet, reference)),
        )

    # --- opening and I

    def _opening(self) -> list[Block]:
        sheet, review = self.sheet, self.review
        given = lines(review.introduction)
        values = {
            "body": review.issuing_body.strip() or _("the reviewing body"),
            "period": self.period,
            "units": padded(len(sheet.units)),
            "sections": padded(len(sheet.sections)),
        }
        opening = given or [
            _(
                "To follow how offices publish information on their portals, %(body)s reviewed "
                "%(units)s units in %(period)s and reports the results as follows:"
            )
            % values
        ]
        scope = [
            _("%(units)s units were reviewed in %(sections)s sections that have to be published.") % values,
            _(
                "Each section was marked as met, late, missing or not applicable; what is public but "
                "incomplete or out of date is marked as late. A section that is met earns its full weight, "
                "a late one half of it; one that is not applicable is not counted."
            ),
            _(
                "Points are counted over every section marked as met, late or missing, with one weight for "
                "all units, also where the law only encourages it or lets any form satisfy it; the score the "
                "system shows of a unit counts only what is mandatory on the portal, gives a quarter and not "
                "half for content that is incomplete or out of date, and may therefore differ."
            ),
            _("Sections and weights follow the catalogue %(edition)s.")
            % {"edition": sheet.edition.partition(" ")[0]},
        ]
        if review.double_threshold:
            scope.append(
                _(
                    "A unit reaches the requirement at 80 % of the points that were due "
                    "and at least 50 % in each group of sections."
                )
            )
        return [
            *(Paragraph(line) for line in opening),
            Heading(1, _("I. Scope and method")),
            *(Paragraph(line) for line in scope),
        ]

    # --- III

    def _proposals(self) -> list[Block]:
        texts = []
        failing = [each for each in self.sheet.worst_first if self.sheet.failures[each.code]]
        lacking = [each for each in failing if self.sheet.in_state(each.code, MISSING)]
        if lacking:
            texts.append(
                _(
                    "- Units that have not published a section publish it without delay; "
                    "first of all: %(names)s."
                )
                % {"names": "; ".join(self.names[each.code] for each in lacking[:3])}
            )
        if any(self.sheet.in_state(each.code, LATE) for each in failing):
            texts.append(
                _(
                    "- Units that published late or incompletely name a person in charge of each section, "
                    "complete it and keep its time limit."
                )
            )
        weak = [each.name for each in self.sheet.units if each.result.reached is False and each.states]
        if weak:
            texts.append(
                _(
                    "- The heads of the units below the requirement report how and by when "
                    "they will mend it: %(names)s."
                )
                % {"names": listed(weak)}
            )
        if not failing:
            texts.append(_("- The units keep up what they have reached and update every section in time."))
        texts += [f"- {line.lstrip('-–• ')}" for line in lines(self.review.proposals)]
        closing = _("This is the report on the results of the review of published information, %(period)s./.")
        return [
            Heading(1, _("III. Proposals")),
            *(Paragraph(text) for text in texts),
            Paragraph(closing % {"period": self.period}),
        ]
