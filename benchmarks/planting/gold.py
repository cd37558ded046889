"""The two sample interviews against what they have to yield (``tests/data/checks``, made by hand before the checks).

A finding *covers* a row of the gold if it is of the row's family and its places, with its evidence, touch a
place of every group, or a place of the original where there is no group.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.planting.data import ROOT, SEEDS
from benchmarks.planting.judge import evidence, family_of
from benchmarks.planting.run import command

GOLD = ROOT / "tests" / "data" / "checks"
ALONE = ROOT.parent / "shared" / "seed" / "interview.en.txt"
Finding = Mapping[str, Any]
Row = Mapping[str, Any]


def rows(path: Path) -> list[Row]:
    """The rows of a gold file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def touches(finding: Finding, places: Sequence[Row], document: str) -> bool:
    """Whether the finding's place or a place of its evidence overlaps one of these places of this document."""
    own = [
        p for p in (finding, *evidence(finding)) if str(p.get("document", "")).rpartition("/")[2] == document
    ]
    return any(one["start"] < p["end"] and p["start"] < one["end"] for one in own for p in places)


def covers(finding: Finding, row: Row, original: str, translation: str) -> bool:
    """Whether a finding reports what a row of the gold asks for; the documents are named by their files."""
    if family_of(str(finding.get("code", ""))) != row["family"]:
        return False
    if not row["groups"]:
        return touches(finding, row["original"], original)
    return all(touches(finding, group, translation) for group in row["groups"])


def compared(
    gold: Sequence[Row], found: Sequence[Finding], original: str, translation: str
) -> tuple[dict[str, list[str]], list[Finding]]:
    """For each row the codes that cover it, and the findings that cover none."""
    codes: dict[str, list[str]] = {str(row["id"]): [] for row in gold}
    rest = []
    for finding in found:
        hits = [str(row["id"]) for row in gold if covers(finding, row, original, translation)]
        for hit in hits:
            codes[hit].append(str(finding["code"]))
        if not hits:
            rest.append(finding)
    return codes, rest


def alone(run: Callable[..., list[dict[str, Any]]] = command) -> Iterator[str]:
    """The figures of the interview that is checked alone; a line that says so if it is not there."""
    if not ALONE.exists():
        yield f"{ALONE.name} is not there"
        return
    yield from _lines("interview.en.expected.jsonl", run(ALONE.parent, ALONE.name), "", ALONE.name)


def both(run: Callable[..., list[dict[str, Any]]] = command) -> Iterator[str]:
    """The figures of the sample interview and its original."""
    names = ("interview.ru.txt", "interview.en.txt")
    yield from _lines("seeds.expected.jsonl", run(SEEDS, *names, "--langs", "ru,en"), *names)


def _lines(file: str, found: Sequence[Finding], original: str, translation: str) -> Iterator[str]:
    gold = rows(GOLD / file)
    codes, rest = compared(gold, found, original, translation)
    must = [row for row in gold if row["must"]]
    yield f"{file}: {sum(bool(codes[r['id']]) for r in must)} of {len(must)} that must be found"
    for row in gold:
        by = ", ".join(sorted(set(codes[row["id"]]))) or ("MISSED" if row["must"] else "not found (optional)")
        yield f"  {row['family']:<12} {row['id']:<18} {by:<24} {row['what']}"
    yield f"  findings beside the gold: {len(rest)}"
    for finding in rest:
        yield f"    {finding.get('code')} line {finding.get('line')} {finding.get('message')}"
