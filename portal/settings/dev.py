"""A developer's machine and the demo: no service but this process."""

from portal.settings.base import *  # noqa: F403 - settings are a flat name space
from portal.settings.base import PORTAL_PORT, env
from portal.settings.env import DEMO_PAYEE_KEY, DEMO_SECRET

DEBUG = env.flag("DEBUG", default=True)
PORTAL_KEEP_PAGES = env.flag("PORTAL_KEEP_PAGES", default=not DEBUG)  # a changed template shows at once
SECRET_KEY = env.text("SECRET_KEY", DEMO_SECRET)
PORTAL_PAYEE_KEYS = env.names("PAYEE_KEYS", DEMO_PAYEE_KEY)
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
EMAIL_FILE_PATH = env.text("EMAIL_FILE_PATH", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if EMAIL_FILE_PATH else 'console'}.EmailBackend"
WAGTAILADMIN_BASE_URL = f"http://localhost:{PORTAL_PORT}"
