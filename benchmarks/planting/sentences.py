"""Where errors of alignment could go: sentences left out, added, moved, left untranslated, cut. All pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.planting.model import Bitext, Change, Mention, Row
from benchmarks.planting.words import ADDED

FEW, LONG = 6, 24  # words
BLOCK, FAR = (3, 4, 5), 6  # rows: how long a moved block is, how far it goes at least
LETTERS = re.compile(r"[^\W\d_]")


def changes(bitext: Bitext) -> Iterator[Change]:
    """Every possible change of the alignment family."""
    for number, row in enumerate(bitext.rows):
        if not row.source or not row.target:
            continue
        if _words(row.source) >= FEW and _words(row.target) >= FEW:
            yield Change("sentence-omitted", row.id, (row.id,), f"omitted:{row.id}", omit=True)
            if not _alike(row):
                everything = _whole(row)
                yield Change(
                    "sentence-untranslated", row.id, (row.id,), f"untranslated:{row.id}",
                    edits=((everything, row.source),),
                )  # fmt: skip
        if _words(row.target) >= LONG and _words(row.source) >= LONG * 2 // 3:
            cut = _half(row.target)
            yield Change("sentence-cut", row.id, (row.id,), f"cut:{row.id}", edits=((_rest(row, cut), "."),))
        following = bitext.rows[number + 1 : number + 2]
        if following and following[0].target:
            rows = (row.id, following[0].id)
            for sentence in ADDED.get(bitext.target_lang, ()):
                yield Change("sentence-added", row.id, rows, f"added:{sentence}", insert=sentence)
    yield from _moved(bitext)


def _words(text: str) -> int:
    return len(text.split())


def _alike(row: Row) -> bool:
    """Whether much of the row is the same on both sides already (names, addresses, figures)."""
    one, other = set(row.source.casefold().split()), set(row.target.casefold().split())
    return len(one & other) > min(len(one), len(other)) / 3 or not LETTERS.search(row.source)


def _whole(row: Row) -> Mention:
    return Mention(row.id, 0, len(row.target))


def _half(text: str) -> int:
    """The end of the word that stands before the middle."""
    return text.rindex(" ", 0, len(text) // 2)


def _rest(row: Row, cut: int) -> Mention:
    return Mention(row.id, cut, len(row.target))


def _moved(bitext: Bitext) -> Iterator[Change]:
    """Blocks of rows, each a line of its own and of some length, put elsewhere in the translation."""
    rows = bitext.rows
    lines = [row.target_gap.endswith("\n") and bool(row.source and row.target) for row in rows]
    for start in range(1, len(rows)):
        for length in BLOCK:
            block = rows[start : start + length]
            if len(block) < length or not all(lines[start - 1 : start + length]):
                continue
            if any(_words(row.target) < FEW for row in block):
                continue
            ids = tuple(row.id for row in block)
            for to in range(len(rows)):
                far = to < start - 1 - FAR or to >= start + length - 1 + FAR
                if far and lines[to]:
                    near = (rows[to].id, *(row.id for row in rows[to + 1 : to + 2]))
                    yield Change(
                        "block-moved", ids[0], (*ids, *near), f"moved:{start}", own=ids, to=rows[to].id
                    )
