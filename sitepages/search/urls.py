"""Addresses of the search."""

from django.urls import path

from sitepages.search import views

urlpatterns = [
    path("tim-kiem/", views.search, name="search"),
    path("tim-kiem/goi-y/", views.suggest, name="search_suggest"),
]
