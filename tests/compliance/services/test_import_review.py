"""Marks from a file: all or none, every fault by line."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import ModelLogEntry

from compliance.models import Review, ReviewMark, ReviewUnit
from compliance.services.reviews import close_review
from sitepages.models import Authority
from tests.builders import authority
from tests.reviewing import NOW, make_review, the_mark, write

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("ten_sections")]

WITH_UNITS = "unit,section,state,note,unit_name,unit_tier"


def run(file: str, *options: str, code: str = "r1", period: str = "2019-01..2019-06") -> str:
    out = io.StringIO()
    call_command("import_review", file, "--review", code, "--period", period, *options, stdout=out)
    return out.getvalue()


def refusal(file: str, *options: str, **asked: str) -> list[str]:
    """The problems told; nothing is written."""
    before = list(ReviewMark.objects.values()), Review.objects.count(), Authority.objects.count()
    with pytest.raises(CommandError) as error:
        run(file, *options, **asked)
    assert (list(ReviewMark.objects.values()), Review.objects.count(), Authority.objects.count()) == before
    assert error.value.returncode == 1
    head, *problems = str(error.value).splitlines()
    assert head == _("Nothing was imported from the file.")
    return problems


def hint() -> str:
    return _("To add unknown units, use --create-units with the columns unit_name,unit_tier.")


def at(line: int, message: str) -> str:
    return _("Line %(line)s: %(message)s") % {"line": line, "message": message}


def test_a_file_makes_the_review_its_units_and_marks(tmp_path: Path) -> None:
    run(write(tmp_path, "glar,alpha,met,Đủ", "dak-doa,beta,missing,", "glar,beta,late,trễ 3 ngày"))
    review = Review.objects.get(code="r1")
    assert review.period == "2019-01..2019-06"
    assert [row.authority.code for row in review.units.all()] == ["dak-doa", "glar"]
    found = set(review.marks.values_list("authority__code", "section", "verifier_state", "note"))
    assert found == {
        ("glar", "alpha", "met", "Đủ"),
        ("dak-doa", "beta", "missing", ""),
        ("glar", "beta", "late", "trễ 3 ngày"),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_order_of_columns_semicolons_marks_of_order_and_normal_forms(
    tmp_path: Path, encoding: str, form: Any
) -> None:
    line = unicodedata.normalize(form, "Đủ;met;  XÃ   glar ;alpha")
    run(write(tmp_path, line, "", head="note;state;unit;section", encoding=encoding))
    assert the_mark(Review.objects.get(), "glar", "alpha").note == "Đủ"


@pytest.mark.parametrize("name", ["glar", "xã Glar", "XÃ GLAR", "full_name"])
def test_a_unit_is_known_by_code_display_name_and_full_name(tmp_path: Path, name: str) -> None:
    text = authority("glar").full_name if name == "full_name" else name
    assert text
    run(write(tmp_path, f'"{text}",alpha,met,'))
    assert ReviewUnit.objects.get().authority.code == "glar"


def test_a_name_of_two_units_is_not_guessed(tmp_path: Path) -> None:
    glar = authority("glar")
    Authority.objects.create(code="glar-2", name="Glar", kind="xã", tier=glar.tier)
    problems = refusal(write(tmp_path, "xã Glar,alpha,met,"))
    assert len(problems) == 1
    assert "glar, glar-2" in problems[0]


def test_every_fault_is_told_by_line(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "nowhere,alpha,met,",
        "glar,nothing,met,",
        "glar,alpha,done,",
        "glar,beta,met,",
        "glar,beta,late,",
        ",alpha,met,",
        "trang,alpha",
        f"trang,beta,met,{'x' * 5001}",
    )
    states = "met, late, missing, not_applicable"
    assert refusal(file) == [
        at(2, _("unknown unit “%(text)s”.") % {"text": "nowhere"}),
        at(3, _("unknown section “%(text)s”.") % {"text": "nothing"}),
        at(4, _("unknown state “%(text)s”. Known: %(known)s.") % {"text": "done", "known": states}),
        at(6, _("the same unit and section stand on line %(other)s.") % {"other": 5}),
        at(7, _("the unit is empty.")),
        at(
            8,
            _("%(found)s cells instead of %(expected)s. Put quotes around text with commas.")
            % {"found": 2, "expected": 4},
        ),
        at(9, _("the note is longer than %(longest)s characters.") % {"longest": 5000}),
        hint(),
    ]


def test_a_unit_written_in_two_ways_is_one_duplicate(tmp_path: Path) -> None:
    problems = refusal(write(tmp_path, "glar,alpha,met,", "xã Glar,alpha,met,"))
    assert problems == [at(3, _("the same unit and section stand on line %(other)s.") % {"other": 2})]


@pytest.mark.parametrize("state", ["Met", "đạt", "", "not applicable"])
def test_only_the_four_states_are_taken(tmp_path: Path, state: str) -> None:
    assert len(refusal(write(tmp_path, f"glar,alpha,{state},"))) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"\n\n", "The file is empty."),
        (b"unit,section,state,note\n", "The file holds no mark."),
        ("unit,section,state\nglar,alpha,met\n".encode("utf-16"), "The file is UTF-16."),
        (b"unit,section,state\n\xe9,alpha,met\n", "not UTF-8"),
        (b"unit,section,state\nglar\x00,alpha,met\n", "The file holds NUL"),
        (b'unit,section,state\n"glar,alpha,met\n', "not readable as CSV"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    problems = refusal(str(path))
    assert len(problems) == 1
    if told.startswith("The file is empty") or told.startswith("The file holds no"):
        assert problems == [_(told)]


@pytest.mark.parametrize(
    ("head", "named"),
    [("unit,state,note", "section"), ("unit;section;note", "state"), ("unit,section,state,colour", "colour")],
)
def test_columns_missing_or_unknown(tmp_path: Path, head: str, named: str) -> None:
    problems = refusal(write(tmp_path, "glar,alpha,met,", head=head))
    assert len(problems) == 1
    assert problems[0].endswith(f"{named}.")


def test_a_column_twice(tmp_path: Path) -> None:
    assert len(refusal(write(tmp_path, "glar,alpha,met,late", head="unit,section,state,state"))) == 1


def test_a_missing_file() -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        run("nowhere.csv")


@pytest.mark.parametrize("period", ["2019", "2019-01-01", "2019-13..2019-14", "2019-06..2019-01", "..", ""])
def test_bad_periods(tmp_path: Path, period: str) -> None:
    assert len(refusal(write(tmp_path, "glar,alpha,met,"), period=period)) == 1


@pytest.mark.parametrize("code", ["", "a b", "../x", "x" * 51, "thẩm-định"])
def test_bad_codes(tmp_path: Path, code: str) -> None:
    assert len(refusal(write(tmp_path, "glar,alpha,met,"), code=code)) == 1


def test_another_period_than_the_reviews(tmp_path: Path) -> None:
    make_review()
    problems = refusal(write(tmp_path, "glar,alpha,met,"), period="2019-01..2019-12")
    assert len(problems) == 1
    assert "2019-01..2019-06" in problems[0]


def test_a_closed_review_takes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path, "glar,alpha,met,")
    run(file)
    close_review(Review.objects.get(), now=NOW)
    assert refusal(file) == [_("The review “%(code)s” is closed: nothing can be imported.") % {"code": "r1"}]


def test_importing_again_changes_nothing_and_logs_nothing(tmp_path: Path) -> None:
    file = write(tmp_path, "glar,alpha,met,Đủ", "trang,beta,late,")
    run(file)
    before = list(ReviewMark.objects.order_by("pk").values())
    logs = ModelLogEntry.objects.filter(action="compliance.import_review")
    assert logs.count() == 1
    run(file)
    assert list(ReviewMark.objects.order_by("pk").values()) == before
    assert logs.count() == 1


def test_importing_again_replaces_the_lines_of_the_file_alone(tmp_path: Path) -> None:
    run(write(tmp_path, "glar,alpha,met,Đủ", "glar,beta,late,"))
    ReviewMark.objects.update(self_state="missing", machine_state="late")
    run(write(tmp_path, "glar,alpha,missing,Không thấy"))
    review = Review.objects.get()
    first, second = the_mark(review, "glar", "alpha"), the_mark(review, "glar", "beta")
    assert (first.verifier_state, first.note) == ("missing", "Không thấy")
    assert (first.self_state, first.machine_state) == ("missing", "late")
    assert second.verifier_state == "late"
    run(write(tmp_path, "glar,alpha,met", head="unit,section,state"))
    first.refresh_from_db()
    assert (first.verifier_state, first.note) == ("met", "Không thấy")


def test_units_are_made_in_the_order_of_the_file(tmp_path: Path) -> None:
    last = Authority.objects.order_by("order").last().order
    run(
        write(
            tmp_path,
            "zz-9,alpha,met,,Sở Y tế,district",
            "aa-1,alpha,late,,Sở Tư pháp,district",
            "zz-9,beta,met,,,",
            "glar,alpha,met,,,",
            "Sở Nội vụ,alpha,met,,Sở Nội vụ,district",
            head=WITH_UNITS,
        ),
        "--create-units",
    )
    review = Review.objects.get()
    assert [row.authority.code for row in review.units.all()] == ["glar", "zz-9", "aa-1", "so-noi-vu"]
    made = Authority.objects.get(code="zz-9")
    assert (made.display_name, made.tier.code, made.order, made.site) == (
        "Sở Y tế",
        "district",
        last + 1,
        None,
    )


def test_units_made_are_known_the_next_time(tmp_path: Path) -> None:
    lines = ["Sở Y tế,alpha,met,,Sở Y tế tỉnh,district", "S2,alpha,met,,Sở Hai,district"]
    file = write(tmp_path, *lines, head=WITH_UNITS)
    run(file, "--create-units")
    before = Authority.objects.count()
    run(file, "--create-units")
    run(write(tmp_path, "so-y-te,beta,met,", "Sở y tế TỈNH,gamma,met,", "S2,beta,met,"))
    assert Authority.objects.count() == before
    assert ReviewMark.objects.filter(authority__code="so-y-te").count() == 3


@pytest.mark.parametrize(
    ("head", "lines", "faulty"),
    [
        ("unit,section,state,note", ["n1,alpha,met,", "n1,beta,met,"], [2]),
        (WITH_UNITS, ["n1,alpha,met,,,district"], [2]),
        (WITH_UNITS, ["n1,alpha,met,,Sở Một,"], [2]),
        (WITH_UNITS, ["n1,alpha,met,,Sở Một,planet"], [2]),
        (WITH_UNITS, ["n1,alpha,met,,Sở Một,district", "n1,beta,met,,Sở Hai,district"], [3]),
        (WITH_UNITS, ["n1,alpha,met,,Sở Một,district", "n1,beta,met,,Sở Một,commune"], [3]),
        (WITH_UNITS, ["Sở A,alpha,met,,Sở A,district", "So a,beta,met,,Sở A,district"], [3]),
        (WITH_UNITS, ["n1,alpha,met,,=1+1,district"], [2]),
        (WITH_UNITS, ["???,alpha,met,,Sở Một,district"], [2]),
    ],
)
def test_new_units_that_cannot_be_made(
    tmp_path: Path, head: str, lines: list[str], faulty: list[int]
) -> None:
    problems = refusal(write(tmp_path, *lines, head=head), "--create-units")
    assert len(problems) == len(faulty)
    for line, problem in zip(faulty, problems, strict=True):
        assert problem.startswith(at(line, ""))


def test_without_the_option_no_unit_is_made(tmp_path: Path) -> None:
    problems = refusal(write(tmp_path, "n1,alpha,met,,Sở Một,district", head=WITH_UNITS))
    assert problems == [at(2, _("unknown unit “%(text)s”.") % {"text": "n1"}), hint()]


@pytest.mark.parametrize(("faults", "more"), [(50, 0), (51, 1), (300, 250)])
def test_a_console_shows_fifty_faults_and_how_many_more(tmp_path: Path, faults: int, more: int) -> None:
    problems = refusal(write(tmp_path, *[f"glar,nothing-{number},met," for number in range(faults)]))
    assert len(problems) == 50 + bool(more)
    assert problems[49] == at(51, _("unknown section “%(text)s”.") % {"text": "nothing-49"})
    assert problems[50:] == [ngettext("and %(counter)s more.", "", more) % {"counter": more}] * bool(more)


def test_the_hint_about_unknown_units_comes_last_and_once(tmp_path: Path) -> None:
    file = write(tmp_path, *[f"n{number},alpha,met," for number in range(60)])
    assert refusal(file).count(hint()) == 1
    assert refusal(file)[-1] == hint()
    assert hint() not in refusal(file, "--create-units")
    assert hint() not in refusal(write(tmp_path, "glar,nothing,met,"))
