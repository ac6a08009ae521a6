"""The department's screens for publishing a round's approved figures."""
