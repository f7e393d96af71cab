"""One style sheet out of many files: joined here, so that a page asks for one and needs no build.

What is read first is also styled within the page (``opening``), and the sheet is asked for below it: the
browser paints name, search and menu without waiting for a second answer.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from theme.colours import ACCENT, MAIN, dark_palette, palette, safe_colour

FOLDER = Path(__file__).parent / "static" / "theme" / "css"
#: The order of the files; any other stands between these and the last, by name.
OPENING, FIRST, LAST = ("tokens", "base", "opening"), ("frame", "parts", "records"), ("print",)
_COMMENT, _SPACES = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\s+")
_EDGES = re.compile(r" ?([{};,]) ?|(?<=[\w-]:) ")
_MOURNING = re.compile(r"[^{};]*mourning[^{}]*\{[^{}]*\}")
_PROPERTY, _EMPTY = re.compile(r"(--[\w-]+):[^;{}]*;"), re.compile(r"[^{};]+\{\}")
_PICTURE = re.compile(r'url\("\.\./(img/[\w./-]+)"\)')


@dataclass(frozen=True)
class Sheet:
    """A style sheet as it is sent."""

    text: bytes
    packed: bytes
    digest: str


@dataclass(frozen=True)
class Opening:
    """Styles within a page, and the source by which a content security policy allows them and no others."""

    text: str
    source: str


def files() -> list[Path]:
    """The parts of the style sheet, in the order of the cascade."""
    found = {path.stem: path for path in sorted(FOLDER.glob("*.css"))}
    middle = [name for name in found if name not in OPENING + FIRST + LAST]
    return [found[name] for name in (*OPENING, *FIRST, *middle, *LAST) if name in found]


def _joined(paths: list[Path]) -> str:
    parts = []
    for path in paths:
        text = path.read_text(encoding="utf-8").strip()
        parts.append(f"@media print {{\n{text}\n}}" if path.stem in LAST else text)
    return _PICTURE.sub(lambda found: f'url("{static("theme/" + found[1])}")', "\n".join(parts))


def _properties(shades: dict[str, str]) -> str:
    return "".join(f"--{name}:{shade};" for name, shade in shades.items())


def _own(main: str, accent: str) -> str:
    """The portal's colours, as the last layer."""
    own = (
        f":root{{{_properties(palette(main, accent))}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_properties(dark_palette(main, accent))}}}}}\n"
    )
    return f"\n@layer own{{{own}}}\n"


def _sheet(text: str) -> Sheet:
    sent = text.encode()
    return Sheet(sent, gzip.compress(sent, 9, mtime=0), hashlib.sha256(sent).hexdigest()[:12])


def _make(main: str, accent: str) -> Sheet:
    return _sheet(_joined(files()) + _own(main, accent))


def _make_opening(main: str, accent: str, mourning: bool) -> Opening:
    rules = _shortened(_joined([path for path in files() if path.stem in OPENING]))
    text = rules + _shortened(_own(main, accent))
    text = _pruned(text if mourning else _MOURNING.sub("", text))
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Opening(text, f"'sha256-{digest}'")


def _shortened(text: str) -> str:
    return _EDGES.sub(r"\1", _SPACES.sub(" ", _COMMENT.sub("", text))).strip()


def _pruned(text: str) -> str:
    """Without properties that no rule here asks for: the sheet brings them."""
    asked = set(re.findall(r"var\((--[\w-]+)", text))
    text = _PROPERTY.sub(lambda found: found[0] if found[1] in asked else "", text)
    return _EMPTY.sub("", _EMPTY.sub("", text))


_kept, _kept_opening = lru_cache(maxsize=64)(_make), lru_cache(maxsize=64)(_make_opening)


def sheet(main: object, accent: object) -> Sheet:
    """The style sheet of a portal with these colours: read once a process, on each request in DEBUG."""
    colours = safe_colour(main, MAIN), safe_colour(accent, ACCENT)
    return _make(*colours) if settings.DEBUG else _kept(*colours)


def opening(main: object, accent: object, mourning: bool = False) -> Opening:
    """What stands within a page of a portal with these colours."""
    asked = safe_colour(main, MAIN), safe_colour(accent, ACCENT), mourning
    return _make_opening(*asked) if settings.DEBUG else _kept_opening(*asked)


def sheet_address(main: object, accent: object) -> str:
    """Where it is: the address changes with every byte of it, so that it may be kept for ever."""
    main, accent = safe_colour(main, MAIN), safe_colour(accent, ACCENT)
    return reverse("theme:sheet", args=(main[1:], accent[1:], sheet(main, accent).digest))


def offline_sheet() -> str:
    """The style sheet in the stock colours, asking for nothing more: for pages shown without the portal."""
    return re.sub(r"url\([^)]*\)", "none", sheet(MAIN, ACCENT).text.decode())


def specimen_sheet() -> str:
    """The dark tokens under a class, so that one page can show both modes side by side."""
    tokens = (FOLDER / "tokens.css").read_text(encoding="utf-8")
    found = re.search(r"@media \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", tokens, re.DOTALL)
    dark = (found[1] if found else "") + _properties(dark_palette(MAIN, ACCENT))
    return f".as-dark{{{dark}color-scheme:dark;background:var(--ground);color:var(--ink)}}"
