r"""Findings as JSON, JSON Lines and CSV. docs/findings.md describes every field.

JSON Lines: one finding a line, in order of the documents and by place::

    {"code": "T007", "rule": "inconsistent-spelling", "severity": "warning", "message": "…", "document": "a.txt",
     "line": 12, "column": 4, "start": 310, "end": 316, "text": "Andrey", "evidence": [{…}], "suggestion": "…",
     "fingerprint": "0123456789abcdef"}

(on one line), with ``replacement``, ``match``, ``table`` and ``concept`` behind where the finding has them.
JSON: one object with the same under ``findings``. CSV (RFC 4180, but "\n" ends a line): a finding a line.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from typing import Any, TextIO

from align import __version__
from align.formats.jsonl import dumps
from align.formats.sheets import no_formula
from glossary.formats.findings import renderings
from glossary.formats.findings.report import SEVERITIES, Report
from glossary.formats.findings.shown import plain_part
from glossary.model import Finding, Spot

VERSION = 1
COLUMNS = (
    "code", "rule", "severity", "message", "document", "line", "column", "start", "end", "text", "sentence",
    "counterpart", "suggestion", "replacement", "concept", "fingerprint",
)  # fmt: skip


def write_jsonl(report: Report, stream: TextIO) -> tuple[str, ...]:
    """Writes a line for each finding. Warns of gaps, which have no place in it."""
    for finding in report.ordered:
        stream.write(dumps(record_of(finding)) + "\n")
    return _without_gaps(report)


def write_json(report: Report, stream: TextIO) -> tuple[str, ...]:
    """Writes the object, a finding a line. Returns no warnings: JSON can say everything."""
    stream.write("{\n")
    for key, value in _head(report).items():
        stream.write(f'"{key}": {dumps(value)},\n')
    stream.write('"findings": [')
    for position, finding in enumerate(report.ordered):
        stream.write(("\n" if position == 0 else ",\n") + dumps(record_of(finding)))
    stream.write("\n]\n}\n")
    return ()


def write_csv(report: Report, stream: TextIO) -> tuple[str, ...]:
    """Writes a header and a line for each finding.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, as spreadsheets themselves
    mark a text; all on one line, unseen characters named.
    """
    lines = csv.writer(stream, lineterminator="\n")
    lines.writerow(COLUMNS)
    for finding in report.ordered:
        record: Mapping[str, Any] = {
            **record_of(finding),
            "sentence": finding.spot.sentence,
            "counterpart": _counterpart(finding),
        }
        lines.writerow([_cell(record.get(name)) for name in COLUMNS])
    return _without_gaps(report)


def record_of(finding: Finding) -> dict[str, Any]:
    """One finding as its JSON object."""
    spot = finding.spot
    record: dict[str, Any] = {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "document": spot.document,
        "line": spot.line,
        "column": spot.column,
        "start": spot.start,
        "end": spot.end,
        "text": spot.text,
        "evidence": [evidence_of(one) for one in finding.evidence],
        "suggestion": finding.suggestion,
        "fingerprint": finding.fingerprint,
    }
    if finding.replacement is not None:
        record["replacement"] = finding.replacement
    if finding.match is not None:
        match = finding.match
        record["match"] = {"surface": match.surface, "lemma": match.lemma, "why": match.why}
    if finding.table:
        record["table"] = table_of(finding)
    if finding.concept:
        record["concept"] = finding.concept
    return record


def table_of(finding: Finding) -> list[dict[str, Any]]:
    """A finding's table: text, count, the first place (null if unknown), a note."""
    return [
        {
            "text": row.text,
            "count": row.count,
            "first": evidence_of(row.first) if row.first else None,
            "note": row.note,
        }
        for row in finding.table
    ]


def evidence_of(spot: Spot) -> dict[str, Any]:
    """A place with its sentence."""
    return {
        "label": spot.label,
        "document": spot.document,
        "lang": spot.lang,
        "line": spot.line,
        "column": spot.column,
        "start": spot.start,
        "end": spot.end,
        "text": spot.text,
        "sentence": spot.sentence,
        "sentence_start": spot.sentence_start,
    }


def _head(report: Report) -> dict[str, Any]:
    """All but the findings."""
    return {
        "version": VERSION,
        "concord": __version__,
        "signature": report.signature,
        "summary": _summary(report),
        "documents": [
            {
                "name": d.name, "path": d.path, "title": d.title, "lang": d.lang, "role": d.role,
                "format": d.format, "date": d.date, "sha256": d.sha256, "sentences": d.sentences,
            }
            for d in report.documents
        ],
        "rules": [
            {
                "code": rule.code, "name": rule.name, "family": rule.family, "severity": rule.severity,
                "scope": rule.scope, "summary": rule.summary,
            }
            for rule in report.rules
        ],
        "gaps": [{"code": g.code, "reason": g.reason, "document": g.document} for g in report.gaps],
        "dismissed": [
            {**record_of(one.finding), "reason": one.reason, "author": one.author, "at": one.at}
            for one in report.dismissed
        ],
        "renderings": [renderings.record_of(one) for one in renderings.renderings(report.uses)],
    }  # fmt: skip


def _summary(report: Report) -> dict[str, Any]:
    return {
        "findings": len(report.findings),
        "severity": {one: report.severities[one] for one in SEVERITIES},
        "rules": {code: len(found) for code, found in report.by_rule.items()},
        "in_baseline": report.in_baseline,
        "dismissed": len(report.dismissed),
        "sentences": report.sentences,
        "fails": any(map(report.fails, report.findings)),
    }


def _counterpart(finding: Finding) -> str:
    """The sentence in the other text, if the evidence has one."""
    other = next((one for one in finding.evidence if one.document != finding.spot.document), None)
    return other.sentence if other else ""


def _cell(value: object) -> str:
    return no_formula("" if value is None else plain_part(str(value)))


def _without_gaps(report: Report) -> tuple[str, ...]:
    """One line where something could not be checked, since the format has no place for it."""
    if not report.open_gaps:
        return ()
    number = len(report.open_gaps)
    what = "one thing" if number == 1 else f"{number} things"
    return (f"{what} could not be checked; the formats text, json and html say what and why",)
