"""Mail servers that fail on command."""

from __future__ import annotations

import smtplib
from typing import Any, ClassVar

from django.core.mail.backends.locmem import EmailBackend


class FlakyServer(EmailBackend):
    """Fails with `fault` (None: works), for every letter or for one address alone."""

    fault: ClassVar[Exception | None] = None
    refused: ClassVar[str] = ""
    tries: ClassVar[list[str]] = []

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            self.tries.append(message.to[0])
            if self.fault and self.refused in ("", message.to[0]):
                raise self.fault
        return super().send_messages(messages)


DOWN = ConnectionRefusedError(111, "Connection refused")
UNKNOWN = smtplib.SMTPRecipientsRefused({"a@b": (550, b"unknown")})
