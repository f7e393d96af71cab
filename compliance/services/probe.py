"""Probe portals hosted elsewhere: read outside any transaction, write in one."""

from __future__ import annotations

import datetime
import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.models import ProbeClaim, ProbeFinding, ProbeRun, ProbeTarget
from compliance.probe.crawl import probe_unit
from compliance.probe.fetch import PoliteFetcher
from compliance.probe.guard import LONGEST_URL
from compliance.probe.text import clean
from compliance.probe.types import Fetcher, Limits, SectionLink, SectionProbe

logger = logging.getLogger(__name__)

#: A claim older than this is left over from a run that was ended.
STALE = datetime.timedelta(hours=1)
MOST_CHECKED = 20


class ProbeBusyError(Exception):
    """The portal, or another on its host, is being read at this moment."""


def run_probe(
    target: ProbeTarget,
    today: datetime.date,
    *,
    fetcher: Fetcher | None = None,
    limits: Limits | None = None,
) -> ProbeRun:
    """Read a portal and record what was found. ProbeBusyError when a run is under way.

    A fault of our own is recorded as an error of the run: one broken site must not stop the others.
    """
    limits = limits or Limits()
    links = [SectionLink(link.section, link.url, link.max_age_days) for link in target.links.all()]
    claim = _claim(target)
    started = timezone.now()
    try:
        probes, error = _read(target, links, today, fetcher or http_fetcher(limits), limits)
        return _record(target, today, started, probes, error)
    finally:
        ProbeClaim.objects.filter(pk=claim.pk).delete()


def http_fetcher(limits: Limits | None = None) -> PoliteFetcher:
    """A reader with this installation's settings."""
    return PoliteFetcher(
        limits=limits,
        contact=settings.PORTAL_PROBE_CONTACT or settings.WAGTAILADMIN_BASE_URL,
        allow_private=settings.PORTAL_PROBE_ALLOW_PRIVATE,
    )


def _read(
    target: ProbeTarget, links: list[SectionLink], today: datetime.date, fetcher: Fetcher, limits: Limits
) -> tuple[list[SectionProbe], str]:
    try:
        return probe_unit(target.base_url, links, today=today, limits=limits, fetcher=fetcher), ""
    except Exception:  # told in the log and in the run
        logger.exception("The probe of %s failed.", target.base_url)
        return [], "internal"


def _claim(target: ProbeTarget) -> ProbeClaim:
    """Take the target and its host, or say who has them."""
    ProbeClaim.objects.filter(since__lt=timezone.now() - STALE).delete()
    host = urlsplit(target.base_url).netloc[:255]
    try:
        with transaction.atomic():
            return ProbeClaim.objects.create(target=target, host=host, since=timezone.now())
    except IntegrityError:
        raise ProbeBusyError(
            _("%(unit)s: %(host)s is being read by another run; nothing was done. Try again when it is over.")
            % {"unit": target.authority, "host": host}
        ) from None


@transaction.atomic
def _record(
    target: ProbeTarget,
    today: datetime.date,
    started: datetime.datetime,
    probes: list[SectionProbe],
    error: str,
) -> ProbeRun:
    reached = any(not each.error or each.sha256 for each in probes)
    if not error and probes and not reached:
        error = probes[0].error
    run = ProbeRun.objects.create(
        target=target,
        date=today,
        started_at=started,
        finished_at=timezone.now(),
        ok=not error,
        error=error,
    )
    ProbeFinding.objects.bulk_create(_finding(run, each) for each in probes)
    return run


def _finding(run: ProbeRun, probe: SectionProbe) -> ProbeFinding:
    item = probe.newest
    return ProbeFinding(
        run=run,
        section=probe.section,
        state=probe.state,
        error=probe.error,
        newest_title=clean(item.title) if item else "",
        newest_url=_address(item.url) if item else "",
        newest_date=item.date if item else None,
        source=item.source if item else "",
        page_url=_address(probe.page_url),
        snapshot=probe.sha256,
        excerpt=clean(probe.excerpt),
        checked=[
            {"url": _address(place), "error": code}
            for place, code in list(dict(probe.checked).items())[:MOST_CHECKED]
        ],
    )


def _address(place: str) -> str:
    """An address fit to store and to link to: http or https, printable, not longer than allowed."""
    text = clean(place, LONGEST_URL)
    return text if text.startswith(("http://", "https://")) and len(place) <= LONGEST_URL else ""
