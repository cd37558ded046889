"""Goes through the pairs that wait, here or in several processes, and keeps what each one comes to.

A few dozen pairs are under way at a time, each with its own texts; nothing of a pair stays in memory when its row is
written. A pair that cannot be read is named and does not stop the rest; the next run tries it again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from align.archive.store import Archive, PairRecord, open_archive
from align.errors import ConcordError
from align.machine import divided
from align.model import Alignment, Document
from align.store.file import snapshot
from glossary.archive.kept import Kept, PackedReading, PackedResult, packed_text
from glossary.archive.reading import READER, pack_keys, pack_marks, pack_names, read
from glossary.checking import embedder
from glossary.checks import RULES, codec
from glossary.checks.base import Rule
from glossary.checks.run import check_pair
from glossary.checks.settings import Settings
from glossary.checks.uses import uses_of
from glossary.checks.views import PairView
from glossary.units import STAGES, TEXTS, Unit, digests_of, stage_of

Progress = Callable[[int, int], None]
READING = "reading"
FEW = 12
"""Pairs that are gone through here; for more it pays to start further processes."""
CHUNK = 8
AHEAD = 3
"""Chunks a process that wait for it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be found out of every pair: its reading, and what ``rules`` find (none: only the reading)."""

    settings: Settings = field(default_factory=Settings)
    rules: tuple[Rule, ...] = ()

    @property
    def version(self) -> str:
        """What a reading goes by besides the pair."""
        own = repr([pattern.text for pattern in self.settings.patterns])
        digest = hashlib.sha256(own.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        return f"{READER}|{digest}"

    @property
    def digests(self) -> dict[str, str]:
        """What results go by besides the pair, by stage; empty without rules."""
        if not self.rules:
            return {}
        all_pairs = (Unit("", "", 0, 0),)
        return {stage: digests_of(stage, all_pairs, self.rules, self.settings)[""] for stage in STAGES}


@dataclass(frozen=True, slots=True)
class Failure:
    """A pair that could not be read, and why."""

    pair: int
    reason: str


@dataclass(frozen=True, slots=True)
class Went:
    """What a run did: how many pairs it went through, and those that failed."""

    done: int
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a chunk."""

    pairs: int
    readings: tuple[PackedReading, ...]
    results: tuple[PackedResult, ...]
    failed: tuple[Failure, ...]


Job = tuple[int, tuple[str, ...]]
"""A pair's number, and the stages that it waits for."""


def update(kept: Kept, plan: Plan, *, workers: int = 1, progress: Progress | None = None) -> Went:
    """Brings the rows of all pairs up to date. Raises StoreError."""
    wanted = {READING: plan.version, **plan.digests}
    total = kept.count_waiting(wanted)
    done = 0
    failed: list[Failure] = []
    for part in _parts(kept.archive.path, _jobs(kept, wanted), total, plan, workers):
        if part.readings:
            kept.keep_readings(part.readings, plan.version)
        if part.results:
            kept.keep_results(part.results, plan.digests)
        failed += part.failed
        done += part.pairs
        if progress is not None:
            progress(done, total)
    return Went(done - len(failed), tuple(sorted(failed, key=lambda one: one.pair)))


def _jobs(kept: Kept, wanted: Mapping[str, str]) -> Iterator[Job]:
    """The pairs that wait, by number. Read a page at a time: rows that are written meanwhile lie behind it."""

    def of(stage: str) -> Iterator[tuple[int, str]]:
        return ((number, stage) for number in kept.waiting(stage, wanted[stage]))

    for number, rows in groupby(merge(*map(of, wanted)), key=itemgetter(0)):
        yield number, tuple(stage for _, stage in rows)


