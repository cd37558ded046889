"""What is to be aligned: a list of pairs, two folders whose names pair up, or shards with the texts in them.

A row of a shard (JSON Lines or Parquet) has the two documents' names, ``source`` and ``target``, and may have their
texts: ``source_text``, ``target_text``; and ``source_lang``, ``source_date``, ``confidence`` and so on. Rows without
texts name files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from align.archive.pairs import COLUMNS, DocumentPair, pair_of, read_pairs
from align.archive.store import Listed
from align.archive.work import packed_inputs
from align.errors import FormatError, InputError, UsageError
from align.formats.bitext.parquet import packages
from align.formats.jsonl import loads

TEXTS = tuple(f"{side}_{name}" for side in ("source", "target") for name in ("text", "lang", "date"))
_COLUMNS = (*COLUMNS, *TEXTS)


@dataclass(frozen=True, slots=True)
class Row:
    """A pair as a row says it; ``texts`` holds what there is of TEXTS."""

    pair: DocumentPair
    texts: Mapping[str, str] = field(default_factory=dict)

    def listed(self) -> Listed:
        """The row as an archive lists it."""
        pair = self.pair
        packed = packed_inputs(**self.texts) if self.texts else None
        return Listed(pair.source, pair.target, pair.confidence, pair.how, packed)


def listed(first: str, second: str | None, langs: tuple[str | None, str | None]) -> Iterator[Listed]:
    """The pairs of a list or shard, or of two folders, in their order.

    Raises what reading raises; UsageError where the two are not folders, zip archives or patterns.
    """
    if second is None:
        return (row.listed() for row in rows_of(first))
    from align.folders import collect, is_collection, pair_up

    for each in (first, second):
        if not is_collection(each):
            raise UsageError(
                "this is no folder, zip archive or quoted pattern",
                where=each,
                hint="Give one list of pairs, or two folders; for two documents there is `concord align`",
            )
    pairs = pair_up(collect(first), collect(second), langs=langs)
    return (Listed(source, target, None, "name") for source, target in pairs.pairs)


def rows_of(path: str) -> Iterator[Row]:
    """The rows of a list or a shard on this machine, by the ending of its name; "-" is a list on standard input."""
    name = path.lower()
    if name.endswith((".jsonl", ".ndjson", ".parquet")):
        try:
            with Path(path).open("rb") as stream:
                yield from rows(stream, path)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError(f"cannot be read: {reason}", where=path, hint="Check the name") from error
        return
    yield from (Row(pair) for pair in read_pairs(path))


def rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    """The rows of an open shard, one after the other. Raises FormatError and InputError with the line."""
    found = _parquet(stream, name) if name.lower().endswith(".parquet") else _lines(stream, name)
    for number, record in found:
        if not isinstance(record, dict):
            raise InputError("no object with “source” and “target”", where=f"{name}, line {number}")
        yield row_of(record, name, number)


def row_of(record: Mapping[str, Any], name: str, number: int) -> Row:
    """One row. Raises InputError for what is no pair."""
    texts = {key: str(record[key]) for key in TEXTS if record.get(key)}
    pair = {key: record.get(key) for key in COLUMNS}
    for side in ("source", "target"):
        if f"{side}_text" in texts and not pair[side]:
            pair[side] = f"{Path(name).name}#{number}/{side}"
    return Row(pair_of(pair, f"{name}, row {number}"), texts)


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(stream, start=1):
        if line.strip():
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise FormatError("bytes that are not UTF-8", where=f"{name}, line {number}") from error
            yield number, loads(text, where=name, line=number)


def _parquet(stream: BinaryIO, name: str) -> Iterator[tuple[int, Any]]:
    pa, parquet = packages()
    try:
        file = parquet.ParquetFile(stream)
        there = [column for column in file.schema_arrow.names if column in _COLUMNS]
        number = 0
        for batch in file.iter_batches(batch_size=256, columns=there):
            for record in batch.to_pylist():
                number += 1
                yield number, record
    except (pa.ArrowException, OSError) as error:
        raise FormatError("this Parquet file cannot be read", where=name, hint="Write it again") from error
