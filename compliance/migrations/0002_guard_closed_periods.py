"""Triggers that keep closed periods as they are, whoever writes: model, bulk update or plain SQL.

SQLite rebuilds a table when a column changes and drops its triggers: a later migration that alters
compliance_payperiod or compliance_royaltyentry must end with ``install`` of this one (a test looks for them).
"""

from typing import Any

from django.db import migrations

_FROZEN = "('closed', 'paid')"

_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION compliance_guard_entry() RETURNS trigger AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND EXISTS (
    SELECT 1 FROM compliance_payperiod p WHERE p.id = OLD.period_id AND p.status IN {_FROZEN}) THEN
    RAISE EXCEPTION 'compliance: the period of this line is closed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP <> 'DELETE' AND EXISTS (
    SELECT 1 FROM compliance_payperiod p WHERE p.id = NEW.period_id AND p.status IN {_FROZEN}) THEN
    RAISE EXCEPTION 'compliance: the period of this line is closed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION compliance_guard_period() RETURNS trigger AS $$
BEGIN
  IF OLD.status IN {_FROZEN} THEN
    IF TG_OP = 'DELETE' THEN
      RAISE EXCEPTION 'compliance: a closed period stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.status NOT IN {_FROZEN} OR (OLD.status = 'paid' AND NEW.status <> 'paid')
       OR NEW.total <> OLD.total OR NEW.lines <> OLD.lines OR NEW.digest <> OLD.digest
       OR NEW.first_day <> OLD.first_day OR NEW.last_day <> OLD.last_day
       OR NEW.authority_id <> OLD.authority_id OR NEW.counts::text <> OLD.counts::text
       OR NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id
       OR NEW.approved_at IS DISTINCT FROM OLD.approved_at
       OR NEW.closed_by_id IS DISTINCT FROM OLD.closed_by_id
       OR NEW.closed_at IS DISTINCT FROM OLD.closed_at
       OR (OLD.status = 'paid' AND NEW.paid_at IS DISTINCT FROM OLD.paid_at) THEN
      RAISE EXCEPTION 'compliance: a closed period stays' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION compliance_guard_truncate() RETURNS trigger AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM compliance_payperiod p WHERE p.status IN {_FROZEN}) THEN
    RAISE EXCEPTION 'compliance: a closed period stays' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$ LANGUAGE plpgsql;
DROP TRIGGER IF EXISTS compliance_entry_truncate ON compliance_royaltyentry;
CREATE TRIGGER compliance_entry_truncate BEFORE TRUNCATE ON compliance_royaltyentry
  FOR EACH STATEMENT EXECUTE FUNCTION compliance_guard_truncate();
DROP TRIGGER IF EXISTS compliance_period_truncate ON compliance_payperiod;
CREATE TRIGGER compliance_period_truncate BEFORE TRUNCATE ON compliance_payperiod
  FOR EACH STATEMENT EXECUTE FUNCTION compliance_guard_truncate();
DROP TRIGGER IF EXISTS compliance_entry_guard ON compliance_royaltyentry;
CREATE TRIGGER compliance_entry_guard BEFORE INSERT OR UPDATE OR DELETE ON compliance_royaltyentry
  FOR EACH ROW EXECUTE FUNCTION compliance_guard_entry();
DROP TRIGGER IF EXISTS compliance_period_guard ON compliance_payperiod;
CREATE TRIGGER compliance_period_guard BEFORE UPDATE OR DELETE ON compliance_payperiod
  FOR EACH ROW EXECUTE FUNCTION compliance_guard_period();
"""


def _sqlite_entry(event: str, row: str) -> str:
    name = f"compliance_entry_guard_{event.lower()}_{row.lower()}"
    return f"""CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON compliance_royaltyentry
WHEN EXISTS (SELECT 1 FROM compliance_payperiod p WHERE p.id = {row}.period_id AND p.status IN {_FROZEN})
BEGIN SELECT RAISE(ABORT, 'compliance: the period of this line is closed'); END"""


_SQLITE = [
    _sqlite_entry("INSERT", "NEW"),
    _sqlite_entry("UPDATE", "OLD"),
    _sqlite_entry("UPDATE", "NEW"),
    _sqlite_entry("DELETE", "OLD"),
    # REPLACE deletes without the delete trigger unless recursive_triggers is on: refuse it beforehand.
    f"""CREATE TRIGGER IF NOT EXISTS compliance_entry_guard_replace BEFORE INSERT ON compliance_royaltyentry
WHEN EXISTS (SELECT 1 FROM compliance_royaltyentry e JOIN compliance_payperiod p ON p.id = e.period_id
  WHERE p.status IN {_FROZEN} AND e.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'compliance: the period of this line is closed'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS compliance_period_guard_replace BEFORE INSERT ON compliance_payperiod
WHEN EXISTS (SELECT 1 FROM compliance_payperiod p WHERE p.status IN {_FROZEN}
  AND (p.id = NEW.id OR (p.authority_id = NEW.authority_id AND p.first_day = NEW.first_day)))
BEGIN SELECT RAISE(ABORT, 'compliance: a closed period stays'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS compliance_period_guard_delete BEFORE DELETE ON compliance_payperiod
WHEN OLD.status IN {_FROZEN}
BEGIN SELECT RAISE(ABORT, 'compliance: a closed period stays'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS compliance_period_guard_update BEFORE UPDATE ON compliance_payperiod
WHEN OLD.status IN {_FROZEN} AND (NEW.status NOT IN {_FROZEN} OR (OLD.status = 'paid' AND NEW.status <> 'paid')
  OR NEW.total <> OLD.total OR NEW.lines <> OLD.lines OR NEW.digest <> OLD.digest
  OR NEW.first_day <> OLD.first_day OR NEW.last_day <> OLD.last_day
  OR NEW.authority_id <> OLD.authority_id OR NEW.counts <> OLD.counts
  OR NEW.approved_by_id IS NOT OLD.approved_by_id OR NEW.approved_at IS NOT OLD.approved_at
  OR NEW.closed_by_id IS NOT OLD.closed_by_id OR NEW.closed_at IS NOT OLD.closed_at
  OR (OLD.status = 'paid' AND NEW.paid_at IS NOT OLD.paid_at))
BEGIN SELECT RAISE(ABORT, 'compliance: a closed period stays'); END""",
]


def install(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL)
    else:
        for statement in _SQLITE:
            schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS compliance_guard_entry() CASCADE")
        schema_editor.execute("DROP FUNCTION IF EXISTS compliance_guard_period() CASCADE")
        schema_editor.execute("DROP FUNCTION IF EXISTS compliance_guard_truncate() CASCADE")
        return
    for statement in _SQLITE:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {statement.split()[5]}")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
