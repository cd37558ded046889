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
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TextIO

from align.formats.bitext.carry import Losses, Room, carried
from align.formats.bitext.units import Head, Unit, head_of, units_of
from align.model import Alignment

ROOM = Room(
    cuts=False,
    pairs=False,
    state=False,
    moved=False,
    doubtful=False,
    languages="three",
    names=False,
    signature=False,
)

_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"}
_LONG = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
_TO_ESCAPE = re.compile("[\x00-\x1f\\\\\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(u[0-9a-f]{4}|[tnr\\])")


def write(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    """Writes a line for each bead or group. Returns no warnings."""
    head = head_of(alignments)
    put(head, _joined(head, units_of(alignments, only_doubtful=only_doubtful)), stream)
    return ()


def _joined(head: Head, units: Iterable[Unit]) -> Iterable[tuple[str, Unit]]:
    """The units with the sentences of each side as one text, and the kinds that they had before."""
    losses = Losses("TSV")
    for unit in units:
        for found in carried(head, [unit], ROOM, losses):
            yield unit.kind, found


def put(head: Head, units: Iterable[Unit | tuple[str, Unit]], stream: TextIO) -> None:
    """Writes units of one text a side, each with its kind if it had more sentences before."""
    stream.write("\t".join(["kind", "confidence", *columns(head.langs)]) + "\n")
    for given in units:
        kind, unit = given if isinstance(given, tuple) else (given.kind, given)
        confidence = unit.confidence
        cells = [kind, "" if confidence is None else f"{confidence:.4f}"]
        cells += [escape(side[0]) if side else "" for side in unit.sides]
        stream.write("\t".join(cells) + "\n")


def columns(langs: Sequence[str]) -> list[str]:
    """Source and target; of three and more versions the languages."""
    return numbered(langs) if len(langs) > 2 else ["source", "target"]


def numbered(langs: Sequence[str]) -> list[str]:
    """The languages, with a number where one occurs again."""
    seen: Counter[str] = Counter()
    names = []
    for lang in langs:
        seen[lang] += 1
        names.append(lang if seen[lang] == 1 else f"{lang}.{seen[lang]}")
    return names


def escape(text: str) -> str:
    """The text as one cell on one line."""
    return _TO_ESCAPE.sub(lambda m: _SHORT.get(m.group(), f"\\u{ord(m.group()):04x}"), text)


def unescape(cell: str) -> str:
    """The text of a cell; ``unescape(escape(text)) == text`` for every text."""
    return _ESCAPED.sub(lambda m: _LONG.get(m.group(1)) or chr(int(m.group(1)[1:], 16)), cell)
