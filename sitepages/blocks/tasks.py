"""What people look for: links at the top of a front page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PageTask(blocks.StructBlock):
    """A page of a portal, under its own name or another."""

    page = blocks.PageChooserBlock(label=_("Page"))
    name = blocks.CharBlock(label=_("Shown as"), required=False, max_length=60)

    class Meta:
        icon = "doc-empty"
        label = _("Page of a portal")


class AddressTask(blocks.StructBlock):
    """An address elsewhere, such as the National Public Service Portal."""

    name = blocks.CharBlock(label=_("Shown as"), max_length=60)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "link-external"
        label = _("Address elsewhere")


TASKS = [("page", PageTask()), ("address", AddressTask())]
