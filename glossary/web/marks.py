"""Legal marks of the project's texts, found when a screen asks for them and remembered while the page runs."""

from __future__ import annotations

from functools import lru_cache

from glossary.annotations import LANGUAGES, find_annotations
from glossary.model import Annotation

MOST = 512
"""Texts whose marks are remembered."""


@lru_cache(maxsize=MOST)
def marks_of(text: str, lang: str) -> tuple[Annotation, ...]:
    """The marks of a text; none in a language without a grammar of marks."""
    return tuple(find_annotations(text, lang)) if lang.partition("-")[0] in LANGUAGES else ()
