"""The table in the terminal: a line for each bead, a column for each version.

Marks stand beside the confidence, so that nothing hangs on colour alone: "?" doubtful, "↷" moved, "✓" confirmed,
"✎" edited, "!" stale (its text changed after a decision); "∅" fills the empty side of a null bead. In a terminal
the text wraps at its width; elsewhere (a file, a pipe) every sentence stays on one line as long as the table is not
wider than 4000 columns, without colour. No text is ever cut.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from align.formats.display import plain
from align.formats.rows import Row, column_names, rows
from align.model import Alignment, BeadState, Document
from align.multi import versions

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

WIDEST = 4000  # columns of a table that is not in a terminal
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
    wide = width is None and not stream.isatty() and not os.environ.get("COLUMNS", "").isdecimal()
    documents = versions(alignments)
    every = rows(alignments)
    table = _table(documents, column_names(alignments), list(_chosen(every, only_doubtful, context)))
    if wide:
        measure = Console(width=WIDEST)
        width = max(table.__rich_measure__(measure, measure.options).maximum, 20)
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
    with console.capture() as capture:
        if table.row_count:
            console.print(table)
        console.print(_closing(every), soft_wrap=True)
    for line in capture.get().splitlines():
        stream.write((line if terminal else line.rstrip(" ")) + "\n")
    return ()


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


def _table(
    documents: Sequence[Document], names: Sequence[str], chosen: Sequence[tuple[Row, bool] | None]
) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", expand=False)
    table.add_column("#", justify="right", style="dim", no_wrap=True)
    table.add_column("kind", no_wrap=True)
    table.add_column("conf", no_wrap=True)
    for name, document in zip(names, documents, strict=True):
        table.add_column(Text(f"{name}  {plain(document.name)}"), ratio=1, overflow="fold")
    for entry in chosen:
        if entry is None:
            table.add_row("⋮", *[""] * (2 + len(documents)))
            continue
        row, aside = entry
        style = "dim" if aside else "bold yellow" if row.to_look_at else ""
        cells = [_cell(document, side) for document, side in zip(documents, row.sides, strict=True)]
        table.add_row(
            str(row.number),
            row.kind,
            Text(f"{row.confidence:.2f} {marks(row)}".rstrip()),
            *cells,
            style=style,
        )
    return table


def _cell(document: Document, side: Sequence[int]) -> Text:
    """A sentence a line. Text, not markup: square brackets mean nothing here."""
    from rich.text import Text

    return Text("\n".join(plain(document.segment_text(segment)) for segment in side) or "∅")


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
