"""The first text of an activity report, drafted from its figures: the board goes on from there.

Figures stand in it as references, so that they always show what the data say.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from compliance.reports.activity_assessed import assessed, tasks
from compliance.reports.activity_words import line_name, period_in_words
from compliance.reports.wording import blank
from compliance.rules.activity import Activity
from compliance.rules.report_text import Part

OPENING, RESULTS, ASSESSMENT, TASKS, CLOSING = "opening", "results", "assessment", "tasks", "closing"


def draft(data: Activity, *, issuing_body: str, basis: str = "") -> tuple[Part, ...]:
    """The parts of the text, in their order; ``basis`` are the decisions the last report rested on."""
    period = period_in_words(data.period.first, data.period.last)
    values = {
        "body": " ".join(issuing_body.split()) or _("the editorial board"),
        "unit": data.unit.display_name,
        "period": period,
        "blank": blank(3),
    }
    given = basis.strip() or (
        _(
            "Pursuant to Decision No. %(blank)s/QĐ-UBND of %(blank)s on setting up the editorial board "
            "of the portal of %(unit)s."
        )
        % values
    )
    opening = [
        *given.splitlines(),
        _("%(body)s reports the work of the portal of %(unit)s in %(period)s and the tasks ahead as follows:")
        % values,
    ]
    closing = _("This is the report on the work of the portal of %(unit)s in %(period)s./.") % values
    return (
        Part(OPENING, "\n".join(opening)),
        Part(RESULTS, "\n".join([_("I. Results in %(period)s") % values, *_results(data)])),
        Part(ASSESSMENT, "\n".join([_("II. General assessment"), *assessed(data)])),
        Part(TASKS, "\n".join([_("III. Tasks ahead"), *tasks(data)])),
        Part(CLOSING, closing),
    )


def _results(data: Activity) -> Iterator[str]:
    yield _("1. Articles")
    yield from _articles(data)
    yield _("2. Sections and documents")
    yield from _sections(data)
    yield _("3. Administrative procedures; questions and answers")
    yield from _procedures(data)
    yield _("4. Visits")
    if data.visits:
        yield _(
            "The portal had {{visits.in_period}} visits in the period and {{visits.in_all}} visits in all "
            "up to %(day)s."
        ) % {"day": f"{(data.visits.as_of or data.period.last):%d/%m/%Y}"}
    else:
        yield _(
            "The system does not keep the number of visits of this period: "
            "{{visits.in_period}} visits in the "
            "period, {{visits.in_all}} visits in all."
        )
    yield _("5. Money")
    yield from _money(data)
    if data.judged and data.judged.portals:
        yield _("6. Sub-portals")
        yield from _subportals(data)


def _articles(data: Activity) -> Iterator[str]:
    articles = data.articles
    if not articles.total:
        yield _(
            "No article was published in the period; the year before there were {{articles.before}} articles."
        )
        return
    yield _(
        "{{articles.total}} articles were published, from {{offices.writing}}/{{offices.total}} offices; "
        "month by month and office by office they stand in the annex."
    )
    if articles.before and articles.total > articles.before:
        yield _(
            "That is {{articles.change}} articles more ({{articles.change_percent}}) than in the same period "
            "of the year before ({{articles.before}} articles)."
        )
    elif articles.before > articles.total:
        yield _(
            "That is {{articles.change}} articles fewer ({{articles.change_percent}}) than "
            "in the same period "
            "of the year before ({{articles.before}} articles)."
        )
    elif articles.before:
        yield _("That is as many as in the same period of the year before.")
    else:
        yield _("The system holds no article of the same period of the year before to compare with.")
    if len(articles.groups) > 1:
        yield _(
            "Members of the editorial board supplied {{articles.board}} articles, collaborating units "
            "{{articles.collaborator}} articles."
        )
    yield _("Most articles came from: {{offices.most_names}}.")


def _sections(data: Activity) -> Iterator[str]:
    if data.opened:
        yield _("{{sections.opened}} sections were opened: {{sections.opened_names}}.")
    else:
        yield _("No new section was opened.")
    if not data.documents.total:
        yield _("No document was published in the period.")
        return
    types = "; ".join(
        f"{each.name[:1].lower()}{each.name[1:]}: {{{{documents.{each.code}}}}}"
        for each in data.documents.by_type
    )
    yield _("{{documents.total}} documents were published. By type: %(types)s.") % {"types": types}


def _procedures(data: Activity) -> Iterator[str]:
    if data.procedures.added:
        yield _("{{procedures.added}} administrative procedures were published: {{procedures.added_names}}.")
    if data.procedures.removed:
        yield _(
            "{{procedures.removed}} administrative procedures were removed: {{procedures.removed_names}}."
        )
    if not (data.procedures.added or data.procedures.removed):
        yield _("No administrative procedure was added or removed.")
    asked = data.questions
    if asked is None:
        yield _("The portal keeps no record of questions and answers yet.")
    elif not asked.received:
        yield _("No question was received in the period.")
    else:
        how = {
            _("{{questions.on_time}} questions answered on time"): asked.on_time,
            _("{{questions.late}} questions answered late"): asked.late,
            _("{{questions.waiting}} questions still within their time"): asked.waiting,
            _("{{questions.overdue}} questions past their time and unanswered"): asked.overdue,
        }
        told = ", ".join(text for text, number in how.items() if number)
        yield _("{{questions.received}} questions were received: %(told)s.") % {"told": told}


def _money(data: Activity) -> Iterator[str]:
    budget = data.budget
    if budget is None:
        yield _("No budget of the portal is entered for %(year)s.") % {"year": data.period.last.year}
        return
    spent = "; ".join(
        f"{_inside(line_name(line.code, data))}: {{{{budget.{line.code}}}}}" for line in budget.lines
    )
    parts = _(" (of which: %(lines)s)") % {"lines": spent} if len(budget.lines) > 1 else ""
    if budget.amount:
        text = _(
            "Of {{budget.amount}} given for the year %(year)s, {{budget.spent}} was spent%(parts)s, that is "
            "{{budget.share}} of the year; {{budget.left}} is left."
        )
    else:
        text = _("{{budget.spent}} was spent in the year %(year)s%(parts)s; no budget is entered for it.")
    yield text % {"year": budget.year, "parts": parts}


def _inside(name: str) -> str:
    """A name as it stands within a sentence."""
    return name[:1].lower() + name[1:]


def _subportals(data: Activity) -> Iterator[str]:
    judged = data.judged
    if judged is None:
        return
    if judged.subportals:
        yield _(
            "According to the assessment of %(day)s, {{portals.failing}}/{{portals.total}} sub-portals "
            "do not meet all mandatory sections, {{portals.lacking}} sub-portals of them have nothing at all "
            "of at least one section; the annex lists both."
        ) % {"day": f"{judged.date:%d/%m/%Y}"}
    else:
        yield _(
            "According to the assessment of %(day)s, all {{portals.total}} sub-portals "
            "have the mandatory sections."
        ) % {"day": f"{judged.date:%d/%m/%Y}"}
