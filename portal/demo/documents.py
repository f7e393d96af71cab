"""The demo's further documents of 2021, and what was opened and taken down: the figures of the report."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

from django.utils import timezone

from compliance.models import Observation
from portal.demo.files import illustration
from sitepages.models import (
    Authority,
    DisclosurePage,
    DocumentFile,
    LegalDocumentPage,
    PortalDocument,
    SectionPage,
)
from sitepages.queries import section_page
from sitepages.vocabulary import words

_MORNING = datetime.time(8, 30)
#: Sections of the district's portal that were opened in the first half of 2021, each before its first record.
OPENED = {
    "land_recovery_compensation": datetime.date(2021, 3, 1),
    "investment_calls": datetime.date(2021, 3, 15),
    "draft_consultation": datetime.date(2021, 6, 1),
}
#: Procedures in force before, and the day each was taken down.
REMOVED = {
    "Đăng ký nuôi con nuôi trong nước (bản cũ)": datetime.date(2021, 2, 24),
    "Cấp giấy phép kinh doanh karaoke (bản cũ)": datetime.date(2021, 3, 31),
    "Cấp bản sao trích lục hộ tịch (bản cũ)": datetime.date(2021, 5, 12),
}
_BEFORE = datetime.date(2019, 3, 11)


def load_documents(district: Authority, path: Path) -> int:
    """Publish the documents of the file on the days it names; how many."""
    home = section_page(district, "directives")
    types = {word.name_vi: word.code for word in words("document_types").values()}
    files: dict[str, PortalDocument] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        kind = row["type"]
        if kind not in files:
            files[kind] = illustration(district, kind)
        issued = datetime.date.fromisoformat(row["issued"])
        moment = _moment(datetime.date.fromisoformat(row["published"]))
        page = LegalDocumentPage(
            title=f"{kind} {row['number']}: {row['abstract']}"[:250],
            number=row["number"],
            document_type=types[kind],
            issuer=row["issuer"],
            signer=row["signer"],
            issue_date=issued,
            effective_date=issued,
            abstract=row["abstract"],
            origin=LegalDocumentPage.Origin.OWN,
            first_published_at=moment,
            last_published_at=moment,
        )
        page.files = [DocumentFile(document=files[kind])]
        home.add_child(instance=page)
    return len(rows)


def open_sections(district: Authority) -> None:
    """Give three sections the day they were opened on."""
    for section, day in OPENED.items():
        page = section_page(district, section)
        SectionPage.objects.filter(pk=page.pk).update(first_published_at=_moment(day))


def remove_procedures(district: Authority) -> None:
    """Three procedures that were public and were taken down, with the notes of both."""
    home = section_page(district, "admin_procedures")
    for number, (title, day) in enumerate(REMOVED.items(), start=1):
        public = _moment(_BEFORE)
        page = DisclosurePage(
            title=title,
            kind="own",
            number=f"{100 + number}/QĐ-UBND",
            legal_day=_BEFORE,
            details={"procedure_code": f"MH-10{number}", "name": title},
            live=False,
            first_published_at=public,
            last_published_at=public,
        )
        home.add_child(instance=page)
        said = {
            "page_id": page.pk,
            "authority": district,
            "duty": "admin_procedures",
            "title": title,
            "kind": "own",
            "trigger": _BEFORE,
            "published": _BEFORE,
            "recorded_at": timezone.now(),
        }
        Observation.objects.create(at=public, state=Observation.State.PUBLIC, **said)
        Observation.objects.create(at=_moment(day), state=Observation.State.WITHDRAWN, **said)


def _moment(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, _MORNING))
