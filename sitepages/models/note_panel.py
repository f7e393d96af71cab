"""The editor's question what was changed and why: asked of pages that are or were public."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel


class ChangeNotePanel(FieldPanel):
    """Shown once the page has been published; a new one has no change to explain."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.first_published_at)
