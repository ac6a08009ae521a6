"""Who may open the methodist's screens: staff of a municipality, by permission; in a school they do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem
from wagtail.permission_policies import ModelPermissionPolicy

from mentoring_reports.submissions.models import Round
from mentoring_reports.tenancy import current_organisation, is_municipality

from .rounds.locks import is_deletable

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponseBase

REVIEW = "mentoring_submissions.review_submission"
REOPEN = "mentoring_submissions.reopen_submission"
ASSIGN = REOPEN  # whoever may overrule a decision, the department, also shares out the work
VIEW_ROUND = "mentoring_submissions.view_round"
EXTEND = "mentoring_submissions.add_extension"
EXEMPT = "mentoring_submissions.add_exemption"
WITHDRAW = "mentoring_submissions.change_exemption"


class MunicipalMixin:
    """A view of the municipality's admin that needs `permission`."""

    permission = REVIEW

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 404 in a school, refuse without the permission."""
        if not is_municipality():
            raise Http404(_("There is no such page here."))
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class MunicipalMenuItem(MenuItem):
    """A menu item for those who hold `permission`, in a municipality only."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        self.permission = permission
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the user may open it here."""
        return is_municipality() and request.user.has_perm(self.permission)


class RoundPolicy(ModelPermissionPolicy):
    """Permissions of the municipality's users over its own rounds; in a school's admin there are none."""

    def user_has_permission(self, user: AbstractUser, action: str) -> bool:
        """Say whether the user may do this with rounds; whoever may make one may delete one that was not announced."""
        needed = "add" if action == "delete" else action
        return is_municipality() and super().user_has_permission(user, needed)

    def user_has_any_permission(self, user: AbstractUser, actions: Any) -> bool:
        """Say whether the user may do one of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: AbstractUser, action: str, instance: Round) -> bool:
        """Say whether the user may do this with this round: it must be the municipality's own."""
        if action == "delete" and not is_deletable(instance):
            return False
        return instance.municipality == current_organisation() and self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: AbstractUser, actions: Any, instance: Round) -> bool:
        """Say whether the user may do one of these with this round."""
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user: AbstractUser, actions: Any) -> QuerySet[Round]:
        """Return the municipality's own rounds, or none."""
        if not self.user_has_any_permission(user, actions):
            return Round.objects.none()
        return Round.objects.filter(municipality=current_organisation())


own_rounds = RoundPolicy(Round)
