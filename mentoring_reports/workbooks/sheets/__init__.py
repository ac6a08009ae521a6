"""Sheets of the workbook: one class each, in a module of its own in this folder. Adding one changes no other file."""

from .registry import Sheet, chosen, registered, sheet

__all__ = ["Sheet", "chosen", "registered", "sheet"]
