"""Lists of the registers: filters, chips, deep pages, empty states, bad input, queries."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from sitepages.models import DocumentLink, LegalDocumentPage, RegisterEntry
from sitepages.queries import section_page
from sitepages.registers.filters import in_state
from sitepages.registers.force import State
from sitepages.registers.public import public_now
from tests.builders import authority, make_article, make_disclosure, make_document

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOST = "glar.localhost"
MOMENT = "2021-03-01T08:00"
LIST = "/chi-dao-dieu-hanh/"


def read(client: Any, path: str = LIST, status: int = 200, **query: str) -> str:
    reply = client.get(f"{path}?{urlencode(query)}" if query else path, HTTP_HOST=HOST)
    assert reply.status_code == status
    return str(reply.content.decode())


def document(number: str, day: str = "2021-02-01", **values: Any) -> Any:
    page = make_document(
        number, code="glar", issued=datetime.date.fromisoformat(day), published=values.pop("at", MOMENT)
    )
    for name, value in values.items():
        setattr(page, name, value)
    page.save()
    return page


@pytest.fixture
def three() -> None:
    document("10/QĐ-UBND", "2020-02-01", abstract="Về thủ tục đất đai", issuer="UBND xã Glar")
    document("11/KH-UBND", "2021-02-01", abstract="Kế hoạch tiêm phòng 100%", document_type="plan")
    document("12/QĐ-UBND", "2021-03-01", abstract="Quyết định khác", document_type="decision")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "thu tuc"}, {"10"}),
        ({"q": "THỦ TỤC đất"}, {"10"}),
        ({"q": "dat thu"}, {"10"}),
        ({"q": "12/QĐ-UBND"}, {"12"}),
        ({"q": "100%"}, {"11"}),
        ({"q": "_"}, set()),
        ({"nam": "2021"}, {"11", "12"}),
        ({"nam": "2021", "loai": "plan"}, {"11"}),
        ({"coquan": "UBND xã Glar"}, {"10"}),
        ({"nam": "2019"}, {"10", "11", "12"}),
        ({"loai": "zzz", "coquan": "nobody", "hieuluc": "x", "nam": "٢٠٢١"}, {"10", "11", "12"}),
        ({"page": "999999"}, {"10", "11", "12"}),
        ({"q": "\u202e\u200b\x00"}, {"10", "11", "12"}),
    ],
)
def test_filters_find_and_nonsense_is_ignored(
    query: dict[str, str], found: set[str], client: Any, three: None
) -> None:
    html = read(client, **query)
    rows = html[html.index("<main") : html.index("</main>")]
    assert {each for each in ("10", "11", "12") if f'">{each}/' in rows} == found


def test_active_filters_are_chips_that_can_be_taken_off(client: Any, three: None) -> None:
    html = read(client, nam="2021", loai="plan", q="tiem")
    assert _("Found: %(number)s") % {"number": 1} in html
    for address in ("?q=tiem&amp;loai=plan", "?q=tiem&amp;nam=2021", "?nam=2021&amp;loai=plan"):
        assert f'href="{address}"' in html
    assert 'href="?"' in html
    assert 'value="2021" selected' in html


def test_no_hit_and_nothing_yet_are_different_words(client: Any, three: None) -> None:
    no_hit = read(client, q="khongco")
    assert _("Nothing here answers these filters.") in no_hit
    empty = read(client, "/su-dung-dat/")
    assert _("Nothing has been published in this section yet.") in empty
    assert _("What will stand here:") in empty
    assert _("By when:") in empty
    assert _("Nothing here answers these filters.") not in empty


def test_pages_keep_the_filters_and_drop_what_nobody_asked(client: Any) -> None:
    for number in range(25):
        document(f"{number}/QĐ-UBND", abstract="lặp lại")
    html = read(client, q="lap lai", rac="x" * 10_000)
    assert 'href="?q=lap+lai&amp;page=2"' in html
    assert "xxxx" not in html
    assert len(html) < 40_000


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(["q", "nam", "loai", "coquan", "hieuluc", "page", "tuan", "lanhdao", "topic", "ky"]),
        st.text(max_size=60)
        | st.sampled_from(["-1", "0", "1e9", "2021-W99", "9999-12-31", "%00", "'--", "\\"]),
    )
)
@pytest.mark.parametrize("path", [LIST, "/lich-cong-tac/", "/tin-tuc/", "/cong-khai-ngan-sach/"])
def test_no_address_breaks_a_list(path: str, query: dict[str, str], client: Any) -> None:
    text = urlencode(query, errors="surrogatepass")
    assert client.get(f"{path}?{text}", HTTP_HOST=HOST).status_code == 200


def test_the_number_of_queries_does_not_grow(client: Any, django_assert_max_num_queries: Any) -> None:
    document("1/QĐ-UBND")
    read(client)
    with django_assert_max_num_queries(20) as few:
        read(client)
    for number in range(2, 45):
        document(f"{number}/QĐ-UBND", issuer=f"UBND {number}")
    with django_assert_max_num_queries(len(few)):
        read(client, page="3")


def test_drafts_restricted_and_withdrawn_records_are_not_listed(client: Any) -> None:
    document("20/QĐ-UBND", at=None)
    restricted, withdrawn = document("21/QĐ-UBND"), document("22/QĐ-UBND")
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    withdrawn.unpublish()
    document("23/QĐ-UBND")
    html = read(client)
    assert "23/QĐ-UBND" in html
    assert not [number for number in ("20", "21", "22") if f"{number}/QĐ-UBND" in html]


def test_a_line_of_the_register_is_never_believed_against_the_page(client: Any) -> None:
    page = document("24/QĐ-UBND")
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert RegisterEntry.objects.get(pk=page.pk).live
    assert "24/QĐ-UBND" not in read(client)


def test_a_moved_record_is_listed_where_it_stands_now(client: Any) -> None:
    page = document("25/QĐ-UBND")
    page.move(section_page(authority("glar"), "legal_admin_documents"), pos="last-child")
    assert "25/QĐ-UBND" not in read(client)
    assert "25/QĐ-UBND" in read(client, "/van-ban/")


def test_news_are_filtered_by_words_year_and_genre(client: Any) -> None:
    make_article("Trồng cà phê", code="glar", published="2021-03-04T09:00")
    make_article("Lễ hội làng", code="glar", published="2022-03-04T09:00", genre="feature")
    assert "Lễ hội làng" not in read(client, "/tin-tuc/", q="ca phe")
    html = read(client, "/tin-tuc/", nam="2022", loai="feature")
    assert "Lễ hội làng" in html
    assert "Trồng cà phê" not in html


def test_a_replaced_document_says_so_on_both_pages_and_in_the_list(client: Any) -> None:
    old = document("30/QĐ-UBND", "2020-01-01")
    new = document("31/QĐ-UBND", "2021-01-01", at=None)
    new.links = [DocumentLink(kind="replaces", target=old)]
    new.save()
    assert RegisterEntry.objects.get(pk=old.pk).valid_to is None, "a draft bears on nothing"
    new.live = True
    new.save()
    entry = RegisterEntry.objects.get(pk=old.pk)
    assert (entry.valid_to, entry.replaced) == (datetime.date(2021, 1, 1), True)
    assert "31/QĐ-UBND" in read(client, old.url.removeprefix(f"http://{HOST}"))
    assert "30/QĐ-UBND" in read(client, new.url.removeprefix(f"http://{HOST}"))
    replaced = read(client, hieuluc="replaced")
    assert "30/QĐ-UBND</a>" in replaced
    assert "31/QĐ-UBND</a>" not in replaced
    new.unpublish()
    assert RegisterEntry.objects.get(pk=old.pk).valid_to is None


DAYS = st.none() | st.dates(datetime.date(2021, 1, 1), datetime.date(2021, 1, 9))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begins=DAYS, partly=DAYS, ends=DAYS, replaced=st.booleans())
def test_the_filter_by_state_agrees_with_the_rule(
    begins: Any, partly: Any, ends: Any, replaced: bool, register_page: LegalDocumentPage
) -> None:
    rows = RegisterEntry.objects.filter(pk=register_page.pk)
    rows.update(valid_from=begins, partly_from=partly, valid_to=ends, replaced=replaced)
    for today in (datetime.date(2020, 12, 31), datetime.date(2021, 1, 5), datetime.date(2021, 2, 1)):
        state = rows.get().state_on(today)
        found = {
            each for each in State if each != State.UNKNOWN and rows.filter(in_state(each, today)).exists()
        }
        assert found == ({state} if state != State.UNKNOWN else set())


@pytest.fixture
def register_page() -> Any:
    return document("40/QĐ-UBND")


def test_a_list_of_persons_leaves_by_itself(client: Any) -> None:
    today = timezone.localdate()
    kept = {"code": "glar", "published": MOMENT}
    gone: Any = make_disclosure("social_policy_lists", title="Hết hạn", term_ends=today, **kept)
    stays: Any = make_disclosure(
        "social_policy_lists", title="Còn hạn", term_ends=today + datetime.timedelta(days=1), **kept
    )
    other: Any = make_disclosure("land_use_plan", title="Quy hoạch cũ", term_ends=today, **kept)
    for page, status in ((gone, 404), (stays, 200), (other, 200)):
        read(client, page.url.removeprefix(f"http://{HOST}"), status)
    html = read(client, "/an-sinh-xa-hoi/")
    assert "Còn hạn" in html
    assert "Hết hạn" not in html
    assert "Hết hạn" not in read(client, "/")
    assert "Hết hạn" not in read(client, "/sitemap.xml")
    pages = type(gone).objects.filter(pk__in=[gone.pk, stays.pk, other.pk])
    assert set(public_now(pages, today)) == {stays, other}
