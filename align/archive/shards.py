"""Shards in, shards out, on any storage that fsspec knows: for archives that no single machine holds.

Each shard of pairs becomes one shard of beads, and is done when its *mark* is there::

    OUTPUT/concord.json                 what all of it was made with
    OUTPUT/part-0001.jsonl              the beads, as ``archive export`` would write them
    OUTPUT/failed/part-0001.jsonl       the pairs that came to nothing, if there are any, with the reason
    OUTPUT/done/part-0001.json          the mark: counts, seconds, and which version of the input it was

Everything is written beside its place and moved there, the mark last. So whoever dies at whatever moment leaves
shards that are whole or that are done again, and the same command goes on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from align.archive import beads
from align.archive.lists import Row, rows
from align.archive.packed import unpack
from align.archive.queue import Queue, chunks
from align.archive.storage import opened, plain, storage, written
from align.archive.work import Outcome, Task
from align.errors import ConcordError, InputError, UsageError
from align.formats.jsonl import dumps
from align.model import Signature

if TYPE_CHECKING:
    from align.archive.queue import Engine
    from align.archive.work import Settings, Worker

ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
MANIFEST = "concord.json"


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard of pairs and the place of its beads: ``output`` is the folder, ``name`` has no ending."""

    input: str
    output: str
    name: str
    format: str

    @property
    def beads(self) -> str:
        """Where the beads go."""
        return f"{self.output}/{self.name}.{self.format}"

    @property
    def failed(self) -> str:
        """Where the pairs go that came to nothing."""
        return f"{self.output}/failed/{self.name}.jsonl"

    @property
    def mark(self) -> str:
        """What says that it is done."""
        return f"{self.output}/done/{self.name}.json"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a shard; ``seconds`` are those of the worker. ``version`` names the state of the input."""

    pairs: int
    failed: int
    segments: int
    beads: int
    seconds: float
    version: str


def plan(pairs: str, output: str, format: str | None = None) -> tuple[Shard, ...]:
    """The shards that a path or pattern names, by name. ``output`` is a folder.

    Raises UsageError where two would write to one place or the format is none, InputError where there are none.
    """
    fs, path = storage(pairs)
    with plain(pairs):
        found = sorted(fs.glob(path)) if any(sign in path for sign in "*?[") else [path]
        if found == [path] and fs.isdir(path):
            found = sorted(name for name in fs.ls(path, detail=False))
        found = [name for name in found if PurePosixPath(name).suffix.lower() in ENDINGS]
        if not found or not all(fs.isfile(name) for name in found):
            raise InputError("there are no shards", where=pairs, hint="Name .jsonl or .parquet files")
    if format is not None and format not in beads.FORMATS:
        raise UsageError(
            f"there is no format {format!r} for shards", hint=f"Choose from: {', '.join(beads.FORMATS)}"
        )
    shards = []
    for name in found:
        pure = PurePosixPath(name)
        form = format or ENDINGS[pure.suffix.lower()]
        shards.append(Shard(fs.unstrip_protocol(name), output.rstrip("/"), pure.stem, form))
    if len({shard.name for shard in shards}) < len(shards):
        raise UsageError("two shards have one name", where=pairs, hint="Align them into different folders")
    return tuple(shards)


def prepare(shards: Sequence[Shard], making: dict[str, Any]) -> tuple[Shard, ...]:
    """The shards that are not done yet, with the folder made ready.

    Raises UsageError where the folder holds beads that were made in another way, OutputError where it cannot be used.
    """
    output = shards[0].output
    fs, path = storage(output)
    with plain(output):
        manifest = f"{path}/{MANIFEST}"
        if fs.exists(manifest):
            if json.loads(fs.cat_file(manifest)) != making:
                raise UsageError(
                    "it holds beads that were made with another model or other settings",
                    where=output,
                    hint="Choose another folder with --output, or empty this one",
                )
        else:
            for folder in (path, f"{path}/failed", f"{path}/done"):
                fs.makedirs(folder, exist_ok=True)
            with written(f"{output}/{MANIFEST}") as stream:
                stream.write(dumps(making).encode())
        marked = fs.ls(f"{path}/done", detail=False) if fs.isdir(f"{path}/done") else []
        marks = {PurePosixPath(name).stem for name in marked}
    return tuple(shard for shard in shards if shard.name not in marks or not _is_done(shard))


def _is_done(shard: Shard) -> bool:
    with suppress(OSError, ValueError, KeyError):
        return report_of(shard).version == version(shard.input)
    return False


def report_of(shard: Shard) -> Report:
    """What the mark of a shard says. Raises OSError where there is none."""
    fs, path = storage(shard.mark)
    return Report(**json.loads(fs.cat_file(path)))


def version(url: str) -> str:
    """What tells one state of a file from another, as far as its storage says: a digest of time and size, mostly."""
    fs, path = storage(url)
    with plain(url):
        return str(fs.ukey(path))


def tasks(url: str) -> Iterator[Task]:
    """The pairs of a shard, numbered from 1, with their texts. Raises InputError and its kinds."""
    with opened(url) as stream:
        for number, row in enumerate(rows(stream, url), start=1):
            yield _task(number, row)


def _task(number: int, row: Row) -> Task:
    size = sum(len(row.texts.get(f"{side}_text", "")) for side in ("source", "target"))
    return Task(number, row.pair.source, row.pair.target, 2 * size, dict(row.texts) or None)


def align_shard(worker: Worker, shard: Shard) -> Report:
    """All of a shard in this process, chunk by chunk: what a worker of a cluster does."""
    before = version(shard.input)

    def outcomes() -> Iterator[Outcome]:
        # The chunks are those that the built-in engine would make.
        for chunk in chunks(tasks(shard.input), count(shard)):
            yield from sorted(worker.align(chunk.tasks), key=lambda outcome: outcome.number)

    return write(shard, outcomes(), worker.signature, before)


def count(shard: Shard) -> int:
    """The number of pairs in a shard."""
    with opened(shard.input) as stream:
        if shard.input.lower().endswith(".parquet"):
            from pyarrow import parquet

            return int(parquet.read_metadata(stream).num_rows)
        return sum(1 for line in stream if line.strip())


def write(shard: Shard, outcomes: Iterable[Outcome], signature: Signature, version: str) -> Report:
    """Writes the beads of a shard's outcomes, which come in the order of their numbers; then the mark."""
    began = time.perf_counter()
    pairs = segments = 0
    lines: list[str] = []
    with written(shard.beads) as stream:
        out = beads.writer(shard.format, stream)
        for outcome in outcomes:
            pairs += 1
            record = outcome.record
            assert record is not None  # nothing is known of a shard's pairs before
            if outcome.data is None:
                lines.append(dumps({"source": record.source, "target": record.target, "error": record.error}))
            else:
                segments += record.source_segments + record.target_segments
                out.put(record.source, record.target, unpack(outcome.data, signature))
        out.close()
    _failures(shard, lines)
    seconds = round(time.perf_counter() - began, 3)
    report = Report(pairs, len(lines), segments, out.count, seconds, version)
    with written(shard.mark) as stream:
        stream.write(dumps(asdict(report)).encode())
    return report


