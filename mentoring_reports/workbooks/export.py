"""Making the consolidated workbook: one snapshot of the database, one file in memory, one manifest."""

from __future__ import annotations

import datetime as dt
import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mentoring_reports.submissions.models import Round
from mentoring_reports.submissions.snapshots import one_snapshot

from . import manifest as manifests
from . import source as sources
from .choices import Choices
from .revisions import Reader, read_revisions
from .sheets import chosen
from .source import Source, previous_round
from .wording import names_unreadable
from .writing.blocks import Rows, needs_cells, size
from .writing.writer import Book

if TYPE_CHECKING:
    from .sheets import Sheet
    from .writing.blocks import Block

__all__ = (
    "Progress",
    "WorkbookFile",
    "consolidated_workbook",
    "gather",
    "make_workbook",
    "previous_round",
)

TOLD_EVERY = 200  # revisions
NAMES_UNREADABLE = "methods"  # the sheet that has a table of them


class Progress(Protocol):
    """Is told how many rows of how many are done; may raise to stop."""

    def __call__(self, done: int, total: int) -> None:
        """Take note, or raise."""


class WorkbookFile(NamedTuple):
    """A finished workbook; `manifest` is JSON-ready."""

    name: str
    content: bytes
    manifest: dict[str, Any]


def silent(done: int, total: int) -> None:
    """Tell nobody."""


def make_workbook(
    choices: Choices, *, previous: Mapping[str, Any] | None = None, progress: Progress = silent
) -> WorkbookFile:
    """Return the workbook of a round in the municipality's language; call it in the municipality's schema.

    `previous` is the manifest of the round's file before this one. Raises `Round.DoesNotExist`, and what `progress`
    raises.
    """
    with in_its_language(), one_snapshot(), no_search_for_cycles():
        return write_workbook(gather(choices, previous=previous, progress=progress), progress=progress)


def consolidated_workbook(round_: Round, *, compared: Round | None = None) -> WorkbookFile:
    """Return the whole workbook of a round beside another one, by default the one before."""
    compared = compared or previous_round(round_)
    return make_workbook(Choices(round_id=round_.pk, compared_id=compared.pk if compared else None))


def gather(choices: Choices, *, previous: Mapping[str, Any] | None = None, progress: Progress = silent) -> Source:
    """Read everything that a workbook is made of."""
    round_ = sources.chosen_round(choices)
    compared = sources.compared_round(choices)
    rounds = sources.rounds_of(round_, compared)
    elements = sources.elements_of(rounds)
    reader = Reader(
        rounds=rounds,
        elements=elements,
        territory=choices.territory,
        type_=choices.type_,
        named=lambda school_id, name: sources.shown_school(choices, school_id, name),
    )
    read = read_revisions(reader, _ticking(progress, sources.count_figures(rounds)))
    day = sources.as_of(round_)
    consolidation = sources.consolidated(choices, round_, compared, read, day)
    manifest = manifests.build(
        choices=choices,
        round_=round_,
        compared=compared,
        rounds=rounds,
        read=read,
        as_of=day,
        course=sources.course_of(choices, consolidation.schools, rounds),
        previous=previous,
    )
    return Source(
        choices=choices,
        consolidation=consolidation,
        reader=reader,
        read=read,
        elements=elements,
        rounds=rounds,
        as_of=day,
        manifest=manifest,
        digest=manifests.digest(manifest),
        previous=previous,
    )


def write_workbook(source: Source, *, progress: Progress = silent) -> WorkbookFile:
    """Return the workbook of what was read; the same figures give the same bytes."""
    made = moment_of(source)
    book = Book(title=title_of(source), author=source.round.municipality.name, created=made, subject=source.round.title)
    sheets = _sheets(source)
    tell = _counting(progress, sum(size(block) for _sheet, blocks in sheets for block in blocks))
    data = [name for sheet, blocks in sheets for name in _write_sheet(book, sheet, blocks, tell)]
    book.say(manifests.facts(source.manifest, source.digest, data))
    return WorkbookFile(file_name(source.round, made.date()), book.to_bytes(), dict(source.manifest))


def title_of(source: Source) -> str:
    """Return what the file is called inside."""
    return _("%(round)s: consolidated report, %(municipality)s") % {
        "round": source.round.title,
        "municipality": source.round.municipality.name,
    }


def moment_of(source: Source) -> dt.datetime:
    """Return when the newest of the figures was accepted, in local time: the file's time of creation."""
    newest = source.manifest["made_from"]
    if newest:
        return timezone.localtime(dt.datetime.fromisoformat(newest)).replace(tzinfo=None, microsecond=0)
    return dt.datetime.combine(source.round.opens, dt.time())


def file_name(round_: Round, made: dt.date, suffix: str = "xlsx", sheet: str = "") -> str:
    """Return a file name with the round and the date, without characters that file systems refuse."""
    parts = [_("Consolidated report"), sheet, round_.title]
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", " ".join(part for part in parts if part)).strip()[:110]
    return f"{plain} {made:%Y-%m-%d}.{suffix}"


@contextmanager
def in_its_language() -> Iterator[None]:
    """Write in the installation's language and time zone, whoever asks."""
    with translation.override(settings.LANGUAGE_CODE), timezone.override(None):
        yield


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Keep Python from looking for cycles among the hundreds of thousands of cells, where there are none.

    The search took a sixth of the time of a large file; what is not in a cycle is freed all the same.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _sheets(source: Source) -> list[tuple[Sheet, list[Block]]]:
    """Return the chosen sheets; one that names what cannot be read is added where none of them does."""
    sheets = [(sheet, list(sheet.blocks(source))) for sheet in chosen(source.choices.sheets)]
    if source.read.unreadable and not any(names_unreadable(blocks) for _sheet, blocks in sheets):
        sheets += [(sheet, list(sheet.blocks(source))) for sheet in chosen((NAMES_UNREADABLE,))]
    return sheets


def _write_sheet(book: Book, sheet: Sheet, blocks: list[Block], tell: Any) -> list[str]:
    """Write one sheet; return the names of its pages where it holds the figures row by row."""
    alone = [block for block in blocks if isinstance(block, Rows) and block.alone]
    if alone:
        return [_write_page(book, sheet, [part], tell) for block in alone for part in block.parts()]
    _write_page(book, sheet, blocks, tell)
    return []


def _write_page(book: Book, sheet: Sheet, blocks: Sequence[Block], tell: Any) -> str:
    page = book.page(sheet.title(), large=not needs_cells(blocks))
    page.write(blocks, tell)
    page.finish(sheet.layout)
    tell(0)
    return page.name


def _counting(progress: Progress, total: int) -> Any:
    """Return what adds up the rows that it is told of."""
    done = 0

    def tell(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done, total)

    return tell


def _ticking(progress: Progress, total: int) -> Any:
    """Return what gives the caller a chance to stop while the revisions are read."""
    seen = 0

    def tick() -> None:
        nonlocal seen
        if seen % TOLD_EVERY == 0:
            progress(0, total)
        seen += 1

    return tick
