"""The packaged dictionaries of Russian and Ukrainian word forms (pymorphy3): one for each language in a process."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def analyser(lang: str) -> Any:
    """The analyser of "ru" or "uk", loaded with the first word that is asked for."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang=lang)
