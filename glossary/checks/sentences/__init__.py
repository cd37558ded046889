"""Rules on the alignment, one a module."""

from __future__ import annotations

from glossary.checks.base import Rule
from glossary.checks.sentences import (
    added_sentence,
    doubtful_bead,
    length_differs,
    moved_block,
    omitted_sentence,
    untranslated_segment,
)

RULES: tuple[Rule, ...] = (
    omitted_sentence.RULE,
    added_sentence.RULE,
    doubtful_bead.RULE,
    moved_block.RULE,
    untranslated_segment.RULE,
    length_differs.RULE,
)
