"""What a tax code, an account and a citizen number look like.

Tax codes of taxpayers have 10 digits, of their dependent units 10, a hyphen and 3; the tenth digit checks the
first nine. A person's tax code may since 01/07/2025 be the 12 digits of the citizen number.
"""

from __future__ import annotations

import re

FIELDS = ("tax_code", "citizen_number", "bank_account", "bank_name")

_TAX_CODE = re.compile(r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}")
_CITIZEN = re.compile(r"[0-9]{12}|[0-9]{9}")
_ACCOUNT = re.compile(r"[0-9A-Z]{4,24}")
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
LONGEST_BANK_NAME = 150


def tidy(name: str, text: str) -> str:
    """The value without the spaces and dots people type into numbers; a tax code of 13 gets its hyphen."""
    if name == "bank_name":
        return " ".join(text.split())
    plain = re.sub(r"[\s.]", "", text).upper()
    if name == "tax_code" and re.fullmatch(r"[0-9]{13}", plain):
        plain = f"{plain[:10]}-{plain[10:]}"
    return plain


def fault(name: str, value: str) -> str | None:
    """None for a usable (tidied) value, else the name of what is wrong with it."""
    if not value:
        return None
    if name == "bank_name":
        return "bank_name" if len(value) > LONGEST_BANK_NAME else None
    pattern = {"tax_code": _TAX_CODE, "citizen_number": _CITIZEN, "bank_account": _ACCOUNT}[name]
    return None if pattern.fullmatch(value) else name


def doubts(name: str, value: str) -> str | None:
    """What looks wrong and is taken all the same: a check digit, a number of the old kind."""
    if name == "tax_code" and re.fullmatch(r"[0-9]{10}(-[0-9]{3})?", value):
        rest = 10 - sum(int(digit) * weight for digit, weight in zip(value, _WEIGHTS, strict=False)) % 11
        return None if rest == int(value[9]) else "check_digit"
    if name == "citizen_number" and len(value) == 9:
        return "old_number"
    return None


def masked(value: str) -> str:
    """The last four characters; of a short value fewer, so that most of it stays unseen."""
    shown = min(4, len(value) // 3)
    return "•" * (len(value) - shown) + value[len(value) - shown :] if value else ""
