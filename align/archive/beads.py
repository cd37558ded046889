"""The beads of many documents, as lines or rows that name their documents: what ``archive export`` writes and what
alignment on a cluster leaves in its shards.

A line of JSON Lines is that of ``align.formats.jsonl`` with the two documents before it and the score behind the
confidence::

    {"source_document": "ru/0417.html", "target_document": "en/port-closed.html", "source": [4], "target": [4, 5],
     "source_text": ["…"], "target_text": ["…", "…"], "source_spans": [[210, 264]], "target_spans": [[198, 220], …],
     "confidence": 0.9731, "score": 0.9912, "kind": "1-2", "doubtful": false, "moved": false, "state": "proposed"}

(on one line). Parquet has the same columns; spans are lists of two. Figures have four decimals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Protocol

from align.formats.bitext.parquet import packages
from align.formats.jsonl import dumps, record_of
from align.model import Alignment

FORMATS = ("jsonl", "parquet")
ROWS = 20_000
"""Rows of a group in Parquet; they are held at once."""


def records(
    source: str, target: str, alignment: Alignment, *, only_doubtful: bool
) -> Iterator[dict[str, Any]]:
    """The beads of a pair of documents, in order."""
    for bead in alignment.beads:
        if only_doubtful and not alignment.is_doubtful(bead):
            continue
        found = record_of(alignment, bead)
        yield {
            "source_document": source,
            "target_document": target,
            **{name: found[name] for name in list(found)[:7]},
            "score": round(bead.score, 4),
            "kind": bead.kind,
            "doubtful": found["doubtful"],
            "moved": bead.moved,
            "state": bead.state,
        }


class Writer(Protocol):
    """Takes the beads of one pair after the other; ``count`` is how many there were."""

    count: int

    def put(self, source: str, target: str, alignment: Alignment) -> None:
        """Writes the beads of a pair."""
        ...

    def close(self) -> None:
        """Writes what is left."""
        ...


def writer(format: str, stream: BinaryIO, *, only_doubtful: bool = False) -> Writer:
    """A writer of one of FORMATS to a stream that stays the caller's. Raises UsageError without pyarrow."""
    return (Lines if format == "jsonl" else Rows)(stream, only_doubtful=only_doubtful)


class Lines:
    """JSON Lines."""

    def __init__(self, stream: BinaryIO, *, only_doubtful: bool = False) -> None:
        self._stream, self._only_doubtful, self.count = stream, only_doubtful, 0

    def put(self, source: str, target: str, alignment: Alignment) -> None:
        """Writes the beads of a pair."""
        found = [dumps(r) for r in records(source, target, alignment, only_doubtful=self._only_doubtful)]
        self.count += len(found)
        self._stream.write("".join(f"{line}\n" for line in found).encode())

    def close(self) -> None:
        """Everything is written already."""


class Rows:
    """Parquet, through pyarrow."""

    def __init__(self, stream: BinaryIO, *, only_doubtful: bool = False) -> None:
        pa, parquet = packages()
        spans = pa.list_(pa.list_(pa.int64()))
        sides = ("source", "target")
        self._pa = pa
        self._schema = pa.schema(
            [
                *[(f"{side}_document", pa.string()) for side in sides],
                *[(side, pa.list_(pa.int64())) for side in sides],
                *[(f"{side}_text", pa.list_(pa.string())) for side in sides],
                *[(f"{side}_spans", spans) for side in sides],
                *[("confidence", pa.float64()), ("score", pa.float64()), ("kind", pa.string())],
                *[("doubtful", pa.bool_()), ("moved", pa.bool_()), ("state", pa.string())],
            ]
        )
        self._file = parquet.ParquetWriter(stream, self._schema, compression="zstd")
        self._held: list[dict[str, Any]] = []
        self._only_doubtful, self.count = only_doubtful, 0

    def put(self, source: str, target: str, alignment: Alignment) -> None:
        """Keeps the beads of a pair until there are enough for a group."""
        before = len(self._held)
        self._held.extend(records(source, target, alignment, only_doubtful=self._only_doubtful))
        self.count += len(self._held) - before
        while len(self._held) >= ROWS:
            self._group(ROWS)

    def _group(self, rows: int) -> None:
        self._file.write_table(self._pa.Table.from_pylist(self._held[:rows], self._schema))
        del self._held[:rows]

    def close(self) -> None:
        """Writes the last group and the end of the file."""
        if self._held:
            self._group(len(self._held))
        self._file.close()
