"""How the addresses of sending down are tried: by page, at pages of others and of units with none below."""

from __future__ import annotations

from tests.compliance.admin.forms import Form
from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World

NAMES = ("sitepages_send_down", "sitepages_withdraw_sent")


def _attacks(world: World, foreign: Unit, own: Unit) -> list[Try]:
    pages = (foreign.graded, foreign.draft, foreign.schedule, foreign.authority.site.root_page)
    forms: tuple[Form, ...] = (
        {},
        {"kind": "locked", "everywhere": "on", "units": own.code},
        {"kind": "editable", "units": foreign.code},
    )
    return [
        tried
        for page in pages
        for tried in (Try({"page_id": page.pk}), *(Try({"page_id": page.pk}, form=form) for form in forms))
    ]


def _own(world: World, unit: Unit) -> list[Try]:
    """A portal with none below it sends nothing: the district's page stands for each."""
    return [Try({"page_id": world.district.graded.pk})]


def sending_tries() -> dict[str, Visit]:
    """Both screens."""
    return {name: Visit(_attacks, "root", _own, shows=False) for name in NAMES}
