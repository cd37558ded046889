"""SARIF 2.1.0 (OASIS), one run: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.

Offsets, lines and columns count code points (``columnKind``). A document that is no plain text has no region: its
offsets are those of the text as read, and stand in the location's properties. ``partialFingerprints`` are stable
over edits elsewhere; what a person dismissed is there with its suppression; what could not be checked is a
notification of the invocation.
"""

from __future__ import annotations

import re
from typing import Any, TextIO
from urllib.parse import quote

from align import __version__
from align.formats.display import language_name
from align.formats.jsonl import dumps
from glossary.checks.base import Rule
from glossary.formats.findings.records import table_of
from glossary.formats.findings.report import Checked, Dismissed, Report, end_of
from glossary.model import Finding, Gap, Severity, Spot

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "concordFinding/v1"
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "note"}
Object = dict[str, Any]
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def write(report: Report, stream: TextIO) -> tuple[str, ...]:
    """Writes the log, a result a line. Returns no warnings."""
    codes = _codes(report)
    index = {code: at for at, code in enumerate(codes)}
    places = _Places(report)
    driver = {
        "name": "Concord",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(report, code) for code in codes],
    }
    head = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(document) for document in report.by_name.values()],
        "invocations": [_invocation(report, index, places)],
        "properties": {"signature": report.signature, "inBaseline": report.in_baseline},
    }
    stream.write(f'{{\n"$schema": {dumps(SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n')
    for key, value in head.items():
        stream.write(f'"{key}": {dumps(value)},\n')
    stream.write('"results": [')
    every: list[Finding | Dismissed] = [*report.ordered, *report.dismissed]
    for position, one in enumerate(every):
        stream.write(("\n" if position == 0 else ",\n") + dumps(_result(one, index, places)))
    stream.write("\n]\n}]\n}\n")
    return ()


def _codes(report: Report) -> list[str]:
    """Every rule that ran or is named, in order."""
    named = [*(rule.code for rule in report.rules), *report.by_rule]
    named += [one.finding.code for one in report.dismissed] + [gap.code for gap in report.gaps]
    return list(dict.fromkeys(named))


def _rule(report: Report, code: str) -> Object:
    rule: Rule | None = report.rule_of.get(code)
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family], "name": rule.name},
    }


def uri(document: Checked) -> str:
    """A relative reference, or a file URI where the path is absolute; every odd character is percent-encoded."""
    path = document.path or document.name
    encoded = quote(path.replace("\\", "/"), safe="/", errors="surrogatepass")
    if _DRIVE.match(path):
        return f"file:///{encoded}"
    return f"file://{encoded}" if path.startswith("/") else encoded


def _artifact(document: Checked) -> Object:
    found: Object = {
        "location": {"uri": uri(document)},
        "description": {"text": f"{language_name(document.lang)}, {document.role}"},
        "properties": {"name": document.name, "lang": document.lang, "role": document.role},
    }
    if document.sha256:
        found["hashes"] = {"sha-256": document.sha256}
    return found


class _Places:
    """Spots as locations, with the position of their document among the artifacts."""

    def __init__(self, report: Report) -> None:
        self._documents = report.by_name
        self._index = {name: at for at, name in enumerate(self._documents)}

    def artifact(self, name: str) -> Object:
        """The reference to a document."""
        return {"uri": uri(self._documents[name]), "index": self._index[name]}

    def is_plain(self, name: str) -> bool:
        """Whether offsets are those of the file."""
        return self._documents[name].is_plain

    def location(self, spot: Spot) -> Object:
        """A spot with its sentence around it."""
        physical: Object = {"artifactLocation": self.artifact(spot.document)}
        if self.is_plain(spot.document):
            physical["region"] = {**region(spot), "snippet": {"text": spot.text}}
            if _holds(spot):
                physical["contextRegion"] = {
                    "charOffset": spot.sentence_start,
                    "charLength": len(spot.sentence),
                    "snippet": {"text": spot.sentence},
                }
            return {"physicalLocation": physical}
        read = {"line": spot.line, "column": spot.column, "start": spot.start, "end": spot.end}
        return {
            "physicalLocation": physical,
            "properties": {"inTextAsRead": {**read, "text": spot.text, "sentence": spot.sentence}},
        }


def region(spot: Spot) -> Object:
    """A spot's place, in lines and columns and in offsets."""
    last, column = end_of(spot)
    return {
        "startLine": spot.line,
        "startColumn": spot.column,
        "endLine": last,
        "endColumn": column,
        "charOffset": spot.start,
        "charLength": spot.end - spot.start,
    }


def _holds(spot: Spot) -> bool:
    """Whether the sentence is around the spot, as a context has to be."""
    return spot.sentence_start <= spot.start and spot.end <= spot.sentence_start + len(spot.sentence)


def _result(one: Finding | Dismissed, index: dict[str, int], places: _Places) -> Object:
    finding = one.finding if isinstance(one, Dismissed) else one
    message = f"{finding.message} {finding.suggestion}".strip()
    result: Object = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [places.location(finding.spot)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": _properties(finding),
    }
    if finding.evidence:
        result["relatedLocations"] = [
            {"id": number, **places.location(spot), "message": {"text": spot.label or "see also"}}
            for number, spot in enumerate(finding.evidence, start=1)
        ]
    if finding.replacement is not None and places.is_plain(finding.spot.document):
        result["fixes"] = [_fix(finding, finding.replacement, places)]
    if isinstance(one, Dismissed):
        result["suppressions"] = [_suppression(one)]
    return result


def _properties(finding: Finding) -> Object:
    found: Object = {"document": finding.spot.document, "suggestion": finding.suggestion}
    if finding.match is not None:
        found["match"] = {
            "surface": finding.match.surface,
            "lemma": finding.match.lemma,
            "why": finding.match.why,
        }
    if finding.table:
        found["table"] = table_of(finding)
    if finding.concept:
        found["concept"] = finding.concept
    return found


def _fix(finding: Finding, replacement: str, places: _Places) -> Object:
    change = {"deletedRegion": region(finding.spot), "insertedContent": {"text": replacement}}
    artifact = places.artifact(finding.spot.document)
    return {
        "description": {"text": finding.suggestion or f"Write “{replacement}”"},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [change]}],
    }


def _suppression(one: Dismissed) -> Object:
    found: Object = {"kind": "external", "status": "accepted", "justification": one.reason}
    properties = {key: value for key, value in (("author", one.author), ("at", one.at)) if value}
    return {**found, "properties": properties} if properties else found


def _invocation(report: Report, index: dict[str, int], places: _Places) -> Object:
    """The run, with a notification for each thing that could not be checked."""
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [_notification(gap, index, places) for gap in report.gaps],
    }


def _notification(gap: Gap, index: dict[str, int], places: _Places) -> Object:
    found: Object = {
        "level": "note",
        "message": {"text": f"Not checked: {gap.reason}"},
        "associatedRule": {"id": gap.code, "index": index[gap.code]},
    }
    if gap.document:
        found["locations"] = [{"physicalLocation": {"artifactLocation": places.artifact(gap.document)}}]
    return found
