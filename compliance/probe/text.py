"""Bytes into text, and text into what may be compared and stored."""

from __future__ import annotations

import codecs
import re
import unicodedata

_META_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Lower case without diacritics, whatever the normal form it came in."""
    plain = text.replace("\u0111", "d").replace("\u0110", "D")
    apart = unicodedata.normalize("NFD", plain)
    return "".join(char for char in apart if not unicodedata.combining(char)).lower()


def clean(text: str, longest: int = 300) -> str:
    """One line of NFC text without control, direction and unpaired characters, cut to a length."""
    rough = _SPACES.sub(" ", text[: longest * 8])
    kept = "".join(char for char in rough if unicodedata.category(char) not in _HIDDEN)
    line = _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "\u2026"


def decode_body(body: bytes, charset: str = "") -> str:
    """The text of a page. What is valid UTF-8 is UTF-8, whatever the header claims; nothing is refused."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    stated = _META_CHARSET.search(body[:4096])
    claims = [charset, stated[1].decode("ascii") if stated else "", "windows-1258"]
    for name in ("utf-8", *claims):
        if name and _is_text_codec(name):
            try:
                return body.decode(name)
            except (UnicodeError, LookupError):
                continue
    return body.decode("utf-8", "replace")


def is_utf8(body: bytes) -> bool:
    """Whether the bytes are valid UTF-8."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_text_codec(name: str) -> bool:
    try:
        return bool(getattr(codecs.lookup(name), "_is_text_encoding", True))
    except (LookupError, ValueError):
        return False
