"""Addresses of the registers that are no pages."""

from django.urls import path

from sitepages.registers import views

app_name = "registers"
urlpatterns = [
    path("bang-so-lieu/<int:page>/<int:number>.csv", views.table, name="table"),
    path("gop-y/<int:page>/", views.comment, name="comment"),
]
