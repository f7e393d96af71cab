"""What an activity report draws from its figures: what went well, what did not, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from compliance.rules.activity import Activity, Worst, basis


def assessed(data: Activity) -> Iterator[str]:
    """Strengths, then weaknesses."""
    yield _("1. Strengths")
    yield from list(strengths(data)) or [_("- No strength shows in the figures of the period.")]
    yield _("2. Weaknesses")
    yield from list(_weaknesses(data)) or [_("- No weakness shows in the figures of the period.")]


def strengths(data: Activity) -> Iterator[str]:
    """What went well: each with the figure that says so, none is praised without."""
    articles, asked, procedures = data.articles, data.questions, data.procedures
    if articles.total and articles.total > articles.before > 0:
        yield _(
            "- Articles rose by {{articles.change}} articles ({{articles.change_percent}}) against the same "
            "period of the year before."
        )
    if articles.total:
        yield _(
            "- {{offices.writing}} offices took part in writing; most active were: {{offices.most_names}}."
        )
    if data.documents.total:
        yield _("- {{documents.total}} documents were published in the period.")
    if asked and asked.received and asked.on_time == asked.received:
        yield _(
            "- All {{questions.received}} questions of citizens were answered within the time the law gives."
        )
    if procedures.added and procedures.removed:
        yield _(
            "- {{procedures.added}} administrative procedures were published, {{procedures.removed}} removed."
        )
    elif procedures.added:
        yield _("- {{procedures.added}} administrative procedures were published.")
    elif procedures.removed:
        yield _("- {{procedures.removed}} administrative procedures were removed.")


def _weaknesses(data: Activity) -> Iterator[str]:
    if data.articles.silent:
        yield _(
            "- {{offices.silent}} offices have sent no articles in the period: {{offices.silent_names}} "
            "(see the annex)."
        )
    if data.duplicates and data.duplicates.pairs:
        yield _(
            "- {{duplicates.pairs}} pairs of articles with other portals or of this one repeat each other, "
            "the later one of this portal in {{duplicates.later_here}} pairs; of their articles "
            "{{duplicates.not_counted}} articles are not counted."
        )
    if data.neglected:
        yield _("- {{topics.neglected}} topics had no articles: {{topics.neglected_names}}.")
    if data.questions and (data.questions.late or data.questions.overdue):
        slow = {
            _("{{questions.late}} questions answered late"): data.questions.late,
            _("{{questions.overdue}} questions past their time and unanswered"): data.questions.overdue,
        }
        told = ", ".join(text for text, number in slow.items() if number)
        yield _("- Questions were not always answered in time: %(told)s.") % {"told": told}
    if data.judged:
        here = [each for each in data.judged.worst if each.here]
        if here:
            yield _("- This portal itself does not meet: %(names)s.") % {
                "names": "; ".join(each.name for each in here)
            }
    if data.judged and data.judged.subportals:
        yield _(
            "- {{portals.failing}} sub-portals do not meet all mandatory sections; "
            "{{portals.lacking}} sub-portals have nothing at all of at least one section (see the annex)."
        )


def tasks(data: Activity) -> Iterator[str]:
    """Proposals from the worst findings."""
    if data.articles.silent:
        yield _(
            "- Remind the offices without articles to name a person in charge "
            "and to send articles every month."
        )
    else:
        yield _("- Keep up the number and improve the quality of articles of all offices.")
    if data.neglected:
        yield _("- Plan and order articles on the topics that had none.")
    if data.duplicates and data.duplicates.pairs:
        yield _("- Compare every article with those already published before approving it.")
    if data.questions and (data.questions.late or data.questions.overdue):
        yield _("- Answer the questions that are past their time; follow each one to its last day.")
    if data.judged:
        for each in data.judged.worst[:3]:
            yield _task(each)
    if data.judged and data.judged.subportals:
        yield _(
            "- People's committees of communes complete the missing sections of their sub-portals; the annex "
            "names them with their legal basis."
        )
    if data.budget and data.budget.amount:
        yield _("- Spend within what is left of the year's money: {{budget.left}}.")


def _task(each: Worst) -> str:
    law = basis(each.law)
    if each.here and each.units and law != each.units_law:
        text = _(
            "- Complete “%(name)s” on this portal (%(law)s) and on %(units)s sub-portals that do not meet it "
            "(%(below)s)."
        )
    elif each.here and each.units:
        text = _(
            "- Complete “%(name)s” on this portal and on %(units)s sub-portals that do not meet it (%(law)s)."
        )
    elif each.here:
        text = _("- Complete “%(name)s” on this portal (%(law)s).")
    else:
        text = _("- Have “%(name)s” completed on %(units)s sub-portals that do not meet it (%(law)s).")
    return text % {"name": each.name, "units": f"{{{{portals.{each.duty}}}}}", "law": law,
                   "below": each.units_law}  # fmt: skip
