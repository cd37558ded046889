"""What every writer of findings takes: the findings, what they were looked for in, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from glossary.checks.base import Rule
from glossary.model import Finding, Gap, Severity, Spot, Use

Role = Literal["original", "translation", "text"]
FailOn = Literal["error", "warning", "note", "never"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Checked:
    """A text that was looked at. ``name`` is what spots call it, ``path`` where its file is ("" if unknown).

    ``role`` is "text" for one that stands alone. ``sentences`` are counted; ``date`` is ISO 8601, "" if unknown.
    Lines and columns are those of the file only where ``format`` is "txt"; elsewhere they count in the text as
    read (``concord text``).
    """

    name: str
    lang: str
    role: Role = "text"
    sentences: int = 0
    path: str = ""
    title: str = ""
    date: str = ""
    format: str = "txt"
    sha256: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether lines and offsets are those of the file itself."""
        return self.format == "txt"


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A finding that a person set aside, with the reason. ``at`` is ISO 8601 in UTC."""

    finding: Finding
    reason: str
    author: str = ""
    at: str = ""


@dataclass(frozen=True)
class Report:
    """A run of the checks, ready to be written.

    ``findings`` are those that speak: without the ``in_baseline`` ones and without the ``dismissed``. ``rules``
    are those that ran. ``fail_on`` is the least severity that makes the run fail. ``uses`` is what names became,
    for the table of renderings. ``signature`` says what the check was made with.
    """

    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    documents: tuple[Checked, ...] = ()
    uses: tuple[Use, ...] = ()
    rules: tuple[Rule, ...] = ()
    signature: str = ""
    in_baseline: int = 0
    dismissed: tuple[Dismissed, ...] = ()
    fail_on: FailOn = "note"

    @cached_property
    def by_name(self) -> dict[str, Checked]:
        """The documents, by the name that spots have; those that only a finding names are made up behind."""
        found = {document.name: document for document in self.documents}
        for spot in self._spots():
            found.setdefault(spot.document, Checked(spot.document, spot.lang))
        for gap in self.gaps:
            if gap.document:
                found.setdefault(gap.document, Checked(gap.document, ""))
        return found

    def _spots(self) -> Iterator[Spot]:
        for finding in (*self.findings, *(one.finding for one in self.dismissed)):
            yield finding.spot
            yield from finding.evidence
            yield from (row.first for row in finding.table if row.first is not None)

    @cached_property
    def ordered(self) -> tuple[Finding, ...]:
        """The findings in order of the documents, in each by place, then by code."""
        return tuple(sorted(self.findings, key=self._place))

    def _place(self, finding: Finding) -> tuple[int, int, int, int, str, str]:
        spot = finding.spot
        family, code = _by_code(finding.code)
        return self.position[spot.document], spot.start, spot.end, family, code, finding.fingerprint

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each document stands, by name."""
        return {name: at for at, name in enumerate(self.by_name)}

    @cached_property
    def by_rule(self) -> dict[str, list[Finding]]:
        """The findings by code, in order of the codes, in each by place."""
        found: dict[str, list[Finding]] = {}
        for finding in self.ordered:
            found.setdefault(finding.code, []).append(finding)
        return dict(sorted(found.items(), key=lambda item: _by_code(item[0])))

    @cached_property
    def rule_of(self) -> dict[str, Rule]:
        """The rules that ran, by code."""
        return {rule.code: rule for rule in self.rules}

    @cached_property
    def severities(self) -> Counter[Severity]:
        """How many findings of each severity."""
        return Counter(finding.severity for finding in self.findings)

    @property
    def sentences(self) -> int:
        """How many sentences were looked at."""
        return sum(document.sentences for document in self.documents)

    def fails(self, finding: Finding) -> bool:
        """Whether this finding makes the run fail."""
        if self.fail_on == "never":
            return False
        return SEVERITIES.index(finding.severity) <= SEVERITIES.index(self.fail_on)

    @cached_property
    def open_gaps(self) -> tuple[tuple[Gap, tuple[str, ...]], ...]:
        """What could not be checked, each reason of a rule once, with the documents it holds for (none: all)."""
        found: dict[Gap, list[str]] = {}
        for gap in self.gaps:
            names = found.setdefault(replace(gap, document=""), [])
            if gap.document and gap.document not in names:
                names.append(gap.document)
        ordered = sorted(found.items(), key=lambda item: (_by_code(item[0].code), item[0].reason))
        return tuple((gap, tuple(names)) for gap, names in ordered)


def looks_at(rule: Rule, document: Checked) -> bool:
    """Whether a rule is about such a text; one that compares two texts is about the translation."""
    if rule.scope == "text":
        return rule.both_sides or document.role != "original"
    return document.role == "translation"


def end_of(spot: Spot) -> tuple[int, int]:
    """Line and column just behind a spot, counted from 1 as its own are."""
    breaks = spot.text.count("\n")
    if not breaks:
        return spot.line, spot.column + len(spot.text)
    return spot.line + breaks, len(spot.text) - spot.text.rfind("\n")


def counted(number: int, noun: str) -> str:
    """The number with its noun: "1 finding", "1,204 findings"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def in_words(severities: Counter[Severity]) -> str:
    """The counts of severities that are not zero: "2 errors, 5 warnings"."""
    return ", ".join(counted(severities[one], one) for one in SEVERITIES if severities[one])


def names_in_words(names: Sequence[str], most: int = 3) -> str:
    """A list of names that stays short: "a, b, c and 4 more"."""
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def _by_code(code: str) -> tuple[int, str]:
    """Families in their usual order: terms, annotations, alignment, figures."""
    at = "TASF".find(code[:1])
    return (at if at >= 0 else 9, code)
