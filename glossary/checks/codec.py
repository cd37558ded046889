"""Findings, gaps and uses as JSON and back, so that what was checked once can be kept. Pure.

The form is that of the project file, short and positional; what people and programs read is in ``formats/findings``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from glossary.model import Count, Finding, Gap, Match, Spot, Use


def dumps_findings(findings: Iterable[Finding]) -> str:
    """Findings as JSON."""
    return _dumps([_finding_row(one) for one in findings])


def loads_findings(data: str) -> list[Finding]:
    """What ``dumps_findings`` wrote."""
    return [_finding(row) for row in json.loads(data)]


def dumps_gaps(gaps: Iterable[Gap]) -> str:
    """Gaps as JSON."""
    return _dumps([astuple(gap) for gap in gaps])


def loads_gaps(data: str) -> list[Gap]:
    """What ``dumps_gaps`` wrote."""
    return [Gap(*row) for row in json.loads(data)]


def dumps_uses(uses: Iterable[Use]) -> str:
    """Uses as JSON."""
    return _dumps([astuple(use) for use in uses])


def loads_uses(data: str) -> list[Use]:
    """What ``dumps_uses`` wrote."""
    found = []
    for row in json.loads(data):
        row[10], row[11] = tuple(row[10]), tuple(row[11])
        found.append(Use(*row))
    return found


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _finding_row(one: Finding) -> list[Any]:
    table = [[c.text, c.count, _spot_row(c.first), c.note] for c in one.table]
    return [
        one.code, one.rule, one.severity, one.message, _spot_row(one.spot), [_spot_row(s) for s in one.evidence],
        one.suggestion, one.replacement, astuple(one.match) if one.match else None, table, one.concept,
        one.fingerprint,
    ]  # fmt: skip


def _finding(row: list[Any]) -> Finding:
    code, rule, severity, message, spot, evidence, suggestion, replacement, match, table, concept, mark = row
    return Finding(
        code, rule, severity, message, Spot(*spot), tuple(Spot(*s) for s in evidence), suggestion, replacement,
        Match(*match) if match else None,
        tuple(Count(text, n, Spot(*first) if first else None, note) for text, n, first, note in table),
        concept, mark,
    )  # fmt: skip


def _spot_row(spot: Spot | None) -> list[Any] | None:
    return None if spot is None else list(astuple(spot))
