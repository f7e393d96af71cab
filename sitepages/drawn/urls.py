"""The address of the news of the portals below."""

from django.urls import path

from sitepages.drawn import views

urlpatterns = [path("tin-tu-xa/", views.drawn_news, name="drawn_news")]
