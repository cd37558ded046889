"""Turn two or more versions of a text into reviewable beads."""

__version__ = "0.1.0"
