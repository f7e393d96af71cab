"""Page types: where they stand, what they refuse, and what they remember."""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page, get_page_models

from compliance.rules.months import local_moment
from sitepages.front import front_page_content
from sitepages.models import (
    ArticlePage,
    BudgetDisclosurePage,
    Contribution,
    DisclosurePage,
    EventPage,
    LegalDocumentPage,
    PlainPage,
    ProcurementPage,
    SectionMapPage,
    SectionPage,
    WorkSchedulePage,
)
from sitepages.queries import article_index, authority_of, section_page
from sitepages.services import confirm_page
from sitepages.text import fold, nfc, vietnamese_slug
from tests.builders import authority, make_article, make_document, make_schedule, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OURS = [model for model in get_page_models() if model._meta.app_label == "sitepages"]
DAY = datetime.date(2021, 6, 30)
CLOSES = local_moment("2021-07-15T09:00")
MOMENT = "2021-06-30T09:00"


def record(section: str, page: Any, code: str = "dak-doa") -> Any:
    page.live = True
    page.first_published_at = page.last_published_at = timezone.now()
    return section_page(authority(code), section).add_child(instance=page)


def budget(**values: Any) -> Any:
    given = {
        "title": "Ngân sách",
        "kind": "decided",
        "fiscal_year": 2021,
        "decision_number": "1",
        "decision_date": DAY,
    }
    page: Any = BudgetDisclosurePage(**{**given, **values})
    table = {"data": [["Nội dung", "Dự toán"], ["Thu", "10"]], "first_row_is_table_header": True}
    page.tables = [("figures", {"caption": "Bảng", "unit": "triệu đồng", "table": table})]
    return page


def procurement(**values: Any) -> ProcurementPage:
    return ProcurementPage(**{"title": "Gói thầu", "project": "Đường", "approval_date": DAY, **values})


def test_every_page_type_renders_in_vietnamese(client: Any) -> None:
    pages: list[Page] = [
        authority().site.root_page,
        authority("glar").site.root_page,
        article_index(authority()),
        make_article(published=MOMENT),
        make_document(issued=DAY, published=MOMENT),
        make_schedule(datetime.date(2021, 6, 28), published=MOMENT),
        record("projects_procurement", procurement(price=1_234_567, status="preparing")),
        record("budget", budget()),
        record("announcements", EventPage(title="Họp dân", kind="event", starts_at=timezone.now())),
        record("intro_apparatus", PlainPage(title="Bộ máy")),
        record("leaders", DisclosurePage(title="Chủ tịch", details={"full_name": "A"})),
        SectionMapPage.objects.child_of(authority().site.root_page).get(),
        section_page(authority(), "directives"),
    ]
    assert {page.specific_class for page in pages} == set(OURS)
    for page in pages:
        site = authority_of(page).site
        reply = client.get(page.specific.relative_url(site), HTTP_HOST=site.hostname)
        html = reply.content.decode()
        assert reply.status_code == 200, page
        assert '<html lang="vi"' in html
        assert page.title in html or site.root_page_id == page.pk


def test_every_section_of_every_kind_renders(client: Any) -> None:
    for section in SectionPage.objects.child_of(authority("glar").site.root_page):
        assert (
            client.get(section.relative_url(authority("glar").site), HTTP_HOST="glar.localhost").status_code
            == 200
        )


def test_a_missing_page_says_so_in_vietnamese(client: Any) -> None:
    reply = client.get("/khong-co/", HTTP_HOST="glar.localhost")
    assert reply.status_code == 404
    assert 'lang="vi"' in reply.content.decode()


def test_drafts_are_not_public(client: Any) -> None:
    draft = make_article("Bản nháp bí mật", published=None)
    url = draft.relative_url(authority().site)
    assert client.get(url, HTTP_HOST="localhost").status_code == 404
    assert "Bản nháp bí mật" not in client.get("/tin-tuc/", HTTP_HOST="localhost").content.decode()
    assert "Bản nháp bí mật" not in client.get("/sitemap.xml", HTTP_HOST="localhost").content.decode()


