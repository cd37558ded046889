"""The table in the terminal: a line for each bead, a column for each version.

Marks stand beside the confidence, so that nothing hangs on colour alone: "?" doubtful, "↷" moved, "✓" confirmed,
"✎" edited, "!" stale (its text changed after a decision); "∅" fills the empty side of a null bead. In a terminal
the text wraps at its width; elsewhere (a file, a pipe) every sentence stays on one line as long as the table is not
wider than 4000 columns, without colour. No text is ever cut.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, TextIO

from align.formats.display import plain
from align.formats.rows import Row, column_names, rows
from align.model import Alignment, BeadState, Document
from align.multi import versions

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDEST = 4000  # columns of a table that is not in a terminal
NARROWEST = 4  # columns of a text in however narrow a terminal
FIXED = 3  # columns before the texts: number, kind, confidence
GAP = 3  # between two columns, as rich draws them
CHUNK = 200  # rows printed at a time
_STATE_MARKS: dict[BeadState, str] = {"confirmed": "✓", "edited": "✎", "stale": "!"}
_LEGEND = {
    "?": "doubtful",
    "↷": "moved",
    "∅": "no counterpart",
    "✓": "confirmed",
    "✎": "edited",
    "!": "stale",
}


def write(
    alignments: Sequence[Alignment],
    stream: TextIO,
    *,
    only_doubtful: bool = False,
    context: int = 1,
    width: int | None = None,
    color: bool | None = None,
) -> tuple[str, ...]:
    """Prints the table. Returns no warnings.

    ``only_doubtful`` shows the beads to look at with ``context`` beads before and after each. ``width`` in
    columns and ``color`` are found where they are None: COLUMNS, the terminal, as wide as the text where there
    is none; NO_COLOR, a terminal that has colours.
    """
    from rich.console import Console

    terminal = stream.isatty() if color is None else color
    if width is None and not stream.isatty() and not os.environ.get("COLUMNS", "").isdecimal():
        width = WIDEST
    console = Console(
        file=stream,
        width=width,
        height=None if width is None else 25,  # without it a dumb terminal's 80 columns would win over width
        force_terminal=terminal,
        color_system="auto" if terminal else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    documents = versions(alignments)
    every = rows(alignments)
    lines = [_line(entry, documents) for entry in _chosen(every, only_doubtful, context)]
    titles = [f"{n}  {plain(d.name)}" for n, d in zip(column_names(alignments), documents, strict=True)]
    head = _Line(("#", "kind", "conf", *titles))
    needed = _needed([head, *lines])
    widths = _shared(needed, console.width)
    if not terminal and widths == needed:
        stream.writelines(_unstyled(head, lines, widths))
    else:
        for start in range(0, len(lines), CHUNK):
            table = _table(head, widths, lines[start : start + CHUNK], header=start == 0)
            _print(console, table, stream, strip=not terminal)
    _print(console, _closing(every), stream, strip=not terminal)
    return ()


def _print(console: Console, what: Table | str, stream: TextIO, *, strip: bool) -> None:
    """Prints through rich; outside a terminal without the spaces that fill the last column."""
    with console.capture() as capture:
        console.print(what, soft_wrap=isinstance(what, str))
    for line in capture.get().splitlines():
        stream.write((line.rstrip(" ") if strip else line) + "\n")


def _chosen(every: Sequence[Row], only_doubtful: bool, context: int) -> Iterator[tuple[Row, bool] | None]:
    """The rows to print, each with whether it is there for context only; None stands for a gap."""
    if not only_doubtful:
        yield from ((row, False) for row in every)
        return
    near = {
        position + step
        for position, row in enumerate(every)
        if row.to_look_at
        for step in range(-context, context + 1)
    }
    last = None
    for position in sorted(near & set(range(len(every)))):
        if last is not None and position > last + 1:
            yield None
        yield every[position], not every[position].to_look_at
        last = position


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of a row as they are printed, and how they look."""

    cells: tuple[str, ...]
    style: str = ""


