"""Tables of figures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock


class FiguresBlock(blocks.StructBlock):
    """A table with its caption and unit of measure."""

    caption = blocks.CharBlock(label=_("Caption"))
    unit = blocks.CharBlock(label=_("Unit of measure"), required=False)
    table = TableBlock(label=_("Table"), table_options={"renderer": "text", "contextMenu": True})

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/figures.html"
