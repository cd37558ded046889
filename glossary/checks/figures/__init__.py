"""Rules on figures and marks of punctuation, one a module."""

from __future__ import annotations

from glossary.checks.base import Rule
from glossary.checks.figures import (
    brackets_unbalanced,
    currency_differs,
    dashes_mixed,
    date_differs,
    negation_lost,
    number_differs,
    percentage_differs,
    quoted_name_differs,
    quotes_unbalanced,
    unit_differs,
)

RULES: tuple[Rule, ...] = (
    number_differs.RULE,
    date_differs.RULE,
    percentage_differs.RULE,
    unit_differs.RULE,
    currency_differs.RULE,
    negation_lost.RULE,
    quotes_unbalanced.RULE,
    brackets_unbalanced.RULE,
    dashes_mixed.RULE,
    quoted_name_differs.RULE,
)
