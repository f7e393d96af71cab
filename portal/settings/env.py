"""Read the environment, typed and checked. Plain Python: no Django setting is touched here."""

from __future__ import annotations

import base64
import binascii
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import environ

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = ROOT / "var"

DEMO_SECRET = "demo-only-secret-key-for-development-never-in-production"
SHORTEST_SECRET = 50

#: Seals payee data on a developer's machine and in the demo; everybody can read it here.
DEMO_PAYEE_KEY = "ZGVtby1vbmx5LXBheWVlLWtleS1uby1wcm9kdWN0aSE="
KEY_BYTES = 32

#: What every SQLite connection gets: safe under several processes, foreign keys held.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;"  # so that REPLACE meets the guards of closed periods
    ),
}


class SettingError(Exception):
    """A variable of the environment is missing or wrong; the message says which and what to do."""


class Environment:
    """Typed access to the process environment; every failure names the variable."""

    def __init__(self) -> None:
        self._env = environ.Env()

    def text(self, name: str, default: str | None = None) -> str:
        value: str = self._env.str(name, default="" if default is None else default).strip()
        if not value and default is None:
            raise SettingError(
                f"{name} is not set. Give it a value in the environment (see docs/settings.md)."
            )
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        raw = self.text(name, "true" if default else "false").lower()
        if raw in {"1", "true", "yes", "on"}:
            return True
        if raw in {"0", "false", "no", "off"}:
            return False
        raise SettingError(f"{name}={raw!r} is not a yes or no. Use true or false.")

    def number(self, name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
        raw = self.text(name, str(default))
        try:
            value = int(raw)
        except ValueError:
            raise SettingError(f"{name}={raw!r} is not a whole number.") from None
        if not least <= value <= most:
            raise SettingError(f"{name}={value} is out of range: {least} to {most}.")
        return value

    def names(self, name: str, default: str = "") -> list[str]:
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise SettingError(f"{name}={value!r} is not known. Use one of: {', '.join(choices)}.")
        return value

    def secret(self, name: str) -> str:
        """A secret for production: present, long, and not the one that ships with the demo."""
        value = self.text(name)
        if value == DEMO_SECRET or value.startswith("demo"):
            raise SettingError(f"{name} is the demo secret. Generate one of your own for production.")
        if len(value) < SHORTEST_SECRET or len(set(value)) < 8:
            raise SettingError(
                f"{name} is too weak: at least {SHORTEST_SECRET} random characters are needed."
            )
        return value

    def keys(self, name: str) -> list[str]:
        """Keys that seal payee data, the newest first: 32 random bytes in URL-safe base64 each."""
        found = self.names(name)
        if not found:
            raise SettingError(
                f"{name} is not set. Give it a value in the environment (see docs/settings.md)."
            )
        for key in found:
            if key == DEMO_PAYEE_KEY:
                raise SettingError(f"{name} is the demo key. Generate one of your own for production.")
            try:
                usable = len(base64.b64decode(key, altchars=b"-_", validate=True)) == KEY_BYTES
            except (ValueError, binascii.Error):
                usable = False
            if not usable or len(set(key)) < 8:
                raise SettingError(f"{name} holds a key that is not 32 random bytes in URL-safe base64.")
        return found

    def sender(self, name: str, default: str) -> str:
        """A sender of e-mail: ``portal@example.vn`` or ``Name <portal@example.vn>``."""
        value = self.text(name, default)
        local, _at, host = parseaddr(value)[1].rpartition("@")
        if not local or not host or not value.isprintable():
            raise SettingError(f"{name}={value!r} is not an e-mail address. Use portal@example.vn.")
        return value

    def database(self, name: str = "DATABASE_URL", default: str | None = None) -> dict[str, Any]:
        """A Django DATABASES entry from a URL: ``sqlite:///path`` or ``postgres://…``."""
        url = self.text(name, default)
        try:
            config = dict(environ.Env.db_url_config(url))
        except Exception as error:
            raise SettingError(f"{name} cannot be read as a database address: {error}") from error
        engine = config.get("ENGINE", "")
        if engine == "django.db.backends.sqlite3":
            config["OPTIONS"] = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
        elif engine == "django.db.backends.postgresql":
            config.setdefault("CONN_MAX_AGE", 60)
            config["CONN_HEALTH_CHECKS"] = True
        else:
            raise SettingError(f"{name} must begin with sqlite:// or postgres://.")
        return config
