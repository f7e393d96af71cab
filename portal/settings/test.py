"""Settings of the test suite: fast hashes, memory cache, files in a folder of their own."""

import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403 - settings are a flat name space
from portal.settings.base import DATABASES, SQLITE
from portal.settings.env import DEMO_PAYEE_KEY, DEMO_SECRET

DEBUG = False
SECRET_KEY = DEMO_SECRET
PORTAL_PAYEE_KEYS = [DEMO_PAYEE_KEY]
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PORTAL_COUNT_VISITS = False  # tests of counting turn it on
PORTAL_KEEP_PAGES = False  # tests of keeping turn it on
PORTAL_READ_FILES = False  # tests of reading turn it on
WAGTAILADMIN_BASE_URL = "http://localhost"
PORTAL_PORT = 80
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="portal-media-"))
PORTAL_QUESTIONS = Path(tempfile.mkdtemp(prefix="portal-questions-"))
PORTAL_IMPORTS = Path(tempfile.mkdtemp(prefix="portal-imports-"))
WHITENOISE_AUTOREFRESH = True

if SQLITE:  # a file, so that threads of a race test see one database
    DATABASES["default"]["TEST"] = {"NAME": str(MEDIA_ROOT / "test.sqlite3")}
