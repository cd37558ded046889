"""What every name of an original became in its translation, counted: for rules over the whole project. Pure."""

from __future__ import annotations

from glossary.checks.views import PairView
from glossary.model import Use


def uses_of(pair: PairView) -> list[Use]:
    """The uses of all names of one pair, in order of key, form and rendering."""
    return []
