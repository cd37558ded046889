"""A chart over time as a table for the terminal, as CSV, JSON, JSON Lines, SVG and a page. Pure.

CSV and JSON Lines have a row for each panel, wording and period: ``panel``, ``wording``, ``period`` ("" for undated),
``count``, ``share`` of all that the panel counts in that period, ``pairs`` of the archive in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from align.formats.display import plain
from align.formats.jsonl import dumps
from align.formats.sheets import no_formula
from glossary.archive.over_time import Chart, Panel
from glossary.archive.plot import svg

COLUMNS = ("panel", "wording", "period", "count", "share", "pairs")
_WIDEST = 28


def records(chart: Chart) -> Iterator[dict[str, Any]]:
    """A record for each panel, wording and period, and for what is undated."""
    for panel in chart.panels:
        for one in panel.series:
            for name in chart.periods:
                whole, count = panel.in_period(name), one.counts.get(name, 0)
                share = round(count / whole, 4) if whole else None
                yield dict(
                    zip(COLUMNS, (panel.title, one.label, name, count, share, chart.pairs[name]), strict=True)
                )
            if one.undated:
                whole = sum(other.undated for other in panel.series)
                row = (panel.title, one.label, "", one.undated, round(one.undated / whole, 4), chart.undated)
                yield dict(zip(COLUMNS, row, strict=True))


def as_csv(chart: Chart) -> str:
    """Rows with a header; a text that a spreadsheet would take for a formula has an apostrophe in front."""
    stream = io.StringIO()
    lines = csv.writer(stream, lineterminator="\n")
    lines.writerow(COLUMNS)
    for record in records(chart):
        lines.writerow(["" if record[name] is None else _cell(record[name]) for name in COLUMNS])
    return stream.getvalue()


def _cell(value: object) -> str:
    return no_formula(plain(str(value)))


def as_jsonl(chart: Chart) -> str:
    """A record a line."""
    return "".join(dumps(record) + "\n" for record in records(chart))


def as_json(chart: Chart) -> str:
    """One object: the panels with their series, counts by period."""
    panels = [
        {
            "title": panel.title,
            "unit": panel.unit,
            "series": [
                {"wording": one.label, "total": one.total, "counts": dict(one.counts), "undated": one.undated}
                for one in panel.series
            ],
        }
        for panel in chart.panels
    ]
    return (
        dumps(
            {
                "title": chart.title,
                "by": chart.by,
                "pairs": dict(chart.pairs),
                "undated": chart.undated,
                "panels": panels,
            }
        )
        + "\n"
    )


def as_table(chart: Chart) -> str:
    """A table a panel, a line a period; periods without a pair of texts are left out."""
    lines = [chart.title]
    for panel in chart.panels:
        lines += ["", panel.title]
        if not panel.series:
            lines.append("none")
            continue
        lines += _grid(_rows(panel, chart))
    return "\n".join(lines) + "\n"


def _rows(panel: Panel, chart: Chart) -> list[list[str]]:
    labels = [plain(one.label) for one in panel.series]
    shares = panel.unit == "share"
    rows = [[chart.by, *labels, "all", "pairs"]]
    for name in chart.periods:
        if chart.pairs[name]:
            whole = panel.in_period(name)
            cells = [_figure(one.counts.get(name, 0), whole, shares) for one in panel.series]
            rows.append([name, *cells, str(whole), str(chart.pairs[name])])
    if chart.undated:
        whole = sum(one.undated for one in panel.series)
        cells = [_figure(one.undated, whole, shares) for one in panel.series]
        rows.append(["undated", *cells, str(whole), str(chart.undated)])
    whole = sum(one.total for one in panel.series)
    cells = [_figure(one.total, whole, shares) for one in panel.series]
    return [*rows, ["in all", *cells, str(whole), str(sum(chart.pairs.values()) + chart.undated)]]


def _figure(count: int, whole: int, share: bool) -> str:
    return f"{count} ({count / whole:.0%})" if share and whole else str(count)


def _grid(rows: list[list[str]]) -> list[str]:
    cut = [[cell if len(cell) <= _WIDEST else f"{cell[: _WIDEST - 1]}…" for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in cut) for at in range(len(cut[0]))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        )
        for row in cut
    ]


def as_html(chart: Chart) -> str:
    """A page by itself: the plot, and the numbers of each panel as a table."""
    tables = "\n".join(_table(panel, chart) for panel in chart.panels)
    title = escape(plain(chart.title))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width">\n<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<style>{_PAGE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<figure>\n{svg(chart)}</figure>\n"
        f"<h2>The numbers</h2>\n{tables}\n</main>\n</body>\n</html>\n"
    )


_PAGE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;color:#222;
background:#fff}figure{margin:0}svg{max-width:100%;height:auto}.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.85rem}caption{text-align:left;font-weight:600;padding:.8rem 0 .3rem}
th,td{padding:.15rem .6rem;text-align:right;border-bottom:1px solid #ddd;font-variant-numeric:tabular-nums}
th:first-child{text-align:left}@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}
th,td{border-color:#444}}"""


def _table(panel: Panel, chart: Chart) -> str:
    caption = f"<caption>{escape(plain(panel.title))}</caption>"
    if not panel.series:
        return f"<table>{caption}<tbody><tr><td>none</td></tr></tbody></table>"
    head, *rows = _rows(panel, chart)
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>\n'
        for name, *cells in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(plain(panel.title))}"><table>{caption}'
        f"<thead><tr>{top}</tr></thead>\n<tbody>\n{body}</tbody></table></div>"
    )


FORMATS: dict[str, Callable[[Chart], str]] = {
    "table": as_table,
    "csv": as_csv,
    "jsonl": as_jsonl,
    "json": as_json,
    "svg": svg,
    "html": as_html,
}
