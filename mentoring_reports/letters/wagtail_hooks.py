"""The door into Wagtail's admin: what a user wants by mail, and that letters came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from mentoring_reports.tenancy import current_kind

from .forms import PreferenceForm
from .panels import ReturnedMailPanel
from .recipients import PERMISSIONS

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpRequest


def gets_letters(user: AbstractUser) -> bool:
    """Say whether letters about reports are for this user, here."""
    kind = current_kind()
    return kind in PERMISSIONS and user.has_perm(PERMISSIONS[kind])


@hooks.register("register_account_settings_panel")
class LettersSettingsPanel(BaseSettingsPanel):
    """Which letters about rounds and reports a user gets."""

    name = "mentoring_letters"
    title = _("Letters about rounds and reports")
    help_text = _("At most one letter a day, with everything that is new.")
    tab = notifications_tab
    order = 50
    form_class = PreferenceForm

    def is_active(self) -> bool:
        """Show it to those who get such letters."""
        return gets_letters(self.user)


@hooks.register("construct_homepage_panels")
def show_returned_mail(request: HttpRequest, panels: list[Any]) -> None:
    """Tell a user that letters come back, above everything else."""
    if gets_letters(request.user):  # type: ignore[arg-type]
        panel = ReturnedMailPanel(request.user)
        if panel.is_needed:
            panels.append(panel)
