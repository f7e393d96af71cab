"""How the addresses of comments on drafts are tried."""

from __future__ import annotations

from django.utils import timezone

from sitepages.models import Authority, ConsultationComment
from tests.builders import make_disclosure
from tests.compliance.admin.forms import Form
from tests.compliance.admin.world import Unit


def comment_of(unit: Unit) -> ConsultationComment:
    """The unit's comment, made when it is first asked for."""
    found = ConsultationComment.objects.filter(authority=unit.authority).first()
    return found or make_comment(unit.authority, unit.code, unit.mark)


def make_comment(authority: Authority, code: str, mark: str) -> ConsultationComment:
    page = make_disclosure("draft_consultation", code=code, title=f"{mark} dự thảo")
    return ConsultationComment.objects.create(
        authority=authority,
        page=page,
        received_at=timezone.now(),
        name=f"{mark} người góp ý",
        contact="0905 000 000",
        text=f"{mark} góp ý",
    )


def comment_form(unit: Unit) -> Form:
    return {"state": "approved", "public_text": "Đã sửa", "reason": ""}
