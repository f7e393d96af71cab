"""Sites, pages and rights agree with the fixtures and the plan."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission, GroupSitePermission, Page, Site

from portal.provisioning.apply import provision
from portal.provisioning.plan import ROLES, permissions_named
from sitepages.models import (
    ArticleIndexPage,
    Authority,
    Office,
    PlainPage,
    RoleGroup,
    SectionMapPage,
    SectionPage,
    SiteSettings,
)
from sitepages.vocabulary import sections

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    for name in ("authorities.toml", "offices.toml"):
        shutil.copy(project.PORTAL_FIXTURES / name, tmp_path / name)
    settings.PORTAL_FIXTURES = tmp_path
    return tmp_path


def refused(folder: Path) -> str:
    before = (Page.objects.count(), Site.objects.count(), GroupSitePermission.objects.count())
    with pytest.raises(CommandError) as error:
        call_command("provision_portal", stdout=io.StringIO())
    assert (Page.objects.count(), Site.objects.count(), GroupSitePermission.objects.count()) == before
    return str(error.value)


def test_eighteen_portals_stand() -> None:
    units = Authority.objects.filter(site__isnull=False)
    assert units.count() == 18
    assert Site.objects.count() == 18
    assert Site.objects.get(is_default_site=True).hostname == "localhost"
    assert Authority.objects.get(code="glar").site.hostname == "glar.localhost"
    for unit in units:
        home = unit.site.root_page
        held = SectionPage.objects.child_of(home).live().values_list("section", flat=True)
        assert sorted(held) == sorted(
            section.code for section in sections().values() if section.kind == "section"
        )
        assert ArticleIndexPage.objects.child_of(home).live().count() == 1
        assert SectionMapPage.objects.child_of(home).live().count() == 1
        assert SiteSettings.for_site(unit.site).organisation == unit.full_name
    assert Office.objects.filter(authority__code="dak-doa").count() == 25
    assert Office.objects.get(authority__code="glar").full_name == "UBND xã Glar"


def test_a_second_run_changes_nothing() -> None:
    assert provision().lines == []


def test_a_right_taken_by_hand_comes_back_as_one_change() -> None:
    GroupPagePermission.objects.filter(group__role_group__role="board").first().delete()
    with pytest.raises(CommandError):
        call_command("provision_portal", "--check", stdout=io.StringIO())
    assert len(provision()) == 1
    call_command("provision_portal", "--check", stdout=io.StringIO())


def test_check_names_the_difference_and_writes_nothing() -> None:
    group = RoleGroup.objects.get(role="officer", authority__code="glar").group
    group.permissions.clear()
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("provision_portal", "--check", stdout=out)
    assert "xã Glar" in out.getvalue()
    assert "wagtailadmin.access_admin" in out.getvalue()
    assert not group.permissions.exists()


def test_an_extra_right_goes() -> None:
    group = RoleGroup.objects.get(role="officer", authority__code="glar").group
    group.permissions.add(Permission.objects.get(codename="change_royaltyrate"))
    other = Authority.objects.get(code="trang").site
    right = Permission.objects.get(codename="view_findingrecord")
    GroupSitePermission.objects.create(group=group, site=other, permission=right)
    assert len(provision()) == 2
    assert not GroupSitePermission.objects.filter(group=group, site=other).exists()


def test_groups_of_others_are_left_alone() -> None:
    group = Group.objects.create(name="Câu lạc bộ")
    group.permissions.add(Permission.objects.get(codename="change_royaltyrate"))
    assert provision().lines == []
    assert group.permissions.count() == 1


def test_a_new_commune_is_complete_after_one_run(folder: Path, client: Any) -> None:
    with (folder / "authorities.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[authorities]]\ncode = "xa-moi"\nname = "Mới"\nkind = "xã"\n'
            'full_name = "Ủy ban nhân dân xã Mới"\n'
            'parent = "dak-doa"\ntier = "commune"\n'
        )
    provision()
    unit = Authority.objects.get(code="xa-moi")
    roles = set(RoleGroup.objects.filter(authority=unit).values_list("role", flat=True))
    assert roles == {role.code for role in ROLES if not role.main_only}
    menu = unit.site.root_page.get_children().live().in_menu()
    assert [page.title for page in menu.order_by("path")] == [
        section.name_vi for section in sections().values() if section.in_menu
    ]
    assert unit.site.root_page.get_children().live().count() == len(sections())
    assert Office.objects.get(authority=unit).full_name == "UBND xã Mới"
    reply = client.get("/", HTTP_HOST="xa-moi.localhost")
    assert reply.status_code == 200
    assert "Mới" in reply.content.decode()
    board = RoleGroup.objects.get(authority__code="dak-doa", role="board").group
    (below,) = (role.models_below for role in ROLES if role.code == "board")
    assert GroupSitePermission.objects.filter(group=board, site=unit.site).count() == len(below)
    assert provision().lines == []


def test_an_installation_of_before_gets_what_it_lacks_and_keeps_what_it_has() -> None:
    home = Authority.objects.get(code="trang").site.root_page
    kept = SectionPage.objects.child_of(home).get(section="budget")
    Page.objects.filter(pk=kept.pk).update(title="Ngân sách của xã", slug="ngan-sach")
    for page in SectionPage.objects.child_of(home).filter(section__in=["leaders", "taxes_fees"]):
        page.delete()
    home.refresh_from_db()
    home.add_child(instance=PlainPage(title="Trang cũ", slug="lanh-dao"))
    SectionMapPage.objects.child_of(home).get().delete()
    assert provision().lines == [
        "+ section leaders of trang",
        "+ section taxes_fees of trang",
        "+ section all_sections of trang",
    ]
    assert SectionPage.objects.child_of(home).get(section="leaders").slug == "lanh-dao-leaders"
    kept.refresh_from_db()
    assert (kept.title, kept.slug) == ("Ngân sách của xã", "ngan-sach")
    assert provision().lines == []


def test_two_units_with_one_host_name_are_refused(folder: Path) -> None:
    path = folder / "authorities.toml"
    text = path.read_text(encoding="utf-8").replace(
        'code = "glar"', 'code = "glar"\nhostname = "trang.localhost"'
    )
    path.write_text(text, encoding="utf-8")
    message = refused(folder)
    assert "trang.localhost" in message
    assert "glar, trang" in message


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('code = "glar"', 'code = "trang"', "trang"),
        ('code = "glar"', 'code = "Glar Xã"', "Glar Xã"),
        ('name = "Glar"', 'name = ""', "glar"),
        ('name = "Glar"', 'name = "Glar"\nmau = "do"', "glar"),
        (
            'name = "Glar"\nkind = "xã"',
            'name = "Glar"\nkind = "xã"\nvalid_from = 2025-01-01\nvalid_to = 2024-01-01',
            "glar",
        ),
        ('parent = "dak-doa"', 'parent = "khong-co"', "khong-co"),
        ('tier = "commune"', 'tier = "ward"', "ward"),
        ("[[authorities]]", "[[authorities", "authorities.toml"),
        ('name = "Glar"', 'name = "Trang"', "xã Trang"),
        ('name = "Glar"', 'name = "Glar"\nhostname = "a..b"', "glar"),
        ('code = "glar"\nname', 'code = "glar"\nsuccessor = "glar"\nname', "glar"),
    ],
)
def test_faulty_fixtures_are_refused_by_name(folder: Path, old: str, new: str, word: str) -> None:
    path = folder / "authorities.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert word in refused(folder)


def test_a_file_that_is_not_utf8_is_refused(folder: Path) -> None:
    path = folder / "authorities.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert "UTF-8" in refused(folder)


def test_the_plan_names_real_rights() -> None:
    known = {
        f"{row.content_type.app_label}.{row.codename}"
        for row in Permission.objects.select_related("content_type")
    }
    assert permissions_named() <= known


def test_stock_groups_with_rights_everywhere_are_gone() -> None:
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    assert not GroupPagePermission.objects.filter(page__depth=1).exists()
