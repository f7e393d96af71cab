"""Lines of credit in the editor: who, under which name, for which office, with what share."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from sitepages.models import ArticlePage, Contribution, Contributor, Office, PenName
from sitepages.queries import article_index
from tests.builders import authority, make_article, make_user, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def make_contributor(name: str, *pens: str, code: str = "glar", **values: Any) -> Contributor:
    person: Any = Contributor(authority=authority(code), name=name, **values)
    person.pen_names = [PenName(name=pen) for pen in pens]
    person.save()
    return person


def line(**values: Any) -> dict[str, Any]:
    return {"contributor": "", "office": "", "name": "", "pen_name": "", "role": "author", "share": "100"} | {
        key: getattr(value, "pk", value) for key, value in values.items()
    }


def article_form(lines: list[dict[str, Any]], kept: int = 0, code: str = "glar") -> dict[str, Any]:
    office = Office.objects.filter(authority__code=code).first()
    return nested_form_data(
        {
            "title": "Bài của xã",
            "slug": "bai-cua-xa",
            "genre": "news",
            "office": office.pk if office else "",
            "lead": "",
            "cover": "",
            "body": streamfield([("paragraph", rich_text("<p>x</p>"))]),
            "pen_name": "",
            "source": "",
            "contributions": inline_formset(lines, initial=kept),
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
        }
    )


def add(*lines: dict[str, Any]) -> Any:
    place = article_index(authority("glar")).pk
    client = signed_in(make_user("officer", "glar"))
    url = reverse("wagtailadmin_pages:add", args=["sitepages", "articlepage", place])
    return client.post(url, article_form(list(lines)))


def credits() -> list[tuple[Any, ...]]:
    page = ArticlePage.objects.get(title="Bài của xã")
    lines = page.get_latest_revision_as_object().contributions.all()
    return [(each.contributor, each.office, each.name, each.pen_name, each.share) for each in lines]


def faults(reply: Any) -> str:
    assert reply.status_code == 200
    assert not ArticlePage.objects.filter(title="Bài của xã").exists()
    form = reply.context["form"]
    rows = [str(row.errors) for row in form.formsets["contributions"].forms]
    return "\n".join([str(form.non_field_errors()), *rows])


def test_a_contributor_brings_name_pen_name_and_office() -> None:
    office = Office.objects.filter(authority__code="glar").get()
    person = make_contributor("Nguyễn Thị Kim", "Kim Chi", office=office)
    assert add(line(contributor=person, pen_name=unicodedata.normalize("NFD", "kim chi"))).status_code == 302
    assert credits() == [(person, office, "Nguyễn Thị Kim", "Kim Chi", 100)]


def test_an_outside_person_is_written_by_name_and_kept_in_nfc() -> None:
    name = unicodedata.normalize("NFD", "  Trần   Thị Huệ ")
    assert add(line(name=name, pen_name="Bút\u200b Huệ")).status_code == 302
    assert credits() == [(None, None, "Trần Thị Huệ", "Bút Huệ", 100)]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([line(name="An", share="60"), line(name="Bình", share="39.99")], "99.99 %"),
        ([line(name="An", share="0")], "0.01"),
        ([line(name="An", share="150"), line(name="Bình", share="-50")], "0.01"),
        ([line(name="An", share="50"), line(name="An", share="50")], "__all__"),
        ([line(name="An", role="editor")], "__all__"),
        ([line()], "name_error"),
        ([line(name="=1+1")], "“=”"),
        ([line(name="An", pen_name="＠SUM(A1)")], "“＠”"),
        ([line(name="An", pen_name="x" * 10_000)], "10000"),
    ],
)
def test_what_does_not_fit_together_is_refused(lines: list[dict[str, Any]], told: str) -> None:
    said = faults(add(*lines))
    assert "errorlist" in said
    if told == "__all__":
        assert "nonfield" in said
    else:
        assert told in said


def test_a_pen_name_belongs_to_its_contributor() -> None:
    person = make_contributor("Nguyễn Thị Kim", "Kim Chi")
    said = faults(add(line(contributor=person, pen_name="Hoàng Phú")))
    assert "Hoàng Phú" in said
    assert "Kim Chi" in said


def test_two_people_of_one_name_are_two() -> None:
    first, second = (make_contributor("Nguyễn Thị Kim") for _each in range(2))
    assert add(line(contributor=first, share="50"), line(contributor=second, share="50")).status_code == 302
    assert [each[0] for each in credits()] == [first, second]


def test_one_contributor_under_two_names_is_one() -> None:
    person = make_contributor("Nguyễn Thị Kim", "Kim Chi")
    twice = [line(contributor=person, share="50"), line(contributor=person, share="50", pen_name="Kim Chi")]
    faults(add(*twice))


@pytest.mark.parametrize("what", ["contributor", "office"])
def test_nobody_of_another_portal_is_offered_or_taken(what: str) -> None:
    foreign = make_contributor("Người xã Trang", code="trang")
    office = Office.objects.filter(authority__code="trang").get()
    chosen = {"contributor": foreign} if what == "contributor" else {"name": "An", "office": office}
    reply = add(line(**chosen))
    assert "errorlist" in faults(reply)
    assert "Người xã Trang" not in reply.content.decode()


def test_a_contributor_or_office_out_of_force_is_refused() -> None:
    past = datetime.date(2020, 1, 1)
    person = make_contributor("Đã nghỉ", valid_to=past)
    faults(add(line(contributor=person)))
    unit = authority("glar")
    office = Office.objects.create(
        authority=unit, code="cu", short_name="Cũ", full_name="Đơn vị cũ", valid_to=past
    )
    faults(add(line(name="An", office=office)))


def test_an_office_merged_since_keeps_its_credit_with_a_warning() -> None:
    unit = authority("glar")
    old = Office.objects.create(authority=unit, code="cu", short_name="Cũ", full_name="Đơn vị cũ")
    page = make_article("Bài của xã", code="glar", published="2021-03-04T09:00")
    Contribution.objects.filter(article=page).update(office=old)
    Office.objects.filter(pk=old.pk).update(valid_to=datetime.date(2021, 3, 31))
    kept = Contribution.objects.get(article=page)
    client = signed_in(make_user("officer", "glar"))
    form = article_form([line(id=kept.pk, name=kept.name, office=old)], kept=1)
    reply = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, follow=True)
    assert credits() == [(None, old, "Người viết", "", 100)]
    assert "31/03/2021" in reply.content.decode()


def test_the_editor_asks_once_for_all_lines(django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        make_contributor(f"Người {number}", f"Bút {number}")
    url = []
    for count in (1, 6):
        people = tuple((f"Người {each}", "author", str(round(100 / count, 2))) for each in range(count))
        page = make_article(f"Bài {count}", code="glar", people=people)
        url.append(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    client = signed_in(make_user("officer", "glar"))
    for each in url:
        client.get(each)
    with django_assert_max_num_queries(500) as first:
        reply = client.get(url[0])
    assert "Bút 2" in reply.content.decode()
    with django_assert_max_num_queries(500) as many:
        client.get(url[1])
    assert len(many) <= len(first)