def _parts(path: Path, jobs: Iterator[Job], number: int, plan: Plan, workers: int) -> Iterator[Done]:
    if number <= FEW or workers < 2:
        for chunk in _chunks(jobs):
            yield go_through(path, chunk, plan.settings, _codes(plan))
        return
    lost = ConcordError(
        "a process was ended from outside; perhaps there was not enough memory",
        where=str(path),
        hint="What was done is kept: run it again, with fewer --workers",
    )
    parts = ((path, chunk, plan.settings, _codes(plan)) for chunk in _chunks(jobs))
    yield from divided(go_through, parts, workers, ahead=AHEAD * workers, begin=_prepare, lost=lost)


def _chunks(jobs: Iterator[Job]) -> Iterator[tuple[Job, ...]]:
    while chunk := tuple(islice(jobs, CHUNK)):
        yield chunk


def _codes(plan: Plan) -> tuple[str, ...]:
    return tuple(rule.code for rule in plan.rules)


def _prepare() -> None:
    """A process a core is enough, without threads of the tokenizer's.

    What is loaded now stays: the collector of cyclic garbage looks seldom, and past it, which saves a fifth.
    """
    import gc

    with suppress(ConcordError):  # the first pair says what is wrong with it
        embedder()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    os.environ["TOKENIZERS_PARALLELISM"] = "false"


def go_through(path: Path, jobs: Sequence[Job], settings: Settings, codes: Sequence[str]) -> Done:
    """Reads and checks some pairs of the archive at ``path``, each for the stages that it waits for."""
    rules = [rule for rule in RULES if rule.code in codes]
    readings: list[PackedReading] = []
    results: list[PackedResult] = []
    failed: list[Failure] = []
    with open_archive(path) as archive:
        for number, stages in jobs:
            try:
                with snapshot(archive.db, path):
                    record, alignment = archive.pair(number), archive.alignment(number)
                reading, found = _one(record, alignment, stages, settings, rules)
            except ConcordError as error:
                failed.append(Failure(number, str(error)))
            except Exception as error:  # one text that the rules stumble over does not stop a night's work
                failed.append(
                    Failure(number, f"{type(error).__name__}: {error}. This is a defect in Concord")
                )
            else:
                readings += reading
                results += found
    return Done(len(jobs), tuple(readings), tuple(results), tuple(failed))


def _one(
    record: PairRecord,
    alignment: Alignment,
    stages: Sequence[str],
    settings: Settings,
    rules: Sequence[Rule],
) -> tuple[list[PackedReading], list[PackedResult]]:
    view = view_of(record, alignment, settings)
    readings = []
    if READING in stages:
        found = read(view)
        readings.append(
            PackedReading(
                record.number, record.change, pack_names(found.names), pack_keys(found.names),
                pack_marks(found.marks, found.fates), found.runs, found.lemmas,
            )
        )  # fmt: skip
    results = []
    for stage in stages:
        if stage != READING:
            own = [rule for rule in rules if stage_of(rule) == stage]
            findings, gaps = check_pair(view, own)
            uses = uses_of(view) if stage == TEXTS else []
            results.append(
                PackedResult(
                    record.number, stage, record.change, packed_text(codec.dumps_findings(findings)),
                    packed_text(codec.dumps_gaps(gaps)), packed_text(codec.dumps_uses(uses)),
                )
            )  # fmt: skip
    return readings, results


def view_of(record: PairRecord, alignment: Alignment, settings: Settings) -> PairView:
    """A pair of an archive as rules see it: its texts are known by their paths there."""
    source = _called(alignment.source, record.source, record.source_date)
    target = _called(alignment.target, record.target, record.target_date)
    return PairView(replace(alignment, source=source, target=target), settings, embedder())


def _called(document: Document, path: str, date: str) -> Document:
    metadata = {**document.metadata, "date": date} if date else document.metadata
    return replace(document, name=path, metadata=metadata)


def view(archive: Archive, number: int, settings: Settings) -> PairView:
    """The view of one pair. Raises UsageError, StoreError as ``Archive.alignment``."""
    return view_of(archive.pair(number), archive.alignment(number), settings)
