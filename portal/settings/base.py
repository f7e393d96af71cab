"""What is true on every machine."""

from django.utils.translation import gettext_lazy as _

from portal.settings.env import ROOT, VAR, Environment

env = Environment()

INSTALLED_APPS = [
    "wagtail.contrib.redirects",  # before ours: its policy would be a global right, ours takes its place
    "portal.apps.PortalConfig",
    "compliance.apps.ComplianceConfig",
    "sitepages.apps.SitepagesConfig",
    "theme.apps.ThemeConfig",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.apps.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",  # wagtail_modeladmin needs its filters; its URLs are not mounted
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sitepages.middleware.VisitMiddleware",
    "sitepages.pagecache.middleware.PageCacheMiddleware",
    "sitepages.middleware.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sitepages.middleware.NormalizedTextMiddleware",
    "sitepages.middleware.FrameMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sitepages.redirects.MovedPagesMiddleware",  # innermost: what it answers passes through all others
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
AUTH_USER_MODEL = "portal.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES = {"default": env.database(default=f"sqlite:///{VAR / 'portal.sqlite3'}")}
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")

#: Public pages are kept as they were sent until something on their portal changes: how many each process
#: keeps (half as many lists asked in some way beside), for how long at most, and for how long a browser may.
PORTAL_KEEP_PAGES = env.flag("PORTAL_KEEP_PAGES", default=True)
PORTAL_PAGES_KEPT = env.number("PORTAL_PAGES_KEPT", 500, least=10, most=100_000)
PORTAL_PAGE_SECONDS = env.number("PORTAL_PAGE_SECONDS", 600, least=1, most=86_400)
PORTAL_BROWSER_SECONDS = env.number("PORTAL_BROWSER_SECONDS", 0, least=0, most=3600)

_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _MEMORY},
    "pages": {"BACKEND": _MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": PORTAL_PAGES_KEPT}},
    "page_lists": {
        "BACKEND": _MEMORY,
        "LOCATION": "page_lists",
        "OPTIONS": {"MAX_ENTRIES": PORTAL_PAGES_KEPT // 2},
    },
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "vi"  # whatever the browser asks for; /en/ is English; staff choose in their account
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "portal" / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
#: Uploaded files of the past, until they are imported: never served.
PORTAL_IMPORTS = VAR / "imports"
#: Files sent with questions of citizens, sealed: never served.
PORTAL_QUESTIONS = VAR / "questions"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "theme.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"

WAGTAIL_SITE_NAME = _("Information portal")
WAGTAIL_CONTENT_LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]  # the first is the source
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
WAGTAILREDIRECTS_AUTO_CREATE = True  # a renamed page is still found at its old address
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # would send staff e-mail digests abroad
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "none"  # would answer with other units' draft titles
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "sitepages.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "sitepages.PortalDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "sitepages.models.image_form.PortalImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "doc", "docx", "xls", "xlsx", "odt", "ods", "zip", "rar"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "simple"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TAGGIT_CASE_INSENSITIVE = True

#: Host names of the sub-portals: ``{code}`` is the authority's code. A name given in
#: fixtures/authorities.toml wins over the pattern.
PORTAL_HOST = env.text("PORTAL_HOST", "localhost")
SUBPORTAL_HOST_PATTERN = env.text("SUBPORTAL_HOST_PATTERN", "{code}.localhost")
PORTAL_PORT = env.number("PORTAL_PORT", 8000, least=1, most=65535)
PORTAL_FIXTURES = ROOT / "fixtures"

#: How many of a month's confirmations somebody else looks at again, in percent.
PORTAL_RECHECK_SHARE = env.number("PORTAL_RECHECK_SHARE", 10, least=0, most=100)

#: Whether the texts of files are read for the search; in a process of their own.
PORTAL_READ_FILES = env.flag("PORTAL_READ_FILES", default=True)

#: Views of public pages: whether they are counted, how many seconds apart the counts are written, and words
#: of the User-Agent that tell further programs.
PORTAL_COUNT_VISITS = env.flag("PORTAL_COUNT_VISITS", default=True)
PORTAL_VISITS_SECONDS = env.number("PORTAL_VISITS_SECONDS", 10, least=1, most=3600)
PORTAL_VISIT_ROBOTS = env.names("PORTAL_VISIT_ROBOTS")

#: What royalties are to the tax law; since 2026 decrees use one name for two kinds of income.
PORTAL_ROYALTY_TAX_CLASS = env.choice(
    "PORTAL_ROYALTY_TAX_CLASS", "remuneration", ("remuneration", "copyright")
)

#: The outside probe. A private address is only ever read by tests; the contact stands in the User-Agent.
PORTAL_PROBE_ALLOW_PRIVATE = env.flag("PORTAL_PROBE_ALLOW_PRIVATE", default=False)
PORTAL_PROBE_CONTACT = env.text("PORTAL_PROBE_CONTACT", "")

#: Proxies in front that add to X-Forwarded-For; 0: the address of the connection is the reader's.
PORTAL_PROXIES = env.number("PORTAL_PROXIES", 0, least=0, most=5)

LOGIN_URL = "wagtailadmin_login"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
