"""The message catalogue: read the messages from the source, bring the .po up to date, judge it, compile it.

No system gettext is needed: polib reads and writes catalogues, Babel (a development tool) reads the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGES = ("portal", "compliance", "sitepages", "theme")
SKIPPED_FOLDERS = {"migrations", "tests", "static", "locale", "__pycache__"}
SOURCE_SUFFIXES = {".py", ".html", ".txt"}

_ONE = None
_PLURAL = (1, 2)
_CONTEXT = ((1, "c"), 2)
_CONTEXT_PLURAL = ((1, "c"), 2, 3)
KEYWORDS = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _CONTEXT_PLURAL,
    "npgettext_lazy": _CONTEXT_PLURAL,
}
PLACEHOLDER = re.compile(r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|%[sdrf]|(?<!\{)\{\w*\}(?!\})")
METADATA = {
    "Project-Id-Version": "portal",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}

Key = tuple[str, str]


class ExtractorMissingError(Exception):
    """Babel, which reads messages from the source, is not installed."""


@dataclass
class Message:
    """One text of the source: its context, its plural and the files it stands in."""

    msgid: str
    plural: str = ""
    context: str = ""
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return (self.msgid, self.context)


def catalogue_path(root: Path, language: str = "vi") -> Path:
    return root / "portal" / "locale" / language / "LC_MESSAGES" / "django.po"


def source_files(root: Path) -> Iterator[Path]:
    """Python and template files whose texts people read."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            folders = path.relative_to(root).parts[:-1]
            if path.suffix in SOURCE_SUFFIXES and not SKIPPED_FOLDERS.intersection(folders):
                yield path


def extract(root: Path) -> dict[Key, Message]:
    """Every message of the source, by msgid and context."""
    found: dict[Key, Message] = {}
    for path in source_files(root):
        for message in messages_in(path):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.files.add(path.relative_to(root).as_posix())
    return found


def messages_in(path: Path) -> Iterator[Message]:
    """The messages of one file."""
    try:
        from babel.messages.extract import extract as babel_extract  # noqa: PLC0415 - optional dependency
    except ImportError:
        raise ExtractorMissingError("Babel is not installed. Run: make dev-install") from None
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Only the calls matter; indentation of markup would be an error to Python's tokenizer.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    source = BytesIO(text.encode("utf-8"))
    for _line, found, _comments, context in babel_extract("python", source, keywords=KEYWORDS):
        singular, *plurals = (found,) if isinstance(found, str) else found
        if singular:
            yield Message(singular, plurals[0] if plurals else "", context or "")


def read(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)


def updated(old: polib.POFile, messages: dict[Key, Message]) -> polib.POFile:
    """A catalogue of exactly these messages, sorted, with the translations the old one has."""
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=110)
    new.metadata = dict(METADATA)
    for key, message in sorted(messages.items()):
        previous = known.get(key)
        entry = polib.POEntry(
            msgid=message.msgid,
            msgctxt=message.context or None,
            msgid_plural=message.plural,
            occurrences=[(name, "") for name in sorted(message.files)],
            tcomment=previous.tcomment if previous else "",
        )
        keep_translation(entry, previous)
        entry.flags = sorted(_flags(message) | ({"fuzzy"} if previous and previous.fuzzy else set()))
        new.append(entry)
    return new


def keep_translation(entry: polib.POEntry, previous: polib.POEntry | None) -> None:
    """Carry a translation over, also when the message has gained or lost its plural."""
    text = _texts(previous)[0] if previous else ""
    if entry.msgid_plural:
        entry.msgstr_plural = {0: text}
    else:
        entry.msgstr = text


def merge(catalogue: polib.POFile, fragment: Iterable[polib.POEntry]) -> int:
    """Take the translations of a fragment for messages the catalogue has; returns how many changed."""
    entries = {(entry.msgid, entry.msgctxt or ""): entry for entry in catalogue}
    changed = 0
    for other in fragment:
        entry = entries.get((other.msgid, other.msgctxt or ""))
        if entry is None or other.obsolete or not other.translated() or _texts(entry)[0] == _texts(other)[0]:
            continue
        keep_translation(entry, other)
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        changed += 1
    return changed


def problems(catalogue: polib.POFile, messages: dict[Key, Message]) -> list[str]:
    """What keeps the catalogue from being complete and right, one line each."""
    listed = {(entry.msgid, entry.msgctxt or ""): entry for entry in catalogue if not entry.obsolete}
    lines = [f"not in the catalogue: {key[0]!r}" for key in sorted(messages.keys() - listed.keys())]
    lines += [f"no longer in the source: {key[0]!r}" for key in sorted(listed.keys() - messages.keys())]
    for _key, entry in sorted(listed.items()):
        if entry.fuzzy:
            lines.append(f"fuzzy: {entry.msgid!r}")
        elif not entry.translated():
            lines.append(f"not translated: {entry.msgid!r}")
        else:
            lines += _placeholder_problems(entry)
    return lines


def _placeholder_problems(entry: polib.POEntry) -> Iterator[str]:
    wanted = placeholders(entry.msgid_plural or entry.msgid)
    for text in _texts(entry):
        if placeholders(text) != wanted:
            yield f"placeholders differ: {entry.msgid!r} → {text!r}"


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def compile_catalogue(path: Path) -> Path:
    """Write the .mo beside the .po."""
    target = path.with_suffix(".mo")
    read(path).save_as_mofile(str(target))
    return target


def _texts(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr_plural[index] for index in sorted(entry.msgstr_plural)] or [entry.msgstr]


def _flags(message: Message) -> set[str]:
    marks = placeholders(message.msgid) | placeholders(message.plural)
    return {"python-format"} if any(mark.startswith("%") for mark in marks) else set()
