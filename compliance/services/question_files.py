"""Files that come with a question: known by their content, never by their name."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

PDF, JPG, PNG, DOCX = "pdf", "jpg", "png", "docx"
_UNPACKED = 200 * 1024 * 1024
_ENTRIES = 2000
_PIXELS = 40_000_000
_MACROS = ("vbaproject", "activex", "embeddings/", "oleobject")


@dataclass(frozen=True)
class Upload:
    """A file as it will be kept."""

    name: str
    kind: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def kind_of(content: bytes) -> str:
    """What the content is: "pdf", "jpg", "png", "docx"; "" for the rest, and for what cannot be opened."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPG if _is_picture(content, "JPEG") else ""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG if _is_picture(content, "PNG") else ""
    if content.startswith(b"PK\x03\x04"):
        return DOCX if _is_document(content) else ""
    return ""


def _is_picture(content: bytes, kind: str) -> bool:
    try:
        with Image.open(BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > _PIXELS:
                return False
            picture.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True


def _is_document(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            entries = packed.infolist()
            names = {entry.filename.lower() for entry in entries}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > _UNPACKED:
        return False
    if any(".." in name or name.startswith("/") for name in names):
        return False
    if any(word in name for name in names for word in _MACROS):
        return False
    return {"[content_types].xml", "word/document.xml"} <= names
