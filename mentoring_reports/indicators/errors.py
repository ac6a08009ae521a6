"""Why an action on a report form was refused; each message tells the department what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .models import ReportForm
    from .releasing import Problem


class ReportFormError(Exception):
    """An action was refused and nothing was changed. Its text is meant for the person who acted."""


class AlreadyReleased(ReportFormError):
    """A released version never changes."""

    def __init__(self, form: ReportForm) -> None:
        self.form = form
        super().__init__(
            _("Version %(version)s is released and never changes. Make the next version and change that.")
            % {"version": form.version}
        )


class NotReleased(ReportFormError):
    """Only a released version can be copied into the next one."""

    def __init__(self, form: ReportForm) -> None:
        self.form = form
        super().__init__(
            _("Version %(version)s is still a draft: release or discard it first.") % {"version": form.version}
        )


class DraftExists(ReportFormError):
    """A form has one draft at a time."""

    def __init__(self, draft: ReportForm) -> None:
        self.draft = draft
        super().__init__(
            _("There already is a draft, version %(version)s: go on with it, release or discard it.")
            % {"version": draft.version}
        )


class DraftGone(ReportFormError):
    """Somebody discarded the draft, or removed the part, in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("This is not there any more: somebody has removed it in the meantime."))


class ChangedMeanwhile(ReportFormError):
    """What was seen is not what is stored now."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody has changed this in the meantime. What you entered is kept in the fields: compare it with "
                "the stored version and save again to replace that."
            )
        )


class DraftChanged(ReportFormError):
    """The draft was edited after the page that asked for its release was shown."""

    def __init__(self) -> None:
        super().__init__(_("The draft was changed in the meantime: look through it again, then release it."))


class GroupInUse(ReportFormError):
    """A group that still holds something is not removed."""

    def __init__(self) -> None:
        super().__init__(_("The group still holds data elements or indicators: move them to another group first."))


class FormInUse(ReportFormError):
    """A version that a round or a submission rests on is not discarded."""

    def __init__(self) -> None:
        super().__init__(_("A round uses this version: choose another version there first."))


class CannotRelease(ReportFormError):
    """Something in the draft does not hold together."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(_("The version cannot be released yet: correct what is listed below."))
