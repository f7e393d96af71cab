"""What the papers of accounting share: the letterhead, who signs, figures."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from compliance.models import Payment
from compliance.queries.activity_stored import last_letter
from compliance.reports.document import Letterhead, Signature
from sitepages.models import Authority, SiteSettings


def letterhead(authority: Authority, number: str, day: datetime.date) -> Letterhead:
    """The bodies named in the portal's texts; else those of its newest activity report, else its own name."""
    texts = SiteSettings.objects.filter(site=authority.site_id).first() if authority.site_id else None
    parent, body = (texts.parent_organisation, texts.organisation) if texts else ("", "")
    if not (parent.strip() and body.strip()):
        letter = last_letter(authority)
        parent = parent or (letter.parent_body if letter else "")
        body = body or (letter.issuing_body if letter else "")
    parent = parent or (authority.parent.full_name if authority.parent else "")
    return Letterhead(parent, body or authority.full_name, number, authority.name, day)


def signers(payment: Payment, payee: str = "") -> tuple[Signature, ...]:
    """Payee (if one signs), accountant and head of the unit: who made the payment is named, others by pen."""
    note = _("(Signature, full name)")
    keeper = payment.made_by.get_full_name() if payment.made_by else ""
    found = [
        Signature("", _("Accountant"), keeper, note),
        Signature("", _("Head of the unit"), "", _("(Signature, seal)")),
    ]
    return (Signature("", payee, payment.name, note), *found) if payee else tuple(found)


def figure(amount: int) -> str:
    """``1.234.567``."""
    return f"{amount:,}".replace(",", ".")
