"""Rules on names and terms, one a module."""

from __future__ import annotations

from glossary.checks.base import Rule
from glossary.checks.terms import inconsistent_rendering

RULES: tuple[Rule, ...] = (inconsistent_rendering.RULE,)
