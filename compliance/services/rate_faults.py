"""What is wrong with a grade, in words: numbers, percentages, grades a table does not know."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils.formats import localize
from django.utils.translation import gettext as _

from compliance.queries.ratebook import PercentError, UnknownGradeError
from compliance.rules.fees import Modifier, read_number
from compliance.rules.royalties import HIGHEST
from compliance.wording import coefficient_error


class NumberError(ValueError):
    """A text that is no plain number; the message says so."""


def number(text: str) -> Decimal:
    """A number as people type it, with a comma or point before decimals. NumberError for anything else."""
    found = read_number(text.strip())
    if found is None and read_number(text.strip().lstrip("-−–").strip()) is not None:
        raise NumberError(_("“%(text)s” must be greater than 0.") % {"text": text.strip()[:40]})
    if found is None:
        message = _("“%(text)s” is not a number. Write it as 1,5 without dots between thousands.")
        raise NumberError(message % {"text": text[:40]})
    return found


def percent_fault(error: PercentError) -> str:
    """Why a percentage cannot be applied."""
    if error.modifier is None:
        return _("No percentage “%(code)s” is in force on the day of publication.") % {"code": error.code}
    named = {"name": error.modifier.name, "range": percent_range(error.modifier)}
    if error.fault == "twice":
        return _("“%(name)s” is there twice.") % named
    if error.fault == "too_precise":
        return _("“%(name)s”: write the percentage with two decimals at most.") % named
    return _("“%(name)s”: write a percentage within %(range)s.") % named


def percent_range(modifier: Modifier) -> str:
    """``40–65 %``."""
    return f"{plain(modifier.low)}–{plain(modifier.high)} %"


def plain(figure: Decimal) -> str:
    """A number in the reader's writing, without zeros at the end."""
    return str(localize(Decimal(f"{figure.normalize():f}")))


def unknown_grade(error: UnknownGradeError) -> str:
    """Which grades there are instead."""
    if not error.known:
        return _("The table in force gives this genre no grades; leave the grade empty.")
    message = _("The table in force has no grade “%(grade)s” for this genre. It has: %(known)s.")
    return message % {"grade": error.grade, "known": ", ".join(error.known)}


def no_salary(day: datetime.date) -> str:
    """No base salary that day."""
    return _("no base salary is known for %(day)s.") % {"day": f"{day:%d/%m/%Y}"}


def not_payable(code: str, day: datetime.date) -> str:
    """Why a grade could not be paid as it stands."""
    return no_salary(day) if code == "no_terms" else coefficient_error(code)


def coefficient_fault(code: str, text: str, cap: Decimal | None) -> str:
    """What is wrong with a coefficient, in words."""
    if code == "over_cap":
        return _("%(text)s is over the cap of the genre (%(cap)s).") % {
            "text": text,
            "cap": localize(HIGHEST if cap is None else cap),
        }
    if code == "too_precise":
        return _("%(text)s has more than two decimals.") % {"text": text}
    return _("“%(text)s” must be a number above 0.") % {"text": text}
