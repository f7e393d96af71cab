"""Fictitious people of the demo, one for each role. Never loaded into production."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

PASSWORD = "Dak-Doa-2021"  # noqa: S105 - the demo's own, printed for whoever tries it


@dataclass(frozen=True)
class Person:
    """A demo login: who it is and which role it holds where (role, authority code)."""

    username: str
    first_name: str
    last_name: str
    role: str
    authority: str
    note: str


PEOPLE = (
    Person("quantri", "Minh", "Đỗ Quang", "administrator", "dak-doa", "Quản trị cổng huyện"),
    Person("bientap1", "Hà", "Trịnh Thu", "board", "dak-doa", "Ban biên tập huyện"),
    Person("bientap2", "Khôi", "Vương Đăng", "board", "dak-doa", "Ban biên tập huyện (người duyệt thứ hai)"),
    Person("bientapvien", "Ngân", "Lưu Bảo", "officer", "dak-doa", "Biên tập viên huyện"),
    Person("thuky", "Duyên", "Hồ Mỹ", "secretary", "dak-doa", "Tổ thư ký (đề xuất mức chấm)"),
    Person("ketoan", "Yến", "Tạ Hải", "accountant", "dak-doa", "Kế toán huyện"),
    Person("thutruong", "Bình", "Rơ Châm", "office-head", "dak-doa", "Thủ trưởng đơn vị (chỉ xem)"),
    Person("thamdinh", "Loan", "Phùng Mỹ", "reviewer", "dak-doa", "Người thẩm định việc công khai thông tin"),
    Person("glar.canbo", "H'Len", "Siu", "officer", "glar", "Cán bộ xã Glar"),
    Person("glar.duyet", "Y Bơn", "Rơ Mah", "board", "glar", "Ban biên tập xã Glar"),
    Person("glar.duyet2", "Phen", "Đinh Thị", "board", "glar", "Ban biên tập xã Glar (người duyệt thứ hai)"),
    Person("trang.canbo", "Thảo", "Kpuih", "officer", "trang", "Cán bộ xã Trang"),
)


def load_people() -> int:
    """Make the demo logins that are missing; how many were made. Existing ones keep their password."""
    users = get_user_model()
    made = 0
    for person in PEOPLE:
        user, new = users.objects.get_or_create(
            username=person.username,
            defaults={
                "first_name": person.first_name,
                "last_name": person.last_name,
                "email": f"{person.username}@dakdoa.example",
            },
        )
        if new:
            user.set_password(PASSWORD)
            user.save()
            user.groups.add(
                Group.objects.get(role_group__role=person.role, role_group__authority__code=person.authority)
            )
            made += 1
    return made
