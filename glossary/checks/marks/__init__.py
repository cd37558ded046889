"""Rules on legal marks, one a module."""

from __future__ import annotations

from glossary.checks.base import Rule

RULES: tuple[Rule, ...] = ()
