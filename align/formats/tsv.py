r"""Tab-separated values: one bead a line, for spreadsheets and shell tools.

The first line names the columns: ``kind``, ``confidence`` (four decimals), ``source``, ``target``. With three or
more versions a line is a group of beads, its confidence is the least of theirs, and a column for each version is
named by its language ("ru", "en", "en.2"). The sentences of one cell are joined as their language joins them.

A cell is one line: a tab, line feed, carriage return or backslash in the text is written ``\t``, ``\n``, ``\r``,
``\\``, and every other character at which some reader would break a line as ``\u2028`` and the like
(:func:`unescape` is the way back). Nothing else is guarded against: no quotes are added, and a spreadsheet that
takes a leading "=" for a formula has to be told that the columns are text. UTF-8, "\n" after each line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TextIO

from align.formats.rows import column_names, joined, rows
from align.model import Alignment
from align.multi import versions

_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"}
_LONG = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
_TO_ESCAPE = re.compile("[\x00-\x1f\\\\\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(u[0-9a-f]{4}|[tnr\\])")


def write(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    """Writes a line for each bead or group. Returns no warnings."""
    documents = versions(alignments)
    names = column_names(alignments) if len(documents) > 2 else ["source", "target"]
    stream.write("\t".join(["kind", "confidence", *names]) + "\n")
    for row in rows(alignments):
        if row.doubtful or not only_doubtful:
            cells = [escape(joined(d, side)) for d, side in zip(documents, row.sides, strict=True)]
            stream.write("\t".join([row.kind, f"{row.confidence:.4f}", *cells]) + "\n")
    return ()


def escape(text: str) -> str:
    """The text as one cell on one line."""
    return _TO_ESCAPE.sub(lambda m: _SHORT.get(m.group(), f"\\u{ord(m.group()):04x}"), text)


def unescape(cell: str) -> str:
    """The text of a cell; ``unescape(escape(text)) == text`` for every text."""
    return _ESCAPED.sub(lambda m: _LONG.get(m.group(1)) or chr(int(m.group(1)[1:], 16)), cell)
