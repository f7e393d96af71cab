"""Who may do what, as plain data: the one place to read rights.

``provision_portal`` makes the database agree with it. Pages and collections are given on the
authority's own tree, or on every tree for roles that say so; model rights are held per site, never globally.
"""

from __future__ import annotations

from dataclasses import dataclass

OWN = "own"
BELOW = "below"

# Wagtail asks its own models' rights, whatever our image and document models are called.
MEDIA_WRITE = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
MEDIA_ADD = (
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.choose_document",
)


@dataclass(frozen=True)
class Role:
    """One role: its group's name and its rights.

    ``main_only`` roles exist at the main portal alone. ``pages``, ``media`` and ``models`` are held for the
    role's own authority; ``models_below`` also for every authority under it; ``everywhere`` extends pages and
    media to every portal. ``admin`` are Django permissions without an object (signing in, managing people).
    """

    code: str
    name: str
    pages: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    models_below: tuple[str, ...] = ()
    admin: tuple[str, ...] = ("wagtailadmin.access_admin",)
    main_only: bool = False
    everywhere: bool = False


SEE_DUTIES = ("compliance.view_findingrecord",)
SEE_COUNTS = ("sitepages.view_contribution",)
SEE_MONEY = ("compliance.view_payperiod", "compliance.view_royaltyentry", "compliance.view_royaltyrate")
KEEP_MONEY = (
    "compliance.add_payperiod",
    "compliance.change_payperiod",
    "compliance.add_royaltyrate",
    "compliance.change_royaltyrate",
    "compliance.add_royaltybudget",
    "compliance.change_royaltybudget",
    "compliance.view_royaltybudget",
)

#: National data: opens the table only where it is held on the main portal.
KEEP_SALARIES = ("compliance.view_basesalary", "compliance.add_basesalary", "compliance.change_basesalary")

ROLES: tuple[Role, ...] = (
    Role(
        code="board",
        name="Ban biên tập",
        pages=("add", "change", "publish", "lock", "unlock"),
        media=MEDIA_WRITE,
        models=(
            *SEE_DUTIES,
            *SEE_COUNTS,
            *SEE_MONEY,
            "compliance.view_royaltybudget",
            "compliance.approve_payperiod",
            "compliance.change_articlegrade",
            "compliance.view_articlegrade",
            "sitepages.change_sitesettings",
        ),
        models_below=(*SEE_DUTIES, *SEE_COUNTS),
    ),
    Role(
        code="officer",
        name="Biên tập viên",
        pages=("add", "change"),
        media=MEDIA_ADD,
        models=SEE_DUTIES,
    ),
    Role(code="office-head", name="Thủ trưởng đơn vị", models=(*SEE_DUTIES, *SEE_COUNTS), main_only=True),
    Role(
        code="accountant",
        name="Kế toán",
        models=(*SEE_COUNTS, *SEE_MONEY, *KEEP_MONEY),
        models_below=(*SEE_COUNTS, *SEE_MONEY),
    ),
    Role(
        code="administrator",
        name="Quản trị cổng",
        pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        media=MEDIA_WRITE,
        models=(
            *SEE_DUTIES,
            *SEE_COUNTS,
            *SEE_MONEY,
            "compliance.view_royaltybudget",
            *KEEP_SALARIES,
            "sitepages.view_office",
            "sitepages.add_office",
            "sitepages.change_office",
            "sitepages.change_sitesettings",
        ),
        models_below=(
            *SEE_DUTIES,
            *SEE_COUNTS,
            *SEE_MONEY,
            "sitepages.view_office",
            "sitepages.add_office",
            "sitepages.change_office",
            "sitepages.change_sitesettings",
        ),
        admin=("wagtailadmin.access_admin", "portal.add_user", "portal.change_user", "portal.view_user"),
        main_only=True,
        everywhere=True,
    ),
)

WORKFLOW = "Phê duyệt của Ban biên tập"
TASK = "Ban biên tập phê duyệt"


def group_name(role: Role, authority_name: str) -> str:
    """``Ban biên tập - xã Glar``; at most 150 characters, as groups allow."""
    return f"{role.name} - {authority_name}"[:150]


def permissions_named() -> set[str]:
    """Every ``app.codename`` the plan uses, page rights aside."""
    return {name for role in ROLES for name in (*role.media, *role.models, *role.models_below, *role.admin)}
