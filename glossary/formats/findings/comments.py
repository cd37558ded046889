"""Findings as comments in a Word document of the translation: for editors who live there."""

from __future__ import annotations

from typing import BinaryIO

from align.formats.comments import Comment, document_with_comments, with_comments
from align.model import Document
from glossary.formats.findings.report import Report, counted
from glossary.model import Finding, Spot

AUTHOR, INITIALS = "Concord", "C"


def commented(report: Report, document: Document, original: bytes | None, out: BinaryIO) -> tuple[str, ...]:
    """Writes ``document`` with a comment for each finding; returns warnings.

    ``original`` is the file that a DOCX document was read from, which keeps its formatting; without it a new
    document is made of the text. A finding in the other text is put where its evidence stands in this one; those
    that have no place here are counted in a warning.
    """
    placed = [(finding, spot) for finding in report.ordered if (spot := place_in(finding, document.name))]
    comments = [
        Comment(spot.start, spot.end, words(finding), AUTHOR, INITIALS) for finding, spot in placed
    ]  # fmt: skip
    if original is not None:
        out.write(with_comments(original, document, comments))
    else:
        out.write(document_with_comments(document, comments))
    left = len(report.findings) - len(placed)
    return (f"{counted(left, 'finding')} without a place in {document.name} left out",) if left else ()


def place_in(finding: Finding, name: str) -> Spot | None:
    """The finding's place in the document of this name: its own, or the first of its evidence there."""
    return next((spot for spot in (finding.spot, *finding.evidence) if spot.document == name), None)


def words(finding: Finding) -> str:
    """What the comment says: message, suggestion, the counterpart's sentence, the code."""
    lines = [finding.message, finding.suggestion]
    other = next((one for one in finding.evidence if one.document != finding.spot.document), None)
    if other is not None and other.sentence:
        lines.append(f"{other.label or other.document}: {other.sentence}")
    return "\n".join([*filter(None, lines), f"{finding.code} {finding.rule}"])
