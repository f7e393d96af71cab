"""How the figures of an activity report are written and called, and what is wrong with a report."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from compliance.reports.wording import blank, padded, period_words
from compliance.rules.activity import Activity
from compliance.rules.figures import Figure, Kind, figures
from compliance.rules.months import Month
from compliance.rules.reported import Problem
from sitepages.models import Office


def shown_figures(data: Activity) -> dict[str, str]:
    """What each reference in a text shows; a dotted blank for what is not kept."""
    return {key: shown(figure) for key, figure in figures(data).items()}


def shown(figure: Figure) -> str:
    """A figure as it stands in a sentence."""
    if figure.names is not None:
        return "; ".join(" ".join(name.split()) for name in figure.names) or _("none")
    if figure.value is None:
        return blank(4)
    if figure.kind is Kind.MONEY:
        return _("%(amount)s đồng") % {"amount": dotted(figure.value)}
    if figure.kind is Kind.PERCENT:
        whole, tenth = divmod(figure.value, 10)
        return f"{dotted(whole)},{tenth}%" if tenth else f"{dotted(whole)}%"
    return padded(figure.value) if 0 < figure.value < 10 else dotted(figure.value)


def dotted(number: int) -> str:
    """A whole number with a dot every three digits."""
    return f"{number:,}".replace(",", ".")


def period_in_words(first: datetime.date, last: datetime.date) -> str:
    """A period as an office names it; days where it is not whole months."""
    if Month.of(first).first == first and Month.of(last).last == last:
        return period_words(first, last)
    if first == last:
        return _("the day %(day)s") % {"day": f"{first:%d/%m/%Y}"}
    return _("the days from %(first)s to %(last)s") % {
        "first": f"{first:%d/%m/%Y}",
        "last": f"{last:%d/%m/%Y}",
    }


def figure_label(key: str, data: Activity) -> str:
    """What a figure is called beside the editor."""
    plain = _labels().get(key)
    if plain:
        return plain
    table, _dot, code = key.partition(".")
    if table == "documents":
        names = {each.code: each.name for each in data.documents.by_type}
        return _("Documents: %(type)s") % {"type": names.get(code, code)}
    if table == "portals":
        duties = {each.duty: each.name for each in data.judged.worst} if data.judged else {}
        return _("Sub-portals that do not meet: %(duty)s") % {"duty": duties.get(code, code)}
    if table == "budget":
        return _("Spent: %(line)s") % {"line": line_name(code, data)}
    groups = dict(Office.Group.choices)
    text = _("Articles: %(group)s") if table == "articles" else _("Number of offices: %(group)s")
    return text % {"group": groups.get(code, code)}


def line_name(code: str, data: Activity) -> str:
    """A line of the budget in words."""
    given = {line.code: line.name for line in data.budget.lines} if data.budget else {}
    known = {
        "royalties": _("royalties and remuneration"),
        "stationery": _("stationery"),
        "other": _("other expenses"),
    }
    return given.get(code) or known.get(code, code)


def _labels() -> dict[str, str]:
    return {
        "articles.total": _("Articles in the period"),
        "articles.before": _("Articles in the same period of the year before"),
        "articles.change": _("More or fewer articles than the year before"),
        "articles.change_percent": _("The same in percent"),
        "offices.total": _("Offices in the table"),
        "offices.writing": _("Offices with articles"),
        "offices.silent": _("Offices without articles"),
        "offices.silent_names": _("Names of offices without articles"),
        "offices.most_names": _("Offices with most articles"),
        "sections.opened": _("Sections opened in the period"),
        "sections.opened_names": _("Names of sections opened"),
        "documents.total": _("Documents published in the period"),
        "visits.in_period": _("Visits in the period"),
        "visits.in_all": _("Visits in all"),
        "procedures.added": _("Administrative procedures added"),
        "procedures.removed": _("Administrative procedures removed"),
        "procedures.added_names": _("Names of procedures added"),
        "procedures.removed_names": _("Names of procedures removed"),
        "questions.received": _("Questions received"),
        "questions.on_time": _("Questions answered on time"),
        "questions.late": _("Questions answered late"),
        "questions.waiting": _("Questions waiting within their time"),
        "questions.overdue": _("Questions waiting past their time"),
        "budget.amount": _("Money given for the year"),
        "budget.spent": _("Money spent"),
        "budget.left": _("Money left"),
        "budget.share": _("Share of the year's money spent"),
        "duplicates.pairs": _("Pairs of near-duplicate articles"),
        "duplicates.later_here": _("Of these, pairs whose later article is of this portal"),
        "duplicates.not_counted": _("Articles not counted as duplicates"),
        "topics.neglected": _("Topics without articles"),
        "topics.neglected_names": _("Names of topics without articles"),
        "portals.total": _("Sub-portals"),
        "portals.failing": _("Sub-portals that do not meet all mandatory sections"),
        "portals.lacking": _("Sub-portals lacking sections"),
        "portals.lacking_names": _("Names of sub-portals lacking sections"),
    }


def kind_name(kind: str) -> str:
    """What numbers of a kind count."""
    names = {
        "articles": _("articles"),
        "offices": _("offices"),
        "sections": _("sections"),
        "documents": _("documents"),
        "visits": _("visits"),
        "procedures": _("procedures"),
        "questions": _("questions"),
        "duplicates": _("duplicates"),
        "topics": _("topics"),
        "portals": _("sub-portals"),
        "money": _("money"),
        "percent": _("percentages"),
    }
    return names.get(kind, kind)


def place_in_words(problem: Problem) -> str:
    """Where something is wrong, as a person finds it."""
    fields = {
        "parent_body": _("parent body"),
        "issuing_body": _("issuing body"),
        "place": _("place"),
        "number": _("number"),
        "signing_authority": _("signing authority"),
        "signer_position": _("position of the signer"),
        "signer_name": _("name of the signer"),
        "recipients": _("recipients"),
        "own": _("other figures"),
        "data": _("figures"),
        "text": _("text"),
        "part_opening": _("Opening"),
        "part_results": _("Part I"),
        "part_assessment": _("Part II"),
        "part_tasks": _("Part III"),
        "part_closing": _("Closing"),
    }
    if problem.place in fields and not problem.paragraph:
        return fields[problem.place]
    if not problem.place:
        return _("opening, paragraph %(number)s") % {"number": problem.paragraph}
    if not problem.paragraph:
        return _("section %(section)s") % {"section": problem.place}
    return _("section %(section)s, paragraph %(number)s") % {
        "section": problem.place,
        "number": problem.paragraph,
    }


def problem_in_words(problem: Problem) -> str:
    """One line: where, what, and what to do about it."""
    return f"{place_in_words(problem)}: {_said(problem)}"


def _said(problem: Problem) -> str:
    values = {**problem.params, "quote": problem.quote}
    if problem.code == "number":
        return _number_said(problem, values)
    if problem.code == "unchecked" and not problem.quote:
        return _("the text could not be checked. Shorten it.")
    if problem.code == "misplaced":
        return _misplaced_said(values)
    if problem.code == "silent":
        parts = [_("“%(quote)s” does not name the offices of the table.") % values]
        if values.get("missing"):
            parts.append(_("Not named: %(missing)s.") % values)
        if values.get("extra"):
            parts.append(_("Named though they have articles: %(extra)s.") % values)
        return " ".join(parts)
    return _sentences().get(problem.code, problem.code) % values


def _number_said(problem: Problem, values: dict[str, str]) -> str:
    if values.get("noun"):
        return (
            _(
                "“%(quote)s” is a figure the data do not have. Take it out, or enter it under "
                "“Other figures” with its source."
            )
            % values
        )
    if not values.get("kind"):
        return _("“%(quote)s” is a figure the data do not have.") % values
    values["kind"] = kind_name(values["kind"])
    return _("“%(quote)s” is not among the figures of %(kind)s.") % values


def _misplaced_said(values: dict[str, str]) -> str:
    values["expected"] = " / ".join(dotted(int(each)) for each in values.get("expected", "").split())
    if values["expected"]:
        return _("“%(quote)s” is not the figure for “%(where)s”; there it is %(expected)s.") % values
    return _("“%(quote)s” is not the figure for “%(where)s”.") % values


def _sentences() -> dict[str, str]:
    differs = _("%(quote)s: %(found)s is written, %(expected)s is right.")
    return {
        "blank": _("must be filled in."),
        "own_source": _("“%(quote)s” has no source. Write: figure | source."),
        "no_text": _("the report has no text."),
        "altered": _(
            "the stored report no longer is what its digest says: somebody changed it in the database."
        ),
        "reference": _("there is no figure “%(quote)s”."),
        "heading": _("“%(quote)s” is numbered %(found)s; %(expected)s comes next."),
        "unchecked": _("the text that begins with “%(quote)s” could not be checked. Shorten it."),
        "addends": _("in “%(quote)s” the parts add up to %(sum)s, not to %(whole)s."),
        "spelling": _("“%(quote)s” is written wrongly; the name is “%(name)s”."),
        "annex": _(
            "“%(quote)s”: the annex has %(expected)s sub-portals for “%(name)s”. Write the annex's number."
        ),
        "annex_law": _("“%(quote)s” stands without the legal basis of the annex (%(expected)s)."),
        "annex_sum": _("“%(quote)s”: %(found)s sub-portals in the text, %(expected)s in the annex."),
        "annex_basis": _("“%(quote)s”: legal basis %(found)s in the text, %(expected)s in the annex."),
        "numbering": _("%(quote)s has the running number %(found)s; %(expected)s comes next."),
        "row_sum": differs,
        "column_sum": _("column %(quote)s: %(found)s is written, %(expected)s is right."),
        "group_sum": differs,
        "total_sum": _("total of the table: %(found)s is written, %(expected)s is right."),
        "silent_rows": _("offices without articles: “%(found)s” is written, “%(expected)s” is right."),
        "documents_sum": _("documents: %(found)s is written, the types add up to %(expected)s."),
        "budget_sum": _("money spent: %(found)s is written, the lines add up to %(expected)s."),
        "questions_sum": _("questions: %(found)s is written, the parts add up to %(expected)s."),
        "visits_sum": _("visits: %(found)s in the period are more than %(expected)s in all."),
    }
