"""No more than the plugin and Wagtail's admin ask for, as README.md says."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url

HERE = Path(__file__).resolve().parents[3]
SHARED_APPS = [
    "django_tenants",
    "elsewhere",
    "procrastinate.contrib.django",
    "mentoring_reports.jobs",
    "mentoring_reports.indicators",
    "mentoring_reports.roadmap_templates",
    "mentoring_reports.submissions",
    "mentoring_reports.notices",
    "mentoring_reports.publications",
]
TENANT_APPS = [
    "mentoring_reports.register",
    "mentoring_reports.roadmaps",
    "mentoring_reports.reports",
    "mentoring_reports.review",
    "mentoring_reports.workbooks",
    "mentoring_reports.letters",
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
TENANT_MODEL = "elsewhere.Body"
TENANT_DOMAIN_MODEL = "elsewhere.Host"
HAS_MULTI_TYPE_TENANTS = True
MULTI_TYPE_DATABASE_FIELD = "kind"
TENANT_TYPES = {
    "public": {"APPS": SHARED_APPS, "URLCONF": "elsewhere.urls"},
    "municipality": {"APPS": TENANT_APPS, "URLCONF": "elsewhere.urls"},
    "school": {"APPS": TENANT_APPS, "URLCONF": "elsewhere.urls"},
}
TENANT_LIMIT_SET_CALLS = True
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]
DATABASES = {
    "default": dj_database_url.parse(os.environ["ELSEWHERE_DATABASE"], engine="django_tenants.postgresql_backend")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECRET_KEY = "for-tests-only-" + "y" * 40
ROOT_URLCONF = "elsewhere.urls"
ALLOWED_HOSTS = ["*"]
MIDDLEWARE = [
    "django_tenants.middleware.main.TenantMainMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "KEY_FUNCTION": "django_tenants.cache.make_key"}
    for name in ("default", "renditions")
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_URL = "/static/"
MEDIA_ROOT = os.environ["ELSEWHERE_MEDIA"]
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский")]
LOCALE_PATHS = [HERE / "mentoring_reports" / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/Moscow"
WAGTAIL_SITE_NAME = "Elsewhere"
WAGTAILADMIN_BASE_URL = "http://elsewhere.test"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "russian"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

MENTORING_REPORT_FORM = HERE / "fixtures" / "report_form.json"
MENTORING_ROADMAP_TEMPLATE = HERE / "fixtures" / "roadmap_template.json"
