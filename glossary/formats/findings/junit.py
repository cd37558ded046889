"""JUnit XML: a suite for each document, a case for each rule that looked at it.

A case fails where the rule found something as severe as the run fails for, is skipped where the rule could not look,
and passes else; what does not fail stands under ``system-out``. Attribute names as CI servers read them
(``testsuites > testsuite > testcase > failure | skipped | system-out``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from align.formats.display import plain
from glossary.formats.findings.report import Checked, Report, counted, looks_at
from glossary.formats.findings.shown import line_of
from glossary.model import Finding

Cases = dict[str, tuple[list[Finding], list[str]]]


def write(report: Report, stream: TextIO) -> tuple[str, ...]:
    """Writes the suites. Returns no warnings."""
    suites = [(document, cases) for document, cases in _suites(report) if cases]
    totals = [_counts(report, cases) for _, cases in suites]
    tests, failures, skipped = (sum(column) for column in zip(*totals, strict=True)) if totals else (0, 0, 0)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(
        f'<testsuites name="concord check" tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}">\n'
    )
    for (document, cases), (tests, failures, skipped) in zip(suites, totals, strict=True):
        stream.write(
            f'<testsuite name={_value(document.name)} tests="{tests}" failures="{failures}" errors="0" '
            f'skipped="{skipped}">\n'
        )
        for code in cases:
            stream.writelines(_case(report, document, code, *cases[code]))
        stream.write("</testsuite>\n")
    stream.write("</testsuites>\n")
    return ()


def _suites(report: Report) -> Iterator[tuple[Checked, Cases]]:
    """Each document with the findings and the gaps of each rule that had to do with it."""
    found: dict[str, Cases] = {name: {} for name in report.by_name}
    for rule in report.rules:
        for document in report.documents:
            if looks_at(rule, document):
                found[document.name][rule.code] = ([], [])
    for gap, names in report.open_gaps:
        own = names or [name for name, cases in found.items() if gap.code in cases] or list(found)
        for name in own:
            found[name].setdefault(gap.code, ([], []))[1].append(gap.reason)
    for code, findings in report.by_rule.items():
        for finding in findings:
            found[finding.spot.document].setdefault(code, ([], []))[0].append(finding)
    return ((report.by_name[name], cases) for name, cases in found.items())


def _counts(report: Report, cases: Cases) -> tuple[int, int, int]:
    failed = sum(any(map(report.fails, findings)) for findings, _ in cases.values())
    skipped = sum(bool(gaps) and not any(map(report.fails, found)) for found, gaps in cases.values())
    return len(cases), failed, skipped


def _case(
    report: Report, document: Checked, code: str, findings: list[Finding], gaps: list[str]
) -> Iterator[str]:
    rule = report.rule_of.get(code)
    name = f"{code} {rule.name if rule else findings[0].rule if findings else ''}".strip()
    failing = [finding for finding in findings if report.fails(finding)]
    other = [finding for finding in findings if not report.fails(finding)]
    notes = [f"not checked: {plain(gap)}" for gap in gaps] if failing else []
    yield f"<testcase name={_value(name)} classname={_value(document.name)}"
    yield f" file={_value(document.path)}" if document.path else ""
    if not (findings or gaps):
        yield "/>\n"
        return
    yield ">\n"
    if failing:
        text = "\n".join(map(_line, failing))
        head = failing[0].message if len(failing) == 1 else counted(len(failing), "finding")
        kind = failing[0].severity
        yield f'<failure message={_value(head)} type="{kind}">{escape(text)}</failure>\n'
    elif gaps:
        yield f"<skipped message={_value('; '.join(gaps))}/>\n"
    if other or notes:
        yield f"<system-out>{escape(chr(10).join([*map(_line, other), *notes]))}</system-out>\n"
    yield "</testcase>\n"


def _line(finding: Finding) -> str:
    """A finding on one line: place, severity, words, suggestion."""
    tail = f" {plain(finding.suggestion)}" if finding.suggestion else ""
    place = f"{plain(finding.spot.document)}:{line_of(finding.spot)}"
    return f"{place}: {finding.severity}: {plain(finding.message)}{tail}"


def _value(text: str) -> str:
    """An attribute's value with its quotes; what XML forbids is named, as everywhere."""
    return quoteattr(plain(text))
