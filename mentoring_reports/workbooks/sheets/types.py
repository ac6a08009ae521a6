"""«Типы ОО»: coverage and every indicator by type of organisation, the municipality as their live sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from mentoring_reports.workbooks.writing.blocks import Layout
from mentoring_reports.workbooks.writing.grouping import Words, grouped

from .registry import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mentoring_reports.workbooks.source import Source
    from mentoring_reports.workbooks.writing.blocks import Block


@sheet
class TypesSheet:
    """Types of organisation side by side."""

    code: ClassVar[str] = "types"
    order: ClassVar[int] = 40
    layout: ClassVar[Layout] = Layout.SPREAD

    def title(self) -> str:
        """Return the tab's title."""
        return _("Types of schools")

    def blocks(self, source: Source) -> Iterator[Block]:
        """Return the indicators, then coverage."""
        words = Words(
            _("Figures of the types of schools"), source.round.title, _("Type"), _("Coverage by type"), "types"
        )
        yield from grouped(source.consolidation, "type", words)
