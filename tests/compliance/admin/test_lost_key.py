"""When the key of payee data is lost, the files that hold such data say what to do."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.urls import reverse
from django.utils import timezone

from compliance.models import PayeeReading
from compliance.rules.months import Month
from compliance.services.payees import keep_payee
from tests.builders import make_user, signed_in
from tests.compliance.admin.browse import text_of
from tests.compliance.services.money import close, make_contributor, make_term, pay

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_without_the_key_the_files_say_what_to_do(settings: Any, kind: str) -> None:
    accountant, person = make_user("accountant"), make_contributor("An")
    keep_payee(
        person,
        {"bank_account": "5000205012345"},
        on_payroll=False,
        asks_withholding=False,
        user=accountant,
        now=timezone.now(),
    )
    make_term(person, amount=3_000_000)
    period = close(Month(2021, 3), make_user("board"), accountant)
    run = pay(period, accountant=accountant)[0].pk
    settings.PORTAL_PAYEE_KEYS = [Fernet.generate_key().decode()]
    client = signed_in(accountant)
    asked = {"authority": "dak-doa", "year": "2021", "export": kind}
    tax = client.get(reverse("compliance_tax_list"), asked, follow=True)
    treasury = client.get(reverse("compliance_run_file", args=[run, kind]), follow=True)
    for reply in (tax, treasury):
        assert reply.status_code == 200
        assert "PAYEE_KEYS" in text_of(reply)
    assert tax.request["QUERY_STRING"] == "authority=dak-doa&year=2021"
    assert treasury.request["PATH_INFO"] == reverse("compliance_run", args=[run])
    assert not PayeeReading.objects.exists()
