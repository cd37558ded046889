"""One format of alignments into another, unit by unit where both allow it, with a report of what is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from align.errors import OutputError, UsageError
from align.formats.bitext import registry
from align.formats.bitext.carry import Losses, Room, carried, carry_head
from align.formats.bitext.collect import Bitext, collect
from align.formats.bitext.units import Head, Source, Unit, head_of, units_of
from align.formats.several import parts, write_parts
from align.formats.write import as_text, write_file

_WHOLE = {
    "json": Room(ids=True, score=True),
    "intertext": Room(several=False, confidence=False, doubtful=False, moved=False),
    **dict.fromkeys(("beads", "vecalign"), Room(
        several=False, state=False, moved=False, doubtful=False, confidence=False, score=True, ids=True,
        languages="none", names=False, signature=False)),
    "hunalign": Room(
        several=False, state=False, moved=False, doubtful=False, confidence=False, score=True, ids=True,
        languages="none", names=False, signature=False),
}  # fmt: skip
"""What the formats have a place for that are written from whole alignments; the texts of ladders stand elsewhere."""


def convert(
    found: Source | Bitext, read_as: str, format: str, out: str, name: str, kept: Sequence[str] = ()
) -> Losses:
    """Writes what was opened (see ``files.opened``) to a file, whole or not at all; "-" is standard output.

    The files of Moses and InterText are written beside each other, and not over those to be ``kept``. Raises
    OutputError and UsageError, and whatever reading the rest raises.
    """
    chosen = registry.named(format, "--to")
    losses = Losses(chosen.title)
    room = chosen.has
    versions = len(found.head.langs if isinstance(found, Source) else found.documents)
    if room is None or (versions > 2 and chosen.name == "jsonl"):  # its lines go pair by pair
        bitext = found if isinstance(found, Bitext) else collect(found, name=Path(name).name, format=read_as)
        _count(bitext, chosen.name, losses)
        losses.warnings += write_parts(parts(bitext.alignments, chosen.name, out), kept=kept)
        losses.warnings += [] if isinstance(found, Bitext) else found.warnings
        return losses
    if isinstance(found, Source):
        head, given = found.head, found.units
    else:
        head, given = head_of(found.alignments), units_of(found.alignments)
    units: Iterator[Unit] = carried(head, given, room, losses)
    first = next(units, None)
    if first is None:
        raise OutputError(
            f"there is nothing to write that {chosen.title} could say",
            where=out,
            hint="; ".join(losses.lines()[:3]) or f"There are no units in {name}",
        )
    _put(chosen, carry_head(head, room, losses), chain([first], units), out, kept)
    losses.warnings[:0] = found.warnings
    return losses


def _put(chosen: registry.Format, head: Head, units: Iterable[Unit], out: str, kept: Sequence[str]) -> None:
    if chosen.name == "moses":
        _moses(head, units, out, kept)
        return

    def produce(stream: BinaryIO) -> None:
        chosen.write(head, units, stream if chosen.binary else as_text(stream)[0])

    write_file(out, produce)


def _moses(head: Head, units: Iterable[Unit], out: str, kept: Sequence[str]) -> None:
    """All files at once, since the units come but once."""
    from align.formats.bitext import moses

    streams: list[BinaryIO] = []

    def produce(stream: BinaryIO) -> tuple[str, ...]:
        streams.append(stream)
        if len(streams) == len(head.langs):
            moses.put(head, units, [as_text(one)[0] for one in streams])
            for one in streams:
                one.flush()
        return ()

    stem = _stem(out, ".moses")
    write_parts([(f"{stem}.{code}", produce) for code in moses.endings(head.langs)], kept=kept)


def _stem(out: str, ending: str) -> str:
    if out == "-":
        raise UsageError("this format is several files", where="-o -", hint=f"Name them: -o NAME{ending}")
    return out.removesuffix(ending)


def _count(bitext: Bitext, format: str, losses: Losses) -> None:
    """What a format loses that is written from whole alignments."""
    room = _WHOLE.get(format)
    if format in registry.PEOPLE or room is None:
        losses.written = losses.units = sum(len(a.beads) for a in bitext.alignments)
        return
    head = head_of(bitext.alignments)
    losses.counts["texts"] += format in registry.LADDERS
    carry_head(head, room, losses)
    for _ in carried(head, units_of(bitext.alignments), room, losses):
        pass
