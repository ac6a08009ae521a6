"""What the forms of all parts of a draft have in common: the code, the group, and codes that must be known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from mentoring_reports.indicators.models import ElementGroup, ReportForm
from mentoring_reports.indicators.releasing import retired_codes, reuse_refused

if TYPE_CHECKING:
    from collections.abc import Iterable

CODE_HELP = gettext_lazy(
    "Latin lower-case letters, digits and underscores. It ties the figures of all rounds together and stays the same "
    "in later versions."
)
CODE_KEPT = gettext_lazy(
    "An earlier version has this code: it stays. For another meaning remove this part and add a new one."
)


class PartForm(WagtailAdminModelForm):
    """A part of a draft: its code is the form's own, was never retired, and stays once a version was released."""

    kind: ClassVar[str]

    def __init__(self, *args: Any, report_form: ReportForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report_form = report_form
        self.instance.form = report_form
        self.fields["code"].help_text = CODE_HELP
        if self.instance.pk and self._was_released():
            self.fields["code"].disabled = True
            self.fields["code"].help_text = CODE_KEPT
        if "group" in self.fields:
            self.fields["group"].queryset = ElementGroup.objects.filter(form=report_form)
            self.fields["group"].empty_label = None

    def _was_released(self) -> bool:
        versions = ReportForm.objects.versions_of(self.report_form).released()
        parts = type(self.instance)._default_manager
        return bool(parts.filter(form__in=versions, code=self.instance.code).exists())

    def clean_code(self) -> str:
        """Refuse a code that is taken in this form, or was retired."""
        code: str = self.cleaned_data["code"]
        others = getattr(self.report_form, self.kind).filter(code=code).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(
                _("Another part of this form already has the code “%(code)s”.") % {"code": code}
            )
        if code in retired_codes(self.report_form).get(self.kind, ()):
            raise forms.ValidationError(reuse_refused(code))
        return code

    def ensure_known(self, field: str, codes: Iterable[str], known: Iterable[str], message: str) -> None:
        """Say at the field which codes the form does not have."""
        for code in codes:
            if code not in known:
                self.add_error(field, message % {"code": code})

    @property
    def element_codes(self) -> set[str]:
        """Return the codes of the form's data elements."""
        return {element.code for element in self.report_form.elements.all()}
