"""Addresses of what goes out; all answer for the portal of the host they are asked at."""

from django.urls import path

from sitepages.out import calendars, feeds, maps

app_name = "out"
urlpatterns = [
    path("rss.xml", feeds.feed, {"kind": "rss"}, name="rss"),
    path("atom.xml", feeds.feed, {"kind": "atom"}, name="atom"),
    path("rss/<slug:section>.xml", feeds.feed, {"kind": "rss"}, name="section_rss"),
    path("atom/<slug:section>.xml", feeds.feed, {"kind": "atom"}, name="section_atom"),
    path("lich-cong-khai/<slug:name>.ics", calendars.calendar, name="calendar"),
    path("sitemap.xml", maps.sitemap, name="sitemap"),
    path("robots.txt", maps.robots, name="robots"),
    path("so-do-cong/", maps.tree, name="tree"),
]
