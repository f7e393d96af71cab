"""The demo's structured pages: texts, documents, schedules, procurement, budgets, events."""

from __future__ import annotations

import datetime
from html import escape
from typing import Any

from django.utils import timezone

from portal.demo.disclosures import disclosure_page, paragraphs, plain_page
from portal.demo.files import illustration
from sitepages.models import (
    Authority,
    BudgetDisclosurePage,
    DocumentFile,
    DocumentLink,
    EventPage,
    LegalDocumentPage,
    ProcurementPage,
    SiteSettings,
    WorkSchedulePage,
    WorkScheduleRow,
)
from sitepages.models.base import BasePage
from sitepages.queries import section_page
from sitepages.vocabulary import words

_MORNING = datetime.time(8, 30)
_TABLES = (
    "legal_documents",
    "work_schedules",
    "procurements",
    "budgets",
    "events",
    "plain_pages",
    "disclosures",
)


class RecordLoader:
    """Adds the records of ``content.toml``; dates given relative to a day are counted from ``today``."""

    def __init__(self, content: dict[str, Any], today: datetime.date) -> None:
        self.content = content
        self.today = today
        self.now = timezone.now()
        self.authorities = {
            unit.code: unit for unit in Authority.objects.select_related("site__root_page", "tier")
        }

    def load(self) -> int:
        """Add everything; the number of pages made."""
        self._contacts()
        self._texts()
        made = 0
        for table in _TABLES:
            for entry in self.content.get(table, []):
                getattr(self, f"_{table}")(entry)
                made += 1
        return made

    def _day(self, entry: dict[str, Any], name: str) -> datetime.date | None:
        if f"{name}_days_ago" in entry:
            return self.today - datetime.timedelta(days=entry[f"{name}_days_ago"])
        day = entry.get(name)
        return day.date() if isinstance(day, datetime.datetime) else day

    def _add(
        self, entry: dict[str, Any], section: str, page: BasePage, published: datetime.date | None
    ) -> None:
        parent = section_page(self.authorities[entry["authority"]], section)
        page.live = published is not None
        if published is not None:
            moment = min(timezone.make_aware(datetime.datetime.combine(published, _MORNING)), self.now)
            page.first_published_at = page.last_published_at = moment
        page.title = page.title[:250]
        parent.add_child(instance=page)
        if published is None:
            page.save_revision()

    def _contacts(self) -> None:
        for entry in self.content.get("contacts", []):
            values = {key: value for key, value in entry.items() if key != "authority"}
            site = self.authorities[entry["authority"]].site
            SiteSettings.objects.filter(site=site).update(**values)

    def _texts(self) -> None:
        main = [unit for unit in self.authorities.values() if unit.parent_id is None]
        rest = [unit for unit in self.authorities.values() if unit.parent_id is not None]
        for entry in self.content.get("section_texts", []):
            units = (
                rest
                if entry["authority"] == "*"
                else [unit for unit in main if unit.code == entry["authority"]]
            )
            for unit in units:
                page = section_page(unit, entry["section"])
                text = (
                    entry["body"].format(name=unit.name, kind=unit.kind)
                    if entry["authority"] == "*"
                    else entry["body"]
                )
                page.body = paragraphs(text)
                page.save()

    def _legal_documents(self, entry: dict[str, Any]) -> None:
        types = {word.name_vi: word.code for word in words("document_types").values()}
        page = LegalDocumentPage(
            title=f"{entry['document_type']} {entry['number']}: {entry['abstract']}",
            number=entry["number"],
            document_type=types[entry["document_type"]],
            issuer=entry["issuer"],
            signer=entry.get("signer", ""),
            issue_date=self._day(entry, "issued"),
            effective_date=self._day(entry, "effective"),
            abstract=entry["abstract"],
            origin=entry["origin"],
        )
        if not entry.get("no_file"):
            file = illustration(
                self.authorities[entry["authority"]], f"{entry['document_type']} {entry['number']}"
            )
            page.files = [DocumentFile(document=file)]
        page.links = [self._link(order, each) for order, each in enumerate(entry.get("links", []))]
        published = None if entry.get("draft") else self._day(entry, "published")
        self._add(entry, entry["section"], page, published)

    def _link(self, order: int, entry: dict[str, Any]) -> DocumentLink:
        target = LegalDocumentPage.objects.filter(number=entry.get("number", "")).first()
        return DocumentLink(
            sort_order=order, kind=entry["kind"], target=target, elsewhere=entry.get("elsewhere", "")
        )

    def _work_schedules(self, entry: dict[str, Any]) -> None:
        monday = self.today - datetime.timedelta(days=self.today.weekday())
        week = entry["week"] if "week" in entry else monday + datetime.timedelta(weeks=entry["week_offset"])
        page = WorkSchedulePage(
            title=f"Lịch công tác tuần từ {week:%d/%m/%Y} đến {week + datetime.timedelta(days=6):%d/%m/%Y}",
            week_start=week,
        )
        page.rows = [
            WorkScheduleRow(
                sort_order=order,
                date=week + datetime.timedelta(days=row["day"]),
                time=datetime.time.fromisoformat(row["time"]) if row.get("time") else None,
                leader=row["leader"],
                content=row["content"],
                place=row.get("place", ""),
            )
            for order, row in enumerate(entry["rows"])
        ]
        published = week - datetime.timedelta(days=entry.get("published_days_before", 2))
        self._add(entry, "leaders_schedule", page, min(published, self.today))

    def _procurements(self, entry: dict[str, Any]) -> None:
        fields = {word.name_vi: word.code for word in words("procurement_fields").values()}
        page = ProcurementPage(
            title=entry["project"],
            project=entry["project"],
            goal=entry.get("goal", ""),
            field=fields[entry["field"]],
            project_type=entry.get("project_type", ""),
            period=entry.get("period", ""),
            funding=entry.get("funding", ""),
            sponsor=entry.get("sponsor", ""),
            investor=self.authorities[entry["authority"]].full_name,
            status=entry["status"],
            plan_number=entry.get("plan_number", ""),
            approval_date=self._day(entry, "approved"),
            notice_date=self._day(entry, "notice_date") or self._day(entry, "notice"),
            closes_at=timezone.make_aware(entry["closes"]) if "closes" in entry else None,
            result_date=self._day(entry, "result_date") or self._day(entry, "result"),
            winner=entry.get("winner", ""),
            price=entry.get("price"),
            egp_number=entry.get("egp_number", ""),
            egp_url=entry.get("egp_url", ""),
        )
        self._add(entry, "projects_procurement", page, self._day(entry, "published"))

    def _budgets(self, entry: dict[str, Any]) -> None:
        page: Any = BudgetDisclosurePage(
            kind=entry["kind"],
            fiscal_year=entry["fiscal_year"],
            period=entry.get("period", ""),
            decision_number=entry.get("decision_number", ""),
            decision_date=self._day(entry, "decision_date"),
            trigger_date=self._day(entry, "trigger"),
            explanation=entry.get("explanation", ""),
        )
        names = {
            "draft": "Dự toán trình HĐND",
            "decided": "Dự toán được quyết định",
            "execution": "Tình hình thực hiện dự toán",
            "settlement": "Quyết toán",
        }
        periods = {"M3": "quý I", "M6": "6 tháng", "M9": "9 tháng", "Y": "cả năm"}
        words_of_title = [names[entry["kind"]], "ngân sách", periods.get(entry.get("period", ""), "")]
        page.title = " ".join(filter(None, [*words_of_title, f"năm {entry['fiscal_year']}"]))
        table = {"data": entry["table"], "first_row_is_table_header": True, "first_col_is_header": True}
        page.tables = [("figures", {"caption": page.title, "unit": "triệu đồng", "table": table})]
        self._add(entry, "budget", page, self._day(entry, "published"))

    def _events(self, entry: dict[str, Any]) -> None:
        page: Any = EventPage(title=entry["title"], kind=entry["kind"], place=entry.get("place", ""))
        page.starts_at, page.ends_at = self._moment(entry, "start"), self._moment(entry, "end")
        page.body = [("paragraph", f"<p>{escape(entry['body'], quote=False)}</p>")]
        begins = timezone.localdate(page.starts_at) if page.starts_at else self.today
        self._add(entry, "announcements", page, min(begins - datetime.timedelta(days=7), self.today))

    def _plain_pages(self, entry: dict[str, Any]) -> None:
        self._add(entry, entry["section"], plain_page(entry), self._day(entry, "published"))

    def _disclosures(self, entry: dict[str, Any]) -> None:
        page = disclosure_page(entry, self.authorities[entry["authority"]], self._day)
        self._add(
            entry, entry["section"], page, None if entry.get("draft") else self._day(entry, "published")
        )

    def _moment(self, entry: dict[str, Any], name: str) -> datetime.datetime | None:
        if isinstance(entry.get(name), datetime.datetime):
            return timezone.make_aware(entry[name])
        day = self._day(entry, name)
        return timezone.make_aware(datetime.datetime.combine(day, _MORNING)) if day else None
