"""A closed period is recognised by every column of its lines, also when changed behind the guards."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction

from compliance.models import PayPeriod, RemunerationEntry, RoyaltyEntry
from compliance.rules.months import Month
from compliance.services.period_digest import REMUNERATION, ROYALTY, first_digest, intact
from tests.builders import make_article, make_user
from tests.compliance.services.money import close, make_contributor, make_term

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def closed(db: None) -> PayPeriod:
    make_article("A", coefficient="1")
    make_term(make_contributor("An"), amount=100_000)
    return close(Month(2021, 3), make_user("board"), make_user("accountant"))


def unguarded(table: str) -> None:
    """The table without its triggers, until the test is rolled back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def other(field: models.Field) -> Any:
    """A value no line of these tests has."""
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.DateField):
        return "2001-02-03"
    if isinstance(field, models.DecimalField):
        return "12.34"
    return "x" if isinstance(field, (models.CharField, models.TextField)) else 77


def unnoticed(closed: PayPeriod, model: Any, fields: list[models.Field]) -> list[str]:
    table = model._meta.db_table
    found: list[str] = []
    unguarded(table)
    for field in fields:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {field.column} = %s", [other(field)])
                assert cursor.rowcount
            if intact(PayPeriod.objects.get(pk=closed.pk)):
                found.append(str(field.column))
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(
    ("model", "columns"),
    [(RoyaltyEntry, ROYALTY), (RemunerationEntry, REMUNERATION)],
    ids=["royalty", "extra"],
)
def test_no_column_of_a_line_changes_unnoticed(closed: PayPeriod, model: Any, columns: Any) -> None:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    assert {field.attname for field in fields} == {*columns, "period_id"}
    assert intact(closed)
    assert unnoticed(closed, model, fields) == []


def test_no_sum_nor_day_of_the_period_changes_unnoticed(closed: PayPeriod) -> None:
    names = ("first_day", "last_day", "digest", "total", "royalties", "remuneration", "lines")
    fields: list[Any] = [PayPeriod._meta.get_field(name) for name in names]
    unguarded("compliance_royaltyentry")
    assert unnoticed(closed, PayPeriod, [field for field in fields if field.name != "last_day"]) == []


def test_what_was_closed_by_the_first_way_is_verified_by_it(closed: PayPeriod) -> None:
    assert closed.digest.startswith("2:")
    unguarded("compliance_payperiod")
    first = first_digest(closed)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE compliance_payperiod SET digest = %s", [first])
    assert intact(PayPeriod.objects.get(pk=closed.pk))
    unguarded("compliance_royaltyentry")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE compliance_royaltyentry SET amount = amount + 1")
    assert not intact(PayPeriod.objects.get(pk=closed.pk))


def test_the_command_names_what_was_altered(closed: PayPeriod, capsys: Any) -> None:
    call_command("verify_periods")
    unguarded("compliance_royaltyentry")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE compliance_royaltyentry SET title = 'B'")
    with pytest.raises(CommandError):
        call_command("verify_periods")
    assert str(closed) in capsys.readouterr().out
