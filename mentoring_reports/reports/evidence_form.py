"""The form that attaches evidence: exactly one of a page, a document and an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .attaching import Target
from .evidence import LONGEST_ADDRESS, check_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
    from django.db.models import QuerySet

    from mentoring_reports.indicators.models import DataElement

NOT_CHOOSABLE = 1  # Wagtail's root is no page of a site


class EvidenceForm(forms.Form):
    """What backs which number."""

    element = forms.ChoiceField(label=_("What it confirms"), required=False)
    title = forms.CharField(
        label=_("What the link is called"),
        max_length=255,
        required=False,
        help_text=_("Empty: the title of the page or document."),
    )
    page = forms.ModelChoiceField(Page.objects.none(), label=_("A page of the school's site"), required=False)
    document = forms.ModelChoiceField(
        get_document_model().objects.none(), label=_("A document of the school's library"), required=False
    )
    url = forms.URLField(
        label=_("Or an address"),
        max_length=LONGEST_ADDRESS,
        required=False,
        assume_scheme="https",
        help_text=_("A public page that opens without a login: https://…"),
    )

    def __init__(
        self, elements: Sequence[DataElement], user: AbstractBaseUser | AnonymousUser, *args: Any, **kwargs: Any
    ) -> None:
        """Offer the elements, and the pages and documents that the user may choose."""
        super().__init__(*args, **kwargs)
        names = [(element.code, element.name) for element in elements]
        self._field("element").choices = [("", _("The whole report")), *names]
        self._offer("page", Page.objects.filter(depth__gt=NOT_CHOOSABLE), AdminPageChooser())
        self._offer("document", _choosable_documents(user), AdminDocumentChooser())
        self._field("url").validators = [check_address]

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all and several things at once."""
        cleaned = super().clean() or {}
        if not self.errors and self._target(cleaned).given != 1:
            raise forms.ValidationError(_("Choose one: a page, a document, or an address."))
        return cleaned

    def parts(self) -> dict[str, Any]:
        """Return what `attach_evidence` takes."""
        cleaned = self.cleaned_data
        return {"target": self._target(cleaned), "title": cleaned["title"], "element_code": cleaned["element"]}

    @staticmethod
    def _target(cleaned: dict[str, Any]) -> Target:
        return Target(cleaned.get("url") or "", cleaned.get("page"), cleaned.get("document"))

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _offer(self, name: str, choices: QuerySet[Any], chooser: forms.Widget) -> None:
        field = self._field(name)
        field.queryset, field.widget = choices, chooser


def _choosable_documents(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Any]:
    """Return the documents that Wagtail's chooser would offer to the user."""
    policy = policy_registry.get_by_type(get_document_model())
    found: QuerySet[Any] = policy.instances_user_has_any_permission_for(user, ["choose", "add", "change"])
    return found
