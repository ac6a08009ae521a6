"""Columns that are made of other columns: filled in on every way a row is written, one by one or many at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from django.db import models

Row = TypeVar("Row", bound="Prepared")


class Prepared(models.Model):
    """A row with columns that the code fills in, never a person."""

    prepared_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        """Only inherited."""

        abstract = True

    def prepare(self) -> None:
        """Fill in the columns named in `prepared_fields`."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Prepare the row, then write it; a partial update takes the prepared columns along."""
        self.prepare()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *self.prepared_fields}
        super().save(*args, **kwargs)


class PreparedQuerySet(models.QuerySet[Row]):
    """Rows that are prepared before they are written in bulk, too."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Row]:
        """Prepare every row, then write them."""
        rows = list(objs)
        for row in rows:
            row.prepare()
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """Prepare every row, then write the named columns and the prepared ones."""
        rows = list(objs)
        for row in rows:
            row.prepare()
        return super().bulk_update(rows, {*fields, *self.model.prepared_fields}, *args, **kwargs)
