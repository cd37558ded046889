"""Checking a whole archive: each pair by itself, once, and the rules over all pairs; read out pair by pair.

What a pair comes to is kept under its change and a digest of rules and settings; the rules over all pairs run again
only where any of it has changed. Findings are read from the file one pair at a time, so that a report of any length
can be written in little memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

from align.archive.store import Archive, PairRecord
from glossary.archive.across import check_across
from glossary.archive.kept import Kept
from glossary.archive.running import Plan, Progress, Went, update
from glossary.checking import ordered
from glossary.formats.findings.report import Checked, Report
from glossary.model import Finding, Gap
from glossary.units import TEXTS


@dataclass(frozen=True, slots=True)
class OfPair:
    """What was found in one pair, in order of its texts."""

    record: PairRecord
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    documents: tuple[Checked, ...]


def check(kept: Kept, plan: Plan, *, workers: int = 1, progress: Progress | None = None) -> Went:
    """Brings all results up to date. Raises StoreError."""
    went = update(kept, plan, workers=workers, progress=progress)
    digests = plan.digests
    wanted = _digest(kept, plan)
    if kept.across()[0] != wanted:
        found, gaps = check_across(kept.archive, lambda: kept.uses(digests, TEXTS), plan.rules, plan.settings)
        kept.keep_across(wanted, found, gaps)
    return went


def _digest(kept: Kept, plan: Plan) -> str:
    """A digest of all that the rules over all pairs look at."""
    codes = [rule.code for rule in plan.rules if rule.scope == "project"]
    made = hashlib.sha256(repr((codes, sorted(plan.digests.items()))).encode())
    for number, change in kept.digests(plan.digests):
        made.update(f"{number} {change}\n".encode())
    return made.hexdigest()[:20]


def findings(kept: Kept, plan: Plan) -> Iterator[OfPair]:
    """What is kept, by pair; of pairs that share a document its own findings come with the first of them."""
    shared = _shared(kept.archive)
    told: set[str] = set()
    rows = kept.results(plan.digests)
    for record in kept.archive.pairs("done"):
        row = next(rows, None)
        while row is not None and row[0] < record.number:
            row = next(rows, None)
        if row is None:
            return
        if row[0] > record.number:  # it failed: it has no results
            rows = _again(row, rows)
            continue
        documents = documents_of(record)
        own = [one for one in row[1] if one.fingerprint not in told]
        told |= {one.fingerprint for one in own if one.spot.document in shared}
        yield OfPair(record, ordered(own, documents), tuple(row[2]), documents)


Row = tuple[int, list[Finding], list[Gap]]


def _again(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _shared(archive: Archive) -> Container[str]:
    """The documents that are in several pairs."""
    rows = archive.db.execute(
        """SELECT source FROM pairs WHERE state = 'done' GROUP BY source HAVING count(*) > 1
        UNION SELECT target FROM pairs WHERE state = 'done' GROUP BY target HAVING count(*) > 1"""
    )
    return {path for (path,) in rows.fetchall()}


def documents_of(record: PairRecord) -> tuple[Checked, Checked]:
    """The two texts of a pair, as reports name them."""
    source = Checked(
        record.source, record.source_lang, "original", record.source_segments, record.source, "",
        record.source_date, _format(record.source), record.source_sha256,
    )  # fmt: skip
    target = Checked(
        record.target, record.target_lang, "translation", record.target_segments, record.target, "",
        record.target_date, _format(record.target), record.target_sha256,
    )  # fmt: skip
    return source, target


def _format(path: str) -> str:
    """Whether lines are those of the file: "txt", or what the name ends in."""
    end = path.rpartition(".")[2].lower()
    return "txt" if end in ("txt", "text") else end or "txt"


@dataclass(frozen=True, slots=True)
class Quiet:
    """What stays quiet: findings that people dismissed, and those of a baseline; by fingerprint."""

    dismissed: Mapping[str, object]
    baseline: frozenset[str] = frozenset()

    def speaking(self, own: OfPair) -> OfPair:
        """The pair with those findings only that are to be told."""
        heard = tuple(
            one
            for one in own.findings
            if one.fingerprint not in self.dismissed and one.fingerprint not in self.baseline
        )
        return replace(own, findings=heard)


def report_of(own: OfPair, plan: Plan, signature: str) -> Report:
    """One pair's findings as a report."""
    return Report(own.findings, own.gaps, own.documents, (), plan.rules, signature)