def _failures(shard: Shard, lines: Sequence[str]) -> None:
    """Writes the pairs that failed; takes away what an earlier attempt wrote of such."""
    fs, path = storage(shard.failed)
    if lines:
        with written(shard.failed) as stream:
            stream.write("".join(f"{line}\n" for line in lines).encode())
    elif fs.exists(path):
        fs.rm_file(path)


def run(
    engine: Engine, shards: Sequence[Shard], settings: Settings
) -> Iterator[tuple[Shard, Report | ConcordError]]:
    """Aligns the shards that are not done yet; each with its report, or with what is wrong with it, as they come.

    Raises what :func:`prepare` and the engine raise.
    """
    with engine:
        signature = engine.signature()
        for shard, found in engine.shards(prepare(shards, settings.making(signature))):
            yield shard, found or _by_pairs(engine, shard, signature)


def _by_pairs(engine: Engine, shard: Shard, signature: Signature) -> Report | ConcordError:
    """A shard whose pairs are divided among the workers; it is read and written here."""
    try:
        before = version(shard.input)
        found = list(tasks(shard.input))  # before any is begun: there may be a broken line in it
        return write(shard, in_order(engine.run(Queue(found, len(found)))), signature, before)
    except InputError as error:
        return error


def in_order(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes of tasks that are numbered from 1, in that order; those that come early are held."""
    held: dict[int, Outcome] = {}
    wanted = 1
    for outcome in outcomes:
        held[outcome.number] = outcome
        while wanted in held:
            yield held.pop(wanted)
            wanted += 1
