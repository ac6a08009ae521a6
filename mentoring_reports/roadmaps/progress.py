"""How far a roadmap, or a part of it, has come by a day. Pure; counted by the queryset in one statement."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """Numbers of times (one for an activity that comes once); drafts and cancelled activities are left out."""

    total: int  # all that are to be done
    done: int  # done by the day
    due: int  # whose deadline has come by the day
    overdue: int  # whose deadline has passed and which are not done
    done_of_due: int  # done by the day among the due ones

    @property
    def share(self) -> float | None:
        """Return the part of all activities that is done, 0…1; None where there are none."""
        return self.done / self.total if self.total else None

    @property
    def percent(self) -> int | None:
        """Return the share in whole per cent, rounded down so that 100 means everything."""
        return self.done * 100 // self.total if self.total else None
