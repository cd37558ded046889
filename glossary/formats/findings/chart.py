"""How the renderings of one name change over time: an inline SVG of stacked columns, and its numbers as a table.

A column is a year, or a month where all dates lie within two years. Each rendering has a pattern of its own, so
that nothing hangs on colour; a title and a description say in words what is drawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape

from align.formats.display import plain
from glossary.checks.terms.consistency import ConceptRow
from glossary.formats.findings.report import counted
from glossary.formats.findings.shown import html_text, language

SERIES = 4  # renderings that have a pattern of their own; the rest is one more
MOST = 36  # columns; where there are more periods, those without a use are left out
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 360.0, 150.0, 26.0, 20.0, 8.0
LABELS = 8  # names of periods under the columns
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?")
PATTERNS = (
    '<svg class="defs" width="0" height="0" aria-hidden="true"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="ground" width="6" height="6"/><path class="stroke" d="M0 0v6" /></pattern>'
    '<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="6" height="6"/><circle class="dot" cx="3" cy="3" r="1.4"/></pattern>'
    '<pattern id="grid" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="ground" width="7" height="7"/><path class="stroke thin" d="M0 3.5h7M3.5 0v7"/></pattern>'
    "</defs></svg>\n"
)
Table = dict[str, Counter[str]]


def periods(concept: ConceptRow) -> Table:
    """The uses of each rendering by period ("2021" or "2021-04"), in order of time; empty without dates."""
    dated = [
        (match.group(1), match.group(2), one.text, count)
        for one in concept.renderings
        for date, count in one.dates.items()
        if (match := _DATE.match(date))
    ]
    if not dated:
        return {}
    months = [int(year) * 12 + int(month) - 1 for year, month, _, _ in dated if month]
    by_month = len(months) == len(dated) and max(months) - min(months) < 24
    found: Table = {}
    for year, month, text, count in dated:
        found.setdefault(f"{year}-{month}" if by_month else year, Counter())[text] += count
    names = _between(min(found), max(found)) if len(found) > 1 else list(found)
    if len(names) > MOST:
        names = sorted(found)
    return {name: found.get(name, Counter()) for name in names}


def _between(first: str, last: str) -> list[str]:
    """Every year, or every month, from the first to the last."""
    if "-" not in first:
        return [f"{year:04d}" for year in range(int(first), int(last) + 1)]
    start, end = (int(name[:4]) * 12 + int(name[5:]) - 1 for name in (first, last))
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(start, end + 1)]


def figure(concept: ConceptRow, number: int) -> str:
    """The chart with its key and its numbers; "" where fewer than two periods are known."""
    table = periods(concept)
    if len(table) < 2:
        return ""
    series = [one.text for one in concept.renderings]
    own, rest = (series, []) if len(series) <= SERIES + 1 else (series[:SERIES], series[SERIES:])
    rows: list[tuple[str, list[str]]] = [(text, [text]) for text in own]
    rows += [(counted(len(rest), "other rendering"), rest)] if rest else []
    undated = concept.count - sum(sum(counts.values()) for counts in table.values())
    note = f" {counted(undated, 'use')} without a date left out." if undated else ""
    return (
        f'<figure class="chart">\n<h4><bdi{language(concept.source_lang)}>{html_text(concept.term)}</bdi></h4>\n'
        f"{_svg(concept, table, rows, number)}\n"
        f'<ul class="key">{_key(concept, own, len(rest))}</ul>\n'
        f"<figcaption>Uses a {_unit(table)}.{note}</figcaption>\n"
        f"<details><summary>The numbers</summary>{_numbers(concept, table, series)}</details>\n</figure>\n"
    )


def _unit(table: Table) -> str:
    return "month" if "-" in next(iter(table)) else "year"


def _svg(concept: ConceptRow, table: Table, rows: Sequence[tuple[str, list[str]]], number: int) -> str:
    names = list(table)
    top = max(sum(counts.values()) for counts in table.values()) or 1
    step = (WIDTH - LEFT) / len(names)
    scale = (HEIGHT - BOTTOM - TOP) / top
    bars, labels = [], []
    for at, name in enumerate(names):
        x, y = LEFT + at * step + step * 0.14, HEIGHT - BOTTOM
        for series, (label, texts) in enumerate(rows):
            count = sum(table[name][text] for text in texts)
            if not count:
                continue
            y -= count * scale
            bars.append(
                f'<rect class="s{series}" x="{x:.1f}" y="{y:.1f}" width="{step * 0.72:.1f}" '
                f'height="{count * scale:.1f}"><title>{name}: {html_free(label)}, {count}</title></rect>'
            )
        if at % -(-len(names) // LABELS) == 0:
            labels.append(
                f'<text class="axis" x="{x + step * 0.36:.1f}" y="{HEIGHT - 5}" text-anchor="middle">{name}</text>'
            )
    base = HEIGHT - BOTTOM
    axis = (
        f'<path class="tick" d="M{LEFT} {TOP}H{WIDTH}M{LEFT} {base}H{WIDTH}"/>'
        f'<text class="axis" x="{LEFT - 5}" y="{TOP + 4}" text-anchor="end">{top}</text>'
        f'<text class="axis" x="{LEFT - 5}" y="{base + 3}" text-anchor="end">0</text>'
    )
    spoken = "; ".join(
        f"{label}: {sum(table[name][text] for name in names for text in texts)}" for label, texts in rows
    )
    return (
        f'<svg viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-labelledby="c{number}t c{number}d">'
        f'<title id="c{number}t">Renderings of {html_free(concept.term)}, {names[0]} to {names[-1]}</title>'
        f'<desc id="c{number}d">Uses a {_unit(table)}, stacked. In all: {html_free(spoken)}. The numbers follow as a '
        f"table.</desc>{axis}{''.join(bars)}{''.join(labels)}</svg>"
    )


def html_free(text: str) -> str:
    """Text without elements, for a title."""
    return escape(plain(text))


def _key(concept: ConceptRow, own: Sequence[str], rest: int) -> str:
    lang = language(concept.target_lang)
    items = [f"<bdi{lang}>{html_text(text) or '∅ left out'}</bdi>" for text in own]
    items += [counted(rest, "other rendering")] if rest else []
    return "".join(
        f'<li><svg viewBox="0 0 14 14" aria-hidden="true"><rect class="s{at}" x="1" y="1" width="12" height="12"/>'
        f"</svg>{item}</li>"
        for at, item in enumerate(items)
    )


def _numbers(concept: ConceptRow, table: Table, series: Sequence[str]) -> str:
    lang = language(concept.target_lang)
    head = "".join(f'<th scope="col"{lang}>{html_text(text) or "∅ left out"}</th>' for text in series)
    body = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{counts[text]}</td>" for text in series)}</tr>'
        for name, counts in table.items()
    )
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="Numbers of the chart"><table class="numbers">'
        f'<thead><tr><th scope="col">{_unit(table)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
