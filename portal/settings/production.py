"""Production: refuses to start when a secret, a host name or a database is missing."""

from portal.settings.base import *  # noqa: F403 - settings are a flat name space
from portal.settings.base import PORTAL_PROBE_ALLOW_PRIVATE, STORAGES, env
from portal.settings.env import SettingError

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY")
PORTAL_HOST = env.text("PORTAL_HOST")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS") or [PORTAL_HOST]
DATABASES = {"default": env.database("DATABASE_URL")}
PORTAL_PAYEE_KEYS = env.keys("PAYEE_KEYS")
WAGTAILADMIN_BASE_URL = env.text("WAGTAILADMIN_BASE_URL", f"https://{PORTAL_HOST}")
PORTAL_PORT = env.number("PORTAL_PORT", 443, least=1, most=65535)

if PORTAL_PROBE_ALLOW_PRIVATE:
    raise SettingError("PORTAL_PROBE_ALLOW_PRIVATE is for tests only. Take it out of the environment.")

SILENCED_SYSTEM_CHECKS = ["security.W019"]  # SAMEORIGIN: the editor previews pages in a frame of its own
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", default=False)
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise SettingError("EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other. Set one of them to false.")
EMAIL_TIMEOUT = env.number("EMAIL_TIMEOUT", 10, least=1, most=60)
DEFAULT_FROM_EMAIL = env.sender("DEFAULT_FROM_EMAIL", f"no-reply@{PORTAL_HOST}")
