"""Parquet through pyarrow (the extra ``data``): a row for each unit, in groups of rows, for data sets.

Columns: ``number``, ``kind``, ``confidence``, ``score``, ``doubtful``, ``moved``, ``state``; for each version its
text, named by its language, and the texts of its segments as a list (``ru``, ``ru_segments``). The file's metadata
hold ``concord.languages``, ``concord.names`` and ``concord.signatures`` as JSON. Of other programs' tables the
columns of text are read that are named by languages or ``source`` and ``target``, or one named ``translation``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, cast, get_args

from align.errors import EmptyInputError, FormatError, TooLargeError, UsageError
from align.formats import tsv
from align.formats.bitext import langs as languages
from align.formats.bitext.carry import NOT_UTF8, Room
from align.formats.bitext.table_read import columns_of, of_rows
from align.formats.bitext.units import Head, Source, Unit
from align.model import BeadState
from align.text import join_segments

ROOM = Room(forbidden=NOT_UTF8, score=True, exact=True)
ROWS = 20_000
"""Rows of a group; they are held at once."""
LARGEST_GROUP = 1 << 30
"""Bytes of a group of rows that is read, when it is unpacked."""
_STATES = get_args(BeadState)


def packages() -> tuple[Any, Any]:
    """pyarrow and its module for Parquet. Raises UsageError where they are not installed."""
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise UsageError(
            "Parquet needs the package pyarrow", hint="Install it: pip install 'concord-align[data]'"
        ) from error
    return pyarrow, parquet


def put(head: Head, units: Iterable[Unit], stream: BinaryIO) -> None:
    """Writes units. Raises UsageError without pyarrow."""
    pa, parquet = packages()
    names = tsv.numbered(head.langs)
    pairs = len(head.langs) - 1
    texts = [
        field
        for name in names
        for field in ((name, pa.string()), (f"{name}_segments", pa.list_(pa.string())))
    ]
    facts = [("number", pa.int64()), ("kind", pa.string()), ("confidence", pa.float64())]
    if pairs > 1:
        facts.append(("confidences", pa.list_(pa.float64())))
    facts += [
        ("score", pa.float64()),
        ("doubtful", pa.bool_()),
        ("moved", pa.bool_()),
        ("state", pa.string()),
    ]
    held = {"languages": head.langs, "names": head.names, "signatures": head.signatures}
    metadata = {f"concord.{key}": json.dumps(value, ensure_ascii=False) for key, value in held.items()}
    schema = pa.schema([*facts, *texts], metadata=metadata)
    units = iter(units)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := [_record(unit, head, names) for unit in islice(units, ROWS)]:
            writer.write_table(pa.Table.from_pylist(group, schema))


def _record(unit: Unit, head: Head, names: Sequence[str]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "number": unit.number, "kind": unit.kind, "confidence": unit.confidence,
        "confidences": unit.confidences, "score": unit.score,
        "doubtful": unit.doubtful, "moved": unit.moved, "state": unit.state,
    }  # fmt: skip
    for name, lang, side in zip(names, head.langs, unit.sides, strict=True):
        record[name] = join_segments(side, lang) if side else None
        record[f"{name}_segments"] = side
    return record


def read(stream: BinaryIO, *, name: str, langs: Sequence[str] | None, encoding: str | None) -> Source:
    """The rows, group by group. Raises FormatError, EmptyInputError, UsageError without pyarrow."""
    pa, parquet = packages()
    if not stream.seekable():
        raise UsageError("Parquet cannot be read from a pipe", where=name, hint="Give it as a file")
    try:
        file = parquet.ParquetFile(stream)
        schema = file.schema_arrow
        held = {key.decode(): json.loads(value) for key, value in (schema.metadata or {}).items()
                if key.startswith(b"concord.")}  # fmt: skip
    except (pa.ArrowException, OSError, ValueError) as error:
        raise FormatError("it is no Parquet file", where=name, hint="Write it again") from error
    groups = (file.metadata.row_group(k) for k in range(file.metadata.num_row_groups))
    if max((group.total_byte_size for group in groups), default=0) > LARGEST_GROUP:
        raise TooLargeError(
            f"a group of rows of over {LARGEST_GROUP >> 20} MB", where=name, hint="Write it in smaller groups"
        )
    if not file.metadata.num_rows:
        raise EmptyInputError("there are no rows in it", where=name)
    records = _records(file, pa, name)
    if "concord.languages" in held:
        return _ours(records, held, langs, name)
    return _foreign(records, schema, pa, langs, name)


def _records(file: Any, pa: Any, name: str) -> Iterator[dict[str, Any]]:
    try:
        for batch in file.iter_batches(batch_size=ROWS // 4):
            yield from batch.to_pylist()
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise FormatError("this Parquet file is broken", where=name, hint="Write it again") from error


def _ours(
    records: Iterable[dict[str, Any]], held: dict[str, Any], langs: Sequence[str] | None, name: str
) -> Source:
    there, names, signatures = (
        [str(one) for one in held.get(f"concord.{key}", [])] for key in ("languages", "names", "signatures")
    )
    columns = tsv.numbered(there)
    order = list(range(len(there))) if "und" in there else languages.wanted(there, langs, name)
    if "und" in there and len(there) == 2:
        there = list(languages.pair(langs, name) or there)
    chosen = [columns[k] for k in order]
    head = Head(
        tuple(there[k] for k in order),
        tuple(names[k] for k in order) if len(names) == len(there) else (),
        tuple(signatures[k - 1] for k in order[1:])
        if len(signatures) == len(there) - 1
        else tuple(signatures),
    )

    def units() -> Iterator[Unit]:
        for number, record in enumerate(records, 1):
            sides = tuple(tuple(record.get(f"{column}_segments") or ()) for column in chosen)
            if any(sides):
                known = record.get("confidences") or [record.get("confidence")] * (len(there) - 1)
                state = record.get("state")
                yield Unit(
                    number,
                    sides,
                    tuple(known[k - 1] if k else record.get("confidence") for k in order[1:]),
                    bool(record.get("doubtful")),
                    bool(record.get("moved")),
                    cast(BeadState, state if state in _STATES else "proposed"),
                    record.get("score"),
                )

    return Source(head, units())


def _foreign(
    records: Iterable[dict[str, Any]], schema: Any, pa: Any, langs: Sequence[str] | None, name: str
) -> Source:
    translation = "translation" in schema.names and pa.types.is_struct(schema.field("translation").type)
    if translation:
        columns = [field.name for field in schema.field("translation").type]
        records = (record["translation"] or {} for record in records)
    else:
        strings = (pa.types.is_string, pa.types.is_large_string)
        columns = [f.name for f in schema if any(is_(f.type) for is_ in strings)]
        columns += [c for c in ("confidence", "score") if c in schema.names]
    rows = ([_cell(record.get(column)) for column in columns] for record in records)
    try:
        found = columns_of(columns, name)
    except FormatError:
        found = None
    if found is None or not found.header:
        raise FormatError(
            "its columns do not say which are the texts",
            where=name,
            hint="Name them source and target, or by their languages",
        )
    return of_rows(rows, found, name=name, langs=langs)


def _cell(value: Any) -> str:
    return "" if value is None else str(value)
