"""The questions of one's own units, the most urgent first, and what was handed on."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy

from compliance.admin.access import allowed_authorities
from compliance.admin.questions.common import DeskPage
from compliance.models import Question
from compliance.queries.questions import handed_on, mine, soon_from, states_of
from compliance.queries.rulebook import current_rulebook
from compliance.rules.questions import Standing, standing

_PER_PAGE = 50
_HANDED_ON = 50
WAITING = "waiting"
WHEN = (
    ("overdue", gettext_lazy("Overdue")),
    ("soon", gettext_lazy("Due within three working days")),
)


class QuestionInbox(DeskPage):
    """What waits, unless another state is chosen."""

    template_name = "compliance/admin/questions/inbox.html"
    inside = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        units = list(allowed_authorities(self.request.user, Question))
        today = timezone.localdate()
        calendar = current_rulebook().calendar
        state = self.request.GET.get("state", WAITING)
        when = self.request.GET.get("due", "")
        rows = mine(units)
        if state in Question.State.values:
            rows = rows.filter(state=state)
        elif state != "all":
            state = WAITING
            rows = rows.filter(state__in=Question.OPEN)
        if when == "overdue":
            rows = rows.filter(state__in=Question.OPEN, due__lt=today)
        elif when == "soon":
            rows = rows.filter(
                state__in=Question.OPEN, due__gte=today, due__lte=calendar.after_working_days(today, 3).due
            )
        page = Paginator(rows, _PER_PAGE).get_page(self.request.GET.get("p"))
        counts = states_of(units)
        context.update(
            units=units,
            page=page,
            rows=[(each, _stands(each, today, calendar)) for each in page],
            state=state,
            when=when,
            whens=WHEN,
            states=[(code, label, counts.get(code, 0)) for code, label in Question.State.choices],
            waiting=sum(counts.get(code, 0) for code in Question.OPEN),
            handed_on=handed_on(units)[:_HANDED_ON],
        )
        return context


def _stands(question: Question, today: Any, calendar: Any) -> Standing:
    return standing(question.due, today, question.closed_on, soon=soon_from(question.due, calendar))
