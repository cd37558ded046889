"""Checks: what is inconsistent in a text, between a text and its translation, and over a whole project.

``RULES`` lists every rule in order of its code; each is a module in the package of its family. ``chosen`` picks by
codes and their beginnings, as ``--select`` and ``--ignore`` give them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from align.errors import UsageError
from glossary.checks import figures, marks, sentences, terms
from glossary.checks.base import FAMILIES, Rule

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (*terms.RULES, *marks.RULES, *sentences.RULES, *figures.RULES),
        key=lambda rule: ("TASF".index(rule.code[0]), rule.code),
    )
)


def rule(name: str) -> Rule:
    """The rule of this code or name, in any case. Raises UsageError."""
    wanted = name.strip().lower()
    found = next((one for one in RULES if wanted in (one.code.lower(), one.name)), None)
    if found is None:
        raise UsageError("there is no such rule", where=name[:40], hint="`concord explain` lists all")
    return found


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules to run: those selected (by default those that are on), less those ignored.

    Each name is a code, the beginning of codes ("A", "T00"), a rule's name, a family's name, or ALL.
    Raises UsageError for a name that fits none.
    """
    wanted = list(select)
    picked = fitting(wanted) if wanted else [one for one in RULES if one.default]
    left_out = fitting(ignore)
    return tuple(one for one in RULES if one in picked and one not in left_out)


def fitting(names: Iterable[str]) -> list[Rule]:
    """Every rule that one of these names fits. Raises UsageError for a name that fits none."""
    found: list[Rule] = []
    for name in names:
        own = [one for one in RULES if fits(one, name)]
        if not own:
            raise UsageError(
                "no rule has this code, name or family",
                where=name[:40] or "an empty name",
                hint="`concord explain` lists all rules",
            )
        found += own
    return found


def fits(rule: Rule, name: str) -> bool:
    """Whether a name as people give it means this rule."""
    plain = name.strip()
    return bool(plain) and (
        plain.upper() == "ALL"
        or rule.code.startswith(plain.upper())
        or plain.lower() in (rule.name, rule.family)
    )


def families(rules: Sequence[Rule] = RULES) -> dict[str, list[Rule]]:
    """Rules by family, in order of their codes."""
    return {family: [one for one in rules if one.family == family] for family in FAMILIES.values()}
