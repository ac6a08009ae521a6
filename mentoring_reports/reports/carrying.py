"""Carrying forward: the last accepted number of what rarely changes, for fields that are typed and still empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from .basis import Basis
    from .filling import Filling

EVERYTHING, GROUP, ELEMENT = "all", "group:", "element:"


def carriable(basis: Basis, filling: Filling) -> dict[str, Decimal]:
    """Return the last accepted numbers of typed elements where nothing stands yet; what was typed is never there."""
    return {
        element.code: last
        for element in basis.elements
        if element.code not in basis.counts
        and filling.values.get(element.code) is None
        and element.code not in filling.unread
        and (last := basis.last.get(element.code)) is not None
    }


def carried_to(basis: Basis, filling: Filling, where: str) -> dict[str, Decimal]:
    """Return what carrying forward puts into one field, a group's fields, or all of them."""
    found, wanted = carriable(basis, filling), _codes(basis, where)
    return {code: last for code, last in found.items() if code in wanted}


def _codes(basis: Basis, where: str) -> set[str]:
    if where == EVERYTHING:
        return {element.code for element in basis.elements}
    if where.startswith(GROUP):
        groups = {group.pk for group in basis.groups if group.code == where.removeprefix(GROUP)}
        return {element.code for element in basis.elements if element.group_id in groups}
    return {where.removeprefix(ELEMENT)} if where.startswith(ELEMENT) else set()
