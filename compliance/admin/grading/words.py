"""What a grading list says in words: hints, states, percentages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from compliance.models import ArticleGrade
from compliance.queries.grade_list import GradeList, GradeRow
from compliance.rules.hints import DAYS, Ceiling, Hint, HintCode
from compliance.services.rate_faults import plain
from compliance.templatetags.royalty_tags import dong
from sitepages.vocabulary import words


def hint_text(hint: Hint, titles: Mapping[int, str]) -> str:
    """One oddity of one piece."""
    genre = words("genres")[hint.subject].name if hint.subject in words("genres") else hint.subject
    told: dict[str, Any] = {
        "value": plain(hint.value),
        "subject": hint.subject,
        "genre": genre,
        "days": DAYS,
        "titles": "; ".join(f"“{titles.get(other, '')}”" for other in hint.others[:3]),
    }
    texts = {
        HintCode.OVER_CAP: _("Over the cap (%(value)s): it cannot be approved so."),
        HintCode.BELOW_MINIMUM: _("Below the lowest coefficient (%(value)s)."),
        HintCode.NEAR_TITLE: _("Nearly the same title as %(titles)s."),
        HintCode.MANY_PIECES: _("%(subject)s has %(value)s pieces within %(days)s days."),
        HintCode.FAR_ABOVE_PERSON: _("Far above what %(subject)s usually gets (%(value)s)."),
        HintCode.FAR_ABOVE_GENRE: _("Far above what “%(genre)s” usually gets (%(value)s)."),
        HintCode.NO_TABLE: _("No table of the province or of this body is in force on this day."),
        HintCode.NOT_IN_TABLE: _("The table in force does not name the genre “%(genre)s”."),
    }
    return texts[hint.code] % told


def summary(listed: GradeList) -> list[str]:
    """The list's oddities, counted, the weightiest first."""
    counted = Counter(hint.code for row in listed.rows for hint in {h.code: h for h in row.hints}.values())
    texts = {
        HintCode.NO_TABLE: _(
            "%(count)s pieces: no table is in force. Since 01/09/2026 the law has no coefficients of its own;"
            " the decision of the province (Decree 287/2026, Article 21.2) or of this body is missing."
            " The accountant enters it under Royalty rates."
        ),
        HintCode.NOT_IN_TABLE: _("%(count)s pieces are of a genre the table in force does not name."),
        HintCode.OVER_CAP: _("%(count)s pieces are over the cap."),
        HintCode.BELOW_MINIMUM: _("%(count)s pieces are below the lowest coefficient."),
        HintCode.NEAR_TITLE: _("%(count)s pieces have nearly the same title as another."),
        HintCode.MANY_PIECES: _("%(count)s pieces are by people with many pieces in few days."),
        HintCode.FAR_ABOVE_PERSON: _("%(count)s pieces are far above what their author usually gets."),
        HintCode.FAR_ABOVE_GENRE: _("%(count)s pieces are far above what their genre usually gets."),
    }
    told = [text % {"count": counted[code]} for code, text in texts.items() if counted[code]]
    money = ceiling_text(listed)
    return [money, *told] if money else told


def ceiling_text(listed: GradeList) -> str:
    """How near the year's money is to its end; empty when it is far."""
    if listed.ceiling is None:
        return ""
    line = listed.standing.line("royalties")
    given, spent = (
        (listed.standing.amount, listed.standing.spent) if line.given is None else (line.given, line.spent)
    )
    figures = {
        "spent": dong(spent),
        "proposed": dong(listed.proposed),
        "given": dong(given),
        "percent": (spent + listed.proposed) * 100 // given,
        "year": listed.standing.year,
    }
    if listed.ceiling is Ceiling.OVER:
        return (
            _(
                "The money of %(year)s does not suffice: spent %(spent)s and on this list %(proposed)s are"
                " %(percent)s %% of %(given)s."
            )
            % figures
        )
    return (
        _(
            "The money of %(year)s comes to its end: spent %(spent)s and on this list %(proposed)s are"
            " %(percent)s %% of %(given)s."
        )
        % figures
    )


def state_of(row: GradeRow) -> tuple[str, str]:
    """The code and words of how far a grade has come."""
    if row.paid:
        return "paid", _("In a closed period")
    if row.grade is None:
        return "none", _("Not graded")
    if row.grade.holds_for(row.article.genre):
        return "approved", _("Approved")
    if row.grade.is_approved:
        return "proposed", genre_changed(row.grade.approved_genre, row.article.genre)
    return "proposed", _("Proposed")


def genre_changed(before: str, now: str) -> str:
    """Why an approved grade counts as a proposal."""
    known = words("genres")
    named = [known[code].name if code in known else code or "–" for code in (before, now)]
    return _("Genre changed since approval: was %(before)s, is %(now)s") % {
        "before": named[0],
        "now": named[1],
    }


def by_whom(grade: ArticleGrade | None) -> str:
    """Who proposed and who approved, in full names."""
    if grade is None:
        return ""
    parts = [(_("proposed by %(name)s"), grade.graded_by), (_("approved by %(name)s"), grade.approved_by)]
    return ", ".join(_named(text, user) for text, user in parts if user is not None)


def _named(text: str, user: Any) -> str:
    return text % {"name": user.get_full_name() or user.get_username()}


def genre_options(current: str) -> Iterable[tuple[str, str]]:
    """Every genre; one that is no longer known stays to be seen."""
    known = {code: word.name for code, word in words("genres").items()}
    return {current: current, **known}.items() if current not in known else known.items()
