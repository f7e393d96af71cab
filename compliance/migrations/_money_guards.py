"""Triggers that keep closed periods, payments and readings of payee data as written, whoever writes.

SQLite rebuilds a table when a column changes and drops its triggers, and refuses the rebuild of a table that
other triggers ask: a later migration that alters compliance_payperiod, compliance_royaltyentry,
compliance_remunerationentry, compliance_payment, compliance_paymentline or compliance_payeereading begins
with ``lift`` and ends with ``install`` (a test looks for the guards).
"""

from importlib import import_module
from typing import Any


_FROZEN = "('closed', 'paid')"
_KEPT = "compliance: what was recorded stays"
_STAYS = "compliance: a closed period stays"
_CLOSED = "compliance: the period of this line is closed"
_ONCE = "compliance: a payment pays closed lines, and no more of them than it says"
_KEPT_TABLES = ("payment", "payeereading")

#: What of a frozen period never changes; `{0}` compares two columns with nulls told apart.
_FIXED = (
    "total", "royalties", "remuneration", "lines", "digest", "first_day", "last_day", "authority_id",
    "sent_by_id", "sent_at", "sent_back", "approved_by_id", "approved_at", "closed_by_id", "closed_at",
)  # fmt: skip
_LINE = ("id", "payment_id", "royalty_id", "remuneration_id", "amount")


def _changed(differs: str, columns: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)


def _period_changed(differs: str, counts: str) -> str:
    """A paid period may be closed again, and only so: when a payment of it was taken back."""
    return (
        f"NEW.status NOT IN {_FROZEN} OR {_changed(differs, _FIXED)} OR {counts}"
        f" OR (OLD.status = 'paid' AND NEW.status = 'paid' AND NEW.paid_at {differs} OLD.paid_at)"
        " OR (OLD.status = 'paid' AND NEW.status = 'closed' AND NEW.paid_at IS NOT NULL)"
    )


def _line_changed(differs: str) -> str:
    """A line of a payment is freed once that payment was taken back, and changes in no other way."""
    return (
        f"{_changed(differs, _LINE)} OR OLD.live IS NULL OR NEW.live IS NOT NULL OR NOT EXISTS"
        " (SELECT 1 FROM compliance_payment r WHERE r.reverses_id = OLD.payment_id)"
    )


_UNPAYABLE = f"""(SELECT count(*) FROM compliance_paymentline l WHERE l.payment_id = NEW.payment_id)
  >= (SELECT p.lines FROM compliance_payment p WHERE p.id = NEW.payment_id)
  OR NOT EXISTS (SELECT 1 FROM compliance_payperiod d WHERE d.status IN {_FROZEN} AND d.id IN (
    SELECT e.period_id FROM compliance_royaltyentry e WHERE e.id = NEW.royalty_id
    UNION SELECT m.period_id FROM compliance_remunerationentry m WHERE m.id = NEW.remuneration_id))"""


def _refusal(function: str, condition: str, text: str, code: str = "integrity_constraint_violation") -> str:
    return f"""CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS $$
BEGIN
  IF {condition} THEN RAISE EXCEPTION '{text}' USING ERRCODE = '{code}'; END IF;
  IF TG_LEVEL = 'STATEMENT' THEN RETURN NULL; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
"""


def _attached(name: str, table: str, when: str, function: str, level: str = "ROW") -> str:
    return f"""DROP TRIGGER IF EXISTS {name} ON compliance_{table};
CREATE TRIGGER {name} BEFORE {when} ON compliance_{table} FOR EACH {level} EXECUTE FUNCTION {function}();
"""


def _postgresql() -> str:
    period = _period_changed("IS DISTINCT FROM", "NEW.counts::text <> OLD.counts::text")
    parts = [
        _refusal(
            "compliance_guard_period",
            f"OLD.status IN {_FROZEN} AND (TG_OP = 'DELETE' OR {period})",
            _STAYS,
        ),
        _refusal("compliance_guard_kept", "true", _KEPT),
        _refusal("compliance_guard_line_insert", _UNPAYABLE, _ONCE),
        _refusal("compliance_guard_line_update", _line_changed("IS DISTINCT FROM"), _KEPT),
        _refusal("compliance_guard_kept_truncate", "EXISTS (SELECT 1 FROM compliance_payment)", _KEPT),
        _refusal("compliance_guard_read_truncate", "EXISTS (SELECT 1 FROM compliance_payeereading)", _KEPT),
        _attached(
            "compliance_remuneration_guard",
            "remunerationentry",
            "INSERT OR UPDATE OR DELETE",
            "compliance_guard_entry",
        ),
        _attached(
            "compliance_remuneration_truncate",
            "remunerationentry",
            "TRUNCATE",
            "compliance_guard_truncate",
            "STATEMENT",
        ),
        _attached("compliance_line_insert", "paymentline", "INSERT", "compliance_guard_line_insert"),
        _attached("compliance_line_update", "paymentline", "UPDATE", "compliance_guard_line_update"),
        _attached("compliance_line_delete", "paymentline", "DELETE", "compliance_guard_kept"),
        _attached(
            "compliance_payeereading_truncate",
            "payeereading",
            "TRUNCATE",
            "compliance_guard_read_truncate",
            "STATEMENT",
        ),
    ]
    parts += [
        _attached(f"compliance_{table}_kept", table, "UPDATE OR DELETE", "compliance_guard_kept")
        for table in _KEPT_TABLES
    ]
    parts += [
        _attached(
            f"compliance_{table}_truncate", table, "TRUNCATE", "compliance_guard_kept_truncate", "STATEMENT"
        )
        for table in ("payment", "paymentline")
    ]
    return "".join(parts)


