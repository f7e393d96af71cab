"""States by sign and word, and charts drawn on the server. Nothing is told by colour alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from compliance.models import FindingRecord
from theme.marks import sign

register = template.Library()

register.filter("state_sign", sign)

SHORT: Mapping[str, Promise] = {
    "MET": pgettext_lazy("cell", "done"),
    "NOTHING_AROSE": pgettext_lazy("cell", "none arose"),
    "WAIVED": pgettext_lazy("cell", "excused"),
    "MET_LATE": pgettext_lazy("cell", "done late"),
    "NOT_DUE": pgettext_lazy("cell", "later"),
    "DUE_SOON": pgettext_lazy("cell", "soon"),
    "INCOMPLETE": pgettext_lazy("cell", "gaps"),
    "OVERDUE": pgettext_lazy("cell", "late"),
    "MISSING": pgettext_lazy("cell", "nothing"),
}

_WIDTH, _HEIGHT = 640, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 36, 24, 32
_ROOMY = 7  # as many labels stand beside each other; of more, every second one
_BAR = 100


@register.filter
def part_text(value: Fraction) -> str:
    """A count that may be a part of an article: whole where it is, else with two decimals."""
    return number_format(int(value) if value.denominator == 1 else round(float(value), 2))


@register.filter
def state_short(state: str) -> str:
    """A state in one or two words, for a cell."""
    return str(SHORT.get(state, state))


@register.filter
def state_name(state: str) -> str:
    """A state's name in full."""
    return str(FindingRecord.State(state).label) if state in FindingRecord.State else state


@register.filter
def exact_points(points: Any) -> str:
    """Points kept as an exact fraction ("7/2") as people write them."""
    return str(number_format(f"{float(Fraction(points)):.2f}".rstrip("0").rstrip(".")))


@register.simple_tag
def trend_chart(points: Sequence[tuple[str, Any]], name: str) -> SafeString:
    """A line of percentages (label, value or None), with the two thresholds; a table must stand beside it."""
    told = "; ".join(f"{label}: {_number(value)}" for label, value in points)
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(points) - 1, 1)
    spots = [(_LEFT + index * step, label, value) for index, (label, value) in enumerate(points)]
    known = [(x, _y(value), label, value) for x, label, value in spots if value is not None]
    return format_html(
        '<svg class="duty-chart" viewBox="0 0 {} {}" role="img" aria-labelledby="trend-title trend-desc">'
        '<title id="trend-title">{}</title><desc id="trend-desc">{}</desc>{}{}{}{}{}</svg>',
        _WIDTH,
        _HEIGHT,
        name,
        told or _("No score yet."),
        _grid(),
        format_html_join(
            "",
            '<text class="duty-chart__label" x="{}" y="{}" text-anchor="middle">{}</text>',
            ((_at(x), _HEIGHT - 8, label) for x, label, _value in _spaced(spots)),
        ),
        format_html(
            '<polyline class="duty-chart__line" points="{}"/>',
            " ".join(f"{x:.1f},{y:.1f}" for x, y, _label, _value in known),
        ),
        format_html_join(
            "",
            '<circle class="duty-chart__dot" cx="{}" cy="{}" r="4"/>',
            ((_at(x), _at(y)) for x, y, _label, _value in known),
        ),
        format_html_join(
            "",
            '<text class="duty-chart__value" x="{}" y="{}" text-anchor="middle">{}</text>',
            ((_at(x), _at(max(y - 9, 14)), _number(value)) for x, y, _label, value in known),
        ),
    )


@register.simple_tag
def share_bar(parts: Sequence[tuple[str, str, int]], name: str) -> SafeString:
    """One bar of counts (style, label, number); every number stands beside it as text."""
    total = sum(number for _style, _label, number in parts)
    told = ", ".join(f"{label}: {number}" for _style, label, number in parts)
    pieces, start = [], 0.0
    for style, label, number in parts:
        width = _BAR * number / total if total else 0.0
        if number:
            pieces.append((style, _at(start), _at(width), f"{label}: {number}"))
        start += width
    return format_html(
        '<svg class="duty-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="duty-bar__frame" x="0" y="0" width="100" height="8"/>{}</svg>',
        f"{name}: {told}",
        format_html_join(
            "",
            '<rect class="duty-bar__{}" x="{}" y="0" width="{}" height="8"><title>{}</title></rect>',
            pieces,
        ),
    )


def _spaced(spots: Sequence[Any]) -> Sequence[Any]:
    """Those whose labels have room, the last one among them."""
    return spots if len(spots) <= _ROOMY else spots[::-1][::2]


def _grid() -> SafeString:
    lines = [(percent, "mark" if percent in (50, 80) else "grid") for percent in (0, 50, 80, 100)]
    return format_html_join(
        "",
        '<line class="duty-chart__{}" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="duty-chart__label" x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (
                style,
                _LEFT,
                _WIDTH - _RIGHT,
                _at(_y(percent)),
                _at(_y(percent)),
                _LEFT - 26,
                _at(_y(percent) + 5),
                percent,
            )
            for percent, style in lines
        ),
    )


def _y(percent: Any) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - float(percent) / 100)


def _at(place: float) -> str:
    return f"{place:.1f}"


def _number(value: Any) -> str:
    """A percentage as people write it; a dash where there was none."""
    return "–" if value is None else str(number_format(f"{float(value):.1f}".removesuffix(".0")))
