"""The composition root's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from portal import checks  # noqa: F401, PLC0415 - app ready


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for people, with ours in their place."""

    user_viewset = "portal.people.PortalUserViewSet"
