"""The forms of our viewsets, filled in for a unit."""

from __future__ import annotations

from typing import Any

from tests.compliance.admin.world import Unit

Form = dict[str, Any]


def rate_form(unit: Unit) -> Form:
    return {
        "authority": unit.authority.pk,
        "decision_number": "77/QĐ",
        "decision_date": "2022-01-01",
        "genre": "video",
        "grade": "",
        "grade_name": "",
        "coefficient": "",
        "amount": "",
        "minimum": "",
        "max_coefficient": "9",
        "min_amount": "",
        "max_amount": "",
        "valid_from": "2022-01-01",
        "valid_to": "",
    }


def budget_form(unit: Unit) -> Form:
    return {
        "authority": unit.authority.pk,
        "year": 2030,
        "amount": 5,
        "decision_number": "9",
        "budget_lines-TOTAL_FORMS": 1,
        "budget_lines-INITIAL_FORMS": 0,
        "budget_lines-MIN_NUM_FORMS": 0,
        "budget_lines-MAX_NUM_FORMS": 1000,
        "budget_lines-0-kind": "stationery",
        "budget_lines-0-amount": 4,
    }


def modifier_form(unit: Unit) -> Form:
    return {
        "authority": unit.authority.pk,
        "decision_number": "78/QĐ",
        "code": "topic",
        "name": "Đề tài",
        "effect": "addition",
        "low": "5",
        "high": "15",
        "basis": "Điều 5",
        "valid_from": "2022-01-01",
        "valid_to": "",
    }


def salary_form(unit: Unit) -> Form:
    return {"valid_from": "2031-07-01", "amount": 9_000_000, "decree": "1/NĐ", "status": "D"}


def target_form(unit: Unit) -> Form:
    return {
        "authority": unit.authority.pk,
        "base_url": "https://moi.example.vn/",
        "active": "on",
        "links-TOTAL_FORMS": 1,
        "links-INITIAL_FORMS": 0,
        "links-MIN_NUM_FORMS": 0,
        "links-MAX_NUM_FORMS": 1000,
        "links-0-section": "directives",
        "links-0-url": "https://moi.example.vn/chi-dao",
        "links-0-max_age_days": "30",
    }


def office_form(unit: Unit) -> Form:
    return {
        "authority": unit.authority.pk,
        "code": "moi",
        "full_name": "Đơn vị mới",
        "short_name": "Mới",
        "group": "board",
        "order": 9,
        "valid_from": "",
        "valid_to": "",
    }
