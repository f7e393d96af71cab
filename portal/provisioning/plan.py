"""Who may do what, as plain data: the one place to read rights.

``provision_portal`` makes the database agree with it. Pages and collections are given on the
authority's own tree, or on every tree for roles that say so; model rights are held per site, never globally.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.provisioning.grants import (
    ANSWER_QUESTIONS,
    ANSWER_REVIEWS,
    APPROVE_GRADES,
    APPROVE_QUESTIONS,
    CHECK_AGAIN,
    DECLARE,
    EXCUSE,
    IMPORT_PAST,
    JUDGE_ALIKE,
    KEEP_COMMENTS,
    KEEP_CREDITS,
    KEEP_LOCAL_RULES,
    KEEP_MONEY,
    KEEP_NOTICES,
    KEEP_PAYEES,
    KEEP_PROBES,
    KEEP_REPORTS,
    KEEP_REVIEWS,
    KEEP_SALARIES,
    KEEP_VISITS,
    MEDIA_ADD,
    MEDIA_WRITE,
    PROPOSE_GRADES,
    SEE_ALIKE,
    SEE_BUDGET,
    SEE_COUNTS,
    SEE_DUTIES,
    SEE_LETTERS,
    SEE_LOCAL_RULES,
    SEE_MONEY,
    SEE_PAST_PAYMENTS,
    SEE_PROBES,
    SEE_REPORTS,
    SEE_STATEMENTS,
    SEE_VISITS,
)

OWN = "own"
BELOW = "below"
#: Signing in, and beginning the translation of a page one may change.
WRITER = ("wagtailadmin.access_admin", "simple_translation.submit_translation")


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


ROLES: tuple[Role, ...] = (
    Role(
        code="board",
        name="Ban biên tập",
        admin=WRITER,
        pages=("add", "change", "publish", "lock", "unlock"),
        media=MEDIA_WRITE,
        models=(
            *SEE_DUTIES,
            *SEE_COUNTS,
            *SEE_MONEY,
            *SEE_ALIKE,
            *JUDGE_ALIKE,
            *SEE_BUDGET,
            *SEE_LETTERS,
            "compliance.approve_payperiod",
            *PROPOSE_GRADES,
            *APPROVE_GRADES,
            *KEEP_REVIEWS,
            *ANSWER_REVIEWS,
            *KEEP_COMMENTS,
            *KEEP_CREDITS,
            *KEEP_NOTICES,
            "sitepages.change_sitesettings",
            *SEE_STATEMENTS,
            *DECLARE,
            *CHECK_AGAIN,
            *SEE_LOCAL_RULES,
            *SEE_PROBES,
            *SEE_VISITS,
            *KEEP_VISITS,
            *KEEP_REPORTS,
            *IMPORT_PAST,
            *SEE_PAST_PAYMENTS,
            *ANSWER_QUESTIONS,
            *APPROVE_QUESTIONS,
        ),
        models_below=(
            *SEE_DUTIES,
            *SEE_COUNTS,
            *SEE_VISITS,
            *SEE_ALIKE,
            *JUDGE_ALIKE,
            *SEE_STATEMENTS,
            *EXCUSE,
            *CHECK_AGAIN,
        ),
    ),
    Role(
        code="officer",
        name="Biên tập viên",
        admin=WRITER,
        pages=("add", "change"),
        media=MEDIA_ADD,
        models=(
            *SEE_DUTIES,
            *SEE_STATEMENTS,
            *DECLARE,
            *ANSWER_REVIEWS,
            *SEE_VISITS,
            *ANSWER_QUESTIONS,
        ),
    ),
    Role(
        code="office-head",
        name="Thủ trưởng đơn vị",
        models=(*SEE_DUTIES, *SEE_COUNTS, *SEE_VISITS, *SEE_REPORTS),
        models_below=SEE_COUNTS,
        main_only=True,
    ),
    Role(
        code="secretary",
        name="Tổ thư ký",
        models=(*SEE_COUNTS, *PROPOSE_GRADES, "compliance.view_royaltyrate", "compliance.view_ratemodifier"),
    ),
    Role(code="reviewer", name="Người thẩm định", models=(*SEE_DUTIES, *KEEP_REVIEWS), main_only=True),
    Role(
        code="accountant",
        name="Kế toán",
        models=(
            *SEE_COUNTS,
            *SEE_ALIKE,
            *SEE_MONEY,
            *KEEP_MONEY,
            *KEEP_PAYEES,
            *SEE_PAST_PAYMENTS,
            *SEE_REPORTS,
        ),
        models_below=(*SEE_COUNTS, *SEE_ALIKE, *SEE_MONEY, *SEE_PAST_PAYMENTS),
    ),
    Role(
        code="administrator",
        name="Quản trị cổng",
        pages=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        media=MEDIA_WRITE,
        models=(
            *SEE_DUTIES,
            *SEE_LETTERS,
            "compliance.change_outgoingmail",
            *SEE_COUNTS,
            *SEE_VISITS,
            *KEEP_VISITS,
            *SEE_ALIKE,
            *SEE_MONEY,
            *SEE_BUDGET,
            *KEEP_SALARIES,
            *SEE_STATEMENTS,
            *EXCUSE,
            *SEE_LOCAL_RULES,
            *KEEP_LOCAL_RULES,
            *KEEP_REVIEWS,
            *KEEP_PROBES,
            *KEEP_COMMENTS,
            *KEEP_CREDITS,
            *SEE_REPORTS,
            *IMPORT_PAST,
            *SEE_PAST_PAYMENTS,
            "sitepages.view_office",
            "sitepages.add_office",
            "sitepages.change_office",
            *KEEP_NOTICES,
            "sitepages.change_sitesettings",
        ),
        models_below=(
            *SEE_DUTIES,
            *SEE_LETTERS,
            "compliance.change_outgoingmail",
            *SEE_STATEMENTS,
            *EXCUSE,
            *SEE_COUNTS,
            *SEE_VISITS,
            *KEEP_VISITS,
            *SEE_ALIKE,
            *SEE_MONEY,
            *KEEP_CREDITS,
            *IMPORT_PAST,
            *SEE_PAST_PAYMENTS,
            "sitepages.view_office",
            "sitepages.add_office",
            "sitepages.change_office",
            *KEEP_NOTICES,
            "sitepages.change_sitesettings",
        ),
        admin=(*WRITER, "portal.add_user", "portal.change_user", "portal.view_user"),
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
