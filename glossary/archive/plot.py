"""A chart over time as an SVG that stands by itself: stacked columns, axes, a key, a title and a description. Pure.

Colours are those of Okabe & Ito (2008, "Color Universal Design"), which people with any colour vision tell apart; the
key and the description say in words what is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from align.formats.display import plain
from glossary.archive.over_time import LEFT_OUT, OTHER, Chart, Panel

WIDTH, LEFT, RIGHT = 960.0, 56.0, 16.0
HEIGHT, ABOVE = 220.0, 34.0  # of a panel's field; above it its title
LINE = 20.0  # of the key
LABELS = 14  # periods named below a field
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#7A5195")
GREY, DARK = "#9A9A9A", "#4D4D4D"
_LETTER = 7.0  # about the width of one
_STYLE = """text{font:12px system-ui,sans-serif;fill:#222}.title{font-size:17px;font-weight:600}
.panel{font-size:14px;font-weight:600}.axis{font-size:11px;fill:#444}.note{fill:#444}
.grid{stroke:#ddd}.base{stroke:#444}.column{stroke:#fff;stroke-width:.5}
@media(prefers-color-scheme:dark){.page{fill:#1b1b1b}text{fill:#eee}.axis,.note{fill:#ccc}.grid{stroke:#444}
.base{stroke:#ccc}.column{stroke:#1b1b1b}}.page{fill:#fff}"""


def svg(chart: Chart) -> str:
    """The chart as one element, with its own style. Panels stand below each other; each has its own scale."""
    body: list[str] = []
    y = 58.0
    for panel in chart.panels:
        part, height = _panel(panel, chart, y)
        body += part
        y += height
    note = f"{sum(chart.pairs.values()):,} dated pairs"
    if chart.undated:
        note += f"; {chart.undated:,} without a date that tells the {chart.by} are not drawn"
    head = [
        f'<text class="title" x="{LEFT:.0f}" y="26">{_text(chart.title)}</text>',
        f'<text class="note" x="{LEFT:.0f}" y="45">{note}</text>',
    ]
    if not chart.panels or not chart.periods:
        body.append(f'<text x="{LEFT:.0f}" y="{y + 20:.0f}">There is nothing to draw.</text>')
        y += 40
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {y:.0f}" width="{WIDTH:.0f}" '
        f'height="{y:.0f}" role="img" aria-labelledby="chart-title chart-what"><style>{_STYLE}</style>\n'
        f'<title id="chart-title">{_text(chart.title)}</title>\n<desc id="chart-what">{_text(_told(chart))}</desc>\n'
        f'<rect class="page" width="{WIDTH:.0f}" height="{y:.0f}"/>\n'
        + "\n".join([*head, *body])
        + "\n</svg>\n"
    )


def _told(chart: Chart) -> str:
    """The chart in words."""
    parts = []
    for panel in chart.panels:
        sums = "; ".join(f"{one.label}: {one.total}" for one in panel.series)
        parts.append(f"{panel.title}. {sums or 'nothing'}.")
    span = f"{chart.periods[0]} to {chart.periods[-1]}. " if chart.periods else ""
    return f"Stacked columns, {span}{' '.join(parts)}"


def _panel(panel: Panel, chart: Chart, y: float) -> tuple[list[str], float]:
    """The elements of a panel whose upper edge is at ``y``, and its height."""
    top, base = y + ABOVE, y + ABOVE + HEIGHT
    highest = 1.0
    if panel.unit == "count":
        highest = max([panel.in_period(name) for name in chart.periods], default=1) or 1
    ticks = nice(highest) if panel.unit == "count" else [0.0, 0.25, 0.5, 0.75, 1.0]
    found = [f'<text class="panel" x="{LEFT:.0f}" y="{y + 18:.1f}">{_text(panel.title)}</text>']
    found += _axis(ticks, panel.unit, top, base)
    found += _columns(panel, chart.periods, ticks[-1], base)
    found += _names(chart.periods, base)
    key, rows = _key(panel, base + 40)
    return found + key, ABOVE + HEIGHT + 40 + LINE * rows + 18


def nice(highest: float) -> list[float]:
    """Ticks from 0 to a round figure not below ``highest``, whole ones, four or so steps of 1, 2 or 5."""
    rough = max(1.0, highest / 4)
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * unit for unit in (1, 2, 5, 10) if power * unit >= rough)
    return [step * n for n in range(math.ceil(highest / step) + 1)]


def _axis(ticks: Sequence[float], unit: str, top: float, base: float) -> Iterator[str]:
    for tick in ticks:
        at = base - (base - top) * tick / ticks[-1]
        label = f"{tick:.0%}" if unit == "share" else f"{tick:,.0f}"
        kind = "grid" if tick else "base"
        yield f'<path class="{kind}" d="M{LEFT:.0f} {at:.1f}H{WIDTH - RIGHT:.0f}"/>'
        yield f'<text class="axis" x="{LEFT - 6:.0f}" y="{at + 4:.1f}" text-anchor="end">{label}</text>'
    name = "share of the marks" if unit == "share" else "number"
    middle = (top + base) / 2
    yield (
        f'<text class="axis" x="12" y="{middle:.0f}" text-anchor="middle" '
        f'transform="rotate(-90 12 {middle:.0f})">{name}</text>'
    )


def colour(panel: Panel, at: int) -> str:
    """The colour of a series: grey for the rest, dark for what was left out."""
    label = panel.series[at].label
    return GREY if label == OTHER else DARK if label == LEFT_OUT else COLOURS[at % len(COLOURS)]


def _columns(panel: Panel, periods: Sequence[str], highest: float, base: float) -> Iterator[str]:
    step = (WIDTH - LEFT - RIGHT) / max(1, len(periods))
    for place, name in enumerate(periods):
        whole = panel.in_period(name)
        if not whole:
            continue
        scale = HEIGHT / (whole if panel.unit == "share" else highest)
        x, y = LEFT + place * step + step * 0.1, base
        for at, one in enumerate(panel.series):
            count = one.counts.get(name, 0)
            if count:
                y -= count * scale
                box = f'x="{x:.2f}" y="{y:.2f}" width="{step * 0.8:.2f}" height="{count * scale:.2f}"'
                title = f"{name}: {_text(one.label)}, {count} of {whole}"
                yield f'<rect class="column" fill="{colour(panel, at)}" {box}><title>{title}</title></rect>'


def _names(periods: Sequence[str], base: float) -> Iterator[str]:
    step = (WIDTH - LEFT - RIGHT) / max(1, len(periods))
    every = -(-len(periods) // LABELS)
    if (
        every > 1 and periods and "-" in periods[0]
    ):  # whole years, where there are that many months or quarters
        size = 4 if "Q" in periods[0] else 12
        every = -(-every // size) * size if every > size // 2 else every
    first = next((at for at, name in enumerate(periods) if name.endswith(("-01", "-Q1"))), 0) % max(1, every)
    for at, name in enumerate(periods):
        if at % every == first:
            x = LEFT + (at + 0.5) * step
            yield f'<path class="base" d="M{x:.1f} {base:.1f}v4"/>'
            yield f'<text class="axis" x="{x:.1f}" y="{base + 17:.1f}" text-anchor="middle">{name}</text>'


def _key(panel: Panel, y: float) -> tuple[list[str], int]:
    """The key below a panel, and its number of lines."""
    x, rows, found = LEFT, 1, []
    for at, one in enumerate(panel.series):
        label = one.label if len(one.label) <= 60 else f"{one.label[:59]}…"
        label = f"{label} ({one.total:,})"
        width = 22 + _LETTER * len(label) + 14
        if x + width > WIDTH - RIGHT and x > LEFT:
            x, rows = LEFT, rows + 1
        line = y + LINE * (rows - 1)
        found.append(
            f'<rect fill="{colour(panel, at)}" x="{x:.1f}" y="{line - 10:.1f}" width="12" height="12"/>'
            f'<text x="{x + 18:.1f}" y="{line:.1f}">{_text(label)}</text>'
        )
        x += width
    if not panel.series:
        found.append(f'<text class="note" x="{LEFT:.0f}" y="{y:.1f}">none</text>')
    return found, rows


def _text(text: str) -> str:
    return escape(plain(text))
