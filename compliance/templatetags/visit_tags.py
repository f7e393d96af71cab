"""A chart of numbers by month, drawn on the server."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_WIDTH, _HEIGHT, _TOP, _BOTTOM = 640, 200, 26, 28
_ROOMY = 7  # as many labels stand beside each other; of more, every second one


@register.filter
def whole(number: int) -> str:
    """A number with its thousands set apart."""
    return str(number_format(number, use_l10n=True, force_grouping=True))


@register.simple_tag
def bar_chart(points: Sequence[tuple[str, int]], name: str) -> SafeString:
    """One bar a number (label, value); a table with the same numbers must stand beside it."""
    most = max((value for _label, value in points), default=0) or 1
    step = _WIDTH / max(len(points), 1)
    room = _HEIGHT - _TOP - _BOTTOM
    bars, labels, values = [], [], []
    every = 1 if len(points) <= _ROOMY else 1 + len(points) // _ROOMY
    for index, (label, value) in enumerate(points):
        height, middle = room * value / most, step * (index + 0.5)
        top = _HEIGHT - _BOTTOM - height
        bars.append((f"{middle - step * 0.3:.1f}", f"{top:.1f}", f"{step * 0.6:.1f}", f"{height:.1f}"))
        if (len(points) - 1 - index) % every == 0:
            labels.append((f"{middle:.1f}", _HEIGHT - 8, label))
            values.append((f"{middle:.1f}", f"{top - 6:.1f}", whole(value)))
    return format_html(
        '<svg class="duty-chart" viewBox="0 0 {} {}" role="img" aria-labelledby="bars-title bars-desc">'
        '<title id="bars-title">{}</title><desc id="bars-desc">{}</desc>{}'
        '<line class="duty-chart__grid" x1="0" x2="{}" y1="{}" y2="{}"/>{}{}</svg>',
        _WIDTH,
        _HEIGHT,
        name,
        "; ".join(f"{label}: {whole(value)}" for label, value in points),
        format_html_join("", '<rect class="duty-chart__dot" x="{}" y="{}" width="{}" height="{}"/>', bars),
        _WIDTH,
        _HEIGHT - _BOTTOM,
        _HEIGHT - _BOTTOM,
        format_html_join(
            "", '<text class="duty-chart__label" x="{}" y="{}" text-anchor="middle">{}</text>', labels
        ),
        format_html_join(
            "", '<text class="duty-chart__value" x="{}" y="{}" text-anchor="middle">{}</text>', values
        ),
    )
