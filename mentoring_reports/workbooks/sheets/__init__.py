"""Sheets of the workbook: one class each, found by registration, in the order of their modules below."""

from .registry import Sheet, registered, sheet

__all__ = ["Sheet", "registered", "sheet"]
