"""What a review's report says: its sheet turned into an official document."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.models import MarkState, Objection
from compliance.queries.reviews import Sheet, UnitStanding
from compliance.reports.document import (
    Block,
    Heading,
    Letterhead,
    OfficialDocument,
    Paragraph,
    Signature,
)
from compliance.reports.review_annexes import matrix_annex, score_annex
from compliance.reports.wording import (
    blank,
    capitalised,
    decimal,
    lines,
    listed,
    long_date,
    number_words,
    padded,
    period_words,
    recipient_lines,
    sentence,
)
from compliance.rules.review import FAILING, LATE, MET, MISSING, SectionInfo
from compliance.rules.scoring import rounded


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
        review = self.review
        blocks = [*self._opening(), *self._findings(), *self._proposals()]
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
            annexes=(matrix_annex(self.sheet, reference), score_annex(self.sheet, reference)),
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
                "Each section was marked as met, late, missing or not applicable. A section that is met "
                "earns its full weight, a late one half of it; one that is not applicable is not counted."
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

    # --- II

    def _findings(self) -> list[Block]:
        parts = [
            (_("Strengths"), self._strengths()),
            (_("Shortcomings"), self._shortcomings()),
            (_("Units that meet every requirement"), self._praise()),
        ]
        if self.objections:
            parts.append((_("Objections of units"), self._objections()))
        blocks: list[Block] = [Heading(1, _("II. Results"))]
        for number, (title, content) in enumerate(parts, start=1):
            blocks += [Heading(2, f"{number}. {title}"), *content]
        return blocks

    def _strengths(self) -> list[Block]:
        sheet = self.sheet
        states = [state for each in sheet.units for state in each.states.values()]
        counted = sum(state in (MET, *FAILING) for state in states)
        met = sum(state == MET for state in states)
        texts = []
        if counted:
            texts.append(
                _("- Of %(counted)s sections that were due at all units, %(met)s were met (%(share)s %%).")
                % {
                    "counted": counted,
                    "met": met,
                    "share": decimal(_tenths(met, counted)),
                }
            )
        whole = [
            each
            for each in sheet.sections
            if not sheet.failures[each.code] and sheet.in_state(each.code, MET)
        ]
        if whole:
            texts.append(
                _("- All units reviewed met %(count)s sections: %(names)s.")
                % {"count": padded(len(whole)), "names": "; ".join(self.names[each.code] for each in whole)}
            )
        reached = [each for each in sheet.units if each.result.reached]
        if reached:
            texts.append(
                _("- %(count)s of %(all)s units reach the requirement on points.")
                % {"count": padded(len(reached)), "all": padded(len(sheet.units))}
            )
        ranked = sorted(
            (each for each in sheet.units if each.result.rank is not None and each.result.rank <= 3),
            key=lambda each: each.result.rank or 0,
        )
        if 0 < len(ranked) <= 5 and not any(each.complete for each in ranked):
            texts.append(
                _("- The highest points: %(names)s.") % {"names": listed([_with_percent(u) for u in ranked])}
            )
        return [Paragraph(text) for text in texts or [_("- No section was met by all units.")]]

    def _shortcomings(self) -> list[Block]:
        failing = [each for each in self.sheet.worst_first if self.sheet.failures[each.code]]
        if not failing:
            return [Paragraph(_("The review found no section that was late or missing."))]
        intro = Paragraph(
            _("%(failing)s of %(all)s sections are not kept by all units, the most frequent first:")
            % {"failing": padded(len(failing)), "all": padded(len(self.sheet.sections))}
        )
        return [intro, *(self._shortcoming(each) for each in failing)]

    def _shortcoming(self, section: SectionInfo) -> Paragraph:
        sheet, code = self.sheet, section.code
        missing, late = sheet.in_state(code, MISSING), sheet.in_state(code, LATE)
        due = len(sheet.in_state(code, MET, *FAILING))
        values = {
            "name": self.names[code],
            "failing": padded(len(missing) + len(late)),
            "due": padded(due),
            "missing": padded(len(missing)),
            "late": padded(len(late)),
        }
        if missing and late:
            text = _(
                "- %(name)s: %(failing)s of %(due)s units fall short, of which %(missing)s have not "
                "published it and %(late)s published it late"
            )
        elif missing:
            text = _("- %(name)s: %(missing)s of %(due)s units have not published it")
        else:
            text = _("- %(name)s: %(late)s of %(due)s units published it late")
        parts = []
        if missing:
            parts.append(_("Not published: %(names)s.") % {"names": listed([u.name for u in missing])})
        if late:
            parts.append(_("Published late: %(names)s.") % {"names": listed([u.name for u in late])})
        return Paragraph(text % values, note=" ".join(parts), tail=".")

    def _praise(self) -> list[Block]:
        good = [each.name for each in self.sheet.units if each.complete]
        if not good:
            return [Paragraph(_("No unit met all sections reviewed."))]
        return [
            Paragraph(
                ngettext(
                    "%(count)s unit met all sections reviewed, on time and in full: %(names)s.",
                    "%(count)s units met all sections reviewed, on time and in full: %(names)s.",
                    len(good),
                )
                % {"count": padded(len(good)), "names": listed(good)}
            )
        ]

    def _objections(self) -> list[Block]:
        blocks: list[Block] = []
        for each in self.objections:
            values = {
                "unit": capitalised(each.mark.authority.display_name),
                "section": self.names.get(each.mark.section, each.mark.section),
                "text": sentence(each.text),
                "answer": sentence(each.answer),
                "old": _state(each.old_state),
                "new": _state(each.new_state),
            }
            if each.answered_at is None:
                text = _("- %(unit)s, section “%(section)s” (marked: %(old)s): “%(text)s” Not answered yet.")
            elif each.is_accepted:
                text = _(
                    "- %(unit)s, section “%(section)s”: “%(text)s” Answer: %(answer)s "
                    "Accepted: %(old)s becomes %(new)s."
                )
            else:
                text = _(
                    "- %(unit)s, section “%(section)s”: “%(text)s” Answer: %(answer)s "
                    "Not accepted: %(old)s stands."
                )
            blocks.append(Paragraph(text % values))
        return blocks

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
                    "- Units that published late name a person in charge of each section "
                    "and keep its time limit."
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


def _state(code: str) -> str:
    return str(dict(MarkState.choices).get(code, code)).lower()


def _tenths(part: int, whole: int) -> float | None:
    return rounded(Fraction(part * 100, whole))


def _with_percent(unit: UnitStanding) -> str:
    return f"{unit.name} ({decimal(rounded(unit.score.total.percent))}%)"
