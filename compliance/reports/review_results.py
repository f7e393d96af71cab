"""What a review found, in the words of its report: strengths, shortcomings, units to name, objections."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.models import MarkState, Objection
from compliance.queries.reviews import Sheet, UnitStanding, score_moves
from compliance.reports.document import Block, Heading, Paragraph
from compliance.reports.wording import capitalised, decimal, listed, padded, sentence
from compliance.rules.review import FAILING, LATE, MET, MISSING, NOT_APPLICABLE, SectionInfo
from compliance.rules.scoring import rounded


def result_blocks(sheet: Sheet, objections: Sequence[Objection]) -> list[Block]:
    """Part II of the report."""
    return _Results(sheet, objections).blocks()


class _Results:
    """Writes the parts of the results."""

    def __init__(self, sheet: Sheet, objections: Sequence[Objection]) -> None:
        self.sheet, self.objections = sheet, objections
        self.names = {each.code: each.name_vi for each in sheet.sections}

    def blocks(self) -> list[Block]:
        parts = [
            (_("Strengths"), self._strengths()),
            (_("Shortcomings"), self._shortcomings()),
            (_("Units that meet every requirement"), self._praise()),
        ]
        if beside := self._without_points():
            parts.append((_("Units without points"), beside))
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
        whole = [each for each in sheet.sections if self._is_met_by_all(each)]
        if whole:
            texts.append(
                _("- All units that owed them met %(count)s sections: %(names)s.")
                % {"count": padded(len(whole)), "names": "; ".join(self.names[each.code] for each in whole)}
            )
        reached = [each for each in sheet.units if each.result.reached]
        if reached:
            texts.append(
                _("- %(count)s of %(all)s units with points reach the requirement.")
                % {
                    "count": padded(len(reached)),
                    "all": padded(sum(each.judged for each in sheet.units)),
                }
            )
        texts += self._highest()
        return [Paragraph(text) for text in texts or [_("- No section was met by all units.")]]

    def _is_met_by_all(self, section: SectionInfo) -> bool:
        """Some unit met it, and no unit that was marked at all failed it or was left unmarked in it."""
        found = {each.states.get(section.code, "") for each in self.sheet.units if each.states}
        return MET in found and found <= {MET, NOT_APPLICABLE}

    def _highest(self) -> list[str]:
        """The first three places of each tier, where there are several to compare and none met everything.

        A place among units that miss the requirement is no strength.
        """
        texts = []
        for tier in self.sheet.tiers:
            ranked = self.sheet.ranked(tier)
            places = [each for each in ranked if (each.result.rank or 0) <= 3]
            first = [each for each in places if each.result.reached is not False]
            if not first or len(ranked) < 2 or len(places) > 5 or any(each.complete for each in first):
                continue
            names = listed([_with_percent(each) for each in first])
            if len(self.sheet.tiers) == 1:
                texts.append(_("- The highest points: %(names)s.") % {"names": names})
            else:
                texts.append(
                    _("- The highest points in the tier “%(tier)s”: %(names)s.")
                    % {"tier": tier.name, "names": names}
                )
        return texts

    def _shortcomings(self) -> list[Block]:
        failing = [each for each in self.sheet.worst_first if self.sheet.failures[each.code]]
        if not failing:
            return [Paragraph(_("The review found no section that was late, incomplete or missing."))]
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
                "published it and %(late)s published it late or incompletely"
            )
        elif missing:
            text = _("- %(name)s: %(missing)s of %(due)s units have not published it")
        else:
            text = _("- %(name)s: %(late)s of %(due)s units published it late or incompletely")
        parts = []
        if missing:
            parts.append(_("Not published: %(names)s.") % {"names": listed([u.name for u in missing])})
        if late:
            named = listed([unit.name for unit in late])
            parts.append(_("Published late or incompletely: %(names)s.") % {"names": named})
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

    def _without_points(self) -> list[Block]:
        """Units in which nothing counted: they neither meet nor miss the requirement."""
        texts = []
        idle = [each.name for each in self.sheet.units if each.states and not each.judged]
        unmarked = [each.name for each in self.sheet.units if not each.states]
        if idle:
            texts.append(
                ngettext(
                    "- Nothing fell to be assessed in the period at %(count)s unit: %(names)s.",
                    "- Nothing fell to be assessed in the period at %(count)s units: %(names)s.",
                    len(idle),
                )
                % {"count": padded(len(idle)), "names": listed(idle)}
            )
        if unmarked:
            texts.append(
                ngettext(
                    "- %(count)s unit was not assessed in any section: %(names)s.",
                    "- %(count)s units were not assessed in any section: %(names)s.",
                    len(unmarked),
                )
                % {"count": padded(len(unmarked)), "names": listed(unmarked)}
            )
        return [Paragraph(text) for text in texts]

    def _objections(self) -> list[Block]:
        blocks: list[Block] = []
        moves = score_moves(self.objections)
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
            told = text % values
            if each.pk in moves:
                before, after = (_percent(result.score.total.percent) for result in moves[each.pk])
                told += " " + _("Score of the unit: %(old)s before the objection, %(new)s after it.") % {
                    "old": before,
                    "new": after,
                }
            blocks.append(Paragraph(told))
        return blocks


def _state(code: str) -> str:
    return str(dict(MarkState.choices).get(code, code)).lower()


def _tenths(part: int, whole: int) -> float | None:
    return rounded(Fraction(part * 100, whole))


def _with_percent(unit: UnitStanding) -> str:
    return f"{unit.name} ({_percent(unit.score.total.percent)})"


def _percent(share: Fraction | None) -> str:
    """``84,1%``, as reports write it; a dash when nothing counted."""
    return "–" if share is None else f"{decimal(rounded(share))}%"
