"""Uploaded files: each tenant in a folder of its own, at addresses without the schema's name."""

from django.conf import settings
from django_tenants.files.storage import TenantFileSystemStorage


class TenantStorage(TenantFileSystemStorage):
    """Files of the current tenant; `/media/` of a host leads to that host's folder only."""

    @property
    def base_url(self) -> str:
        """Return `MEDIA_URL`: the host says whose files these are, the path does not."""
        return settings.MEDIA_URL
