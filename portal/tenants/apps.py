"""App configuration: signals and system checks are connected when Django is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenantsConfig(AppConfig):
    """Organisations and their schemas."""

    name = "portal.tenants"
    label = "tenants"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        """Connect the system checks and the signals that keep caches true."""
        from . import checks, content_types, page_cache, signals  # noqa: F401, PLC0415  (models are ready only now)

        content_types.install()
