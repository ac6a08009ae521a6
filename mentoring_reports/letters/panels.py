"""On the home screen: that letters to this very user come back, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin.ui.components import Component

from .enums import DeliveryState
from .models import Delivery
from .recipients import MANY_BOUNCES, bounces_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class ReturnedMailPanel(Component):
    """Shown only while there is something to mend."""

    name = "returned_mail"
    order = 20
    template_name = "mentoring_letters/returned_mail.html"

    def __init__(self, user: Any) -> None:
        """Count what came back."""
        self.user = user
        self.bounces = bounces_of([user]).get(user.pk, 0)

    @property
    def is_needed(self) -> bool:
        """Say whether a letter came back lately."""
        return bool(self.bounces)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Say what the recipient's server said last."""
        last = Delivery.objects.filter(user=self.user, state=DeliveryState.BOUNCED).first()
        return {"address": self.user.email, "last": last, "is_stopped": self.bounces >= MANY_BOUNCES}