def _sqlite() -> list[str]:
    def refused(name: str, when: str, table: str, condition: str, text: str) -> str:
        return (
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {when} ON compliance_{table}\n"
            f"WHEN {condition}\nBEGIN SELECT RAISE(ABORT, '{text}'); END"
        )

    def of_closed(row: str) -> str:
        return (
            f"EXISTS (SELECT 1 FROM compliance_payperiod p WHERE p.id = {row}.period_id"
            f" AND p.status IN {_FROZEN})"
        )

    def same_id(table: str) -> str:  # REPLACE passes by the delete trigger unless recursive_triggers is on
        return f"EXISTS (SELECT 1 FROM compliance_{table} o WHERE o.id = NEW.id)"

    remuneration = "remunerationentry"
    found = [
        refused(
            "compliance_period_guard_change",
            "UPDATE",
            "payperiod",
            f"OLD.status IN {_FROZEN} AND ({_period_changed('IS NOT', 'NEW.counts <> OLD.counts')})",
            _STAYS,
        ),
        *(
            refused(
                f"compliance_remuneration_guard_{when.lower()}_{row.lower()}",
                when,
                remuneration,
                of_closed(row),
                _CLOSED,
            )
            for when, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
        ),
        refused(
            "compliance_remuneration_guard_replace",
            "INSERT",
            remuneration,
            f"EXISTS (SELECT 1 FROM compliance_{remuneration} o JOIN compliance_payperiod p"
            f" ON p.id = o.period_id WHERE p.status IN {_FROZEN} AND o.id = NEW.id)",
            _CLOSED,
        ),
        refused("compliance_line_insert", "INSERT", "paymentline", _UNPAYABLE, _ONCE),
        refused("compliance_line_replace", "INSERT", "paymentline", same_id("paymentline"), _KEPT),
        refused("compliance_line_update", "UPDATE", "paymentline", _line_changed("IS NOT"), _KEPT),
        refused("compliance_line_delete", "DELETE", "paymentline", "1", _KEPT),
        refused(
            "compliance_payment_number",
            "INSERT",
            "payment",
            "EXISTS (SELECT 1 FROM compliance_payment o WHERE o.authority_id = NEW.authority_id"
            " AND o.year = NEW.year AND o.number = NEW.number)",
            _KEPT,
        ),
    ]
    for table in _KEPT_TABLES:
        found += [
            refused(f"compliance_{table}_kept_update", "UPDATE", table, "1", _KEPT),
            refused(f"compliance_{table}_kept_delete", "DELETE", table, "1", _KEPT),
            refused(f"compliance_{table}_kept_replace", "INSERT", table, same_id(table), _KEPT),
        ]
    return found


def install(apps: Any, schema_editor: Any) -> None:
    """All guards of money: those of 0002, as far as they still hold, and these."""
    import_module("compliance.migrations.0002_guard_closed_periods").install(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_postgresql())
        return
    # A paid period was paid for ever; since payments can be taken back, it may be closed again.
    schema_editor.execute("DROP TRIGGER IF EXISTS compliance_period_guard_update")
    for statement in _sqlite():
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for function in (
            "kept", "line_insert", "line_update", "kept_truncate", "read_truncate",
        ):  # fmt: skip
            schema_editor.execute(f"DROP FUNCTION IF EXISTS compliance_guard_{function}() CASCADE")
    else:
        for statement in _sqlite():
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {statement.split()[5]}")
    import_module("compliance.migrations.0002_guard_closed_periods").remove(apps, schema_editor)


def lift(apps: Any, schema_editor: Any) -> None:
    """Before a rebuild on SQLite; PostgreSQL keeps its triggers through a change of columns."""
    if schema_editor.connection.vendor == "sqlite":
        remove(apps, schema_editor)


def restore(apps: Any, schema_editor: Any) -> None:
    """The guards as 0002 made them."""
    import_module("compliance.migrations.0002_guard_closed_periods").install(apps, schema_editor)
