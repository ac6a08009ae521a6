"""The first user of a school: an account without a password and a letter with a link to set one."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from mentoring_reports.tenancy import tenant_connection

from .addresses import base_url


def create_editor(email: str) -> User:
    """Return the editor with this e-mail, in every group that the school's content made for its staff; made if new."""
    user, created = get_user_model().objects.get_or_create(
        username=email.lower(), defaults={"email": email.lower(), "is_active": True}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        user.groups.set(Group.objects.filter(name__in=settings.TENANT_EDITOR_GROUPS))
    return user


def invitation_link(user: User) -> str:
    """Return the address, at the tenant's own host, where the user sets a password; it works once."""
    path = reverse(
        "wagtailadmin_password_reset_confirm",
        urlconf=settings.TENANT_TYPES[tenant_connection.tenant.kind]["URLCONF"],
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        },
    )
    return base_url() + path


def send_invitation(user: User) -> None:
    """Mail the link to a user of the current tenant."""
    context = {"organisation": tenant_connection.tenant, "link": invitation_link(user), "user": user}
    send_mail(
        subject=_("Invitation to the site of %(name)s") % {"name": tenant_connection.tenant.short_name},
        message=render_to_string("tenants/invitation.txt", context),
        from_email=None,
        recipient_list=[user.email],
    )
