"""Letters about questions: to whoever asked, and to those who have to answer."""

from __future__ import annotations

from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from compliance.models import Question
from compliance.post.links import absolute
from compliance.queries.staff import Person
from compliance.services.question_reminders import Called
from compliance.services.remind import Letter
from sitepages.tongues import active

STATUS_SALT, RATING_SALT = "compliance.desk.status", "compliance.desk.rating"


def status_link(question: Question) -> str:
    """The public address of the question's status: nobody guesses it, and it says nothing of who asked."""
    return _public(question, reverse("desk_status_link", args=[status_token(question)]))


def rating_link(question: Question) -> str:
    """The address to rate the answer at, once."""
    return _public(question, reverse("desk_rating", args=[rating_token(question)]))


def write_receipt(question: Question) -> Letter:
    """The question has arrived: its code, the day it is due, where to look."""
    lines = [
        _("Your question was received by %(unit)s on %(day)s.") % _said(question),
        _("Your receipt code: %(code)s. Keep it: with it alone you can see how your question stands.")
        % _said(question),
        _("The answer is due on %(due)s.") % _said(question),
        _("See how your question stands, and how the day was counted:"),
    ]
    return _letter(
        _("Your question was received, code %(code)s") % _said(question), lines, status_link(question)
    )


def write_pause(question: Question) -> Letter:
    """More information is needed."""
    lines = [
        _("%(unit)s needs more information to answer your question %(code)s.") % _said(question),
        _("Read what is missing here, and answer by e-mail or telephone to the unit:"),
    ]
    return _letter(
        _("More information is needed for question %(code)s") % _said(question), lines, status_link(question)
    )


def write_closed(question: Question) -> Letter:
    """The question was answered, refused or merged."""
    if question.state == Question.State.ANSWERED:
        lines = [
            _("Your question %(code)s was answered.") % _said(question),
            _("Tell us how satisfied you are with the answer, once and without your name: %(url)s")
            % {"url": rating_link(question)},
            _("Read the answer here:"),
        ]
        subject = _("Your question %(code)s was answered") % _said(question)
    else:
        lines = [
            _("There is news of your question %(code)s.") % _said(question),
            _("Read what was decided, and where you can turn to, here:"),
        ]
        subject = _("News of your question %(code)s") % _said(question)
    return _letter(subject, lines, status_link(question))


def write_reminder(person: Person, called: list[Called]) -> Letter:
    """The questions that wait, for one of the staff; no word of what was asked or by whom."""
    with override(person.language):
        lines = [
            _("Dear %(name)s,") % {"name": person.name},
            _("these questions of citizens wait for an answer:"),
        ]
        for each in called:
            said = _said(each.question)
            late = timezone.localdate() > each.question.due
            text = (
                _("%(code)s (%(unit)s): was due on %(due)s")
                if late
                else _("%(code)s (%(unit)s): due on %(due)s")
            )
            lines.append(text % said)
        subject = _("%(count)s questions of citizens wait for an answer") % {"count": len(called)}
        return _letter(subject, lines, absolute(reverse("compliance_questions")), person.language)


def question_of(token: str, salt: str) -> Question | None:
    """The question a link was made for."""
    try:
        pk = signing.loads(token[:200], salt=salt)
    except signing.BadSignature:
        return None
    rows = Question.objects.select_related("authority__site", "office", "page", "merged_into__page", "rating")
    return rows.filter(pk=pk).first()


def status_token(question: Question) -> str:
    """What stands in the link to the status."""
    return signing.dumps(question.pk, salt=STATUS_SALT)


def rating_token(question: Question) -> str:
    """What stands in the link to the rating."""
    return signing.dumps(question.pk, salt=RATING_SALT)


def _public(question: Question, path: str) -> str:
    return f"{question.authority.portal.root_url}{path}"


def _said(question: Question) -> dict[str, str]:
    return {
        "unit": question.authority.display_name,
        "code": question.shown_code,
        "day": f"{timezone.localdate(question.received_at):%d/%m/%Y}",
        "due": f"{question.due:%d/%m/%Y}",
    }


def _letter(subject: str, lines: list[str], url: str, language: str = "") -> Letter:
    context = {"subject": subject, "lines": lines, "url": url, "language": language or active()}
    html = render_to_string("compliance/post/regular.html", context)
    return Letter(subject, "\n\n".join([*lines, url]) + "\n", html)
