"""Findings as text for people: by document and in order of place, both sentences with the spot marked.

Nothing hangs on colour: severities are words, spots are underlined by carets or stand in brackets. In a terminal
lines are as wide as it is; elsewhere (a file, a pipe) 100 columns, or what COLUMNS says, without colour.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from align.formats.display import plain
from align.formats.rows import language_tag
from glossary.formats.findings.report import (
    Report,
    counted,
    in_words,
    names_in_words,
)
from glossary.formats.findings.shown import called, line_of
from glossary.formats.findings.wrapped import carets, lines, marked
from glossary.model import Count, Finding, Spot

WIDTH = 100  # columns where there is no terminal
NARROWEST = 10  # columns of a text in however narrow a terminal
MOST = 4  # places of evidence that are shown
INDENT = "  "
STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "head": "bold",
    "soft": "dim",
    "spot": "bold underline",
    "suggestion": "green",
}
Parts = Sequence[tuple[str, str]]  # stretches of a line, each with the name of its style ("" for none)
Line = str | Parts
Painter = Callable[[str, str], str]


def write(
    report: Report, stream: TextIO, *, width: int | None = None, color: bool | None = None
) -> tuple[str, ...]:
    """Prints the report. Returns no warnings.

    ``width`` in columns and ``color`` are found where they are None: COLUMNS, the terminal; NO_COLOR, a terminal
    that has colours.
    """
    columns, paint = _surroundings(stream, width, color)
    for line in _report(report, max(columns, NARROWEST + 14)):
        if isinstance(line, str):
            stream.write(line.rstrip(" ") + "\n")
        else:
            stream.write("".join(paint(text, style) for text, style in line).rstrip(" ") + "\n")
    return ()


def _surroundings(stream: TextIO, width: int | None, color: bool | None) -> tuple[int, Painter]:
    """How wide a line may be, and what puts a style on a text."""
    from rich.color import ColorSystem
    from rich.console import Console
    from rich.style import Style

    if width is None and not stream.isatty() and not os.environ.get("COLUMNS", "").isdecimal():
        width = WIDTH
    console = Console(
        file=stream,
        width=width,
        height=None if width is None else 25,  # without it a dumb terminal's 80 columns would win over width
        force_terminal=color,
        legacy_windows=False,
    )
    if not console.is_terminal or console.color_system is None:
        return console.width, lambda text, style: text
    styles = {name: Style.parse(style) for name, style in STYLES.items()}
    if console.no_color:
        styles = {name: style.without_color for name, style in styles.items()}

    def paint(text: str, style: str) -> str:
        return styles[style].render(text, color_system=ColorSystem.STANDARD) if style else text

    return console.width, paint


def _report(report: Report, width: int) -> Iterator[Line]:
    document = None
    counts: dict[str, list[Finding]] = {}
    for finding in report.ordered:
        counts.setdefault(finding.spot.document, []).append(finding)
    for finding in report.ordered:
        if finding.spot.document != document:
            document = finding.spot.document
            yield from _heading(report, document, len(counts[document]), width)
        yield from _finding(report, finding, width)
    yield from _summary(report, width)


def _heading(report: Report, name: str, findings: int, width: int) -> Iterator[Line]:
    document = report.by_name[name]
    about = f"{called(document)}, {counted(findings, 'finding')}"
    if document.sentences:
        about += f" in {counted(document.sentences, 'sentence')}"
    yield from _wrapped(plain(name), width, "", "head")
    yield from _wrapped(about, width, "", "soft")
    yield [("─" * width, "soft")]


def _finding(report: Report, finding: Finding, width: int) -> Iterator[Line]:
    spot = finding.spot
    name = f"{finding.code} {finding.rule}"
    place: list[tuple[str, str]] = [(line_of(spot), "head"), ("  ", ""), (finding.severity, finding.severity)]
    if len(line_of(spot) + finding.severity + name + finding.fingerprint) + 6 <= width:
        yield [*place, (f"  {name}", ""), (f"  {finding.fingerprint}", "soft")]
    else:
        yield place
        yield from _wrapped(name, width, INDENT)
        yield from _wrapped(finding.fingerprint, width, INDENT, "soft")
    yield from _wrapped(plain(finding.message), width, INDENT)
    yield from _sentence(spot, width)
    for one in finding.evidence[:MOST]:
        elsewhere = "" if one.document == spot.document else f"{plain(one.document)} "
        yield from _wrapped(
            f"{plain(one.label) or 'see also'}, {elsewhere}{line_of(one)}", width, INDENT, "soft"
        )
        yield from _sentence(one, width)
    if len(finding.evidence) > MOST:
        yield [(f"{INDENT}and {counted(len(finding.evidence) - MOST, 'more place')}", "soft")]
    yield from _table(finding.table, spot, width)
    if finding.match is not None:
        match = finding.match
        words = f"Recognised “{plain(match.surface)}” as “{plain(match.lemma)}”: {plain(match.why)}"
        yield from _wrapped(words, width, INDENT, "soft")
    if finding.suggestion:
        yield from _wrapped(plain(finding.suggestion), width, INDENT, "suggestion", "→ ")
    if finding.replacement is not None:
        words = f"“{plain(spot.text)}” becomes “{plain(finding.replacement)}”"
        yield from _wrapped(words, width, INDENT, "suggestion", "± ")
    yield ""


def _sentence(spot: Spot, width: int) -> Iterator[Line]:
    """A sentence behind its language, wrapped, each line with its underline."""
    sentence = marked(spot)
    tag = f"{language_tag(spot.lang):<2}"
    rule, rest = f"{INDENT}{tag} │ ", f"{INDENT}{' ' * len(tag)} │ "
    room = max(width - len(rule), NARROWEST)
    for start, end in lines(sentence.text, room):
        first, last = (min(max(at, start), end) for at in (sentence.start, sentence.end))
        text = sentence.text
        yield [
            (rule, "soft"), (text[start:first], ""), (text[first:last], "spot"), (text[last:end], ""),
        ]  # fmt: skip
        rule = rest
        under = carets(sentence, start, end)
        if under:
            yield [(rest, "soft"), (under, "head")]


def _table(table: Sequence[Count], spot: Spot, width: int) -> Iterator[Line]:
    """Each way to write or render something, how often, where first."""
    most = max((len(f"{row.count:,}") for row in table), default=0)
    for row in table:
        number = f"{row.count:,}"
        words = plain(row.text) or "∅"
        if row.first is not None:
            elsewhere = "" if row.first.document == spot.document else f"{plain(row.first.document)} "
            words += f"  first {elsewhere}{line_of(row.first)}"
        words += f"  {plain(row.note)}" if row.note else ""
        yield from _wrapped(words, width, INDENT + " " * (most - len(number)), "", f"{number} ×  ")


def _wrapped(text: str, width: int, indent: str, style: str = "", lead: str = "") -> Iterator[Line]:
    """A text in lines, all indented, the first behind ``lead``, the others below the text of the first."""
    room = max(width - len(indent) - len(lead), NARROWEST)
    for start, end in lines(text, room):
        yield [(f"{indent}{lead}{text[start:end]}", style)]
        lead = " " * len(lead)


def _summary(report: Report, width: int) -> Iterator[Line]:
    """The counts by rule, what was kept quiet, what could not be checked."""
    most = max((len(f"{len(found):,}") for found in report.by_rule.values()), default=0)
    for code, found in report.by_rule.items():
        rule = report.rule_of.get(code)
        about = f"{found[0].rule}{f': {rule.summary}' if rule else ''}"
        yield from _wrapped(plain(about), width, "", "", f"{len(found):>{most},}  {code}  ")
    if report.by_rule:
        yield ""
    if report.open_gaps:
        yield [("Not checked", "head")]
        for gap, names in report.open_gaps:
            where = f" ({plain(names_in_words(names))})" if names else ""
            yield from _wrapped(f"{plain(gap.reason)}{where}", width, INDENT, "", f"{gap.code}  ")
        yield ""
    yield from _wrapped(verdict(report), width, "", "head")
    yield from _wrapped(plain(report.signature), width, "", "soft")


def verdict(report: Report) -> str:
    """The last line: what was found, in how much text, and what stays quiet."""
    texts = counted(len(report.documents), "text")
    over = f" in {counted(report.sentences, 'sentence')} of {texts}" if report.documents else ""
    if report.findings:
        words = f"{counted(len(report.findings), 'finding')}{over}: {in_words(report.severities)}"
    else:
        words = f"Nothing found{over}"
    if report.in_baseline:
        words += f"; {report.in_baseline:,} more in the baseline"
    if report.dismissed:
        words += f"; {len(report.dismissed):,} dismissed"
    return words
