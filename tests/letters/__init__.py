"""Tests of letters, really delivered to a mail server on this machine."""
