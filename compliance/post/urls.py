"""Addresses outside the admin, the same on every site."""

from django.urls import path

from compliance.post.views import duty_calendar

urlpatterns = [path("lich/<slug:token>.ics", duty_calendar, name="duty_calendar")]