def _line(entry: tuple[Row, bool] | None, documents: Sequence[Document]) -> _Line:
    """A row; each segment begins a line of its own. A gap where there is no row."""
    if entry is None:
        return _Line(("⋮", "", "", *("" for _ in documents)))
    row, aside = entry
    texts = (
        "\n".join(plain(document.segment_text(segment)) for segment in side) or "∅"
        for document, side in zip(documents, row.sides, strict=True)
    )
    style = "dim" if aside else "bold yellow" if row.to_look_at else ""
    return _Line((str(row.number), row.kind, f"{row.confidence:.2f} {marks(row)}".rstrip(), *texts), style)


def _needed(lines: Sequence[_Line]) -> list[int]:
    """The width in cells that each column needs, so that nothing has to be folded."""
    from rich.cells import cell_len

    return [
        max(cell_len(part) for line in lines for part in line.cells[column].split("\n"))
        for column in range(len(lines[0].cells))
    ]


def _shared(needed: Sequence[int], available: int) -> list[int]:
    """The columns' widths: what they need, and where that is too much an equal share for the texts.

    Known beforehand, so that a long table can be printed in parts, and rich need not measure every cell thrice.
    """
    room = available - sum(needed[:FIXED]) - GAP * (len(needed) - 1)
    texts = dict.fromkeys(range(FIXED, len(needed)), 0)
    for left, column in zip(range(len(texts), 0, -1), sorted(texts, key=needed.__getitem__), strict=True):
        texts[column] = max(min(needed[column], room // left), NARROWEST)
        room -= texts[column]
    return [*needed[:FIXED], *texts.values()]


def _unstyled(head: _Line, lines: Sequence[_Line], widths: Sequence[int]) -> Iterator[str]:
    """What rich would print without styles where nothing has to be folded, thirty times as fast."""
    from rich.cells import cell_len

    def drawn(line: _Line) -> Iterator[str]:
        columns = [cell.split("\n") for cell in line.cells]
        for parts in zip_longest(*columns, fillvalue=""):
            number, *rest = (
                part + " " * (width - cell_len(part)) for part, width in zip(parts, widths, strict=True)
            )
            yield (" " * GAP).join((number.strip(" ").rjust(widths[0]), *rest)).rstrip(" ") + "\n"

    if lines:
        yield from drawn(head)
        yield "─" * (sum(widths) + GAP * (len(widths) - 1)) + "\n"
    for line in lines:
        yield from drawn(line)


def _table(head: _Line, widths: Sequence[int], lines: Sequence[_Line], *, header: bool) -> Table:
    """A part of the table. The cells are Text, not markup: square brackets mean nothing here."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, show_header=header, header_style="bold"
    )
    for position, (title, width) in enumerate(zip(head.cells, widths, strict=True)):
        table.add_column(
            Text(title), width=width, overflow="fold", justify="right" if position == 0 else "left"
        )
    for line in lines:
        table.add_row(*map(Text, line.cells), style=line.style)
    return table


def marks(row: Row) -> str:
    """The marks of a row in a fixed order, e.g. "?↷"."""
    found = ("?" if row.doubtful else "") + ("↷" if row.moved else "")
    return found + _STATE_MARKS.get(row.state, "")


def _closing(every: Sequence[Row]) -> str:
    """A last line with the counts, which is also the legend of the marks that occur."""
    counts = {mark: sum(mark in marks(row) for row in every) for mark in _LEGEND}
    counts["∅"] = sum(row.null for row in every)
    noun = "bead" if len(every) == 1 else "beads"
    parts = [f"{len(every)} {noun}"]
    parts += [f"{mark} {count} {_LEGEND[mark]}" for mark, count in counts.items() if count]
    if not counts["?"]:
        parts.insert(1, "none doubtful")
    return " · ".join(parts)
