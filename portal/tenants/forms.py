"""Forms of the municipality's admin about its schools."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from .actions import CHANGEABLE
from .addresses import normalise_host
from .models import Domain, Organisation, Territory
from .provisioning import HOST


class SchoolForm(WagtailAdminModelForm):
    """What may be changed about a school."""

    class Meta:
        """Names, grouping, dates."""

        model = Organisation
        fields = CHANGEABLE
        labels = {"name": _("Official name")}  # noqa: RUF012
        widgets = {"opened_on": AdminDateInput, "closed_on": AdminDateInput}  # noqa: RUF012

    def __init__(self, *args: Any, municipality: Organisation | None = None, **kwargs: Any) -> None:
        """Offer the municipality's own territories only."""
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        self.fields["territory"].queryset = Territory.objects.filter(municipality=municipality)
        for name in ("organisation_type", "territory"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """Refuse a closing date before the opening date."""
        cleaned = super().clean() or self.cleaned_data
        opened, closed = cleaned.get("opened_on"), cleaned.get("closed_on")
        if opened and closed and closed < opened:
            self.add_error("closed_on", _("The closing date is before the opening date."))
        return cleaned

    def _post_clean(self) -> None:
        """Check the row as a whole with what the form does not ask for."""
        self.instance.kind = "school"
        self.instance.municipality = self.municipality
        super()._post_clean()


class NewSchoolForm(SchoolForm):
    """A school to be created: the same, its host and its first editor."""

    host = forms.CharField(
        label=_("Host"),
        max_length=253,
        help_text=_("The address of the school's site, for instance school-5.example.ru."),
    )
    editor = forms.EmailField(
        label=_("Editor's e-mail"), required=False, help_text=_("A letter with a link to set a password is sent there.")
    )

    def clean_host(self) -> str:
        """Refuse what is no host name, and a host of another organisation."""
        host = normalise_host(self.cleaned_data["host"])
        if not HOST.fullmatch(host):
            raise ValidationError(_("Latin letters, digits and hyphens, with dots between the parts."))
        domain = Domain.objects.select_related("tenant").filter(domain=host).first()
        if domain and domain.tenant.is_active:
            raise ValidationError(_("This host belongs to “%(name)s”.") % {"name": domain.tenant.short_name})
        return host
