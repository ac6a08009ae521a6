"""Settings shared by every environment. Nothing here may leak between tenants: see `portal.tenants.checks`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from portal.embedded_postgres import database_url

BASE_DIR = Path(__file__).resolve().parents[2]
# Everything the portal writes while it runs: the embedded server's data, media, cache. Git-ignored.
VAR_DIR = Path(os.environ.get("PORTAL_VAR", BASE_DIR / "var")).resolve()

# --- Apps ------------------------------------------------------------------------------------------------------------
# The two lists never overlap: no query can fall through the search path from a school's missing table to `public`.
SHARED_APPS = [
    "portal.tenants",  # before django_tenants: its `migrate` replaces theirs
    "django_tenants",
    "procrastinate.contrib.django",  # the queue of background jobs: its tables live in `public` only
    "mentoring_reports.jobs",
    "mentoring_reports.indicators",
    "mentoring_reports.roadmap_templates",
    "mentoring_reports.submissions",
    "mentoring_reports.notices",
    "mentoring_reports.publications",
]
# One list for municipality and schools: Wagtail deletes a page through every page model there is.
TENANT_APPS = [
    "portal.website",
    "portal.dashboard",
    "portal.demonstration",
    "schools",
    "mentoring_reports.register",
    "mentoring_reports.roadmaps",
    "mentoring_reports.reports",
    "mentoring_reports.review",
    "mentoring_reports.workbooks",
    "mentoring_reports.letters",
    # Left out on purpose: wagtail.sites (a Site's host is the tenant's, never edited by hand),
    # wagtail.contrib.forms (caches form types per process), modelsearch (comes with wagtail.search).
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]

# --- Tenants ---------------------------------------------------------------------------------------------------------
TENANT_MODEL = "tenants.Organisation"
TENANT_DOMAIN_MODEL = "tenants.Domain"
HAS_MULTI_TYPE_TENANTS = True
MULTI_TYPE_DATABASE_FIELD = "kind"
TENANT_TYPES: dict[str, dict[str, Any]] = {
    "public": {"APPS": SHARED_APPS, "URLCONF": "portal.urls_nowhere"},
    "municipality": {"APPS": TENANT_APPS, "URLCONF": "portal.urls_municipality"},
    "school": {"APPS": TENANT_APPS, "URLCONF": "portal.urls_school"},
}
ROOT_URLCONF = "portal.urls_school"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
TENANT_LIMIT_SET_CALLS = True
# What a new tenant of each kind is given inside its schema: (build once into the template, adapt to one tenant).
TENANT_CONTENT = {
    "school": "schools.provisioning.SchoolContent",
    "municipality": "portal.website.provisioning.MunicipalityContent",
}

TENANT_EDITOR_GROUPS = ["Кураторы"]  # what the invited editor of a new school belongs to


# --- Database --------------------------------------------------------------------------------------------------------
def database(var_dir: Path, *, durable: bool = True) -> dict[str, Any]:
    """Return the database that DATABASE_URL names; without that, the embedded server's in a folder."""
    parsed = dj_database_url.parse(
        os.environ.get("DATABASE_URL") or database_url(var_dir, durable=durable),
        engine="django_tenants.postgresql_backend",
        conn_max_age=600,
        conn_health_checks=True,
    )
    return dict(parsed)


DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Requests --------------------------------------------------------------------------------------------------------
MIDDLEWARE = [
    "portal.tenants.middleware.TenantMiddleware",
    "portal.tenants.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
# The tenant middleware answers 404 to any host that is not a tenant's domain, so the list of domains is the list.
ALLOWED_HOSTS = ["*"]
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview is a frame of the same host
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # inside the tenant's schema; no cookie domain, ever
SESSION_COOKIE_HTTPONLY = True
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a report form and Wagtail's page editor are long

# --- Caches: every one keyed by schema -------------------------------------------------------------------------------
REDIS_URL = os.environ.get("REDIS_URL")


def _cache(name: str, entries: int) -> dict[str, Any]:
    """Return one cache: Redis where several machines share the work, otherwise files that all processes share."""
    keys = {
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
        "KEY_PREFIX": name,
    }
    if REDIS_URL:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, **keys}
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache" / name,
        "OPTIONS": {"MAX_ENTRIES": entries},
        **keys,
    }


CACHES = {
    "default": _cache("default", 10_000),
    "renditions": _cache("renditions", 10_000),
    "pages": _cache("pages", 20_000),
}

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "portal.tenants.storage.TenantStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский")]  # the interface is Russian; another language needs its catalogue first
LOCALE_PATHS = [BASE_DIR / "mentoring_reports" / "locale", BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("PORTAL_TIME_ZONE", "Europe/Moscow")

# --- Wagtail ---------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = _("Mentoring")
WAGTAILADMIN_USER_LOGIN_FORM = "portal.tenants.login.LoginForm"
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # Latin addresses of pages can be read aloud and typed
WAGTAIL_CONTENT_LANGUAGES = [("ru", "Русский")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ru", "Русский")]
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "russian"},
}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
# Wagtail's own tasks run at once: a worker would run them in `public`.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def _current_base_url() -> str:
    """Return the current tenant's own address; without a tenant, the portal's."""
    from portal.tenants.addresses import base_url  # noqa: PLC0415  (models are not ready when settings load)

    return base_url()


# One setting for all in Wagtail, so it is made at each use: a letter from a school links to that school.
WAGTAILADMIN_BASE_URL = lazy(_current_base_url, str)()

MENTORING_REPORT_FORM = BASE_DIR / "fixtures" / "report_form.json"
MENTORING_ROADMAP_TEMPLATE = BASE_DIR / "fixtures" / "roadmap_template.json"
# Which published pages count for a data element; how to write them: mentoring_reports/reports/published.py.
MENTORING_COUNTED_PAGES = {
    "publications": ["schools.NewsPage", "schools.PracticePage"],
    "rubrics": ["schools.MentoringPage/*"],
    "practices_shared": ["schools.PracticePage.shared_on"],
}

# --- The portal ------------------------------------------------------------------------------------------------------
PORTAL_SCHEME = os.environ.get("PORTAL_SCHEME", "http")
PORTAL_PORT = os.environ.get("PORTAL_PORT", "8000")  # empty where a web server in front listens on 80 or 443

# --- Mail: see docs/mail.md ------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("PORTAL_FROM_EMAIL", "portal@portal.localhost")
# Where letters come back to, for instance bounces@example.ru: each letter adds `+organisation.token` to the local part.
MENTORING_BOUNCE_ADDRESS = os.environ.get("PORTAL_BOUNCE_ADDRESS", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
