"""Numbers as Russian readers type and read them: as in the municipal half."""

from mentoring_reports.indicators.numbers import PLACES, NotANumber, read_number, write_number

__all__ = ("PLACES", "NotANumber", "read_number", "write_number")
