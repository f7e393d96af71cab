"""Where the screens stand, and what the log calls their acts."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sitepages.admin.sending import views

ACTIONS = (
    ("sitepages.send_down", _("Send down"), _("Sent the page down to portals below")),
    ("sitepages.sent_here", _("Receive from above"), _("The page was sent down here")),
    ("sitepages.withdraw_sent", _("Withdraw what was sent down"), _("Withdrew the page from portals below")),
    ("sitepages.withdrawn_here", _("Withdrawn from above"), _("The page was withdrawn by whoever sent it")),
)


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    return [
        path("send-down/<int:page_id>/", views.SendDown.as_view(), name="sitepages_send_down"),
        path(
            "send-down/<int:page_id>/withdraw/", views.WithdrawSent.as_view(), name="sitepages_withdraw_sent"
        ),
    ]


def log_actions(actions: Any) -> None:
    """Hook body: name every action for the log."""
    for action, label, message in ACTIONS:
        actions.register_action(action, label, message)
