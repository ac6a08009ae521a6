"""Readers of documents: one for each type of file; each makes rows of cells, and knows nothing of plans.

The door is `reading.read_document`. No Django model is needed here.
"""
