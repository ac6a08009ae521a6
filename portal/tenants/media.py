"""Uploaded images, served by the host of the tenant that owns them. Documents go through Wagtail's own view only."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.static import serve

# Originals may be private to a collection; what pages show is made of renditions.
PUBLIC_FOLDERS = ("images/", "original_images/")


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a picture from the current tenant's folder; anything else is not found."""
    if not path.startswith(PUBLIC_FOLDERS):
        raise Http404(_("There is no such file here."))
    return serve(request, path, document_root=default_storage.path(""))
