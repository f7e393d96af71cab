"""Money in templates."""

from django import template

register = template.Library()


@register.filter
def dong(amount: int) -> str:
    """``1234567`` as ``1.234.567 đ``."""
    return f"{amount:,} đ".replace(",", ".")