def test_a_section_takes_its_own_kind_of_record_only() -> None:
    schedule = section_page(authority(), "leaders_schedule")
    assert WorkSchedulePage.can_create_at(schedule)
    assert not LegalDocumentPage.can_create_at(schedule)
    document = make_document(issued=DAY)
    assert not document.can_move_to(schedule)


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: WorkSchedulePage(title="Lịch", week_start=datetime.date(2021, 6, 29)), "week_start"),
        (lambda: budget(decision_number=""), "decision_number"),
        (lambda: budget(kind="execution", period=""), "period"),
        (lambda: budget(kind="execution", period="Y"), "trigger_date"),
        (lambda: budget(kind="draft"), "trigger_date"),
        (lambda: budget(period="M6"), "period"),
        (lambda: budget(fiscal_year=1999), "fiscal_year"),
        (lambda: procurement(notice_date=datetime.date(2021, 6, 29)), "notice_date"),
        (lambda: procurement(result_date=datetime.date(2021, 6, 29)), "result_date"),
        (lambda: procurement(closes_at=local_moment("2021-06-29T09:00")), "closes_at"),
        (lambda: procurement(closes_at=CLOSES, result_date=datetime.date(2021, 7, 14)), "result_date"),
        (lambda: procurement(status="completed"), "result_date"),
        (lambda: procurement(price=-1), "price"),
        (lambda: procurement(egp_url="javascript:alert(1)"), "egp_url"),
        (lambda: EventPage(title="Hội", kind="event"), "starts_at"),
        (lambda: ArticlePage(title="Tin", genre="tin"), "genre"),
    ],
)
def test_what_cannot_be_is_refused_by_field(make: Any, field: str) -> None:
    page = make()
    with pytest.raises(ValidationError) as error:
        page.full_clean(exclude=["path", "depth", "slug", "content_type", "locale"])
    assert field in error.value.message_dict


def test_an_effect_before_the_issue_is_refused() -> None:
    page = make_document(issued=DAY)
    page.effective_date = DAY - datetime.timedelta(days=1)
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert list(error.value.message_dict) == ["effective_date"]


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: LegalDocumentPage(issue_date=DAY), DAY),
        (lambda: WorkSchedulePage(week_start=DAY), DAY),
        (lambda: ProcurementPage(approval_date=DAY), DAY),
        (
            lambda: BudgetDisclosurePage(kind="execution", fiscal_year=2021, period="M9"),
            datetime.date(2021, 9, 30),
        ),
        (lambda: BudgetDisclosurePage(kind="decided", fiscal_year=2021, decision_date=DAY), DAY),
        (lambda: BudgetDisclosurePage(kind="draft", fiscal_year=2021, trigger_date=DAY), DAY),
        (lambda: ArticlePage(), None),
    ],
)
def test_each_page_knows_the_day_the_law_counts_from(make: Any, expected: Any) -> None:
    assert make().legal_date == expected


def test_only_a_persons_change_of_words_is_a_change() -> None:
    user = make_user("board")
    page = make_article("Tin đầu")
    page.save_revision().publish()  # a machine
    page.refresh_from_db()
    assert page.human_changed_at is None
    page.title = "Tin sửa"
    revision = page.save_revision(user=user)
    revision.publish()
    page.refresh_from_db()
    changed = page.human_changed_at
    assert changed == revision.created_at
    page.save_revision(user=user).publish()  # the same words again
    page.save()  # an import or a command
    page.refresh_from_db()
    assert page.human_changed_at == changed
    assert page.confirmed_at is None


def test_confirming_is_kept_apart_from_changing_and_from_revisions() -> None:
    user = make_user("officer")
    page = make_document(issued=DAY, published=MOMENT)
    now = timezone.now()
    confirm_page(page, user=user, note="Vẫn đúng", at=now)
    page.abstract = "Khác"
    page.save_revision(user=user).publish()
    page.refresh_from_db()
    assert (page.confirmed_at, page.confirmed_by, page.confirmation_note) == (now, user, "Vẫn đúng")
    assert page.human_changed_at is not None


