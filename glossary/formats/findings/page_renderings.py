"""The part of the page on consistency: each name × each rendering over all texts, and how that changes over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.formats.display import language_name
from glossary.formats.findings import chart
from glossary.formats.findings.renderings import Named, Rendered, renderings
from glossary.formats.findings.report import Report, counted
from glossary.formats.findings.shown import html_text, language

MOST = 300  # names in each of the two tables
TEXTS = 6  # texts named beside a rendering
CHARTS = 12


def section(report: Report) -> str:
    """The section, "" where no names were followed."""
    named = renderings(report.uses)
    if not named:
        return ""
    mixed = [one for one in named if not one.is_consistent]
    same = [one for one in named if one.is_consistent]
    words = (
        f"<strong>{len(mixed):,} of {counted(len(named), 'name')}</strong> rendered in more than one way"
        if mixed
        else f"Every name rendered in one way: {counted(len(named), 'name')}"
    )
    figures = "".join(_figures(mixed))
    return (
        '<section aria-labelledby="renderings">\n'
        f'<h2 id="renderings">{words}</h2>\n'
        "<p class=\"lead\">What each name of the originals became in the translations, over all texts. Several "
        "renderings may be right; then a decision in the glossary says so.</p>\n"
        f"{_table(mixed) if mixed else ''}"
        f"{f'<h3>Over time</h3>{chart.PATTERNS}<div class=charts>{figures}</div>' if figures else ''}"
        f"{_folded(same)}</section>\n"
    )  # fmt: skip


def _folded(same: Sequence[Named]) -> str:
    if not same:
        return ""
    return f"<details><summary>{counted(len(same), 'name')} rendered in one way</summary>\n{_table(same)}</details>\n"


def _figures(mixed: Sequence[Named]) -> Iterator[str]:
    found = (chart.figure(one, number) for number, one in enumerate(mixed))
    for _, drawn in zip(range(CHARTS), filter(None, found), strict=False):
        yield drawn


def _table(named: Sequence[Named]) -> str:
    more = len(named) - MOST
    note = f"<p>{counted(more, 'more name')} in the JSON report.</p>\n" if more > 0 else ""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("In the original", "In the translation"))
    head += '<th scope="col" class="n">Times</th><th scope="col">When</th><th scope="col">In which texts</th>'
    body = "".join(map(_body, named[:MOST]))
    return (
        '<div class="scroll" tabindex="0" role="group" aria-label="Table of renderings">'
        f'<table class="renderings"><thead><tr>{head}</tr></thead>\n{body}</table></div>\n{note}'
    )


def _body(named: Named) -> str:
    """A name with a row for each rendering."""
    form = named.form or named.term
    of = "" if form == named.term else f'<span class="of">of {html_text(named.term)}</span>'
    pair = f"{language_name(named.source_lang)} → {language_name(named.target_lang)}"
    name = (
        f'<th scope="rowgroup" rowspan="{len(named.renderings)}"><bdi{language(named.source_lang)}>{html_text(form)}'
        f'{of}</bdi><span class="of">{html_text(pair)}</span></th>'
    )
    rows = []
    for at, one in enumerate(named.renderings):
        rows.append(f"<tr>{name if at == 0 else ''}{_rendering(named, one)}</tr>\n")
    return f"<tbody>{''.join(rows)}</tbody>\n"


def _rendering(named: Named, one: Rendered) -> str:
    text = html_text(one.text) or "∅ left out"
    share = (
        f' <span class="of">{100 * one.count / named.count:.0f} %</span>' if len(named.renderings) > 1 else ""
    )
    shown = [
        f'<bdi dir="ltr">{html_text(name)}</bdi>&nbsp;{count:,}' for name, count in one.documents[:TEXTS]
    ]
    more = len(one.documents) - TEXTS
    shown += [counted(more, "more text")] if more > 0 else []
    when = one.first if one.first == one.last else f"{one.first} – {one.last}"
    return (
        f"<td{language(named.target_lang)}>{text}</td><td class=n>{one.count:,}{share}</td>"
        f"<td class=when>{html_text(when)}</td><td>{', '.join(shown)}</td>"
    )
