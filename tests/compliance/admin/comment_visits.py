"""How the addresses of comments on drafts are tried."""

from __future__ import annotations

from tests.compliance.admin.forms import Form
from tests.compliance.admin.world import Unit


def comment_form(unit: Unit) -> Form:
    return {"state": "approved", "public_text": "Đã sửa", "reason": ""}
