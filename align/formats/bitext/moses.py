"""Moses line pairs: a file for each language, line by line each other's translation, for training of translators.

``corpus.moses`` stands for ``corpus.ru`` and ``corpus.en``: the files beside it that end in the languages' codes.
A line is a unit; line breaks in a text become spaces, and units without text in some version are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import BinaryIO, TextIO

from align.errors import FormatError, UsageError
from align.formats import tsv
from align.formats.bitext.carry import BREAKS, Room
from align.formats.bitext.stream import lines
from align.formats.bitext.units import Head, Source, Unit

ROOM = Room(
    nulls="none",
    cuts=False,
    state=False,
    moved=False,
    doubtful=False,
    confidence=False,
    names=False,
    signature=False,
    breaks=BREAKS,
    forbidden=re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ufeff\ud800-\udfff]"),
)


def endings(langs: Sequence[str]) -> list[str]:
    """What the names of the files end in: the language codes, with a number where one occurs again."""
    return tsv.numbered(langs)


def put(head: Head, units: Iterable[Unit], streams: Sequence[TextIO]) -> None:
    """Writes a line of each unit to each stream."""
    for unit in units:
        for stream, side in zip(streams, unit.sides, strict=True):
            stream.write(f"{side[0] if side else ''}\n")


def read(
    streams: Sequence[BinaryIO], *, names: Sequence[str], langs: Sequence[str], encoding: str | None
) -> Source:
    """The pairs of lines. Raises FormatError with the line where one file is shorter than another."""
    if len(streams) < 2 or len(langs) != len(streams):
        raise UsageError(
            f"{len(streams)} files and {len(langs)} languages",
            where=" ".join(names),
            hint="Give a file for each language, and --langs in their order",
        )
    source = Source(Head(tuple(langs)), iter(()))
    found = [
        lines(stream, name=name, encoding=encoding, warnings=source.warnings)
        for stream, name in zip(streams, names, strict=True)
    ]
    source.units = _units(found, names)
    return source


def _units(found: Sequence[Iterator[str]], names: Sequence[str]) -> Iterator[Unit]:
    number = 0
    for line, texts in enumerate(zip_longest(*found), 1):
        if None in texts:
            short = names[texts.index(None)]
            raise FormatError(
                f"it ends before line {line} of the others", where=short, hint="Give files of as many lines"
            )
        sides = tuple([(text,) if text.strip() else () for text in texts])
        if any(sides):
            number += 1
            yield Unit(number, sides, (None,) * (len(sides) - 1))
