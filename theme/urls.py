"""Addresses of the theme."""

from django.urls import path

from theme import views

app_name = "theme"
urlpatterns = [path("colours.css", views.colours, name="colours")]
