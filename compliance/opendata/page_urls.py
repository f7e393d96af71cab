"""Addresses of the transparency page and of the page that explains the open data."""

from __future__ import annotations

from django.urls import path

from compliance.opendata.document import documentation
from compliance.opendata.transparency import transparency

urlpatterns = [
    path("minh-bach/", transparency, name="transparency"),
    path("du-lieu-mo/", documentation, name="open_data"),
]
