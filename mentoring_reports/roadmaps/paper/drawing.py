"""A roadmap of the school to its paper. Three statements, however long the roadmap is. Tenant schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from enum import StrEnum

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mentoring_reports.roadmaps.importing.numbers import number_of_title
from mentoring_reports.roadmaps.models import Occurrence, Roadmap, RoadmapItem, RoadmapSection

from .marks import carried_out
from .sheet import Block, Column, Paper
from .texts import file_name, in_one_line, printable
from .widths import shares


class Layout(StrEnum):
    """What is printed: the plan as it is signed, or the report on what was carried out."""

    PLAN = "plan"
    REPORT = "report"


Cell = Callable[[RoadmapItem], str]
LINE = "_" * 18


def paper_of(roadmap: Roadmap, *, school: str, layout: Layout = Layout.PLAN) -> Paper:
    """Return the paper of the roadmap of a school, whose name stands where its head signs."""
    return drawn(roadmap, list(roadmap.sections.all()), _items(roadmap, layout), school=school, layout=layout)


def drawn(
    roadmap: Roadmap, sections: Sequence[RoadmapSection], items: Sequence[RoadmapItem], *, school: str, layout: Layout
) -> Paper:
    """Return the paper of these sections and activities; asks the database nothing."""
    cells = _columns(items, layout)
    return Paper(
        mark=_("Draft plan") if roadmap.is_draft else "",
        approval=_approval(school) if layout == Layout.PLAN else (),
        above=(_("Report on carrying out the plan"),) if layout == Layout.REPORT else (),
        title=in_one_line(roadmap.title),
        period=_period(roadmap),
        columns=_measured(cells, items),
        blocks=_blocks(sections, items, [cell for _code, _heading, cell in cells]),
        empty=_("There are no activities in this roadmap yet."),
        signatures=_signatures(),
        author=in_one_line(school),
        year=roadmap.period_start.year,
        file_name=_file_name(roadmap, layout),
    )


def _items(roadmap: Roadmap, layout: Layout) -> list[RoadmapItem]:
    if layout == Layout.PLAN:
        return list(roadmap.items())
    times = Occurrence.objects.select_related("evidence_page", "evidence_document")
    items = roadmap.items().select_related("section__roadmap", "evidence_page", "evidence_document")
    return list(items.prefetch_related(Prefetch("occurrences", queryset=times)))


def _columns(items: Sequence[RoadmapItem], layout: Layout) -> list[tuple[str, str, Cell]]:
    """Return code, heading and text of each column; those that a plan seldom has stand only where one is filled."""
    columns: list[tuple[str, str, Cell]] = [
        ("number", _("No."), lambda item: item.number),
        ("activity", _("Activity"), lambda item: item.activity),
        ("deadline", _("Deadline"), deadline_text),
        ("responsible", _("Responsible"), lambda item: item.responsible),
        ("expected_result", _("Expected result"), lambda item: item.expected_result),
        ("indicator_text", _("Indicator"), lambda item: item.indicator_text),
    ]
    seldom: list[tuple[str, str, Cell]] = [
        ("participants", _("Participants"), lambda item: item.participants),
        ("documents", _("Documents"), lambda item: item.documents),
    ]
    columns += [column for column in seldom if any(column[2](item) for item in items)]
    if layout == Layout.REPORT:
        columns.append(("carried_out", _("Note on completion"), carried_out))
    return columns


def deadline_text(item: RoadmapItem) -> str:
    """Return the deadline word for word; one that was only chosen by hand in words."""
    dated = item.starts_on or item.ends_on or item.recurrence
    return item.deadline_text or (item.deadline.reading if dated else "")


def _measured(cells: Sequence[tuple[str, str, Cell]], items: Sequence[RoadmapItem]) -> tuple[Column, ...]:
    texts = [[cell(item) for item in items] for _code, _heading, cell in cells]
    widths = shares([heading for _code, heading, _cell in cells], texts)
    return tuple(Column(code, heading, share) for (code, heading, _cell), share in zip(cells, widths, strict=True))


def _blocks(
    sections: Sequence[RoadmapSection], items: Sequence[RoadmapItem], cells: Sequence[Cell]
) -> tuple[Block, ...]:
    rows: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for item in items:
        rows[item.section_id].append(tuple(printable(cell(item)) for cell in cells))
    return tuple(Block(_title(section), tuple(rows[section.pk])) for section in sections)


def _title(section: RoadmapSection) -> str:
    number, title = in_one_line(section.number).rstrip("."), in_one_line(section.title)
    is_named = not number or number_of_title(title) == (number, title)  # «Раздел 2. …» is not numbered twice
    return title if is_named else f"{number}. {title}"


def _approval(school: str) -> tuple[str, ...]:
    return (_("APPROVED"), _("Head of the school"), in_one_line(school), f"{LINE} / {LINE}", f"«____» {LINE} 20___ г.")


def _signatures() -> tuple[str, ...]:
    curator = _("Curator of mentoring")
    return (f"{curator} {LINE} / {LINE} /",)


def _period(roadmap: Roadmap) -> str:
    first, last = (date_format(day, "d.m.Y") for day in (roadmap.period_start, roadmap.period_end))
    return _("Carried out from %(first)s to %(last)s.") % {"first": first, "last": last}


def _file_name(roadmap: Roadmap, layout: Layout) -> str:
    words = [roadmap.title]
    if layout == Layout.REPORT:
        words.insert(0, _("Report"))
    if roadmap.is_draft:
        mark = _("draft")
        words.append(f"({mark})")
    return file_name(" ".join(words))
