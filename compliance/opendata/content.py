"""Stored rows and the catalogue as what everybody may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from compliance.catalogue.law import Group
from compliance.models import Assessment, FindingRecord, RuleEdition, ScoreRecord
from compliance.opendata import schemas as out
from compliance.opendata.words import public_sentence
from compliance.presentation import counting, duty_name, group_name, state_name
from compliance.queries.publicity import PublicPage
from compliance.queries.rulebook import Rulebook
from compliance.rules.credits import counts, credit
from compliance.rules.deadlines import deadline_code
from compliance.rules.local import WEIGHT
from compliance.rules.states import Channel, Level, State
from compliance.rules.types import LegalBasis, Limit, PeriodEnd, RequiredFields, Requirement
from compliance.wording import term_label
from sitepages.models import Authority

Pages = Mapping[int, PublicPage]


def unit_out(unit: Authority, open_codes: Iterable[str], page: str) -> out.UnitOut:
    """A unit; the one above it only when that is open too. `page` is the path of transparency pages."""
    parent = unit.parent.code if unit.parent and unit.parent.code in set(open_codes) else None
    return out.UnitOut(
        code=unit.code,
        name=unit.display_name,
        full_name=unit.full_name,
        tier=unit.tier.code,
        parent=parent,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        portal=f"{unit.portal.root_url}/",
        transparency_page=f"{unit.portal.root_url}{page}",
    )


def assessment_out(assessment: Assessment) -> out.AssessmentOut:
    """An assessment with the edition of the rules it was judged by."""
    return out.AssessmentOut(
        date=assessment.date,
        taken_at=timezone.localtime(assessment.taken_at),
        version=assessment.edition,
        edition=assessment.rules.digest if assessment.rules else None,
    )


def edition_out(edition: RuleEdition) -> out.EditionOut:
    """An edition of the rules without its content."""
    return out.EditionOut(
        digest=edition.digest, version=edition.version, recorded_at=timezone.localtime(edition.recorded_at)
    )


def whole_edition_out(edition: RuleEdition) -> out.WholeEditionOut:
    """An edition as it was kept; its digest can be counted again from the content."""
    return out.WholeEditionOut(
        **edition_out(edition).model_dump(),
        law=edition.law,
        calendar=edition.calendar,
        local=edition.local,
    )


def finding_out(finding: FindingRecord, pages: Pages) -> out.FindingOut:
    """A finding without anything of pages that are not public: neither on its day, nor now."""
    evidence = _evidence(finding, pages)
    state: Any = finding.state
    judged_state: Any = finding.judged or None
    judged = State(finding.judged.lower()) if finding.judged else None
    share = credit(judged, finding.has_public)
    open_items = [item for item in finding.open_items if _is_shown(item, pages)]
    sentence = public_sentence(
        finding.reason,
        finding.params,
        finding.lacking,
        finding.duty,
        evidence.title if evidence else None,
    )
    return out.FindingOut(
        unit=finding.authority.code,
        unit_name=finding.authority.display_name,
        duty=finding.duty,
        duty_name=duty_name(finding.duty),
        section=finding.section,
        group=finding.group,
        state=state,
        state_name=state_name(finding.state),
        judged=judged_state,
        level=finding.level,
        channel=finding.channel or Channel.PORTAL.value,
        weight=finding.weight,
        counted=counts(Level(finding.level), Channel(finding.channel or Channel.PORTAL)),
        has_public=finding.has_public,
        credit=None if share is None else float(share),
        rule=finding.rule,
        law=finding.law,
        verification=finding.verification,
        trigger=finding.trigger,
        due=finding.due,
        published=finding.published,
        period=finding.period,
        missing_fields=list(finding.lacking),
        evidence=evidence,
        open_items=[_open_item(item, finding.duty, pages) for item in open_items],
        open_items_withheld=len(finding.open_items) - len(open_items),
        counts=finding.counts,
        explanation=f"{sentence} {counting(finding)}".strip(),
    )


def score_out(score: ScoreRecord, assessment: Assessment) -> out.ScoreOut:
    """A score with its groups, points as exact decimals."""
    return out.ScoreOut(
        unit=score.authority.code,
        unit_name=score.authority.display_name,
        date=assessment.date,
        points=exact(score.points),
        possible=score.possible,
        percent=None if score.percent is None else float(score.percent),
        duties=score.duties,
        passed=score.passed,
        reaches_threshold=score.reaches_threshold,
        groups=[
            out.GroupScoreOut(
                group=code,
                group_name=group_name(code),
                points=exact(tally["points"]),
                possible=tally["possible"],
                percent=tally["percent"],
                duties=tally["duties"],
                passed=tally["passed"],
            )
            for code, tally in sorted(score.groups.items())
        ],
    )


def exact(points: str) -> str:
    """A stored fraction ("7/2") as a decimal ("3.5"); left a fraction where no decimal is exact."""
    value = Fraction(points)
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest != 1:
        return str(value)
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def duties_out(book: Rulebook) -> out.DutiesOut:
    """The catalogue with what was set locally beside it."""
    groups = book.catalogue.groups.values()
    return out.DutiesOut(
        version=book.catalogue.version,
        groups=[_group(each) for each in groups],
        duties=[_duty(each, book) for each in book.requirements()],
    )


def _group(group: Group) -> out.GroupOut:
    return out.GroupOut(code=group.code, name_vi=group.name_vi, name_en=group.name_en)


def _duty(requirement: Requirement, book: Rulebook) -> out.DutyOut:
    return out.DutyOut(
        code=requirement.code,
        section=requirement.section,
        group=requirement.group,
        name_vi=requirement.name_vi,
        name_en=requirement.name_en,
        evidence=requirement.evidence,
        weight=requirement.weight,
        soon_days=requirement.soon_days,
        local_weights=[
            out.LocalWeightOut(
                weight=each.value,
                tier=each.tier,
                valid_from=each.valid_from,
                valid_to=each.valid_to,
                decision=each.decision,
            )
            for each in book.adjustments
            if each.kind == WEIGHT and each.duty == requirement.code
        ],
        bindings=[
            out.BindingOut(
                rule=each.code,
                regime=each.regime,
                tiers=sorted(each.tiers),
                level=each.level.value,
                channel=each.channel.value,
                valid_from=each.valid_from,
                valid_to=each.valid_to,
                legal_bases=_bases(each.bases),
            )
            for each in requirement.bindings
        ],
        limits=[_limit(each) for each in requirement.limits],
    )


def _limit(limit: Limit) -> out.LimitOut:
    deadline = limit.deadline
    code = deadline_code(deadline)
    return out.LimitOut(
        rule=limit.code,
        regime=limit.regime,
        kind=limit.kind,
        trigger=limit.trigger,
        deadline=code,
        deadline_text=term_label(code),
        fields=list(deadline.fields) if isinstance(deadline, RequiredFields) else [],
        periods=list(deadline.periods) if isinstance(deadline, PeriodEnd) else [],
        tiers=sorted(limit.tiers),
        valid_from=limit.valid_from,
        valid_to=limit.valid_to,
        residual=limit.residual,
        channel=limit.channel.value,
        local=limit.local,
        legal_bases=_bases(limit.bases),
    )


def _bases(bases: Iterable[LegalBasis]) -> list[out.BasisOut]:
    return [
        out.BasisOut(
            document=each.document, article=each.article, verification=each.status.value, note=each.note
        )
        for each in bases
    ]


def _evidence(finding: FindingRecord, pages: Pages) -> out.EvidenceOut | None:
    """The page a finding rests on, where it was public on the day and is so now."""
    if finding.published is None or not finding.has_public:
        return None
    return _shown(finding.page_id, pages)


def _shown(pk: int | None, pages: Pages) -> out.EvidenceOut | None:
    page = pages.get(pk) if pk else None
    return out.EvidenceOut(title=page.title, url=page.url) if page else None


def _is_shown(item: Mapping[str, Any], pages: Pages) -> bool:
    """Whether an open item is no secret: an expected period, or a page that everybody can read."""
    return not item.get("page") or bool(item.get("public") and item["page"] in pages)


def _open_item(item: Mapping[str, Any], duty: str, pages: Pages) -> out.OpenItemOut:
    evidence = _shown(item.get("page"), pages)
    return out.OpenItemOut(
        state=item["state"],
        due=item["due"],
        period=item["period"],
        missing_fields=item["lacking"],
        evidence=evidence,
        explanation=public_sentence(
            item["reason"], item["params"], item["lacking"], duty, evidence.title if evidence else None
        ),
    )
