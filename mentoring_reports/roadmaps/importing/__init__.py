"""From rows of cells to plans: one importer for every kind of document, pure functions, no database.

The door is `importer.read_plans`.
"""
