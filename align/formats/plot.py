"""The path of an alignment as a small inline SVG: source to the right, translation downwards, a mark a bead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from align.formats.rows import Row

SIZE = 300.0
LEAST = 3.2  # the smallest side of a mark, in the units of the view box
LARGEST = 9.0  # the largest side for one segment, so that short texts do not look like a wall
MANY = 2000  # beads; from here on only the remarkable ones are links of their own, the rest is one path


@dataclass(frozen=True, slots=True)
class _Scale:
    """Segments → units of the view box. Both axes start at 0."""

    n: int
    m: int
    width: float
    height: float

    def x(self, segment: float) -> float:
        return segment / max(self.n, 1) * self.width

    def y(self, segment: float) -> float:
        return segment / max(self.m, 1) * self.height


def svg(rows: Sequence[Row], version: int, n: int, m: int) -> str:
    """The plot of the pivot (``n`` segments) against version ``version`` (``m`` segments), as one element.

    Each mark is a link to its row (``#b7``); hidden from assistive technology, which has the same links in the
    list and the table. Doubtful beads are diamonds, moved ones open squares, null beads thin bars on the path.
    """
    scale = _Scale(n, m, SIZE, SIZE * min(max(m / n if n else 1.0, 0.6), 1.5))
    quiet: list[str] = []
    loud: list[str] = []
    path: list[str] = []
    x = y = 0  # where the path stands: the ends of the last bead on it
    for row in rows:
        source, target = row.sides[0], row.sides[version]
        if source and not row.moved:
            x = source[-1] + 1
        if target and not row.moved:
            y = target[-1] + 1
        if not (source or target):
            continue
        spans = _span(source, x), _span(target, y)
        mark, remarkable = _mark(row, scale, spans)
        if len(rows) > MANY and not remarkable:
            path.append(_rectangle(scale, spans))
        else:
            kind = f"{len(source)}–{len(target)}"
            title = f"<title>{row.number}: {kind}, {row.confidence:.2f}</title>"
            link = f'<a href="#b{row.number}" tabindex="-1">{mark}{title}</a>'
            (loud if remarkable else quiet).append(link)
    if path:
        quiet.append(f'<path class="dot" d="{"".join(path)}"/>')
    return (
        f'<svg viewBox="-26 -16 {SIZE + 30:.0f} {scale.height + 20:.0f}" aria-hidden="true" focusable="false">'
        f"{_frame(scale)}{''.join(quiet)}{''.join(loud)}</svg>"
    )


def _span(ids: Sequence[int], here: int) -> tuple[int, int]:
    """From the first id to behind the last; where there are none, the point at which the path stands."""
    return (ids[0], ids[-1] + 1) if ids else (here, here)


def _mark(row: Row, scale: _Scale, spans: tuple[tuple[int, int], tuple[int, int]]) -> tuple[str, bool]:
    """The mark, and whether it belongs on top."""
    (s0, s1), (t0, t1) = spans
    x, y = scale.x((s0 + s1) / 2), scale.y((t0 + t1) / 2)
    if row.to_look_at:
        return f'<path class="doubt" d="M{x:.1f} {y - 5.5:.1f}l5.5 5.5l-5.5 5.5l-5.5-5.5z"/>', True
    if row.moved:
        return f'<rect class="away" x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"/>', True
    least = LEAST if s0 < s1 and t0 < t1 else 1.6
    width = max(min(scale.x(s1 - s0), LARGEST * (s1 - s0)), least)
    height = max(min(scale.y(t1 - t0), LARGEST * (t1 - t0)), least)
    name = "dot" if s0 < s1 and t0 < t1 else "none"
    place = f'x="{x - width / 2:.1f}" y="{y - height / 2:.1f}"'
    return f'<rect class="{name}" {place} width="{width:.1f}" height="{height:.1f}" rx="1"/>', False


def _rectangle(scale: _Scale, spans: tuple[tuple[int, int], tuple[int, int]]) -> str:
    """The same as a piece of a path."""
    (s0, s1), (t0, t1) = spans
    width, height = max(scale.x(s1 - s0), 1.2), max(scale.y(t1 - t0), 1.2)
    return f"M{scale.x(s0):.1f} {scale.y(t0):.1f}h{width:.1f}v{height:.1f}h-{width:.1f}z"


def _frame(scale: _Scale) -> str:
    """The box, its quarters, and the numbers of the first and last segment on either side."""
    w, h = scale.width, scale.height
    quarters = "".join(f"M{w * q:.1f} 0v{h:.0f}M0 {h * q:.1f}h{w:.0f}" for q in (0.25, 0.5, 0.75))
    return (
        f'<rect class="frame" x="0" y="0" width="{w:.0f}" height="{h:.0f}"/><path class="tick" d="{quarters}"/>'
        f'<text class="axis" x="0" y="-5">1</text><text class="axis" x="-5" y="9" text-anchor="end">1</text>'
        f'<text class="axis" x="{w:.0f}" y="-5" text-anchor="end">{scale.n}</text>'
        f'<text class="axis" x="-5" y="{h:.0f}" text-anchor="end">{scale.m}</text>'
    )
