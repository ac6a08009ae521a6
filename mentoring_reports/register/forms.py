"""Forms of the register that look at several rows at once. The rules themselves are in `rules`."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.admin.forms import WagtailAdminModelForm

from . import rules
from .models import Mentee, MentoringForm, Mentorship


class MentorshipForm(WagtailAdminModelForm):
    """A mentorship with its mentees: each mentee is checked against the mentorship as it stands in the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the forms of mentoring in use, and the one already chosen."""
        super().__init__(*args, **kwargs)
        forms = MentoringForm.objects.filter(is_active=True)
        chosen = MentoringForm.objects.filter(pk=self.instance.form_id)
        self.fields["form"].queryset = forms | chosen

    def is_valid(self) -> bool:
        """Check the form, then every mentee in it."""
        if not super().is_valid():
            return False
        problems = [self._check(form) for form in self._kept()]
        return not any(problems)

    def save(self, commit: bool = True) -> Any:
        """Remove mentees first: a mentee who is taken out must not hold the mentorship's new dates back."""
        with transaction.atomic():
            if commit and self.instance.pk:
                removed = [form.instance.pk for form in self.formsets["mentees"].deleted_forms if form.instance.pk]
                Mentee.objects.filter(mentorship=self.instance, pk__in=removed).delete()
            return super().save(commit)

    def _kept(self) -> list[Any]:
        formset = self.formsets["mentees"]
        return [form for form in formset.forms if form not in formset.deleted_forms and form.cleaned_data.get("person")]

    def _check(self, form: Any) -> str:
        mentorship: Mentorship = self.instance
        mentee = Mentee(pk=form.instance.pk, person=form.cleaned_data["person"])
        problem = rules.mentee_problem(mentee, mentorship)
        if problem:
            form.add_error("person", problem)
        return problem
