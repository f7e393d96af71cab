"""Addresses of the desk, the same on every portal; they stand before the pages of the section."""

from __future__ import annotations

from django.urls import path

from compliance.desk.ask import ask, receipt
from compliance.desk.figures import figures
from compliance.desk.notice import privacy
from compliance.desk.rating import rating
from compliance.desk.status import lookup, status_by_link
from compliance.queries.questions import section_slug

_ROOT = section_slug()

urlpatterns = [
    path(f"{_ROOT}/gui/", ask, name="desk_ask"),
    path(f"{_ROOT}/bien-nhan/<str:token>/", receipt, name="desk_receipt"),
    path(f"{_ROOT}/tra-cuu/", lookup, name="desk_lookup"),
    path(f"{_ROOT}/tra-cuu/<str:token>/", status_by_link, name="desk_status_link"),
    path(f"{_ROOT}/danh-gia/<str:token>/", rating, name="desk_rating"),
    path(f"{_ROOT}/bao-ve-du-lieu/", privacy, name="desk_privacy"),
    path(f"{_ROOT}/thong-ke/", figures, name="desk_figures"),
]
