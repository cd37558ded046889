"""One page that stands alone, for editors: what was found, in which text, by which rule, and what to do about it.

The page asks for nothing from outside. Its Content-Security-Policy admits its own style and its own script, by their
hashes, and nothing else. The script filters; without it everything is there. Everything out of the documents is
escaped, and characters that would be obeyed without being seen are shown by name. Finding ``n`` has the id ``fn``.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib import resources
from string import Template
from typing import TextIO

from align import __version__
from align.formats.display import plain
from glossary.formats.findings import page_findings, page_renderings
from glossary.formats.findings.report import (
    SEVERITIES,
    Checked,
    Dismissed,
    Report,
    counted,
    looks_at,
    names_in_words,
)
from glossary.formats.findings.shown import called, html_text, language, quoted
from glossary.model import Finding, Severity

MANY = 500  # findings; from here on a browser draws only those in view
SHOWN = 12  # texts, and gaps, before the list folds


def write(report: Report, stream: TextIO) -> tuple[str, ...]:
    """Writes the page. Returns no warnings."""
    source = resources.files("glossary.formats.findings")
    template = source.joinpath("report.html").read_text(encoding="utf-8")
    style = source.joinpath("report.css").read_text(encoding="utf-8")
    script = source.joinpath("report.js").read_text(encoding="utf-8") if report.findings else ""
    head, tail = template.split("$findings")
    values = {
        "version": escape(__version__),
        "title": escape(_title(report)),
        "style": style,
        "style_hash": _hash(style),
        "script": f"<script>{script}</script>\n" if script else "",
        "script_policy": f"'sha256-{_hash(script)}'" if script else "'none'",
        "body_class": ' class="many"' if len(report.findings) > MANY else "",
        "heading": _heading(report),
        "verdict": _verdict(report),
        "stats": "".join(f"<div><dt>{name}</dt><dd>{count:,}</dd></div>\n" for name, count in _stats(report)),
        "documents": _documents(report),
        "rules": _rules(report),
        "gaps": _gaps(report),
        "filters": _filters(report),
        "dismissed": _dismissed(report),
        "renderings": page_renderings.section(report),
        "signature": f"<p><code>{html_text(report.signature)}</code></p>" if report.signature else "",
    }
    stream.write(Template(head).substitute(values))
    for section in page_findings.sections(report):
        stream.write(section)
    stream.write(Template(tail).substitute(values))
    return ()


def _hash(text: str) -> str:
    """As a Content-Security-Policy names a script or style: base64 of SHA-256."""
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


# --- the top of the page -----------------------------------------------------------------------------------


def _title(report: Report) -> str:
    texts = names_in_words([plain(one.name) for one in report.documents], 2)
    return f"{counted(len(report.findings), 'finding')}{f' in {texts}' if texts else ''} · Concord"


def _heading(report: Report) -> str:
    """The texts where they are few, else how many."""
    if 0 < len(report.documents) <= 3:
        return ' <span class="to">↔</span> '.join(map(_name, report.documents))
    return f"{counted(len(report.documents), 'text')}" if report.documents else "Findings"


def _name(document: Checked) -> str:
    if document.title:
        return f"<bdi{language(document.lang)}>{html_text(document.title)}</bdi>"
    return f'<bdi dir="ltr">{html_text(document.name)}</bdi>'


def _verdict(report: Report) -> str:
    over = f" in {counted(report.sentences, 'sentence')}" if report.sentences else ""
    if report.findings:
        return f"<strong>{counted(len(report.findings), 'finding')}</strong>{over}"
    return f"Nothing found{over}"


def _stats(report: Report) -> Iterable[tuple[str, int]]:
    """The counts that are not zero."""
    found = [
        (
            f"{page_findings.SIGNS[one]} {one}{'' if report.severities[one] == 1 else 's'}",
            report.severities[one],
        )
        for one in SEVERITIES
    ]
    found += [("in the baseline, quiet", report.in_baseline), ("dismissed, quiet", len(report.dismissed))]
    return ((name, count) for name, count in found if count)


def _documents(report: Report) -> str:
    """A table of the texts with their findings; many fold."""
    counts: dict[str, Counter[Severity]] = {}
    for finding in report.findings:
        counts.setdefault(finding.spot.document, Counter())[finding.severity] += 1
    rows = [_document(one, counts.get(one.name, Counter())) for one in report.by_name.values()]
    if not rows:
        return ""
    first, folded = (rows, []) if len(rows) <= SHOWN + 2 else (rows[:SHOWN], rows[SHOWN:])
    more = (
        f"<details><summary>{counted(len(folded), 'more text')}</summary>{_table(folded)}</details>\n"
        if folded
        else ""
    )
    return f"<h3>In which text</h3>\n{_table(first)}{more}"


def _document(document: Checked, counts: Counter[Severity]) -> str:
    cells = "".join(f'<td class="n">{counts[one] or "–"}</td>' for one in SEVERITIES)
    sentences = f"{document.sentences:,}" if document.sentences else ""
    return (
        f'<tr><th scope="row"><bdi dir="ltr">{html_text(document.name)}</bdi>'
        f'<span class="of">{html_text(called(document))}</span></th><td class="n">{sentences}</td>{cells}</tr>\n'
    )


def _table(rows: Sequence[str]) -> str:
    columns = ("Sentences", *(f"{page_findings.SIGNS[one]} {one.capitalize()}s" for one in SEVERITIES))
    head = "".join(f'<th scope="col" class="n">{name}</th>' for name in columns)
    return (
        '<div class="scroll" tabindex="0" role="group" aria-label="Table of texts">'
        f'<table class="texts"><thead><tr><th scope="col">Text</th>{head}</tr></thead><tbody>\n{"".join(rows)}'
        "</tbody></table></div>\n"
    )


def _rules(report: Report) -> str:
    """Links to the rules that found something, and how many found nothing."""
    items = "".join(map(_rule, report.by_rule.items(), [report] * len(report.by_rule)))
    note = "".join(f'<p class="quiet">{words}</p>\n' for words in _other_rules(report))
    return f'<h3>By rule</h3>\n<ol class="look">{items}</ol>\n{note}' if items else note


def _other_rules(report: Report) -> Iterator[str]:
    """How many rules found nothing, and how many had nothing to look at; gaps are told elsewhere."""
    told = {*report.by_rule, *(gap.code for gap in report.gaps)}
    other = [rule for rule in report.rules if rule.code not in told]
    looked = sum(any(looks_at(rule, document) for document in report.documents) for rule in other)
    if looked:
        yield f"{counted(looked, 'other rule')} found nothing."
    if len(other) > looked:
        yield f"{counted(len(other) - looked, 'rule')} for a translation beside its original had nothing to look at."


def _rule(item: tuple[str, list[Finding]], report: Report) -> str:
    code, findings = item
    rule = report.rule_of.get(code)
    about = html_text(rule.summary if rule else findings[0].rule)
    anchor = page_findings.anchor(code)
    return (
        f'<li><a href="#{anchor}"><span class="code">{html_text(code)}</span><span class="what">{about}</span>'
        f'<span class="why">{len(findings):,}</span></a></li>\n'
    )


def _gaps(report: Report) -> str:
    """What could not be checked, and why."""
    items = [
        f'<li><span class="code">{html_text(gap.code)}</span> {quoted(gap.reason)}'
        f"{f' <span class=of>in {_names(names)}</span>' if names else ''}</li>\n"
        for gap, names in report.open_gaps
    ]
    if not items:
        return ""
    shown, folded = (items, []) if len(items) <= SHOWN + 2 else (items[:SHOWN], items[SHOWN:])
    more = (
        f'<details><summary>{len(folded)} more</summary><ul class="gaps">{"".join(folded)}</ul></details>\n'
        if folded
        else ""
    )
    return (
        '<section aria-labelledby="gaps" class="unchecked">\n<h3 id="gaps">What could not be checked</h3>\n'
        f'<ul class="gaps">\n{"".join(shown)}</ul>\n{more}</section>\n'
    )


def _names(names: Sequence[str]) -> str:
    shown = [f'<bdi dir="ltr">{html_text(name)}</bdi>' for name in names]
    return names_in_words(shown, 4)


# --- filters and what stays quiet --------------------------------------------------------------------------


def _filters(report: Report) -> str:
    """Controls for the script, which shows them."""
    if not report.findings:
        return ""
    rules = [(code, f"{code} {found[0].rule}") for code, found in report.by_rule.items()]
    severities = [(one, one) for one in SEVERITIES if report.severities[one]]
    named = {finding.spot.document for finding in report.findings}
    documents = [(str(at), plain(name)) for name, at in report.position.items() if name in named]
    return (
        '<form class="filters" id="filters" role="search" aria-label="Filter the findings" hidden>\n'
        f"{_select('rule', 'Rule', rules)}{_select('severity', 'Severity', severities)}"
        f"{_select('document', 'Text', documents)}"
        '<label>Order <select id="by-order" autocomplete="off"><option value="">by rule</option>'
        '<option value="place">as in the texts</option></select></label>\n'
        '<label class="search">Search '
        '<input type="search" id="by-words" autocomplete="off" spellcheck="false" dir="auto"></label>\n'
        '<button type="reset" id="show-all">Show all</button>\n<output id="shown" role="status"></output>\n</form>\n'
    )


def _select(name: str, label: str, options: Sequence[tuple[str, str]]) -> str:
    items = "".join(f'<option value="{escape(key)}">{escape(text)}</option>' for key, text in options)
    every = f'<option value="">all</option>{items}'
    return f'<label>{label} <select id="by-{name}" autocomplete="off">{every}</select></label>\n'


def _dismissed(report: Report) -> str:
    """What people set aside, with their reasons, folded."""
    if not report.dismissed:
        return ""
    items = "".join(map(_set_aside, report.dismissed))
    number = counted(len(report.dismissed), "dismissed finding")
    return (
        f'<details class="dismissed"><summary>{number}</summary><ul class="gaps">\n{items}</ul></details>\n'
    )


def _set_aside(one: Dismissed) -> str:
    finding, place = one.finding, f"line {one.finding.spot.line}"
    who = f" by {html_text(one.author)}" if one.author else ""
    when = f", {html_text(one.at[:10])}" if one.at else ""
    return (
        f'<li><span class="code">{html_text(finding.code)}</span> {quoted(finding.message)} <span class="of">'
        f'<bdi dir="ltr">{html_text(finding.spot.document)}</bdi>, {place}. '
        f"Dismissed{who}{when}: {html_text(one.reason) or 'no reason given'}</span></li>\n"
    )
