"""Addresses of the theme."""

from django.urls import re_path

from theme import views

app_name = "theme"
urlpatterns = [
    re_path(
        r"^(?P<main>[0-9a-f]{6})-(?P<accent>[0-9a-f]{6})\.(?P<digest>[0-9a-f]{12})\.css\Z",
        views.style_sheet,
        name="sheet",
    )
]
