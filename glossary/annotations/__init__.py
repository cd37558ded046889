"""Legal marks in texts («запрещена в РФ», "banned in Russia"): found, compared with the translation, taken out."""

from __future__ import annotations

from glossary.annotations.clean import CleanText, clean_text
from glossary.annotations.find import find_annotations, find_orphans
from glossary.annotations.ledger import ledger
from glossary.annotations.lexicon import LANGUAGES
from glossary.annotations.patterns import Pattern, read_patterns

__all__ = [
    "LANGUAGES",
    "CleanText",
    "Pattern",
    "clean_text",
    "find_annotations",
    "find_orphans",
    "ledger",
    "read_patterns",
]