def test_a_copy_knows_what_it_is_a_copy_of() -> None:
    article = make_article()
    copy = article.copy(to=article.get_parent(), update_attrs={"slug": "mot"})
    again = copy.copy(to=article.get_parent(), update_attrs={"slug": "hai"})
    assert (copy.repost_of, again.repost_of) == (article, article)
    assert copy.first_published_at != article.first_published_at


def test_an_alias_made_an_ordinary_page_is_still_a_copy() -> None:
    article = make_article()
    alias = article.create_alias(parent=article_index(authority("glar")))
    article.save_revision().publish()  # brings the alias up to date
    ConvertAliasPageAction(ArticlePage.objects.get(pk=alias.pk)).execute(skip_permission_checks=True)
    page = ArticlePage.objects.get(pk=alias.pk)
    assert (page.alias_of_id, page.repost_of_id) == (None, article.pk)


def test_the_page_belongs_to_its_own_portal() -> None:
    assert authority_of(make_article(code="glar")).code == "glar"
    assert authority_of(authority().site.root_page).code == "dak-doa"
    assert authority_of(Page.get_first_root_node()) is None


def test_a_front_page_shows_its_own_portal_only() -> None:
    mine, other = make_article(code="glar"), make_article(code="trang")
    shown = list(front_page_content(authority("glar").site.root_page, DAY)["articles"])
    assert mine in shown
    assert other not in shown


def test_a_byline_prefers_the_pen_name() -> None:
    article = make_article(people=(("Nguyễn Văn A", "author", "50"), ("Trần B", "photographer", "50")))
    assert article.byline == "Nguyễn Văn A, Trần B"
    article.pen_name = "Hoài Thương"
    assert article.byline == "Hoài Thương"


def test_a_share_lies_between_nothing_and_all() -> None:
    with pytest.raises(ValidationError):
        Contribution(article=make_article(), name="A", share=Decimal(0)).full_clean()
    with pytest.raises(ValidationError):
        Contribution(article=make_article(), name="A", share=Decimal("100.01")).full_clean()


def test_text_is_stored_composed_and_clean() -> None:
    page = make_document("2/QĐ", issued=DAY)
    page.abstract = unicodedata.normalize("NFD", "Quyết định") + "\u200b\u202e"
    page.save()
    page.refresh_from_db()
    assert page.abstract == "Quyết định"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đường đi thị xã", "duong-di-thi-xa"),
        ("Ủy ban nhân dân xã H'Neng", "uy-ban-nhan-dan-xa-hneng"),
        ("Số 235/UBND-CCHC", "so-235ubnd-cchc"),
        ("🌾", ""),
    ],
)
def test_slugs_read_vietnamese(text: str, slug: str) -> None:
    assert vietnamese_slug(text) == slug
    assert vietnamese_slug(unicodedata.normalize("NFD", text)) == slug


def test_a_title_of_signs_alone_still_gets_an_address() -> None:
    assert [make_article("🌾🌾").slug, make_article("🌾").slug] == ["trang", "trang-2"]


def test_folding_drops_marks_and_keeps_words() -> None:
    assert fold("Thủ tục hành chính ĐẶC BIỆT") == "thu tuc hanh chinh dac biet"
    assert nfc("Hoà\u200b") == "Hoà"


def test_search_finds_with_and_without_diacritics() -> None:
    page = make_article("Thủ tục cấp đất quyết định")
    for words in ("thủ tục", "thu tuc", "quyet dinh", "dat"):
        assert page in list(ArticlePage.objects.live().search(words)), words


@pytest.mark.parametrize("language", ["en", "fr", "vi"])
def test_everything_starts_in_vietnamese_whatever_the_browser_asks(client: Any, language: str) -> None:
    login = client.get("/admin/login/", HTTP_ACCEPT_LANGUAGE=language)
    assert "Tên đăng nhập" in login.content.decode()
    home = client.get("/", HTTP_HOST="glar.localhost", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    assert "Lịch công tác" in home
    assert "Trang chủ" in home


def test_structure_is_provisioned_and_not_added_by_hand() -> None:
    home = authority("glar").site.root_page.specific
    assert not SectionPage.can_create_at(home)
    assert not type(article_index(authority("glar"))).can_create_at(home)
    assert not type(home).can_create_at(Page.get_first_root_node())
