"""Articles alike in the admin: a warning that never blocks, a list, a comparison; nothing leaks."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from compliance.models import AlikePair, CountExclusion
from compliance.queries.duplicates import duplicate_figures
from sitepages.models import ArticlePage, Topic
from sitepages.queries import article_index
from tests.builders import authority, make_user, signed_in
from tests.compliance.admin.findings import html
from tests.compliance.services.test_duplicates import FIRST, LAST, LEAD, written

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HALF = {"first": "2021-01-01", "last": "2021-06-30"}


def people(role: str, code: str) -> Client:
    return signed_in(make_user(role, code))


def compare(client: Client, one: Any, other: Any) -> Any:
    return client.get(reverse("compliance_compare", args=[one.pk, other.pk]))


def decide(client: Client, one: Any, other: Any, step: str, **form: str) -> Any:
    return client.post(reverse("compliance_duplicate_decide", args=[one.pk, other.pk, step]), form)


def article_form(page: ArticlePage) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "genre": "news",
            "office": page.office_id,
            "lead": page.lead,
            "body": streamfield([]),
            "contributions": inline_formset([]),
            "comments": inline_formset([]),
        }
    )


def saved(client: Client, page: ArticlePage) -> tuple[list[str], str]:
    """The messages of saving a draft, and the editor as it is shown then."""
    reply = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), article_form(page), follow=True)
    assert reply.status_code == 200
    return [str(each) for each in get_messages(reply.wsgi_request)] or [
        str(each) for each in reply.context["messages"]
    ], html(reply)


def test_saving_warns_and_saves() -> None:
    public = written("Xã Trang ra quân <b>dọn</b> vệ sinh", "trang")
    draft = written("Ra quân", "glar", published=None)
    told, page = saved(people("officer", "glar"), draft)
    assert any("Xã Trang ra quân &lt;b&gt;dọn&lt;/b&gt; vệ sinh" in each for each in told)
    address = reverse("compliance_compare", args=[draft.pk, public.pk])
    assert any(address in each for each in told)
    assert page.count(address) >= 1
    assert draft.revisions.count() == 1


@pytest.mark.parametrize("hidden", ["draft", "private", "withdrawn"])
def test_an_officer_learns_nothing_of_what_others_keep_to_themselves(hidden: str) -> None:
    secret = written(
        "BÍ MẬT của xã Trang", "trang", published=None if hidden == "draft" else "2021-03-04T09:00"
    )
    if hidden == "private":
        PageViewRestriction.objects.create(page=secret.page_ptr, restriction_type="login")
    if hidden == "withdrawn":
        secret.unpublish()
    own = written("Ra quân", "glar", published="2021-03-05T09:00")
    for role in ("officer", "board"):
        client = people(role, "glar")
        told, page = saved(client, own)
        assert "BÍ MẬT" not in f"{told}{page}"
        assert compare(client, own, secret).status_code == 404
        assert compare(client, secret, own).status_code == 404
        assert decide(client, own, secret, "leave-out", reason="x").status_code == 404
    assert "BÍ MẬT" not in html(people("board", "glar").get(reverse("compliance_duplicates"), HALF))
    assert not CountExclusion.objects.exists()


def test_a_text_without_likes_is_saved_in_silence() -> None:
    own = written("Ra quân", "glar", published=None, lead="")
    told, _page = saved(people("officer", "glar"), own)
    assert not any("/duplicates/" in each for each in told)


def test_an_officer_compares_only_what_is_theirs() -> None:
    one, other = written("Một", "trang"), written("Hai", "dak-doa")
    own = written("Ba", "glar", published="2021-03-05T09:00")
    client = people("officer", "glar")
    assert compare(client, own, one).status_code == 200
    assert compare(client, one, other).status_code == 404
    assert compare(client, own, own).status_code == 404
    assert decide(client, own, one, "leave-out", reason="x").status_code == 404
    assert decide(client, own, one, "dismiss", reason="x").status_code == 404


def test_the_comparison_marks_words_and_escapes_what_looks_like_markup() -> None:
    one = written("<script>alert(1)</script> Ra quân", "glar")
    other = written("Ra quân", "trang", lead=LEAD.replace("Sáng nay", "Chiều qua"))
    page = html(compare(people("board", "dak-doa"), one, other))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    marks = [part.partition("</mark>")[0] for part in page.split('<mark class="alike-alone">')[1:]]
    assert any("Chiều qua" in mark for mark in marks)
    assert not any("liên thôn" in mark for mark in marks)


def test_the_board_leaves_one_out_and_takes_it_back() -> None:
    one, other = written("Một", "trang"), written("Hai", "glar", published="2021-03-05T09:00")
    district, glar = people("board", "dak-doa"), people("board", "glar")
    assert decide(glar, one, other, "leave-out", reason="x").status_code == 404  # another unit's article
    assert decide(glar, other, one, "unknown").status_code == 404
    assert decide(glar, other, one, "leave-out", reason=" ").status_code == 302
    assert not CountExclusion.objects.exists()
    decide(glar, other, one, "leave-out", reason="Chép của xã Trang")
    assert duplicate_figures(authority("glar"), FIRST, LAST).not_counted == 1
    listed = html(district.get(reverse("compliance_duplicates"), {**HALF, "state": "left_out"}))
    assert listed.count("Chép của xã Trang") >= 2
    decide(district, other, one, "count-again")
    assert duplicate_figures(None, FIRST, LAST).not_counted == 0


def test_only_the_later_articles_board_or_the_one_above_dismisses() -> None:
    one, other = written("Một", "trang"), written("Hai", "glar", published="2021-03-05T09:00")
    assert decide(people("board", "trang"), one, other, "dismiss", reason="x").status_code == 404
    decide(people("board", "glar"), one, other, "dismiss", reason="Hai đợt khác nhau")
    district = people("board", "dak-doa")
    assert list(district.get(reverse("compliance_duplicates"), HALF).context["pairs"]) == []
    kept = district.get(reverse("compliance_duplicates"), {**HALF, "state": "dismissed"})
    assert "Hai đợt khác nhau" in html(kept)
    decide(district, other, one, "restore")
    assert AlikePair.objects.get().dismissed_at is None


def test_the_list_is_asked_by_kind_period_and_portal_in_few_queries(
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(6):
        written(f"Bài {number}", "glar", published=f"2021-03-0{number + 1}T09:00")
    client = people("board", "dak-doa")
    address = reverse("compliance_duplicates")
    with django_assert_max_num_queries(60):
        found = client.get(address, HALF)
    assert len(found.context["pairs"]) == 15
    for wrong in ({"kind": "event"}, {"authority": "trang"}, {"first": "2021-05-01"}, {"state": "left_out"}):
        assert client.get(address, {**HALF, **wrong}).context["pairs"] == []
    reply: Any = client.get(address, {**HALF, "export": "xlsx"})
    content = b"".join(reply.streaming_content) if reply.streaming else reply.content
    assert load_workbook(io.BytesIO(content)).active.max_row == 16
    assert client.get(address, {"first": "31/02", "last": "x"}).status_code == 200
    assert client.get(address, {**HALF, "p": "9" * 30}).status_code == 200


def test_topics_without_an_article_are_named_and_led_to() -> None:
    page = written("Về y tế", "glar")
    page.topics.add(Topic.objects.get(slug="y-te-suc-khoe"))
    page.save()
    head = people("office-head", "dak-doa")
    shown = people("board", "dak-doa").get(reverse("compliance_topics"), HALF)
    rows = {row.slug: row for row in shown.context["coverage"].rows}
    assert rows["ton-giao-tin-nguong"].is_neglected
    assert rows["y-te-suc-khoe"].is_thin
    assert len(rows["y-te-suc-khoe"].silent_units) == 17
    assert len(rows["ton-giao-tin-nguong"].silent_units) == 18
    behind = people("board", "glar").get(reverse("compliance_topic", args=["y-te-suc-khoe"]), HALF)
    assert "Về y tế" in html(behind)
    assert head.get(reverse("compliance_topics"), {**HALF, "authority": "glar"}).status_code == 200
    other = people("board", "trang")
    assert other.get(reverse("compliance_topics"), {**HALF, "authority": "glar"}).status_code == 404
    assert "Về y tế" not in html(other.get(reverse("compliance_topic", args=["y-te-suc-khoe"]), HALF))
    assert article_index(authority("glar")) is not None
