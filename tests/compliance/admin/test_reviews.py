"""The screens of reviews: the grid, a unit's own column, objections, closing, files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.models import Objection, Review, ReviewMark
from compliance.services.reviews import close_review
from sitepages.models import Authority
from tests.builders import authority, make_superuser, make_user, signed_in
from tests.compliance.admin.review_visits import review_form
from tests.reviewing import CODES, make_review, mark, the_mark

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("ten_sections")]

KEEPERS = (("reviewer", "dak-doa"), ("board", "dak-doa"), ("administrator", "dak-doa"))
OTHERS = (
    ("officer", "dak-doa"),
    ("accountant", "dak-doa"),
    ("office-head", "dak-doa"),
    ("board", "glar"),
    ("officer", "glar"),
)


def url(name: str, *args: Any) -> str:
    return reverse(f"compliance_review{name}", args=args)


def page_of(reply: Any) -> Any:
    return BeautifulSoup(reply.content, "html.parser")


def grid_form(client: Client, review: Review, query: str = "") -> dict[str, Any]:
    """What a browser would send back from the grid as it is shown."""
    page = page_of(client.get(url("_grid", review.pk) + query))
    form = page.find("input", {"name": "base"}).find_parent("form")
    sent: dict[str, Any] = {
        field["name"]: field.get("value", "") for field in form.find_all("input") if field.get("name")
    }
    sent |= {field["name"]: field.text.strip() for field in form.find_all("textarea")}
    for field in form.find_all("select"):
        chosen = field.find("option", selected=True)
        sent[field["name"]] = chosen["value"] if chosen else ""
    return sent


@pytest.fixture
def review() -> Review:
    return make_review()


@pytest.fixture
def reviewer() -> Client:
    return signed_in(make_user("reviewer"))


@pytest.mark.parametrize(("role", "code"), KEEPERS)
def test_reviewers_open_everything(role: str, code: str, review: Review) -> None:
    mark(review, "glar", alpha="missing")
    client = signed_in(make_user(role, code))
    for name, args in (
        ("s", ()), ("_add", ()), ("_import", ()), ("", (review.pk,)), ("_edit", (review.pk,)),
        ("_grid", (review.pk,)), ("_close", (review.pk,)), ("_objections", (review.pk,)),
        ("_report", (review.pk, "json")), ("_unit", (review.pk, "glar")),
    ):  # fmt: skip
        assert client.get(url(name, *args)).status_code == 200, name
    assert reverse("compliance_reviews") in client.get(reverse("wagtailadmin_home")).text


@pytest.mark.parametrize(("role", "code"), OTHERS)
def test_nobody_else_reads_or_changes_a_review(role: str, code: str, review: Review) -> None:
    mark(review, "glar", alpha="missing")
    before = list(ReviewMark.objects.values()), list(Review.objects.values())
    client = signed_in(make_user(role, code))
    for name, args in (
        ("_add", ()), ("_import", ()), ("", (review.pk,)), ("_edit", (review.pk,)), ("_grid", (review.pk,)),
        ("_close", (review.pk,)), ("_machine", (review.pk,)), ("_objections", (review.pk,)),
        ("_report", (review.pk, "json")), ("_unit", (review.pk, "trang")),
    ):  # fmt: skip
        for reply in (client.get(url(name, *args)), client.post(url(name, *args), review_form("moi"))):
            assert reply.status_code in (302, 403, 404, 405), name
            assert reply.status_code != 302 or reply["Location"] == reverse("wagtailadmin_home"), name
    assert (list(ReviewMark.objects.values()), list(Review.objects.values())) == before


def test_the_grid_is_a_table_that_can_be_read_without_seeing_it(review: Review, reviewer: Client) -> None:
    page = page_of(reviewer.get(url("_grid", review.pk)))
    table = page.select_one("table.duty-table")
    assert len(table.thead.find_all("th", scope="col")) == 11
    assert len(table.tbody.find_all("th", scope="row")) == 3
    selects = table.find_all("select")
    assert len(selects) == 30
    labels = [select["aria-label"] for select in selects]
    assert len(set(labels)) == 30
    assert all(len(select.find_all("option")) == 5 for select in selects)


def test_the_grid_saves_what_was_changed_alone(review: Review, reviewer: Client) -> None:
    mark(review, "glar", alpha="met")
    before = ReviewMark.objects.values_list("updated_at").get()
    sent = grid_form(reviewer, review)
    pk = authority("trang").pk
    sent |= {f"s-{pk}-alpha": "late", f"s-{pk}-beta": "missing"}
    assert reviewer.post(url("_grid", review.pk), sent).status_code == 302
    found = set(review.marks.values_list("authority__code", "section", "verifier_state"))
    assert found == {("glar", "alpha", "met"), ("trang", "alpha", "late"), ("trang", "beta", "missing")}
    assert ReviewMark.objects.values_list("updated_at").get(authority__code="glar") == before


@pytest.mark.parametrize("query", ["?unit=glar", "?section=alpha", "?unit=glar&section=alpha"])
def test_one_unit_or_one_section_has_room_for_notes_and_evidence(
    query: str, review: Review, reviewer: Client
) -> None:
    sent = grid_form(reviewer, review, query)
    shown = {"?unit=glar": 10, "?section=alpha": 3}.get(query, 1)
    assert sum(name.startswith("s-") for name in sent) == shown
    key = f"{authority('glar').pk}-alpha"
    sent |= {f"s-{key}": "late", f"n-{key}": "Đăng trễ", f"e-{key}": "https://glar.example/a"}
    assert reviewer.post(url("_grid", review.pk), sent).status_code == 302
    row = review.marks.get()
    assert (row.verifier_state, row.note, row.evidence_url) == ("late", "Đăng trễ", "https://glar.example/a")


@pytest.mark.parametrize(
    ("prefix", "value"),
    [
        ("s", "done"),
        ("e", "javascript:alert(1)"),
        ("e", "glar"),
        ("n", "x" * 5001),
        ("e", "ftp://a.example/"),
    ],
)
def test_a_bad_cell_saves_nothing_and_keeps_what_was_typed(
    prefix: str, value: str, review: Review, reviewer: Client
) -> None:
    sent = grid_form(reviewer, review, "?unit=glar")
    pk = authority("glar").pk
    sent |= {f"s-{pk}-beta": "met", f"{prefix}-{pk}-alpha": value}
    reply = reviewer.post(url("_grid", review.pk), sent)
    assert reply.status_code == 200
    assert not review.marks.exists()
    page = page_of(reply)
    assert len(page.select(".review-grid .duty-fault")) == 1
    assert page.find("select", {"name": f"s-{pk}-beta"}).find("option", selected=True)["value"] == "met"


def test_two_reviewers_do_not_overwrite_each_other(review: Review, reviewer: Client) -> None:
    pk = authority("glar").pk
    first, second = grid_form(reviewer, review), grid_form(reviewer, review)
    reviewer.post(url("_grid", review.pk), first | {f"s-{pk}-alpha": "late"})
    reply = reviewer.post(url("_grid", review.pk), second | {f"s-{pk}-beta": "met"})
    assert reply.status_code == 302
    reply = reviewer.post(url("_grid", review.pk), second | {f"s-{pk}-alpha": "met"})
    assert reply.status_code == 200
    assert dict(review.marks.values_list("section", "verifier_state")) == {"alpha": "late", "beta": "met"}


@pytest.mark.parametrize("base", ["", "{", "[]", '{"s-1-alpha": 3}', "null"])
def test_a_broken_base_breaks_nothing(base: str, review: Review, reviewer: Client) -> None:
    key = f"s-{authority('glar').pk}-alpha"
    reply = reviewer.post(url("_grid", review.pk), {"base": base, key: "met", "s-999-alpha": "met"})
    assert reply.status_code == 302
    assert the_mark(review, "glar", "alpha").verifier_state == "met"
    assert review.marks.count() == 1


def test_a_unit_sees_and_marks_its_own_column(review: Review) -> None:
    mark(review, "glar", alpha="late", beta="met")
    ReviewMark.objects.filter(section="alpha").update(note="Ghi chú của Glar", machine_state="missing")
    client = signed_in(make_user("officer", "glar"))
    reply = client.get(url("_unit", review.pk, "glar"))
    assert "Ghi chú của Glar" not in reply.text, "the verifier's note is a draft"
    assert len(page_of(reply).select("tbody select")) == 10
    sent = {
        "own-alpha": "met",
        "own-gamma": "late",
        "own-beta": "nonsense",
        f"s-{authority('glar').pk}-alpha": "met",
    }
    assert client.post(url("_unit", review.pk, "glar"), sent).status_code == 302
    rows = {row.section: row for row in review.marks.all()}
    assert {code: row.self_state for code, row in rows.items()} == {
        "alpha": "met",
        "beta": "",
        "gamma": "late",
    }
    assert rows["alpha"].verifier_state == "late"
    assert client.get(url("_unit", review.pk, "trang")).status_code == 404
    listed = client.get(url("s")).text
    assert url("_unit", review.pk, "glar") in listed
    assert url("", review.pk) not in listed.replace(url("_unit", review.pk, "glar"), "")


def test_a_unit_outside_the_review_does_not_meet_it(review: Review) -> None:
    client = signed_in(make_user("board", "a-dok"))
    assert client.get(url("_unit", review.pk, "a-dok")).status_code == 404
    listed = client.get(url("s"))
    assert listed.status_code == 200
    assert review.name not in listed.text
    head = signed_in(make_user("office-head"))
    assert url("s") not in head.get(reverse("wagtailadmin_home")).text


def test_a_reviewer_sets_no_units_own_marks(review: Review, reviewer: Client) -> None:
    assert reviewer.get(url("_unit", review.pk, "glar")).status_code == 200
    reviewer.post(url("_unit", review.pk, "glar"), {"own-alpha": "met"})
    assert not review.marks.exists()


def test_closing_needs_a_post_and_freezes_the_screens(review: Review, reviewer: Client) -> None:
    mark(review, "glar", **dict.fromkeys(CODES, "met"))
    assert reviewer.get(url("_close", review.pk)).status_code == 200
    review.refresh_from_db()
    assert not review.is_closed
    sent = grid_form(reviewer, review)
    reviewer.post(url("_close", review.pk))
    review.refresh_from_db()
    assert review.is_closed
    assert review.closed_by.groups.get().role_group.role == "reviewer"
    key = f"s-{authority('glar').pk}-alpha"
    assert reviewer.post(url("_grid", review.pk), sent | {key: "late"}).status_code == 200
    officer = signed_in(make_user("officer", "glar"))
    officer.post(url("_unit", review.pk, "glar"), {"own-alpha": "late"})
    row = the_mark(review, "glar", "alpha")
    assert (row.verifier_state, row.self_state) == ("met", "")
    assert not page_of(officer.get(url("_unit", review.pk, "glar"))).select("tbody select")
    edited = review_form("r1") | {"issuing_body": "Sở Mới", "minimum_sample": "1"}
    assert reviewer.post(url("_edit", review.pk), edited).status_code == 302
    review.refresh_from_db()
    assert (review.issuing_body, review.minimum_sample) == ("Sở Mới", 5)


def test_an_objection_from_filing_to_the_answer(review: Review, reviewer: Client) -> None:
    mark(review, "glar", alpha="missing", beta="met")
    row = the_mark(review, "glar", "alpha")
    close_review(review, now=timezone.now())
    officer = signed_in(make_user("officer", "glar"))
    address = url("_object", review.pk, "glar", row.pk)
    assert address in officer.get(url("_unit", review.pk, "glar")).text
    assert officer.post(address, {"text": ""}).status_code == 200
    assert officer.post(address, {"text": "Có đăng ngày 3/2"}).status_code == 302
    assert address not in officer.get(url("_unit", review.pk, "glar")).text
    objection = Objection.objects.get()
    answer = url("_answer", review.pk, objection.pk)
    assert answer in reviewer.get(url("_objections", review.pk)).text
    assert officer.post(answer, {"answer": "Đúng", "new_state": "met"}).status_code == 404
    assert reviewer.post(answer, {"answer": "", "new_state": "met"}).status_code == 200
    assert reviewer.post(answer, {"answer": "Đã xem lại", "new_state": "met"}).status_code == 302
    objection.refresh_from_db()
    assert objection.is_accepted
    assert "Đã xem lại" in officer.get(url("_unit", review.pk, "glar")).text
    states = {unit["name"]: unit["states"] for unit in _report(reviewer, review)["units"]}
    assert states["xã Glar"] == {"alpha": "met", "beta": "met"}
    other = make_review("r2")
    assert reviewer.get(url("_answer", other.pk, objection.pk)).status_code == 404


def _report(client: Client, review: Review) -> Any:
    return json.loads(client.get(url("_report", review.pk, "json")).content)


def test_the_report_is_downloaded_in_every_kind(review: Review, reviewer: Client) -> None:
    mark(review, "glar", alpha="missing")
    for kind, begins in (("docx", b"PK"), ("md", "…".encode()), ("json", b"{")):
        reply = reviewer.get(url("_report", review.pk, kind))
        assert reply.content.startswith(begins)
        assert reply["Content-Disposition"] == f'attachment; filename="r1.{kind}"'
    assert reviewer.get(url("_report", review.pk, "pdf")).content.startswith(b"%PDF")
    assert reviewer.post(url("_report", review.pk, "json")).status_code == 405


@pytest.mark.parametrize("formula", ["=1+1", "@SUM(A1)", "+1", "-1"])
def test_no_formula_leaves_by_the_export(formula: str, review: Review, reviewer: Client) -> None:
    mark(review, "glar", alpha="missing")
    ReviewMark.objects.update(note=formula)
    reply: Any = reviewer.get(url("", review.pk) + "?export=csv")
    text = b"".join(reply.streaming_content).decode("utf-8-sig")
    assert f",'{formula}," in text.replace('"', "")


def test_a_file_is_uploaded_whole_or_not_at_all(review: Review, reviewer: Client) -> None:
    def send(text: str, **more: str) -> Any:
        file = SimpleUploadedFile("marks.csv", text.encode())
        return reviewer.post(url("_import"), {"file": file, "code": "r1", **more})

    bad = send("unit,section,state\nglar,alpha,met\nnowhere,alpha,met\n")
    assert "nowhere" in bad.text
    assert not review.marks.exists()
    assert send("unit,section,state\nglar,alpha,met\n").status_code == 302
    assert the_mark(review, "glar", "alpha").verifier_state == "met"
    assert send("unit,section,state\nglar,alpha,met\n", code="r9").status_code == 200
    new = "unit,section,state,unit_name,unit_tier\nso-y-te,alpha,met,Sở Y tế,district\n"
    assert send(new, code="r9", period="2020-01..2020-12", create_units="on").status_code == 302
    assert Review.objects.get(code="r9").units.get().authority == Authority.objects.get(code="so-y-te")


def test_a_review_is_made_and_changed_in_a_form(reviewer: Client) -> None:
    units = [authority("glar").pk, authority("trang").pk]
    assert reviewer.post(url("_add"), review_form("q1") | {"units": units}).status_code == 302
    review = Review.objects.get(code="q1")
    assert review.period == "2022-01..2022-06"
    assert {row.authority_id for row in review.units.all()} == set(units)
    for fault in (
        {"last_month": "2021-12"},
        {"code": "a b"},
        {"code": "q1"},
        {"signing_authority": "Thay mặt"},
        {"first_month": "x"},
        {"name": ""},
    ):
        assert reviewer.post(url("_add"), review_form("q2") | fault).status_code == 200
    assert Review.objects.count() == 1
    changed = review_form("khac") | {"units": units[:1], "minimum_sample": "7"}
    assert reviewer.post(url("_edit", review.pk), changed).status_code == 302
    review.refresh_from_db()
    assert (review.code, review.minimum_sample) == ("q1", 7)
    assert {row.authority_id for row in review.units.all()} == set(units[:1])


def test_scores_show_points_denominator_rank_and_what_to_do(review: Review, reviewer: Client) -> None:
    mark(review, "glar", **dict.fromkeys(CODES, "met"))
    mark(review, "trang", **{**dict.fromkeys(CODES[:3], "missing"), "delta": "met"})
    page = page_of(reviewer.get(url("", review.pk)))
    rows = {row.th.get_text(strip=True): row.get_text(" ", strip=True) for row in page.select("tbody tr")}
    assert "19/19" in rows["xã Glar"]
    assert "10/10" in rows["xã Glar"]
    assert "1/7" in rows["xã Trang"]
    assert "14,3 %" in rows["xã Trang"]
    assert "1/4" in rows["xã Trang"]
    assert "+42,9" in rows["xã Trang"]
    assert "100,0" in rows["xã Trang"]
    table = page.select_one("table.duty-table")
    ranks = [row.find_all("td")[5].contents[0].strip() for row in table.tbody.find_all("tr")]
    assert ranks == ["–", "1/1", "–"], "four sections counted are below the minimum of five"


def test_ranks_are_told_within_the_tier(review: Review, reviewer: Client) -> None:
    mark(review, "dak-doa", **dict.fromkeys(CODES, "late"))
    mark(review, "glar", **dict.fromkeys(CODES, "met"))
    mark(review, "trang", **{**dict.fromkeys(CODES, "met"), "alpha": "late"})
    table = page_of(reviewer.get(url("", review.pk))).select_one("table.duty-table")
    ranks = {
        row.th.get_text(strip=True): list(row.find_all("td")[5].stripped_strings)
        for row in table.tbody.find_all("tr")
    }
    communes = authority("glar").tier.name
    assert ranks == {
        "huyện Đak Đoa": ["1/1", authority().tier.name],
        "xã Glar": ["1/2", communes],
        "xã Trang": ["2/2", communes],
    }
    card = page_of(reviewer.get(url("_unit", review.pk, "trang"))).select(".duty-cards li")[-1].text
    assert communes in card
    assert "2/2" in card


def test_a_unit_with_nothing_to_judge_is_not_called_below_the_requirement(
    review: Review, reviewer: Client
) -> None:
    mark(review, "glar", **dict.fromkeys(CODES, "not_applicable"))
    mark(review, "trang", **dict.fromkeys(CODES, "missing"))
    table = page_of(reviewer.get(url("", review.pk))).select_one("table.duty-table")
    reached = {
        row.th.get_text(strip=True): row.find_all("td")[4].get_text(strip=True)
        for row in table.tbody.find_all("tr")
    }
    assert reached == {"huyện Đak Đoa": "–", "xã Glar": "–", "xã Trang": _("not reached")}
    cards = page_of(reviewer.get(url("_unit", review.pk, "glar"))).select(".duty-cards li")
    assert [each.strong.text for each in cards] == ["–", "0/0", "–", "–"]


def test_the_screens_say_which_sections_count(review: Review, reviewer: Client) -> None:
    mark(review, "glar", alpha="met")
    told = _(
        "Every section marked as met, late or missing counts in the denominator, with one weight for all "
        "units, also a section that the law only encourages or lets any form satisfy, and a late one earns "
        "half, also where its content is there but incomplete or out of date. The unit page counts only what "
        "the law makes mandatory on the portal and gives such content a quarter, so its score may differ."
    )
    for address in (url("", review.pk), url("_unit", review.pk, "glar")):
        assert told in page_of(reviewer.get(address)).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_grid_takes_the_same_number_of_queries(count: int, django_assert_max_num_queries: Any) -> None:
    review = make_review(units=["glar", "trang", "a-dok"][:count])
    client = signed_in(make_superuser())
    with django_assert_max_num_queries(15):
        client.get(url("_grid", review.pk))
