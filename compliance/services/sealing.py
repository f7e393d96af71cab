"""Sealed text: what only the holder of the key reads.

Keys stand in the setting PORTAL_PAYEE_KEYS, the newest first: it seals, all of them open. Fernet (AES-128 in
CBC mode with HMAC-SHA-256) refuses a text that was altered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealError(Exception):
    """The text was sealed with a key that is no longer known, or it was altered."""


def seal(values: Mapping[str, str]) -> str:
    """The values that are not empty as one sealed text; "" when there is none."""
    kept = {name: value for name, value in values.items() if value}
    return _keys().encrypt(json.dumps(kept, ensure_ascii=False).encode()).decode() if kept else ""


def unseal(text: str) -> dict[str, str]:
    """What was sealed; SealError."""
    if not text:
        return {}
    try:
        found: dict[str, str] = json.loads(_keys().decrypt(text.encode()))
    except InvalidToken:
        raise SealError from None
    return found


def reseal(text: str) -> str:
    """The same content sealed with the newest key; SealError."""
    if not text:
        return ""
    try:
        return _keys().rotate(text.encode()).decode()
    except InvalidToken:
        raise SealError from None


def seal_bytes(content: bytes) -> bytes:
    """A file's content sealed."""
    return _keys().encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    """A sealed file's content; SealError."""
    try:
        return _keys().decrypt(sealed)
    except InvalidToken:
        raise SealError from None


def reseal_bytes(sealed: bytes) -> bytes:
    """The same file sealed with the newest key; SealError."""
    try:
        return _keys().rotate(sealed)
    except InvalidToken:
        raise SealError from None


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.PORTAL_PAYEE_KEYS])
