"""Payee data: sealed, masked, recorded when read, and nowhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry, Revision

from compliance.models import FrozenRowError, Payee, PayeeReading
from compliance.rules.payee import doubts, fault, masked, tidy
from compliance.services.payees import PayeeError, keep_payee, masked_values, read_payees
from compliance.services.sealing import SealError, unseal
from tests.builders import make_user
from tests.compliance.services.money import make_contributor

SECRETS = {
    "tax_code": "8012345678",
    "citizen_number": "064201009876",
    "bank_account": "5000205098765",
    "bank_name": "Agribank Đak Đoa",
}


def keep(values: dict[str, str] | None = None, **more: Any) -> Payee:
    person = more.pop("person", None) or make_contributor("Lan")
    flags = {"on_payroll": False, "asks_withholding": False, **more}
    return keep_payee(
        person,
        SECRETS if values is None else values,
        user=make_user("accountant"),
        now=timezone.now(),
        **flags,
    )


def everything_stored() -> str:
    """Every table of ours and the logs, as text."""
    models = [
        *apps.get_app_config("compliance").get_models(),
        ModelLogEntry,
        Revision,
    ]
    return json.dumps([list(model._base_manager.values()) for model in models], default=str)


@pytest.mark.integration
@pytest.mark.django_db
def test_nothing_of_it_stands_anywhere_in_clear() -> None:
    payee = keep()
    read_payees([payee], occasion="shown", user=make_user("accountant"), now=timezone.now())
    stored = everything_stored()
    for value in SECRETS.values():
        assert value not in stored
    assert unseal(Payee.objects.get().sealed) == SECRETS
    entry = ModelLogEntry.objects.get(action="compliance.keep_payee")
    assert set(entry.data["fields"]) == set(SECRETS)


@pytest.mark.integration
@pytest.mark.django_db
def test_each_reading_is_recorded_and_kept() -> None:
    payee, reader = keep(), make_user("accountant")
    assert read_payees([payee], occasion="treasury", user=reader, now=timezone.now()) == {
        payee.contributor_id: SECRETS
    }
    reading = PayeeReading.objects.get()
    assert (reading.payee, reading.user, reading.occasion) == (payee, reader, "treasury")
    for write in (reading.save, reading.delete, PayeeReading.objects.all().delete):
        with pytest.raises(FrozenRowError):
            write()


@pytest.mark.integration
@pytest.mark.django_db
def test_what_is_left_empty_stays_and_what_is_removed_goes() -> None:
    payee = keep()
    again = keep({"bank_account": "1234 5678"}, person=payee.contributor, removed=["tax_code"])
    assert unseal(again.sealed) == {
        "citizen_number": SECRETS["citizen_number"],
        "bank_account": "12345678",
        "bank_name": SECRETS["bank_name"],
    }
    assert masked_values(again) == {
        "tax_code": "",
        "citizen_number": "••••••••9876",
        "bank_account": "••••••78",
        "bank_name": "Agribank Đak Đoa",
    }


@pytest.mark.integration
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tax_code", "123"),
        ("tax_code", "=1+1"),
        ("tax_code", "8012345678-12"),
        ("citizen_number", "06420100987"),
        ("citizen_number", "０６４２０１００９８７６"),
        ("bank_account", "x" * 41),
        ("bank_account", "đ123456"),
        ("bank_name", "x" * 151),
    ],
)
def test_what_cannot_be_is_refused(field: str, value: str) -> None:
    with pytest.raises(PayeeError) as refusal:
        keep({field: value})
    assert refusal.value.field == field
    assert value not in str(refusal.value)
    assert not Payee.objects.exists()


@pytest.mark.integration
@pytest.mark.django_db
def test_keys_are_changed_without_losing_anything(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    payee, old, new = keep(), settings.PORTAL_PAYEE_KEYS, Fernet.generate_key().decode()
    settings.PORTAL_PAYEE_KEYS = [new, *old]
    call_command("reseal_payees")
    settings.PORTAL_PAYEE_KEYS = [new]
    payee.refresh_from_db()
    assert unseal(payee.sealed) == SECRETS
    settings.PORTAL_PAYEE_KEYS = old
    with pytest.raises(SealError):
        unseal(payee.sealed)
    before = payee.sealed
    with pytest.raises(CommandError):
        call_command("reseal_payees")
    payee.refresh_from_db()
    assert payee.sealed == before


@pytest.mark.unit
@given(st.text(max_size=40))
def test_most_of_a_masked_value_stays_unseen(value: str) -> None:
    seen = masked(value)
    assert len(seen) == len(value)
    assert sum(1 for was, now in zip(value, seen, strict=True) if was == now != "•") <= 4
    assert not value or len(value) < 3 or seen[0] == "•"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "typed", "kept", "wrong", "doubtful"),
    [
        ("tax_code", "0100109106", "0100109106", None, None),
        ("tax_code", "0100109107", "0100109107", None, "check_digit"),
        ("tax_code", "0100109106001", "0100109106-001", None, None),
        ("tax_code", "064201009876", "064201009876", None, None),
        ("citizen_number", "064 201 009 876", "064201009876", None, None),
        ("citizen_number", "230123456", "230123456", None, "old_number"),
        ("bank_account", "5000.2050.1234", "500020501234", None, None),
        ("citizen_number", "1234567890", "1234567890", "citizen_number", None),
    ],
)
def test_how_numbers_are_read(
    name: str, typed: str, kept: str, wrong: str | None, doubtful: str | None
) -> None:
    value = tidy(name, typed)
    assert (value, fault(name, value)) == (kept, wrong)
    assert wrong or doubts(name, value) == doubtful
