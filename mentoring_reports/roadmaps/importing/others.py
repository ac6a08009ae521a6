"""Tables of something else in a text, told by the names at their head: questions, marks, targets, papers to keep."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mentoring_reports.roadmaps.readers.document import Row

from .cleaning import flat, folded
from .columns import role_of
from .looks import is_deadline, is_number
from .plans import Skipped
from .skipping import reason

_SELDOM_IN_A_PLAN = re.compile(
    r"(?:вариант\w* )?ответ\w?|балл\w*|(?:максимум|максимальн\w+ балл\w*)|(?:срок|место) хранения|"
    r"(?:единиц\w+|ед\.?) ?изм\w*\.?|функци\w+|(?:базовое )?значение(?: показател\w+)?|критери\w+(?: оценк\w+)?|"
    r"оценка(?: в баллах)?|степень выраженности|вероятность|риски?"
)
_BESIDE = re.compile(
    r"вопросы?|(?:наименование )?(?:показател|документ|критери)\w*|мер\w по (?:минимизации|снижению).*"
)
_OF_A_PLAN = frozenset({"activity", "stage"})


def is_other_head(cells: Sequence[str]) -> bool:
    """Tell whether the cells are names of columns, and of a table in which nothing is planned."""
    named = [folded(flat(cell)) for cell in cells if cell.strip()]
    if len(named) < 2 or any(is_number(name) or is_deadline(name) for name in named):  # noqa: PLR2004
        return False
    sure = [bool(_SELDOM_IN_A_PLAN.fullmatch(name)) for name in named]
    rest = [name for name, known in zip(named, sure, strict=True) if not (known or _BESIDE.fullmatch(name))]
    return any(sure) and all(role_of(name) and role_of(name) not in _OF_A_PLAN for name in rest)


def before_others(rows: Sequence[Row]) -> tuple[list[Row], list[Skipped]]:
    """Return the rows before the first head of another table, and what is passed over from there on."""
    heads = (n for n, row in enumerate(rows) if row.line and len(row.cells) > 1 and is_other_head(row.cells))
    end = next(heads, len(rows))
    passed = [Skipped(row.first, row.last, row.text, _why(row)) for row in rows[end:]]
    return list(rows[:end]), passed


def _why(row: Row) -> str:
    return reason(row.cells, in_table=row.table > 0) or ("other_table" if row.table else "text_around")
