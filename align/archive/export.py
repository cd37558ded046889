"""The beads of an archive into one file, in the order of the pairs, a pair in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from align.archive import beads
from align.archive.store import Archive, PairRecord
from align.errors import EmptyInputError, UsageError
from align.formats.bitext import registry
from align.formats.bitext.units import Head, Source, Unit, units_of
from align.formats.rows import language_tag
from align.formats.write import write_file
from align.model import Alignment

OTHERS = ("tsv", "tmx", "xliff", "po", "xlsx", "moses")
"""Formats for one pair of languages, which take bead by bead."""

FORMATS = (*beads.FORMATS, *OTHERS)
Langs = tuple[str, str]


def export(
    archive: Archive, out: str, format: str, *, langs: Langs | None = None, only_doubtful: bool = False
) -> tuple[int, tuple[str, ...]]:
    """Writes the beads of all pairs that are done to ``out`` ("-": standard output), whole or not at all.

    ``langs`` takes the pairs of these languages only. Gives the number of beads, and warnings about what the format
    does not hold. Raises UsageError for an unknown format, and where a format that has no place for several pairs of
    languages would get them; EmptyInputError where there is nothing to write; OutputError.
    """
    if format not in FORMATS:
        raise UsageError(
            f"there is no format {format!r} for an archive", hint=f"Choose from: {', '.join(FORMATS)}"
        )
    there = _languages(archive)
    if not there:
        raise EmptyInputError("nothing in it is aligned yet", where=str(archive.path))
    if langs is not None and langs not in there:
        raise EmptyInputError(f"no pair in it is of {langs[0]} and {langs[1]}", where=str(archive.path))
    if format in OTHERS:
        return _others(archive, out, format, langs or _only(there, format), only_doubtful)

    def put(stream: BinaryIO) -> int:
        found = beads.writer(format, stream, only_doubtful=only_doubtful)
        for record, alignment in _chosen(archive, langs):
            found.put(record.source, record.target, alignment)
        found.close()
        return found.count

    return write_file(out, put), ()


def format_of(path: str) -> str:
    """The format that a name ends in. Raises UsageError."""
    found = registry.ENDINGS.get(registry.ending(path), "")
    if found not in FORMATS:
        raise UsageError(
            "the name does not say which format to write",
            where=path,
            hint=f"Name the format with --format: {', '.join(FORMATS)}",
        )
    return found


def _chosen(archive: Archive, langs: Langs | None) -> Iterator[tuple[PairRecord, Alignment]]:
    for record in archive.pairs("done"):
        if langs in (None, (record.source_lang, record.target_lang)):
            yield record, archive.alignment(record.number)


def _languages(archive: Archive) -> dict[Langs, int]:
    """How many pairs of each two languages are done."""
    rows = archive.db.execute(
        """SELECT source_lang, target_lang, count(*) FROM pairs WHERE state = 'done'
        GROUP BY source_lang, target_lang ORDER BY count(*) DESC, source_lang, target_lang"""
    )
    return {(source, target): int(count) for source, target, count in rows}


def _only(there: dict[Langs, int], format: str) -> Langs:
    """The languages, where there are but two."""
    if len(there) > 1:
        named = ", ".join(f"{a},{b} ({count:,})" for (a, b), count in list(there.items())[:4])
        raise UsageError(
            f"the format “{format}” holds one pair of languages, and there are {len(there)}: {named}",
            hint="Choose one with --langs, or jsonl or parquet for all",
        )
    (found,) = there
    return found


def _others(
    archive: Archive, out: str, format: str, langs: Langs, only_doubtful: bool
) -> tuple[int, tuple[str, ...]]:
    """By the writers of single alignments, which do not ask where one document ends."""
    from align.formats.bitext.convert import convert

    signatures = {str(archive.signature(run)) for run in _runs(archive)}
    head = Head(tuple(language_tag(lang) for lang in langs), (), tuple(sorted(signatures)))
    source = Source(head, _units(archive, langs, only_doubtful))
    losses = convert(source, "archive", format, out, Path(archive.path).name)
    return losses.written, losses.of_texts()


def _runs(archive: Archive) -> list[int]:
    found = archive.db.execute("SELECT DISTINCT run FROM pairs WHERE state = 'done'")
    return [int(run) for (run,) in found]


def _units(archive: Archive, langs: Langs, only_doubtful: bool) -> Iterator[Unit]:
    number = 0
    for _, alignment in _chosen(archive, langs):
        for unit in units_of([alignment], only_doubtful=only_doubtful):
            number += 1
            yield replace(unit, number=number)
