"""A unit's comment on a draft, marked."""

from __future__ import annotations

from django.utils import timezone

from sitepages.models import Authority, ConsultationComment
from tests.builders import make_disclosure


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
