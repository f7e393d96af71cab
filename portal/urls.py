"""Every address of the portal. Wagtail's image, document and redirect APIs are not mounted."""

from typing import Any

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls


def closed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """An address of Wagtail's that goes around our guards (copies, deletion, other units' redirects)."""
    raise Http404


urlpatterns = [
    path("admin/api/main/pages/<int:pk>/action/<str:action_name>/", closed),
    re_path(r"^admin/redirects/.*", closed),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("sitepages.out.urls")),
    path("theme/", include("theme.urls")),
    path("", include("compliance.post.urls")),
    path("", include("compliance.opendata.urls")),
]

if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

# What readers see: in Vietnamese at the plain address, in another language under its code.
urlpatterns += i18n_patterns(
    path("", include("sitepages.registers.urls")),
    path("", include("sitepages.search.urls")),
    path("", include("sitepages.drawn.urls")),
    path("", include("compliance.opendata.page_urls")),
    path("", include("compliance.desk.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
