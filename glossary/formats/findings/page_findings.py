"""The part of the page with the findings: by rule, each with both sentences side by side and the spot marked."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from align.text import direction
from glossary.checks.base import Rule
from glossary.formats.findings.report import Checked, Report, counted
from glossary.formats.findings.shown import called, html_text, language, line_of, quoted, spaces, trimmed
from glossary.model import Count, Finding, Match, Severity, Spot

SHOWN = 3  # places of evidence below the two sentences before they fold
SIGNS: dict[Severity, str] = {"error": "✖", "warning": "▲", "note": "●"}


def sections(report: Report) -> Iterator[str]:
    """A section for each rule that found something; findings are numbered in order of the texts."""
    numbers = {id(finding): number for number, finding in enumerate(report.ordered, start=1)}
    for code, findings in report.by_rule.items():
        rule = report.rule_of.get(code)
        yield (
            f'<section class="rule" id="{anchor(code)}" data-code="{escape(code)}">\n<h3><span class="code">'
            f"{html_text(code)}</span> {html_text(findings[0].rule)} "
            f'<span class="count">{counted(len(findings), "finding")}</span></h3>\n{_about(rule)}'
        )
        for finding in findings:
            yield _article(report, finding, numbers[id(finding)])
        yield "</section>\n"


def anchor(code: str) -> str:
    """The id of a rule's section."""
    return f"rule-{escape(''.join(sign for sign in code if sign.isalnum()))}"


def _about(rule: Rule | None) -> str:
    """What the rule is for, its page folded."""
    if rule is None:
        return ""
    return (
        f'<p class="summary">{html_text(rule.summary)}</p>\n<details class="page-of-rule"><summary>Why this is '
        f"reported, and how to set it right</summary>\n<div>{page_html(rule.page)}</div></details>\n"
    )


def page_html(page: str, *, below: int = 2) -> str:
    """A rule's page (CommonMark with tables) as HTML; markup in it stays text; headings go ``below`` levels down."""
    from markdown_it import MarkdownIt

    parser: Any = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tokens = parser.parse(page)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + below, 6)}"
    return str(parser.renderer.render(tokens, parser.options, {}))


def _article(report: Report, finding: Finding, number: int) -> str:
    spot, severity = finding.spot, finding.severity
    document = report.by_name[spot.document]
    head = (
        f'<a class="n" href="#f{number}" title="Link to this finding">{number}</a>'
        f'<span class="severity {severity}"><span aria-hidden="true">{SIGNS[severity]}</span> {severity}</span>'
        f'<span class="where">{_place(document, spot)}</span><span class="code">{html_text(finding.code)}</span>'
    )
    pair, more = _pair(report, finding)
    cells = "".join(_side(report, one, finding) for one in pair)
    return (
        f'<article class="finding {severity}" id="f{number}" data-n="{number}" data-code="{escape(finding.code)}" '
        f'data-severity="{severity}" data-document="{report.position[spot.document]}">\n<p class="head">{head}</p>\n'
        f'<p class="message">{quoted(finding.message)}</p>\n'
        f'<div class="sides{"" if len(pair) > 1 else " single"}">{cells}</div>\n{_more(report, finding, more)}'
        f"{_table(report, finding.table, spot)}{_advice(finding)}{_match(finding.match)}"
        f'<p class="print" title="Names this finding in a baseline and for a dismissal">'
        f"<code>{html_text(finding.fingerprint)}</code></p>\n</article>\n"
    )


def _place(document: Checked, spot: Spot) -> str:
    return (
        f'<bdi dir="ltr">{html_text(document.name)}</bdi>, line&nbsp;{spot.line}, column&nbsp;{spot.column}'
    )


def _pair(report: Report, finding: Finding) -> tuple[list[Spot], list[Spot]]:
    """The two sentences to stand side by side, an original's to the left, and the further evidence."""
    if not finding.evidence:
        return [finding.spot], []
    first, *more = finding.evidence
    roles = [report.by_name[one.document].role for one in (finding.spot, first)]
    turned = roles[1] == "original" and roles[0] != "original"
    return ([first, finding.spot] if turned else [finding.spot, first]), more


