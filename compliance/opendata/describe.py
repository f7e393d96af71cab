"""What addresses, parameters and fields of the open data mean, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.opendata import describe_records

TITLE = _("Open data of the portals")
ABOUT = _(
    "What the portals publish (news, documents, schedules), and how every duty to publish stands for every"
    " unit that shows it, with rule, law, date and score: enough to count every score again. Read without a"
    " key; cite the portal as the source."
)

SUMMARIES: Mapping[str, Promise] = {
    "units": _("The units that publish their transparency data"),
    "duties": _("The duties with their limits, weights and legal bases, as they stand now"),
    "editions": _("The editions of the rules that assessments were judged by, newest first"),
    "edition": _("One edition of the rules, whole: law, calendar, what was set locally"),
    "assessments": _("The days that were assessed, newest first, with the edition of the rules"),
    "findings": _("The state of every duty of every unit on a day"),
    "scores": _("The score of every unit on a day, with its groups and denominators"),
    "unit_findings": _("The state of every duty of one unit on a day, by default the latest"),
    "unit_scores": _("The scores of one unit over time, newest first"),
    **describe_records.SUMMARIES,
}

PARAMETERS: Mapping[str, Promise] = {
    "format": _("json (usual) or csv: UTF-8, comma, first line with the names of the columns"),
    "page": _("Which part of a long list, from 1"),
    "page_size": _("Rows in one part: at most 1000; usually 100 as JSON, 1000 as CSV"),
    "unit": _("Only this unit, by its code: 400 for what is no code, 404 for a unit that is not shown"),
    "duty": _("Only this duty, by its code: 400 for what is no code, 404 for a duty that does not exist"),
    "state": _("Only findings in this state; 400 for any other value"),
    "date": _("The day judged, as YYYY-MM-DD, or “latest”"),
    "code": _("The code of a unit"),
    "digest": _("SHA-256 of an edition of the rules, 64 hexadecimal digits"),
    **describe_records.PARAMETERS,
}

#: The answers to requests that cannot be met; a wrong filter is never taken for none.
REFUSALS: Mapping[str, Promise] = {
    "400": _("A parameter that cannot be read: malformed, empty or out of range"),
    "404": _("What does not exist or is not shown"),
}

FIELDS: Mapping[str, Promise] = {
    **describe_records.FIELDS,
    "unit": _("Code of the unit"),
    "unit_name": _("Name of the unit"),
    "date": _("The day judged"),
    "duty": _("Code of the duty"),
    "duty_name": _("Name of the duty"),
    "section": _("Section of the portal where its records live"),
    "group": _("Code of the group of duties"),
    "group_name": _("Name of the group of duties"),
    "state": _("How the duty stands, the most urgent record speaking for it"),
    "state_name": _("The state in words"),
    "judged": _("State of what has come due; empty when nothing has. Credit is given by this one"),
    "level": _("mandatory or encouraged, under the law in force"),
    "channel": _("portal, any_form or egp: where the law wants the publication"),
    "weight": _("Points of the duty in the score"),
    "counted": _("Whether the duty counts in the score: mandatory, and on the portal"),
    "has_public": _("Whether anything is public for the duty"),
    "credit": _("Share of the points reached: 0, 0.25, 0.5 or 1; empty when nothing was due"),
    "rule": _("The rule judged by: duty and regime"),
    "law": _("Legal bases in words"),
    "verification": _("How sure the legal statements are: V, V2, R-h, R-m, R-l, D"),
    "trigger": _("The day the term was counted from"),
    "due": _("The last day to comply"),
    "published": _("The day the record was first public"),
    "period": _("The period owed: year, 2021-M6, 2021-07, or the Monday of a week"),
    "missing_fields": _("Details the record should state and does not"),
    "evidence": _("The public page the finding rests on"),
    "evidence_title": _("Title of the public page the finding rests on"),
    "evidence_url": _("Address of the public page the finding rests on"),
    "open_items": _("What else is open; in CSV the number of these items"),
    "open_items_withheld": _("Open items about pages that are not public: their number only"),
    "counts": _("Number of records and periods in each state"),
    "explanation": _("Why, and how the date was counted"),
    "points": _("Points reached: credit × weight, summed"),
    "possible": _("Denominator: the weights of what was due"),
    "percent": _("points / possible × 100, to one decimal, halves up; empty when nothing was due"),
    "duties": _("Duties in the denominator"),
    "passed": _("Duties of these that are met, on time or late"),
    "reaches_threshold": _("80 percent over all and 50 percent in each group"),
    "edition": _("Digest of the edition of the rules"),
    "digest": _("SHA-256 over law, calendar and local rules"),
    "version": _("Name of the edition of the catalogue"),
    "taken_at": _("When the assessment was taken"),
    "recorded_at": _("When the edition was first used"),
    "next": _("Path of the next part; empty on the last"),
    "total": _("Rows in all parts"),
    "detail": _("What is wrong, and what to do"),
}

#: One real-looking answer a row; shown in the document and tried by the tests.
EXAMPLES: Mapping[str, dict[str, object]] = {
    **describe_records.EXAMPLES,
    "UnitOut": {
        "code": "glar",
        "name": "xã Glar",
        "full_name": "Ủy ban nhân dân xã Glar",
        "tier": "commune",
        "parent": "dak-doa",
        "valid_from": None,
        "valid_to": None,
        "portal": "https://glar.example/",
        "transparency_page": "https://glar.example/minh-bach/",
    },
    "AssessmentOut": {
        "date": "2021-07-29",
        "taken_at": "2021-07-29T23:30:00+07:00",
        "version": "2021-1",
        "edition": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    "EditionOut": {
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "version": "2021-1",
        "recorded_at": "2021-07-29T23:30:00+07:00",
    },
    "FindingOut": {
        "unit": "glar",
        "unit_name": "xã Glar",
        "duty": "leaders_schedule",
        "duty_name": "Lịch làm việc của lãnh đạo",
        "section": "leaders_schedule",
        "group": "G2",
        "state": "OVERDUE",
        "state_name": "Quá hạn",
        "judged": "OVERDUE",
        "level": "mandatory",
        "channel": "portal",
        "weight": 5,
        "counted": True,
        "has_public": True,
        "credit": 0.25,
        "rule": "leaders_schedule@ND43",
        "law": "Nghị định 43/2011/NĐ-CP, Điều 10",
        "verification": "V",
        "trigger": "2021-07-26",
        "due": "2021-07-25",
        "published": "2021-07-10",
        "period": "2021-07-26",
        "missing_fields": [],
        "evidence": {
            "title": "Lịch công tác tuần từ 12/07/2021",
            "url": "https://glar.example/lich-cong-tac/tuan-28/",
        },
        "open_items": [],
        "open_items_withheld": 0,
        "counts": {"overdue": 1},
        "explanation": "Lịch công tác của tuần từ 26/07/2021 phải được đăng trước ngày 25/07/2021.",
    },
    "ScoreOut": {
        "unit": "glar",
        "unit_name": "xã Glar",
        "date": "2021-07-29",
        "points": "41.25",
        "possible": 60,
        "percent": 68.8,
        "duties": 12,
        "passed": 7,
        "reaches_threshold": False,
        "groups": [
            {
                "group": "G2",
                "group_name": "Chỉ đạo, điều hành",
                "points": "11.25",
                "possible": 15,
                "percent": 75.0,
                "duties": 3,
                "passed": 2,
            }
        ],
    },
    "Problem": {"detail": "Tham số “format” không đúng: ghi json hoặc csv."},
}
