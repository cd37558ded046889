"""What a rule is, and what it hands back.

A rule is a module with a docstring, which is its page (``concord explain``), and a constant ``RULE``. Its check
looks at one text, at one pair, or at what names became in all pairs, and yields drafts: places and words. The
runner (``run.py``) gives them their sentences, line numbers, severity and fingerprint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from glossary.model import Match, Severity

if TYPE_CHECKING:
    from glossary.checks.settings import Settings

Family = Literal["terms", "annotations", "alignment", "figures"]
Scope = Literal["text", "pair", "project"]
Value = str | int | float | bool | tuple[str, ...]
FAMILIES: Mapping[str, Family] = {"T": "terms", "A": "annotations", "S": "alignment", "F": "figures"}


@dataclass(frozen=True, slots=True)
class Place:
    """``text[start:end]`` of the document of this name; ``label`` says what it has to do with the finding."""

    document: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a draft's table: one way to write something, how often, where first."""

    text: str
    count: int
    first: Place | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before the runner completes it.

    ``message`` is one plain sentence that names the words in question. Where the place belongs to a bead, the
    runner puts the counterpart in front of ``evidence``; a rule gives further places, or the exact ones.
    ``replacement`` is given only where it is safe to put it in without reading. ``identity`` is what makes this
    finding itself over edits elsewhere; left empty it is the text found and its sentence.
    """

    place: Place
    message: str
    evidence: tuple[Place, ...] = ()
    suggestion: str = ""
    replacement: str | None = None
    match: Match | None = None
    table: tuple[Row, ...] = ()
    concept: str = ""
    identity: tuple[str, ...] = ()
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What the rule could not look at, and why, in words for people. ``document`` is "" for all."""

    reason: str
    document: str = ""


Found = Iterator[Draft | Unchecked]


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of one rule in ``[check.rules.CODE]``: its default (which gives the type) and what it does."""

    default: Value
    help: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``check`` takes a TextView, PairView or ProjectView, as ``scope`` says, and the Settings.

    A rule on texts looks at translations and at texts that stand alone; ``both_sides`` also at originals.
    ``default`` is whether it is on where nobody selected rules. Where a rule that it ``yields_to`` reports the same
    place, its own finding is left out: one fault, one finding.
    """

    code: str
    name: str
    summary: str
    severity: Severity
    scope: Scope
    check: Callable[[Any, Settings], Found]
    page: str
    both_sides: bool = False
    default: bool = True
    options: Mapping[str, Option] = field(default_factory=dict)
    yields_to: tuple[str, ...] = ()

    @property
    def family(self) -> Family:
        """The family that the code's letter names."""
        return FAMILIES[self.code[0]]
