"""What the outside probe last found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from compliance.models import ProbeFinding, ProbeRun, ProbeTarget, TechnicalCheck
from sitepages.models import Authority


def targets_to_probe(unit: str = "") -> QuerySet:
    """The targets in use, of one authority when its code is given."""
    targets = ProbeTarget.objects.filter(active=True).select_related("authority")
    return targets.filter(authority__code=unit) if unit else targets


def latest_probe_run(authority: Authority) -> ProbeRun | None:
    """The last run over the authority's portal."""
    run: ProbeRun | None = (
        ProbeRun.objects.filter(target__authority=authority).select_related("target__authority").first()
    )
    return run


def latest_probe_findings(authority: Authority) -> QuerySet:
    """What the last run over the authority's portal found, in the order of its links."""
    run = latest_probe_run(authority)
    if run is None:
        return ProbeFinding.objects.none()
    return ProbeFinding.objects.filter(run=run).select_related("run__target__authority")


def findings_of_latest_runs(authorities: Iterable[Authority | int], until: date) -> QuerySet:
    """Of many authorities in one query: what the last runs up to a day found that could read the portal."""
    return ProbeFinding.objects.filter(
        run__target__authority__in=authorities, run=Subquery(_newest("run__target", until).values("pk")[:1])
    ).select_related("run__target__authority__tier")


def days_of_latest_runs(authorities: Iterable[Authority | int], until: date) -> dict[str, date]:
    """The day of each such run, by the authority's code; those without one are left out."""
    targets = ProbeTarget.objects.filter(authority__in=authorities)
    newest = targets.annotate(newest=Subquery(_newest("pk", until).values("date")[:1]))
    return dict(newest.exclude(newest=None).values_list("authority__code", "newest"))


def _newest(target: str, until: date) -> QuerySet:
    """A run that failed tells nothing, and hides no earlier one."""
    runs = ProbeRun.objects.filter(target=OuterRef(target), date__lte=until, ok=True)
    return runs.order_by("-started_at", "-pk")


def authorities_with_portal(on: date) -> QuerySet:
    """Every authority in force with a site of ours, or a portal elsewhere that is in use."""
    has_one = Q(site__isnull=False) | Q(probe_target__active=True)
    return Authority.objects.in_force(on).filter(has_one).select_related("tier", "site", "parent__tier")


def latest_technical_check(authority: Authority) -> TechnicalCheck | None:
    """The last technical check of the authority's portal."""
    check: TechnicalCheck | None = TechnicalCheck.objects.filter(authority=authority).first()
    return check
