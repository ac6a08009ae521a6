"""Automatic plausibility: what is odd about a revision's numbers, each with a picture and words."""

from .oddities import oddities
from .wording import Oddity, OddityCode

__all__ = ("Oddity", "OddityCode", "oddities")
