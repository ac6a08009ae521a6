"""Answers to the form while it is being filled in: what the numbers make, and saving without a press of a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.reports.errors import DraftError, NotEditable, StaleDraft
from mentoring_reports.reports.filling import Filling
from mentoring_reports.reports.forms import differing

from .filling import PostedView

if TYPE_CHECKING:
    from mentoring_reports.reports.rows_on_screen import GroupOnScreen, Row
    from mentoring_reports.reports.screen import Screen

CONFLICT = 409


class PreviewView(PostedView):
    """What the form's numbers would make, as pieces of the page; writes nothing."""

    def post(self, request: HttpRequest, round_id: int) -> JsonResponse:
        """Return progress, indicators and findings of what was posted."""
        return JsonResponse(self.pieces())

    def pieces(self) -> dict[str, Any]:
        """Return the pieces of the page that what was posted changes."""
        form = self.posted_form
        screen = self.screen(form.filling(), form)
        return {
            "summary": self._piece("summary", screen=screen),
            "groups": {shown.group.code: self._group(shown) for shown in screen.groups},
            "rows": {row.element.code: self._row(row) for shown in screen.groups for row in shown.rows},
            "jumps": self._jumps(screen),
        }

    def _group(self, shown: GroupOnScreen) -> dict[str, str]:
        return {
            "progress": self._piece("progress", shown=shown),
            "indicators": self._piece("indicators", shown=shown, peers=self.basis.peers),
        }

    def _row(self, row: Row) -> dict[str, Any]:
        return {
            "findings": self._piece("findings", row=row),
            "facts": self._piece("facts", row=row),
            "overruled": row.overruled,
            "wrong": bool(row.errors),
        }

    def _jumps(self, screen: Screen) -> dict[str, str]:
        return {shown.group.code: self._piece("jump", shown=shown) for shown in screen.groups}

    def _piece(self, name: str, **context: Any) -> str:
        return render_to_string(f"mentoring_reports/pieces/{name}.html", context, request=self.request)


class AutosaveView(PreviewView):
    """Saves what was typed, as the button does, and says in words what came of it."""

    def post(self, request: HttpRequest, round_id: int) -> JsonResponse:
        """Save. 200: saved. 409: somebody else was faster, or the round takes nothing now; nothing was changed."""
        try:
            draft = self.save(self.posted_form)
        except StaleDraft as error:
            return self._refused("conflict", error, **self._conflict(error))
        except NotEditable as error:
            return self._refused("closed", error)
        when = date_format(timezone.localtime(draft.updated_at), "TIME_FORMAT")
        text = _("Saved at %(time)s.") % {"time": when}
        return JsonResponse({"state": "saved", "version": draft.version, "text": text, **self.pieces()})

    def _refused(self, state: str, error: DraftError, **more: Any) -> JsonResponse:
        text = _("Not saved: %(reason)s") % {"reason": error}
        return JsonResponse({"state": state, "text": text, **more}, status=CONFLICT)

    def _conflict(self, error: StaleDraft) -> dict[str, Any]:
        """Return what the other editor saved, for the form to show beside what is typed."""
        theirs = differing(Filling.of_draft(self.basis, error.current), self.posted_form.filling(), self.basis)
        pieces = {name: self._piece("theirs", text=text) for name, text in theirs.items()}
        return {
            "version": error.current.version,
            "theirs": pieces,
            "notice": self._piece("conflict", conflict=error),
        }
