"""What exists on the public site."""

from sitepages.models.article import ArticleIndexPage, ArticlePage, Topic
from sitepages.models.authority import Authority, Office, RoleGroup, Tier
from sitepages.models.budget import BudgetDisclosurePage
from sitepages.models.change import PageChange
from sitepages.models.comment import ConsultationComment
from sitepages.models.contribution import Contribution
from sitepages.models.contributor import Contributor, PenName
from sitepages.models.disclosure import DisclosureFile, DisclosurePage
from sitepages.models.document import DocumentFile, DocumentLink, LegalDocumentPage
from sitepages.models.event import EventPage
from sitepages.models.home import PortalHomePage, SubportalHomePage
from sitepages.models.media import PortalDocument, PortalImage, PortalRendition
from sitepages.models.notice import FrameVersion, Notice
from sitepages.models.plain import PlainPage
from sitepages.models.procurement import ProcurementPage
from sitepages.models.register import ChangeNote, RegisterEntry
from sitepages.models.schedule import WorkSchedulePage, WorkScheduleRow
from sitepages.models.search import DocumentText, SearchEntry
from sitepages.models.section import SectionMapPage, SectionPage
from sitepages.models.sent import SentPage
from sitepages.models.settings import SiteSettings
from sitepages.models.visits import DailyVisits, ReportedVisits
from sitepages.models.workflow import EditorialBoardTask

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "Authority",
    "BudgetDisclosurePage",
    "ChangeNote",
    "ConsultationComment",
    "Contribution",
    "Contributor",
    "DailyVisits",
    "DisclosureFile",
    "DisclosurePage",
    "DocumentFile",
    "DocumentLink",
    "DocumentText",
    "EditorialBoardTask",
    "EventPage",
    "FrameVersion",
    "LegalDocumentPage",
    "Notice",
    "Office",
    "PageChange",
    "PenName",
    "PlainPage",
    "PortalDocument",
    "PortalHomePage",
    "PortalImage",
    "PortalRendition",
    "ProcurementPage",
    "RegisterEntry",
    "ReportedVisits",
    "RoleGroup",
    "SearchEntry",
    "SectionMapPage",
    "SectionPage",
    "SentPage",
    "SiteSettings",
    "SubportalHomePage",
    "Tier",
    "Topic",
    "WorkSchedulePage",
    "WorkScheduleRow",
]
