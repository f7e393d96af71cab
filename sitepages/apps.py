"""Pages and units. Knows no duty and no money."""

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitepagesConfig(AppConfig):
    name = "sitepages"
    verbose_name = _("Pages and units")

    def ready(self) -> None:
        from wagtail.contrib.redirects.models import Redirect  # noqa: PLC0415 - app ready
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 - app ready

        from sitepages import checks, models, redirects, signals  # noqa: F401, PLC0415 - app ready
        from sitepages.policies import AuthorityPermissionPolicy, ReceivedPolicy  # noqa: PLC0415 - app ready
        from sitepages.search import signals as search_signals  # noqa: F401, PLC0415 - app ready
        from sitepages.sent import signals as sent_signals  # noqa: F401, PLC0415 - app ready

        # Before anything asks: a fallback once made would be a global right.
        for model, lookup in (
            (models.Tier, None),
            (models.Topic, None),
            (models.Authority, None),
            (models.RoleGroup, "authority"),
            (models.Office, "authority"),
            (models.Contribution, "article__office__authority"),
            (models.Contributor, "authority"),
            (models.DailyVisits, "authority"),
            (models.ReportedVisits, "authority"),
            (models.SearchEntry, "authority"),
            (models.DocumentText, None),
            (models.Notice, "authority"),
            (models.SentPage, "authority"),
            (models.PageChange, None),
            (models.FrameVersion, None),
            (models.RegisterEntry, None),
            (Redirect, "site__authority"),
        ):
            register_permission_policy(model, AuthorityPermissionPolicy(model, lookup))
        comment = models.ConsultationComment
        register_permission_policy(comment, ReceivedPolicy(comment))

        from sitepages.frame import changes  # noqa: PLC0415 - app ready
        from sitepages.pagecache import changes as page_changes  # noqa: PLC0415 - app ready

        changes.listen()
        page_changes.listen()

    @staticmethod
    def frame_of(request: Any) -> Any:
        """The frame of the portal that answers a request; for the theme, which imports nothing of ours."""
        from sitepages.frame.store import frame_of  # noqa: PLC0415 - app ready

        return frame_of(request)

    @property
    def tongues(self) -> Any:
        """Which language a reader and a page is in; for the theme, which imports nothing of ours."""
        from sitepages import tongues  # noqa: PLC0415 - app ready

        return tongues

    @staticmethod
    def source_of(page: Any) -> Any:
        """What a translation was made from; for the theme."""
        from sitepages.queries import source_of  # noqa: PLC0415 - app ready

        return source_of(page)
