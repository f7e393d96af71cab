"""One style sheet out of many files: joined here, so that a page asks for one and needs no build."""

from __future__ import annotations

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
FIRST, LAST = ("tokens", "base", "frame", "parts", "records"), ("print",)
_PICTURE = re.compile(r'url\("\.\./(img/[\w./-]+)"\)')


@dataclass(frozen=True)
class Sheet:
    """A style sheet as it is sent."""

    text: bytes
    packed: bytes
    digest: str


def files() -> list[Path]:
    """The parts of the style sheet, in the order of the cascade."""
    found = {path.stem: path for path in sorted(FOLDER.glob("*.css"))}
    middle = [name for name in found if name not in FIRST + LAST]
    return [found[name] for name in (*FIRST, *middle, *LAST) if name in found]


def _joined() -> str:
    parts = []
    for path in files():
        text = path.read_text(encoding="utf-8").strip()
        parts.append(f"@media print {{\n{text}\n}}" if path.stem in LAST else text)
    return _PICTURE.sub(lambda found: f'url("{static("theme/" + found[1])}")', "\n".join(parts))


def _properties(shades: dict[str, str]) -> str:
    return "".join(f"--{name}:{shade};" for name, shade in shades.items())


def _make(main: str, accent: str) -> Sheet:
    own = (
        f":root{{{_properties(palette(main, accent))}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_properties(dark_palette(main, accent))}}}}}\n"
    )
    text = f"{_joined()}\n@layer own{{{own}}}\n".encode()
    return Sheet(text, gzip.compress(text, 9, mtime=0), hashlib.sha256(text).hexdigest()[:12])


_kept = lru_cache(maxsize=64)(_make)


def sheet(main: object, accent: object) -> Sheet:
    """The style sheet of a portal with these colours: read once a process, on each request in DEBUG."""
    colours = safe_colour(main, MAIN), safe_colour(accent, ACCENT)
    return _make(*colours) if settings.DEBUG else _kept(*colours)


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
