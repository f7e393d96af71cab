"""What a review's report says of units: ranks within the tier, units with nothing to judge, what counts."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.management import call_command
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.services.reviews import close_review
from tests.builders import authority
from tests.reviewing import CODES, NOW, make_review, mark

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("ten_sections")]

MET = dict.fromkeys(CODES, "met")
IDLE = dict.fromkeys(CODES, "not_applicable")


def run(kind: str) -> str:
    out = io.StringIO()
    call_command("review_report", "--review", "r1", "--format", kind, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def word(folder: Path) -> Any:
    path = folder / "report.docx"
    options = ("--format", "docx", "--output", str(path))
    call_command("review_report", "--review", "r1", *options, stderr=io.StringIO())
    return docx.Document(str(path))


def nothing_arose(*names: str) -> str:
    text = ngettext(
        "- Nothing fell to be assessed in the period at %(count)s unit: %(names)s.",
        "- Nothing fell to be assessed in the period at %(count)s units: %(names)s.",
        len(names),
    )
    return text % {"count": f"{len(names):02d}", "names": ", ".join(names)}


@pytest.mark.parametrize("closed", [False, True])
def test_a_unit_with_nothing_to_judge_is_named_apart(closed: bool, tmp_path: Path) -> None:
    review = make_review(units=["glar", "trang", "a-dok"])
    mark(review, "glar", **IDLE)
    mark(review, "trang", **MET)
    mark(review, "a-dok", **dict.fromkeys(CODES, "missing"))
    if closed:
        close_review(review, now=NOW)
    report = word(tmp_path)
    for text in (run("md"), "\n".join(each.text for each in report.paragraphs)):
        lines = [line for line in text.splitlines() if "xã Glar" in line and not line.startswith("|")]
        assert lines == [nothing_arose("xã Glar")]
    reached = {row.cells[1].text: row.cells[8].text for row in report.tables[3].rows[1:]}
    assert reached == {"xã Glar": "–", "xã Trang": _("reached"), "xã A Dơk": _("not reached")}
    units = {unit.pop("name"): unit for unit in json.loads(run("json"))["units"]}
    glar = units["xã Glar"]
    assert (glar["states"], glar["score"], glar["possible"], glar["rank"]) == (IDLE, None, 0, None)


def test_units_nobody_marked_are_told_from_those_with_nothing_to_judge() -> None:
    review = make_review()
    mark(review, "glar", **IDLE)
    mark(review, "trang", **MET)
    text = run("md")
    assert nothing_arose("xã Glar") in text
    told = ngettext(
        "- %(count)s unit was not assessed in any section: %(names)s.",
        "- %(count)s units were not assessed in any section: %(names)s.",
        1,
    )
    assert told % {"count": "01", "names": "huyện Đak Đoa"} in text
    share = _("- %(count)s of %(all)s units with points reach the requirement.")
    assert share % {"count": "01", "all": "01"} in text


def test_a_section_left_unmarked_is_not_called_met_by_all() -> None:
    review = make_review(units=["glar", "trang"])
    mark(review, "glar", alpha="met", beta="met", gamma="met")
    mark(review, "trang", alpha="met", beta="not_applicable")
    told = _("- All units that owed them met %(count)s sections: %(names)s.")
    assert told % {"count": "02", "names": "Mục alpha; Mục beta"} in run("md")


def test_the_highest_points_and_the_ranks_are_those_of_a_tier(tmp_path: Path) -> None:
    review = make_review(units=["dak-doa", "glar", "trang"])
    mark(review, "dak-doa", **{**MET, "alpha": "late"})
    mark(review, "glar", **dict.fromkeys(CODES, "late"))
    mark(review, "trang", **{**MET, "kappa": "missing"})
    told = _("- The highest points in the tier “%(tier)s”: %(names)s.")
    names = "xã Trang (94,7%)"
    text = run("md")
    assert told % {"tier": authority("glar").tier.name, "names": names} in text
    assert "huyện Đak Đoa (" not in text
    assert "xã Glar (" not in text, "a place below the requirement is no strength"
    review.double_threshold = False
    review.save()
    names = "xã Trang (94,7%), xã Glar (50,0%)"
    assert told % {"tier": authority("glar").tier.name, "names": names} in run("md")
    table = word(tmp_path).tables[3]
    assert table.rows[0].cells[-1].text == _("Rank in the tier")
    assert {row.cells[1].text: row.cells[-1].text for row in table.rows[1:]} == {
        "huyện Đak Đoa": "1",
        "xã Glar": "2",
        "xã Trang": "1",
    }


def test_the_report_says_which_sections_count() -> None:
    mark(make_review(), "glar", alpha="met")
    told = _(
        "Points are counted over every section marked as met, late or missing, with one weight for "
        "all units, also where the law only encourages it or lets any form satisfy it; the score the "
        "system shows of a unit counts only what is mandatory on the portal, gives a quarter and not half "
        "for content that is incomplete or out of date, and may therefore differ."
    )
    assert told in run("md")


def test_markdown_sets_the_recipients_and_the_signature_apart() -> None:
    names = {"signing_authority": "KT. Giám đốc", "signer_position": "Phó Giám đốc", "signer_name": "An"}
    mark(make_review(recipients="UBND tỉnh (b/c)", **names), "glar", alpha="met")
    lines = run("md").splitlines()
    at = lines.index(f"***{_('Recipients:')}***")
    assert lines[at + 1 : at + 9] == [
        "", "- UBND tỉnh (b/c);", "- Lưu: VT.", "", "**KT. GIÁM ĐỐC**", "", "**PHÓ GIÁM ĐỐC**", "",
    ]  # fmt: skip


def test_the_last_paragraphs_alone_are_kept_with_the_signature(tmp_path: Path) -> None:
    review = make_review()
    for unit in ("dak-doa", "glar", "trang"):
        mark(review, unit, **dict.fromkeys(CODES, "missing"))
    report = word(tmp_path)
    body = [each for each in report.paragraphs if each.style.name == "Official Body"]
    kept = [each.text for each in body if each.paragraph_format.keep_with_next]
    assert len(kept) == 3, "a long list of units may run over the page"
    assert kept[-1].endswith("./.")


def test_what_is_late_may_also_be_incomplete() -> None:
    mark(make_review(units=["glar", "trang"]), "glar", alpha="late")
    text = run("md")
    assert _("Published late or incompletely: %(names)s.") % {"names": "xã Glar"} in text
    told = _("- %(name)s: %(late)s of %(due)s units published it late or incompletely")
    assert (told % {"name": "Mục alpha", "late": "01", "due": "01"}).removeprefix("- ") in text
    assert (
        _(
            "- Units that published late or incompletely name a person in charge of each section, "
            "complete it and keep its time limit."
        )
        in text
    )
