"""A page of the district sent down: to all communes, locked or editable, counted once, withdrawn at once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, PageViewRestriction

from compliance.models import AlikePair, Observation
from compliance.queries.counts import contribution_table
from compliance.rules.months import Month
from sitepages.models import ArticlePage, Authority, LegalDocumentPage, SectionPage, SentPage
from sitepages.queries import article_index, section_page
from sitepages.registers.shown import links_of
from sitepages.sent.marks import canonical_page
from sitepages.sent.services import send_down, withdraw
from tests.builders import authority, make_article, make_document, make_schedule, make_user, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]

TITLE = "Huyện thông báo lịch cấp căn cước lưu động"
COMMUNES = 17


@dataclass
class Person:
    user: Any
    client: Client


def person(role: str, code: str = "dak-doa") -> Person:
    user = make_user(role, code)
    return Person(user, signed_in(user))


@pytest.fixture
def board() -> Person:
    return person("board")


@pytest.fixture
def source() -> ArticlePage:
    page = make_article(TITLE)
    page.lead = "Công an huyện cấp căn cước lưu động tại các xã."
    page.save()
    return page


def units() -> list[Authority]:
    return list(authority().children.all())


SOME = ["glar", "trang", "k-dang"]


def some() -> list[Authority]:
    return [unit for unit in units() if unit.code in SOME]


def screen(page: Any, name: str = "sitepages_send_down") -> str:
    return reverse(name, args=[page.pk])


def send(person: Person, page: Any, kind: str = "locked", **form: Any) -> Any:
    form = form or {"everywhere": "on"}
    return person.client.post(screen(page), {"kind": kind, **form}, follow=True)


def copy_at(code: str, source: Any) -> Any:
    row = SentPage.objects.get(source=source.pk, authority__code=code, withdrawn_at=None)
    return row.page.specific


def read(code: str, path: str) -> Any:
    return Client().get(path, headers={"host": authority(code).site.hostname})


def address(page: Any) -> str:
    return str(page.get_url_parts()[2])


def publish(page: Any, person: Person, **values: Any) -> None:
    page = type(page).objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=person.user).publish()


def test_the_board_sends_and_every_commune_shows_it(board: Person, source: ArticlePage) -> None:
    shown = board.client.get(screen(source))
    assert shown.status_code == 200
    assert shown.content.decode().count('name="units"') == COMMUNES
    assert send(board, source).status_code == 200
    for unit in units():
        copy = copy_at(unit.code, source)
        assert copy.get_parent().pk == article_index(unit).pk
        for path in ("/", "/tin-tuc/"):
            assert TITLE in read(unit.code, path).content.decode()
        html = read(unit.code, address(copy)).content.decode()
        assert f'rel="canonical" href="{source.full_url}"' in html
        assert f'<a href="{source.full_url}">{authority().site.site_name}</a>' in html
    assert SentPage.objects.filter(source=source.pk).count() == COMMUNES
    assert PageLogEntry.objects.filter(page=source.pk, action="sitepages.send_down").count() == 1


def test_sending_twice_doubles_nothing_and_a_new_unit_is_added_later(
    board: Person, source: ArticlePage
) -> None:
    send(board, source, units=["glar", "trang"])
    assert SentPage.objects.filter(source=source.pk).count() == 2
    send(board, source, units=["glar", "trang"])
    assert SentPage.objects.filter(source=source.pk).count() == 2
    send(board, source, kind="editable")  # the rest: where it stands it is left as it is
    rows = SentPage.objects.filter(source=source.pk)
    assert rows.count() == COMMUNES
    assert rows.filter(kind="locked").count() == 2
    assert ArticlePage.objects.filter(title=TITLE).count() == COMMUNES + 1


def test_a_locked_copy_follows_its_source(board: Person, source: ArticlePage) -> None:
    send(board, source, units=["glar"])
    publish(source, board, title="Huyện đổi lịch cấp căn cước")
    copy = copy_at("glar", source)
    assert copy.title == "Huyện đổi lịch cấp căn cước"
    assert "Huyện đổi lịch cấp căn cước" in read("glar", address(copy)).content.decode()
    ArticlePage.objects.get(pk=source.pk).unpublish()
    assert read("glar", address(copy)).status_code == 404
    publish(source, board, title="Lịch mới")
    assert read("glar", address(copy)).status_code == 200


@pytest.mark.parametrize("role", ["officer", "board"])
def test_nobody_of_the_commune_changes_a_locked_copy(role: str, board: Person, source: ArticlePage) -> None:
    send(board, source, units=["glar"])
    copy, theirs = copy_at("glar", source), person(role, "glar")
    shown = theirs.client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk]))
    assert shown.status_code == 200
    assert "convert_alias" not in shown.content.decode()
    before = list(Page.objects.filter(pk=copy.pk).values())
    elsewhere = SectionPage.objects.child_of(authority("glar").site.root_page).first()
    steps: list[tuple[str, list[Any], dict[str, Any]]] = [
        ("edit", [copy.pk], {"title": "Xã sửa", "slug": "xa-sua"}),
        ("edit", [copy.pk], {"title": "Xã sửa", "slug": "xa-sua", "action-publish": "1"}),
        ("delete", [copy.pk], {}),
        ("unpublish", [copy.pk], {}),
        ("move_confirm", [copy.pk, elsewhere.pk], {}),
        ("convert_alias", [copy.pk], {}),
        ("set_privacy", [copy.pk], {"restriction_type": "login"}),
        (
            "copy",
            [copy.pk],
            {"new_title": "x", "new_slug": "x", "new_parent_page": copy.get_parent().pk, "alias": "on"},
        ),
    ]
    for name, ids, form in steps:
        theirs.client.post(reverse(f"wagtailadmin_pages:{name}", args=ids), form)
        assert list(Page.objects.filter(pk=copy.pk).values()) == before, name
    for action in ("delete", "move", "unpublish", "publish"):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        theirs.client.post(f"{bulk}?id={copy.pk}&next=/admin/", {"chooser": elsewhere.pk})
        assert list(Page.objects.filter(pk=copy.pk).values()) == before, action
    assert not PageViewRestriction.objects.filter(page=copy.pk).exists()
    assert ArticlePage.objects.child_of(copy.get_parent()).count() == 1


def test_an_editable_copy_is_the_units_own_to_change(board: Person, source: ArticlePage) -> None:
    send(board, source, kind="editable", units=["glar"])
    copy, officer = copy_at("glar", source), person("officer", "glar")
    assert copy.live
    assert copy.alias_of is None
    assert canonical_page(copy).pk == source.pk
    publish(copy, officer, title="Xã Glar thông báo")
    publish(source, board, title="Huyện sửa sau")
    copy = copy_at("glar", source)
    assert copy.title == "Xã Glar thông báo"  # never overwritten
    assert canonical_page(copy) == copy
    html = read("glar", address(copy)).content.decode()
    assert f'rel="canonical" href="{copy.full_url}"' in html
    assert authority().site.site_name in html
    told = officer.client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk])).content.decode()
    assert source.full_url in told
    row = SentPage.objects.get(source=source.pk)
    assert row.changed_at is not None
    assert row.source_changed_at is not None


def test_withdrawing_takes_it_down_everywhere_at_once(board: Person, source: ArticlePage) -> None:
    send(board, source, kind="editable", units=["glar"])
    send(board, source, units=SOME)
    mine, locked = copy_at("glar", source), copy_at("trang", source)
    shown = board.client.get(screen(source, "sitepages_withdraw_sent"))
    assert shown.content.decode().count('name="units"') == len(SOME)
    board.client.post(screen(source, "sitepages_withdraw_sent"), {"units": SOME})
    for unit in some():
        assert TITLE not in read(unit.code, "/").content.decode()
    assert read("glar", address(mine)).status_code == 404
    assert not Page.objects.filter(pk=locked.pk).exists()
    assert ArticlePage.objects.get(pk=source.pk).live
    mine = ArticlePage.objects.get(pk=mine.pk)
    assert not mine.live
    approver, officer = person("board", "glar"), person("officer", "glar")
    mine.save_revision(user=officer.user)
    assert not mine.permissions_for_user(approver.user).can_publish()
    assert not mine.permissions_for_user(officer.user).can_submit_for_moderation()
    publish(source, board, title="Huyện sửa")  # what is withdrawn does not come back by itself
    assert ArticlePage.objects.live().filter(title="Huyện sửa").count() == 1
    send(board, source, units=["glar", "trang"])
    assert copy_at("glar", source).pk != mine.pk
    assert read("trang", address(copy_at("trang", source))).status_code == 200


def test_it_is_counted_once(board: Person, source: ArticlePage) -> None:
    document = make_document("7/TB-UBND", issued=datetime.date(2021, 3, 4), published="2021-03-04T09:00")
    period = Month(2021, 3), Month(2021, 3)
    everyone = [authority(), *units()]
    before = [contribution_table(unit, *period).total for unit in everyone]
    notes = Observation.objects.count()
    for page, kind in ((source, "locked"), (document, "editable"), (source, "editable")):
        send(board, page, kind=kind, units=SOME)
    officer = person("officer", "glar")
    publish(copy_at("glar", document), officer, abstract="Về việc khác hẳn")
    assert [contribution_table(unit, *period).total for unit in everyone] == before
    assert sum(before) == 1
    call_command("assess", "--date", "2021-03-31", verbosity=0)
    theirs = Observation.objects.exclude(authority=authority())
    assert theirs.count() == 0
    assert Observation.objects.count() == notes
    call_command("index_likeness", "--all", verbosity=0)
    assert not AlikePair.objects.exists()


def test_an_editable_article_is_no_duplicate(board: Person, source: ArticlePage) -> None:
    source.lead = " ".join(f"từ{number} ngữ" for number in range(80))
    source.save()
    send(board, source, kind="editable", units=["glar"])
    call_command("index_likeness", "--all", verbosity=0)
    assert not AlikePair.objects.exists()
    copy = copy_at("glar", source)
    officer = person("officer", "glar")
    editor = officer.client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk]))
    assert reverse("compliance_compare", args=[copy.pk, source.pk]) not in editor.content.decode()


def test_a_unit_without_the_section_is_told_and_gets_nothing(board: Person, source: ArticlePage) -> None:
    article_index(authority("trang")).unpublish()
    reply = send(board, source)
    assert authority("trang").display_name in reply.content.decode()
    assert SentPage.objects.filter(source=source.pk).count() == COMMUNES - 1
    assert not SentPage.objects.filter(authority__code="trang").exists()


def test_a_taken_address_gets_a_number(board: Person, source: ArticlePage) -> None:
    own = make_article(TITLE, code="glar")
    own.slug = source.slug
    own.save()
    send(board, source, units=["glar"])
    assert copy_at("glar", source).slug == f"{source.slug}-1"


@pytest.mark.parametrize("kind", ["draft", "closed", "schedule", "copy"])
def test_what_may_not_be_sent_is_not(kind: str, board: Person, source: ArticlePage) -> None:
    page: Any = source
    if kind == "draft":
        page = make_article("Nháp", published=None)
    elif kind == "closed":
        PageViewRestriction.objects.create(page=source, restriction_type="login")
    elif kind == "schedule":
        page = make_schedule(datetime.date(2021, 3, 1), published="2021-03-01T07:00")
    else:
        send(board, source, units=["glar"])
        page = copy_at("glar", source)
    before = SentPage.objects.count()
    assert board.client.get(screen(page)).status_code in (200, 404)
    send(board, page)
    assert SentPage.objects.count() == before


def test_closing_the_source_closes_its_locked_copies(board: Person, source: ArticlePage) -> None:
    send(board, source, units=["glar"])
    copy = copy_at("glar", source)
    closed = PageViewRestriction.objects.create(page=source, restriction_type="login")
    assert read("glar", address(copy)).status_code == 404
    publish(source, board, title="Sửa lúc đang đóng")
    assert read("glar", address(copy)).status_code == 404
    assert "Sửa lúc đang đóng" not in read("glar", "/tin-tuc/").content.decode()
    closed.delete()
    assert read("glar", address(copy)).status_code == 200


def test_others_get_nothing(board: Person, source: ArticlePage) -> None:
    send(board, source, units=["glar"])
    own = make_article("Tin của xã", code="glar")
    before = list(SentPage.objects.values())
    nobody = Client()
    people = [person("officer"), person("secretary"), person("accountant"), person("office-head")]
    people += [person(role, code) for role in ("officer", "board") for code in ("glar", "trang")]
    for each in people:
        for page in (source, own, copy_at("glar", source)):
            for name in ("sitepages_send_down", "sitepages_withdraw_sent"):
                assert each.client.get(screen(page, name)).status_code == 404
                form = {"kind": "locked", "everywhere": "on", "units": ["glar", "trang"]}
                assert each.client.post(screen(page, name), form).status_code == 404
    for name in ("sitepages_send_down", "sitepages_withdraw_sent"):
        assert nobody.post(screen(source, name), {"kind": "locked"}).status_code == 302
    assert list(SentPage.objects.values()) == before


@pytest.mark.parametrize("value", ["%00", "x" * 10_000, "９９９", "9" * 400, "dak-doa"])
def test_nonsense_sends_nothing(value: str, board: Person, source: ArticlePage) -> None:
    for form in ({"units": [value]}, {"units": ["glar"], "kind": value}, {}):
        reply = board.client.post(screen(source), {"kind": "locked", **form})
        assert reply.status_code == 422
    assert board.client.get("/admin/send-down/99999999999999999999/").status_code == 404
    assert not SentPage.objects.exists()


def test_a_document_sent_down_is_replaced_with_its_source(board: Person) -> None:
    old = make_document("1/QĐ-UBND", issued=datetime.date(2021, 1, 4), published="2021-01-04T09:00")
    send_down(old, some(), "locked", user=board.user)
    new = make_document("2/QĐ-UBND", issued=datetime.date(2021, 2, 4), published="2021-02-04T09:00")
    new.links.create(kind="replaces", target=old)
    new.save()
    copy = LegalDocumentPage.objects.get(pk=copy_at("glar", old).pk)
    assert copy.get_parent().pk == section_page(authority("glar"), "directives").pk
    assert copy.register_entry.replaced
    html = read("glar", address(copy)).content.decode()
    assert "2/QĐ-UBND" in html
    send_down(new, some(), "locked", user=board.user)  # its copies replace nothing a second time
    links = read("dak-doa", address(old)).context["page"]
    assert len(links_of(links)) == 1


def test_a_search_of_all_portals_finds_it_once(board: Person, source: ArticlePage) -> None:
    send(board, source, units=SOME)
    path = "/tim-kiem/?q=cap+can+cuoc+luu+dong"
    everywhere = read("dak-doa", f"{path}&scope=all").content.decode()
    here = copy_at("glar", source)
    assert f'href="{address(source)}"' in everywhere
    assert here.full_url not in everywhere
    assert f'href="{address(here)}"' in read("glar", path).content.decode()


def test_the_list_asks_as_much_for_many_units_as_for_one(board: Person, source: ArticlePage) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert board.client.get(screen(source)).status_code == 200
        return len(queries)

    send(board, source, units=["glar"])
    one = asked()
    send(board, source, units=SOME)
    assert asked() <= one + 2
    withdraw(source, user=board.user)
    assert asked() <= one + 2
