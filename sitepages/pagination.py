"""Pages of a list, forgiving about what the address says."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def paginate(request: HttpRequest, records: QuerySet, size: int) -> Page:
    """The page that ``?page=`` asks for; the nearest one that exists when it asks for nonsense."""
    return Paginator(records, size).get_page(request.GET.get("page", "1")[:10])
