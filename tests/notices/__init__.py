"""Tests of which notices are due and of the municipality's screens about mail."""
