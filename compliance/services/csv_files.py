"""What every import of a CSV file begins with: bytes to text, and the refusal that names every fault."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sitepages.text import nfc


class ImportRefusedError(Exception):
    """Nothing was imported; ``problems`` says where and why, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def decoded(content: bytes) -> str:
    """The text of a UTF-8 file, with or without a byte-order mark, in NFC; ImportRefusedError otherwise."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportRefusedError([_("The file is UTF-16. Save it as “CSV UTF-8” and try again.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ImportRefusedError(
            [_("Line %(line)s: not UTF-8. Save the file as “CSV UTF-8” and try again.") % {"line": line}]
        ) from None
    if "\x00" in text:
        raise ImportRefusedError([_("The file holds NUL characters: it is no CSV text.")])
    return nfc(text)


def name_key(text: str) -> str:
    """The same for two writings of one name: case and spacing do not tell them apart."""
    return " ".join(text.split()).casefold()
