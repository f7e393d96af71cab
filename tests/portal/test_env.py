"""Settings from the environment: typed, checked, and loud in production."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from portal.settings.env import DEMO_PAYEE_KEY, DEMO_SECRET, ROOT, SQLITE_OPTIONS, Environment, SettingError

pytestmark = pytest.mark.unit

STRONG = "mZ3k9Qw7Xt2Lr8Vb5Nc1Hy6Jd4Gf0SpUaEoTiKqWzRxYvBnMh-_sCgDlFu"
PAYEE_KEY = "b2Zmc3ByaW5nIG9mIGEgZGllLCB0aHJvd24gb25jZSE="
COMPLETE = {
    "SECRET_KEY": STRONG,
    "PORTAL_HOST": "portal.example",
    "DATABASE_URL": "postgres://u:p@db/portal",
}


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> Environment:
    monkeypatch.delenv("A_SETTING", raising=False)
    return Environment()


def test_a_missing_value_names_the_variable(env: Environment) -> None:
    with pytest.raises(SettingError, match="A_SETTING is not set"):
        env.text("A_SETTING")


def test_an_empty_value_counts_as_missing(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "  ")
    with pytest.raises(SettingError, match="A_SETTING is not set"):
        env.text("A_SETTING")


@pytest.mark.parametrize(
    ("raw", "value"), [("true", True), ("YES", True), ("1", True), ("off", False), ("0", False)]
)
def test_a_flag(env: Environment, monkeypatch: pytest.MonkeyPatch, raw: str, value: bool) -> None:
    monkeypatch.setenv("A_SETTING", raw)
    assert env.flag("A_SETTING", default=not value) is value


def test_a_flag_that_is_neither(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "maybe")
    with pytest.raises(SettingError, match="'maybe' is not a yes or no"):
        env.flag("A_SETTING", default=True)


@pytest.mark.parametrize(("raw", "message"), [("8k", "not a whole number"), ("0", "out of range: 1 to 10")])
def test_a_bad_number(env: Environment, monkeypatch: pytest.MonkeyPatch, raw: str, message: str) -> None:
    monkeypatch.setenv("A_SETTING", raw)
    with pytest.raises(SettingError, match=f"A_SETTING.*{message}"):
        env.number("A_SETTING", 5, least=1, most=10)


def test_a_number_has_a_default(env: Environment) -> None:
    assert env.number("A_SETTING", 5) == 5


def test_a_choice_is_one_of_those_named(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.choice("PORTAL_TEST", "one", ("one", "two")) == "one"
    monkeypatch.setenv("PORTAL_TEST", "two")
    assert env.choice("PORTAL_TEST", "one", ("one", "two")) == "two"
    monkeypatch.setenv("PORTAL_TEST", "three")
    with pytest.raises(SettingError, match="one, two"):
        env.choice("PORTAL_TEST", "one", ("one", "two"))


def test_names_are_split_and_trimmed(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", " one.example, ,two.example ")
    assert env.names("A_SETTING") == ["one.example", "two.example"]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("", "A_SETTING is not set"),
        (DEMO_SECRET, "is the demo secret"),
        ("demo" + STRONG, "is the demo secret"),
        (STRONG[:49], "too weak"),
        ("ab" * 40, "too weak"),
    ],
)
def test_a_secret_must_be_one(
    env: Environment, monkeypatch: pytest.MonkeyPatch, raw: str, message: str
) -> None:
    monkeypatch.setenv("A_SETTING", raw)
    with pytest.raises(SettingError, match=message):
        env.secret("A_SETTING")


def test_a_strong_secret_is_taken(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", STRONG)
    assert env.secret("A_SETTING") == STRONG


def test_sqlite_gets_its_options(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "sqlite:///data/portal.sqlite3")
    config = env.database("A_SETTING")
    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert config["OPTIONS"] == SQLITE_OPTIONS
    assert "foreign_keys=ON" in config["OPTIONS"]["init_command"]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql(env: Environment, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("A_SETTING", f"{scheme}://clerk:p%40ss@db.example:5433/portal?sslmode=require")
    config = env.database("A_SETTING")
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["USER"], config["PASSWORD"], config["HOST"]) == ("clerk", "p@ss", "db.example")
    assert (config["PORT"], config["NAME"], config["OPTIONS"]) == (5433, "portal", {"sslmode": "require"})
    assert config["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize("url", ["mysql://root@localhost/portal", "oracle://host/portal", "nonsense"])
def test_another_database_is_refused(env: Environment, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("A_SETTING", url)
    with pytest.raises(SettingError, match="A_SETTING"):
        env.database("A_SETTING")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": DEMO_SECRET}, "SECRET_KEY is the demo secret"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": STRONG}, "PORTAL_HOST is not set"),
        ({"SECRET_KEY": STRONG, "PORTAL_HOST": "portal.example"}, "DATABASE_URL is not set"),
        (COMPLETE, "PAYEE_KEYS is not set"),
        ({**COMPLETE, "PAYEE_KEYS": DEMO_PAYEE_KEY}, "PAYEE_KEYS is the demo key"),
        ({**COMPLETE, "PAYEE_KEYS": f"{PAYEE_KEY},short"}, "PAYEE_KEYS holds a key that is not 32"),
        ({**COMPLETE, "PAYEE_KEYS": "A" * 43 + "="}, "PAYEE_KEYS holds a key that is not 32"),
    ],
    ids=[
        "nothing",
        "demo secret",
        "weak secret",
        "no host",
        "no database",
        "no key",
        "demo key",
        "short key",
        "dull key",
    ],
)
def test_production_refuses_to_start(given: dict[str, str], message: str) -> None:
    run = _load_production(given)
    assert run.returncode != 0
    assert message in run.stderr


def test_production_never_probes_the_inside() -> None:
    given = {
        "SECRET_KEY": STRONG,
        "PORTAL_HOST": "portal.example",
        "DATABASE_URL": "postgres://u:p@db/portal",
        "PAYEE_KEYS": PAYEE_KEY,
    }
    run = _load_production({**given, "PORTAL_PROBE_ALLOW_PRIVATE": "yes"})
    assert run.returncode != 0
    assert "PORTAL_PROBE_ALLOW_PRIVATE is for tests only" in run.stderr


def test_production_starts_with_what_it_needs() -> None:
    given = {
        "SECRET_KEY": STRONG,
        "PORTAL_HOST": "portal.example",
        "DATABASE_URL": "postgres://u:p@db/portal",
        "PAYEE_KEYS": PAYEE_KEY,
    }
    run = _load_production(given)
    assert (run.returncode, run.stdout.strip()) == (0, "False ['portal.example']")


def _load_production(given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    code = "from portal.settings import production as p; print(p.DEBUG, p.ALLOWED_HOSTS)"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_variable_is_documented() -> None:
    used: set[str] = set()
    for path in (ROOT / "portal" / "settings").glob("*.py"):
        used |= set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", path.read_text(encoding="utf-8")))
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.M)
    )
    assert used | {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"} <= documented
