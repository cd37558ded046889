"""GitHub annotations: one workflow command a line (docs.github.com, "Workflow commands for GitHub Actions").

``::warning file=a.txt,line=3,endLine=3,col=5,endColumn=9,title=T007 inconsistent-spelling::message``. Errors,
warnings and notices; columns count code points from 1, the end exclusive. Only a plain text has lines in its file:
elsewhere the annotation is on the file, and the message says where. What could not be checked is one notice.
"""

from __future__ import annotations

from typing import TextIO

from align.formats.display import plain
from glossary.formats.findings.report import Report, counted, end_of
from glossary.formats.findings.shown import line_of
from glossary.model import Finding

LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def write(report: Report, stream: TextIO) -> tuple[str, ...]:
    """Writes a command for each finding, and one for all gaps. Returns no warnings."""
    for finding in report.ordered:
        stream.write(_annotation(report, finding) + "\n")
    if report.open_gaps:
        title = f"{counted(len(report.open_gaps), 'thing')} not checked"
        lines = [
            f"{gap.code}: {plain(gap.reason)}" + (f" ({', '.join(map(plain, names))})" if names else "")
            for gap, names in report.open_gaps
        ]
        stream.write(f"::notice title={_value(title)}::{_message(lines)}\n")
    return ()


def _annotation(report: Report, finding: Finding) -> str:
    spot = finding.spot
    document = report.by_name[spot.document]
    values = {"file": plain(document.path or document.name).replace("\\", "/")}
    lines = [plain(finding.message)]
    if document.is_plain:
        last, column = end_of(spot)
        values |= {"line": str(spot.line), "endLine": str(last)}
        if last == spot.line:  # columns are shown on one line only
            values |= {"col": str(spot.column), "endColumn": str(column)}
    else:
        lines.append(f"Place: {line_of(spot)} in the text as read, “{plain(spot.text)}”")
    values["title"] = f"{finding.code} {finding.rule}"
    if finding.suggestion:
        lines.append(plain(finding.suggestion))
    head = ",".join(f"{key}={_value(value)}" for key, value in values.items())
    return f"::{LEVELS[finding.severity]} {head}::{_message(lines)}"


def _message(lines: list[str]) -> str:
    """Text behind the second "::": percent signs and line ends are escaped."""
    return "\n".join(lines).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    """The value of a property, in which ":" and "," mean something too."""
    return _message([text]).replace(":", "%3A").replace(",", "%2C")
