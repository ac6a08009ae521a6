"""Who may do what with schools: staff of their municipality, by permission, and nobody may delete one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from mentoring_reports.tenancy import current_organisation, is_municipality

from .models import Organisation, OrganisationType, Territory


class OwnSchoolsPolicy(ModelPermissionPolicy):
    """Permissions of the municipality's users over its own schools; in a school's admin there are none."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Say whether the user may do this with schools at all."""
        return action != "delete" and is_municipality() and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User | AnonymousUser, actions: Any) -> bool:
        """Say whether the user may do one of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: User | AnonymousUser, action: str, instance: Any) -> bool:
        """Say whether the user may do this with this school: it must be the municipality's own."""
        return instance.municipality == current_organisation() and self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: User | AnonymousUser, actions: Any, instance: Any) -> bool:
        """Say whether the user may do one of these with this school."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: User | AnonymousUser, actions: Any) -> QuerySet:
        """Return the municipality's own schools, or none."""
        if not self.user_has_any_permission(user, actions):
            return Organisation.objects.none()
        return Organisation.objects.schools().filter(municipality=current_organisation())


class GroupingPolicy(ModelPermissionPolicy):
    """Territories and types are kept by those who may change schools; what schools use cannot be deleted."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Say whether the user may do this with a grouping at all."""
        return own_schools.user_has_permission(user, "view" if action == "view" else "change")

    def user_has_any_permission(self, user: User | AnonymousUser, actions: Any) -> bool:
        """Say whether the user may do one of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: User | AnonymousUser, action: str, instance: Any) -> bool:
        """Say whether the user may do this with this one: a territory must be the municipality's own."""
        owner = getattr(instance, "municipality", None)
        return owner in (None, current_organisation()) and self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: User | AnonymousUser, actions: Any, instance: Any) -> bool:
        """Say whether the user may do one of these with this one."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)


own_schools = OwnSchoolsPolicy(Organisation)
register_permission_policy(Organisation, own_schools, exact_class=True)
territories = GroupingPolicy(Territory)
register_permission_policy(Territory, territories, exact_class=True)
organisation_types = GroupingPolicy(OrganisationType)
register_permission_policy(OrganisationType, organisation_types, exact_class=True)
