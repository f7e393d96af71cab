"""The demo's contributors, made from the names its articles are signed with, and the offices' quotas."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model

from compliance.models import Quota
from compliance.queries.credit_names import hand_names
from compliance.services.credits import link_name
from sitepages.models import Authority, Contributor, Office, PenName

_BEGIN = datetime.date(2021, 1, 1)
_DECISION = "27/QĐ-UBND (số liệu minh họa)"
#: Signed by so few that nobody has made a record yet: what the screen of names is for.
_FEW = 2


@dataclass(frozen=True)
class _Person:
    """Somebody who signs by other names than their own, or has an account."""

    unit: str
    office: str
    name: str
    signs: tuple[str, ...]
    username: str = ""


_KNOWN = (
    _Person("dak-doa", "van-hoa-thong-tin", "Lưu Bảo Ngân", ("Diễm An", "Bảo Ngân"), "bientapvien"),
    _Person("dak-doa", "ttvhtttt", "Nguyễn Hoài Thương", ("Hoài Thương", "Minh Đăng")),
    _Person("dak-doa", "cong-an", "Hoàng Đình Phú", ("Hoàng Phú",)),
    _Person("dak-doa", "nong-nghiep", "Phan Văn Hậu", ("Văn Hậu",)),
    _Person("dak-doa", "thanh-nhat", "Thanh Nhật", ()),
    _Person("glar", "ubnd", "Siu H'Len", ("H'Yưn",), "glar.canbo"),
)
#: Articles a month; several offices stay below theirs.
_QUOTAS = {
    "ttvhtttt": 10,
    "cong-an": 5,
    "nong-nghiep": 4,
    "van-hoa-thong-tin": 4,
    "tu-phap": 2,
    "kinh-te-ha-tang": 2,
    "giao-duc": 2,
    "van-phong": 1,
    "tai-nguyen": 1,
    "quan-su": 1,
    "noi-vu": 1,
    "lao-dong": 1,
    "huyen-doan": 1,
}


def load_credits() -> None:
    """Records for those who signed more than a few articles, tied to their credits; quotas of 2021."""
    users = get_user_model().objects
    board = users.get(username="bientap1")
    for known in _KNOWN:
        office = Office.objects.get(authority__code=known.unit, code=known.office)
        person: Any = Contributor(
            authority=office.authority,
            name=known.name,
            office=office,
            user=users.get(username=known.username) if known.username else None,
            valid_from=_BEGIN,
        )
        person.pen_names = [PenName(name=name) for name in known.signs]
        person.save()
    for unit in Authority.objects.filter(site__isnull=False):
        for found in hand_names(unit):
            if found.proposed:
                link_name(unit, found.name, found.office, found.proposed[0], user=board)
            elif found.articles > _FEW:
                person = Contributor.objects.create(
                    authority=unit, name=found.name, office=found.office, valid_from=_BEGIN
                )
                link_name(unit, found.name, found.office, person, user=board)
    for code, number in _QUOTAS.items():
        Quota.objects.create(
            office=Office.objects.get(authority__code="dak-doa", code=code),
            per_month=number,
            valid_from=_BEGIN,
            decision_number=_DECISION,
        )
