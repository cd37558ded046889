"""What the kept results say without checking anything: the findings, and how many pairs wait to be checked again.

Results of pairs whose texts, beads, glossary or settings have changed since are taken along, and named as old: most
of what they say still holds, and a person who works through them must not lose them after each decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.checking import looked_at, ordered
from glossary.checks.base import Rule
from glossary.checks.settings import Settings
from glossary.formats.findings.report import Checked
from glossary.model import Finding, Gap
from glossary.store.checked import Checks, Result
from glossary.units import PROJECT, STAGES, digests_of, project_digest, units_of

if TYPE_CHECKING:
    from glossary.store import Glossary


@dataclass(frozen=True, slots=True)
class Standing:
    """``findings`` in order of the texts; ``old`` are the fingerprints of those whose pair has changed since.

    ``waiting`` of ``total`` pairs and lone texts are to be checked (again); ``checked`` is False where nothing ever
    was. ``project_waits``: what the rules over all pairs found is from before a change.
    """

    findings: tuple[Finding, ...]
    old: frozenset[str]
    gaps: tuple[Gap, ...]
    documents: tuple[Checked, ...]
    waiting: int
    total: int
    checked: bool
    project_waits: bool


def standing(glossary: Glossary, rules: Sequence[Rule], settings: Settings) -> Standing:
    """What is kept, for the rules that run now. Raises StoreError; UsageError where there is no text."""
    checks = Checks(glossary.store)
    with glossary.store.snapshot():
        units = list(units_of(glossary))
        documents = looked_at(glossary)
        wanted = {stage: digests_of(stage, units, rules, settings) for stage in STAGES}
        digests = {stage: checks.digests(stage) for stage in STAGES}
        results = {stage: checks.kept_results(stage) for stage in (*STAGES, PROJECT)}
    names = {unit.name for unit in units}
    waiting = {n for n in names for stage in STAGES if digests[stage].get(n) != wanted[stage][n]}
    project_waits = {d for d, _ in results[PROJECT].values()} != {project_digest(wanted, rules)}
    fresh, old, gaps = _parted(results, wanted, names, rules, project_waits)
    prints = {one.fingerprint for one in fresh}
    stale = [one for one in old if one.fingerprint not in prints]
    return Standing(
        ordered([*fresh, *stale], documents),
        frozenset(one.fingerprint for one in stale),
        tuple(dict.fromkeys(gaps)),
        documents,
        len(waiting),
        len(units),
        any(results[stage] for stage in STAGES),
        project_waits,
    )


def _parted(
    results: dict[str, dict[str, tuple[str, Result]]],
    wanted: dict[str, dict[str, str]],
    names: set[str],
    rules: Sequence[Rule],
    project_waits: bool,
) -> tuple[list[Finding], list[Finding], list[Gap]]:
    """Findings that hold, findings from before a change, and what could not be checked; of these rules alone."""
    running = {rule.code for rule in rules}
    fresh: list[Finding] = []
    old: list[Finding] = []
    gaps: list[Gap] = []
    for stage, held in results.items():
        for unit, (digest, result) in held.items():
            if stage != PROJECT and unit not in names:
                continue
            holds = not project_waits if stage == PROJECT else wanted[stage][unit] == digest
            (fresh if holds else old).extend(_of(result.findings, running))
            gaps += [gap for gap in result.gaps if gap.code in running]
    return fresh, old, gaps


def _of(findings: Iterable[Finding], codes: set[str]) -> list[Finding]:
    return [one for one in findings if one.code in codes]
