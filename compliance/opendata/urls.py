"""Addresses of the open data for programs, the same for readers of every language."""

from __future__ import annotations

from django.urls import URLPattern, include, path, re_path

from compliance.opendata.answers import published
from compliance.opendata.api import api
from compliance.opendata.document import openapi, unknown


def _data() -> list[URLPattern]:
    """The addresses of the interface, each answering as open data; without its own root and documents."""
    found = [each for each in api.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"]
    for pattern in found:
        pattern.callback = published(pattern.callback)
    return found


_version_1 = [path("openapi.json", openapi, name="open_data_openapi"), *_data(), re_path("", unknown)]

urlpatterns = [
    path("du-lieu-mo/v1/", include(_version_1)),
]
