"""A deadline as a curator types it: read at once, in words, with its doubts, and open to correction by hand."""
