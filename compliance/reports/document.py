"""An official document as plain values: what it says, apart from how Word or Markdown shows it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """Level 1 is ``I.``, level 2 is ``1.``, level 3 is ``a)``; the text carries its own number."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, with at most one footnote: ``text``, the footnote's mark, ``tail``."""

    text: str
    note: str = ""
    tail: str = ""


@dataclass(frozen=True)
class Table:
    """A table, its head repeated on every page; widths in millimetres.

    ``left`` are columns of text; the heads of ``upright`` columns run upwards. ``bands`` are rows whose first
    text runs over the whole width, ``sums`` rows of totals; ``over`` names columns (first, last) together.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    left: frozenset[int] = frozenset()
    upright: frozenset[int] = frozenset()
    size: float = 11
    head_height: float = 44
    bands: frozenset[int] = frozenset()
    sums: frozenset[int] = frozenset()
    over: tuple[tuple[int, int, str], ...] = ()


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Letterhead:
    """Who writes, where and when; what is "" or None is shown as a dotted blank."""

    parent_body: str = ""
    issuing_body: str = ""
    number: str = ""
    place: str = ""
    date: datetime.date | None = None


@dataclass(frozen=True)
class Signature:
    """The lines above the name, and the name; ``note`` stands under the position: ``(Ký, họ tên)``."""

    authority: str = ""
    position: str = ""
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Annex:
    """An annex on pages of its own; ``landscape`` for wide tables."""

    label: str
    title: str
    reference: str
    blocks: Sequence[Block]
    landscape: bool = False


@dataclass(frozen=True)
class OfficialDocument:
    """A document with the main parts of Decree 30/2020.

    ``signers`` sign side by side, as on papers of accounting; recipients and ``signature`` are then left out.
    """

    letterhead: Letterhead
    kind: str
    abstract: str
    blocks: Sequence[Block]
    recipients: Sequence[str]
    signature: Signature
    annexes: Sequence[Annex] = field(default_factory=tuple)
    signers: Sequence[Signature] = field(default_factory=tuple)
