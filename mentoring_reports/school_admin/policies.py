"""Who may do what with a school's own records: its users, by permission. In a municipality nobody, superusers included.

Both kinds of tenant have the same tables, so a policy that looked at permissions alone would open an empty register
in the municipality's admin.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from mentoring_reports.tenancy import is_school

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

ANY = ("add", "change", "delete", "view")


class SchoolPolicy(ModelPermissionPolicy):
    """Django's model permissions, inside a school only."""

    @property
    def _content_type(self) -> ContentType:
        # Looked up each time: Wagtail keeps it for the process, and ids may differ from tenant to tenant.
        return ContentType.objects.get_for_model(self.auth_model)

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        """Say whether the user may do this, here."""
        return is_school() and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractUser, actions: Iterable[str]) -> bool:
        """Say whether the user may do one of these, here."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: AbstractUser, action: str, instance: Model) -> bool:
        """Say whether the user may do this with the row; rows do not differ."""
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: AbstractUser, actions: Iterable[str], instance: Model) -> bool:
        """Say whether the user may do one of these with the row."""
        return self.user_has_any_permission(user, actions)

    def instances_user_has_any_permission_for(self, user: AbstractUser, actions: Iterable[str]) -> QuerySet[Any]:
        """Return all rows, or none."""
        rows = self.model._default_manager
        return rows.all() if self.user_has_any_permission(user, actions) else rows.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the school's users who may do one of these."""
        users = super().users_with_any_permission(actions)
        return users if is_school() else users.none()


def keep_in_schools(*models: type[Model]) -> None:
    """Register the policy for the models; called when an app is ready, before anything asks for a policy."""
    for model in models:
        register_permission_policy(model, SchoolPolicy(model))
