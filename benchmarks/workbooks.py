"""The large sheet «Данные» against other writers of the same frame, and the whole workbook against that sheet alone."""

from __future__ import annotations

from collections.abc import Callable

from django_tenants.utils import tenant_context

from mentoring_reports.submissions.models import Round
from mentoring_reports.workbooks.choices import Choices
from mentoring_reports.workbooks.export import make_workbook
from mentoring_reports.workbooks.writing import streaming
from portal.tenants.provisioning import create_municipality

from .filling import fill
from .measuring import Result, median_seconds, paired_medians
from .writers import (
    added_megabytes,
    by_hand,
    by_pyexcelerate,
    data_frame,
    ours,
    packing,
    to_excel,
    without_isal,
    zlib_6,
)

AIM_OF_TO_EXCEL, AIM_WITH_ISAL, AIM_OF_HAND = 8, 14, 4  # times faster
AIM_OF_MEMORY = 150  # megabytes
AIM_OF_WHOLE, AIM_OF_SMALL = 1.3, 1.0  # times the sheet alone; seconds
FEW_SCHOOLS = 50
DATA = "data"
Works = tuple[Callable[[], object], Callable[[], object]]


def writing_a_large_sheet(rows: int, repeat: int) -> list[Result]:
    """Measure the writing of one frame of 12 columns in turns with other writers; every one from the frame itself."""
    frame = data_frame(rows)
    fast = (lambda: ours(frame), lambda: to_excel(frame))
    name = f"«Данные», {rows} rows × 12"
    results = []
    if streaming.isal_zlib is not None:
        results.append(_faster(f"{name}, isal", fast, "to_excel", AIM_WITH_ISAL, repeat))
    with without_isal():
        results += [
            _faster(f"{name}, zlib", fast, "to_excel", AIM_OF_TO_EXCEL, repeat),
            _faster(f"{name}, zlib", (fast[0], lambda: by_hand(frame)), "XlsxWriter by hand", AIM_OF_HAND, repeat),
            _faster(f"{name}, zlib", (fast[0], lambda: by_pyexcelerate(frame)), "pyexcelerate", 1, repeat),
            _above(f"{name}, zlib", (fast[0], packing(ours(frame), zlib_6)), "encode + zlib-6", repeat),
        ]
    if streaming.isal_zlib is not None:
        limit = packing(ours(frame), streaming.new_compressor)
        results.append(_above(f"{name}, isal", (fast[0], limit), "encode + isal", repeat))
    return [*results, _memory(name, rows)]


def making_the_workbook(schools: int, rounds: int, repeat: int) -> list[Result]:
    """Measure the whole file in turns with the file of «Данные» alone, from the same rows; and a small town's file."""
    municipality = create_municipality(name="Город книги", host="workbook.portal.test")
    latest = fill(municipality, schools=schools, rounds=rounds, name="workbook")[0]
    with tenant_context(municipality):
        works = (_making(latest), _making(latest, DATA))
        whole, alone = paired_medians(*works, repeat)
    results = [
        Result(
            f"whole workbook, {schools} schools × {rounds} rounds",
            f"{whole:.2f} s",
            f"{alone:.2f} s «Данные» alone",
            f"{whole / alone:.2f}",
            f"≤ {AIM_OF_WHOLE}",
            whole / alone <= AIM_OF_WHOLE,
        )
    ]
    return [*results, _small_town(rounds, repeat)]


def _small_town(rounds: int, repeat: int) -> Result:
    town = create_municipality(name="Малый город", host="town.portal.test")
    latest = fill(town, schools=FEW_SCHOOLS, rounds=rounds, name="town")[0]
    with tenant_context(town):
        took = median_seconds(_making(latest), repeat)
    return Result(
        f"whole workbook, {FEW_SCHOOLS} schools × {rounds} rounds",
        f"{took:.2f} s",
        "",
        "",
        f"< {AIM_OF_SMALL:.0f} s",
        took < AIM_OF_SMALL,
    )


def _making(round_: Round, *sheets: str) -> Callable[[], object]:
    def make() -> None:
        made = make_workbook(Choices(round_id=round_.pk, sheets=sheets))
        assert not made.manifest["unreadable"], made.manifest["unreadable"][0]

    return make


def _faster(name: str, works: Works, baseline: str, aim: int, repeat: int) -> Result:
    took, theirs = paired_medians(*works, repeat)
    ratio = theirs / took
    return Result(
        name, f"{took:.2f} s", f"{theirs:.2f} s {baseline}", f"{ratio:.1f} × faster", f"≥ {aim}", ratio >= aim
    )


def _above(name: str, works: Works, limit: str, repeat: int) -> Result:
    """Return the distance to what no writer of the same XML is below; there is no aim."""
    took, theirs = paired_medians(*works, repeat)
    return Result(name, f"{took:.2f} s", f"{theirs:.2f} s {limit}", f"{took / theirs:.1f} × the limit", "to know", True)


def _memory(name: str, rows: int) -> Result:
    added, theirs = added_megabytes(ours, rows), added_megabytes(to_excel, rows)
    return Result(
        f"{name}, memory added",
        f"{added:.0f} MB",
        f"{theirs:.0f} MB to_excel",
        f"{added / theirs:.2f}",
        f"≤ {AIM_OF_MEMORY} MB",
        added <= AIM_OF_MEMORY,
    )
