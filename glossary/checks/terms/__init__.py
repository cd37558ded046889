"""Rules on names and terms, one a module."""

from __future__ import annotations

from glossary.checks.base import Rule
from glossary.checks.terms import (
    acronym_without_expansion,
    ambiguous_rendering,
    approved_term_not_used,
    competing_acronyms,
    do_not_translate_changed,
    forbidden_term_used,
    inconsistent_capitals,
    inconsistent_number,
    inconsistent_pronoun,
    inconsistent_rendering,
    inconsistent_spelling,
    untranslated_term,
)

RULES: tuple[Rule, ...] = (
    inconsistent_rendering.RULE,
    ambiguous_rendering.RULE,
    approved_term_not_used.RULE,
    forbidden_term_used.RULE,
    do_not_translate_changed.RULE,
    untranslated_term.RULE,
    inconsistent_spelling.RULE,
    acronym_without_expansion.RULE,
    competing_acronyms.RULE,
    inconsistent_capitals.RULE,
    inconsistent_number.RULE,
    inconsistent_pronoun.RULE,
)
