"""The methodist's queue and review of one submission. No models."""