def _side(report: Report, spot: Spot, finding: Finding) -> str:
    here = spot is finding.spot
    document = report.by_name[spot.document]
    side = direction(spot.lang)  # of the column alone: what stands above the sentence is English
    label = "" if here or spot.label == document.role else f"{html_text(spot.label or 'see also')}, "
    return (
        f'<div class="side{" here" if here else ""}" dir="{side}"><p class="from"><bdi dir="ltr">'
        f"{'▸ ' if here else ''}{label}{html_text(called(document))}, {_where(spot, finding.spot)}</bdi></p>"
        f"{sentence(spot)}</div>"
    )


def _where(spot: Spot, here: Spot) -> str:
    """A place, with its text's name where that is another one."""
    name = "" if spot.document == here.document else f'<bdi dir="ltr">{html_text(spot.document)}</bdi> '
    return f"{name}{line_of(spot)}"


def sentence(spot: Spot) -> str:
    """A sentence with its spot marked; a wedge stands between two signs, and a whole sentence is left plain."""
    before, inside, after = trimmed(spot)
    if not inside:
        mark = '<mark class="gap" title="here">‸</mark>'
    elif not (before.strip() or after.strip()):
        mark = html_text(inside)
    else:
        mark = f"<mark>{html_text(inside) if inside.strip() else escape(spaces(inside))}</mark>"
    return (
        f"<p class=sentence{language(spot.lang)}>{html_text(before).lstrip(' ')}{mark}{html_text(after)}</p>"
    )


def _more(report: Report, finding: Finding, more: list[Spot]) -> str:
    if not more:
        return ""
    items = [
        f'<li><span class="from">{html_text(one.label or "see also")}, {_where(one, finding.spot)}</span>'
        f"{sentence(one)}</li>"
        for one in more
    ]
    shown, folded = (items, []) if len(items) <= SHOWN + 1 else (items[:SHOWN], items[SHOWN:])
    rest = (
        f"<details><summary>{counted(len(folded), 'more place')}</summary>"
        f'<ul class="more">{"".join(folded)}</ul></details>'
        if folded
        else ""
    )
    return f'<ul class="more">{"".join(shown)}</ul>{rest}\n'


def _table(report: Report, table: tuple[Count, ...], spot: Spot) -> str:
    """Each way to write or render something, how often, where first."""
    if not table:
        return ""
    rows = "".join(
        f'<tr><td class="n">{row.count:,}&nbsp;×</td><td{language(row.first.lang if row.first else "")}>'
        f"{html_text(row.text) or '∅'}</td><td>{f'first {_where(row.first, spot)}' if row.first else ''}</td>"
        f"<td>{html_text(row.note)}</td></tr>"
        for row in table
    )
    return (
        '<table class="counts"><thead class="unseen"><tr><th scope="col">Times</th><th scope="col">Written</th>'
        f'<th scope="col">First</th><th scope="col">Note</th></tr></thead><tbody>{rows}</tbody></table>\n'
    )


def _advice(finding: Finding) -> str:
    words = (
        f'<p class="do"><b>Suggestion</b> {quoted(finding.suggestion)}</p>\n' if finding.suggestion else ""
    )
    if finding.replacement is None:
        return words
    lang = language(finding.spot.lang)
    new = html_text(finding.replacement) or "∅"
    return (
        f'{words}<p class="do"><b>Correction</b> <del{lang}>{html_text(finding.spot.text)}</del> → '
        f"<ins{lang}>{new}</ins></p>\n"
    )


def _match(match: Match | None) -> str:
    if match is None:
        return ""
    return (
        f'<p class="match">Recognised “<bdi>{html_text(match.surface)}</bdi>” as '
        f"“<bdi>{html_text(match.lemma)}</bdi>”: {html_text(match.why)}</p>\n"
    )
