"""The page behind “Get no more letters”: works without a login, asks before it acts, and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from mentoring_reports.tenancy import current_organisation

from .links import user_of_token
from .opting_out import EVERYTHING, send_letters_again, stop_letters
from .recipients import Recipient

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser
    from django.http import HttpResponseBase


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class OptOutView(View):
    """A link is opened by mail scanners, too: only a POST acts. The signed word is the authority, not a session.

    A mail program's own button posts `List-Unsubscribe=One-Click` (RFC 8058), without a token of ours.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 404 for a word that is forged, another organisation's, or of a user who left."""
        pk = user_of_token(kwargs["token"]) if current_organisation() else None
        self.user: AbstractUser | None = get_user_model().objects.filter(pk=pk, is_active=True).first() if pk else None
        if self.user is None:
            raise Http404(_("There is no such page here."))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show what is sent now, and the button."""
        preference = getattr(self.user, "mentoring_mail", None)
        wanted = preference is None or any(getattr(preference, name) for name in EVERYTHING)
        return self._page(wants_letters=wanted)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Stop all letters; `again` takes it back."""
        again = "again" in request.POST
        (send_letters_again if again else stop_letters)(user=self.user)
        return self._page(wants_letters=again, done=True)

    def _page(self, *, wants_letters: bool, done: bool = False) -> HttpResponse:
        context = {
            "organisation": current_organisation(),
            "wants_letters": wants_letters,
            "done": done,
            "language": Recipient(self.user, None).language,  # type: ignore[arg-type]  # only the user is asked
        }
        response = render(self.request, "mentoring_letters/opt_out.html", context)
        response["Referrer-Policy"] = "no-referrer"
        return response
