"""A run over an archive: what is listed goes to the workers, what comes back is kept, a pair at a time."""

from __future__ import annotations

import time
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from re import Pattern
from typing import Any

from align.archive.dates import date_in
from align.archive.lock import locked
from align.archive.queue import Engine, Queue
from align.archive.store import Archive, Listed, PairRecord, open_archive
from align.archive.work import Outcome, Settings, Task, shard_of
from align.errors import EmptyInputError
from align.store.rows import signature_json

REPORT = 2.0  # seconds between two entries of how far it is
WINDOW = 30.0  # seconds that the rate is a mean of


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a run is. ``same``: pairs of these that had a result already, good or bad, and the files unchanged.

    ``failed`` are all that have failed, now or before. ``rate``: pairs a second of late; ``left``: seconds, by that
    rate; None where there is no telling.
    """

    total: int
    done: int = 0
    failed: int = 0
    same: int = 0
    seconds: float = 0.0
    rate: float | None = None
    left: float | None = None

    @property
    def ended(self) -> int:
        """The pairs that nothing is left to be done for."""
        return self.done + self.failed

    def as_object(self) -> dict[str, Any]:
        """The figures as JSON gives them; times in seconds with one decimal."""
        found = asdict(self)
        for name in ("seconds", "rate", "left"):
            found[name] = None if found[name] is None else round(found[name], 1)
        return found


Told = Callable[[Tally], None]


class _Clock:
    """Counts outcomes and keeps time."""

    def __init__(self, total: int) -> None:
        self._began = time.monotonic()
        self._marks: deque[tuple[float, int]] = deque([(self._began, 0)])
        self.total, self.done, self.failed, self.same = total, 0, 0, 0

    def tally(self) -> Tally:
        """How far it is now."""
        at, ended = time.monotonic(), self.done + self.failed
        if at - self._marks[-1][0] >= 1.0:
            self._marks.append((at, ended))
            while len(self._marks) > 2 and at - self._marks[1][0] >= WINDOW:
                self._marks.popleft()
        since, before = self._marks[0]
        rate = (ended - before) / (at - since) if at > since and ended > before else None
        left = (self.total - ended) / rate if rate else None
        return Tally(self.total, self.done, self.failed, self.same, at - self._began, rate, left)


def run(
    path: Path,
    listed: Iterable[Listed] | None,
    engine: Engine,
    settings: Settings,
    *,
    retry_failed: bool = False,
    dates: Pattern[str] | None = None,
    told: Told = lambda _: None,
) -> Tally:
    """Aligns what is listed (None: all that the archive lists) into the archive at ``path``, made if need be.

    A pair whose files are as they were when it was last done in the same way is not done again; one that failed then
    is tried again only with ``retry_failed``. ``dates`` finds the day of a document in its path; ``told`` hears after
    every pair how far it is. Raises ConflictError where another program aligns into it, StoreError,
    EmptyInputError where nothing is listed, and what the engine raises. However it ends, what it has told is kept.
    """
    with locked(path), _opened(path, listed) as (archive, wanted), engine:
        signature = engine.signature()
        numbers = archive.numbers() if wanted is None else archive.list_pairs(wanted)
        making = settings.making(signature)
        number = archive.begin(
            engine=engine.name,
            workers=engine.workers,
            signature=signature_json(signature),
            text=str(signature),
            settings=making,
        )
        clock = _Clock(len(numbers))
        try:
            queue = Queue(_tasks(archive, numbers, making, retry_failed, dates), len(numbers))
            reported = time.monotonic()
            for outcome in engine.run(queue):
                _keep(archive, outcome, number, clock, dates)
                tally = clock.tally()
                told(tally)
                if time.monotonic() - reported >= REPORT:
                    archive.report(number, tally.as_object())
                    reported = time.monotonic()
        finally:
            archive.report(number, clock.tally().as_object(), ended=True)
        return clock.tally()


@contextmanager
def _opened(path: Path, listed: Iterable[Listed] | None) -> Iterator[tuple[Archive, Iterable[Listed] | None]]:
    """The archive, and the list with its first pair read; an archive in which nothing was listed is taken away.

    Raises EmptyInputError where there is no pair.
    """
    wanted: Iterable[Listed] | None = None
    if listed is not None:
        rest = iter(listed)
        first = next(rest, None)
        wanted = None if first is None else chain([first], rest)
    made = not path.exists()
    try:
        with open_archive(path, create=listed is not None) as archive:
            if wanted is None and (listed is not None or not archive.numbers()):
                raise EmptyInputError("there is no pair of documents to align", where=str(path))
            try:
                yield archive, wanted
            finally:
                made = made and not archive.numbers()
    except BaseException:
        if made:
            for tail in ("", "-wal", "-shm"):
                path.with_name(path.name + tail).unlink(missing_ok=True)
        raise


def _tasks(
    archive: Archive,
    numbers: array[int],
    making: dict[str, Any],
    retry_failed: bool,
    dates: Pattern[str] | None,
) -> Iterator[Task]:
    """The tasks in the order of their numbers, made when they are wanted."""
    same: dict[int, bool] = {0: False}
    for record in archive.some(numbers):
        if record.run not in same:
            same[record.run] = archive.run(record.run).settings == making
        known = same[record.run] and not (retry_failed and record.state == "failed")
        inputs = archive.inputs(record.number)
        yield Task(
            record.number,
            record.source,
            record.target,
            len(inputs) * 3 if inputs else _size(record.source) + _size(record.target),
            inputs,
            (date_in(record.source, dates), date_in(record.target, dates)),
            (record.source_sha256, record.target_sha256) if known else None,
        )


def _size(path: str) -> int:
    """Bytes of a file; 0 where that is not known before it is read."""
    try:
        return 0 if shard_of(path) else Path(path).stat().st_size
    except (OSError, ValueError):
        return 0


def _keep(archive: Archive, outcome: Outcome, run: int, clock: _Clock, dates: Pattern[str] | None) -> None:
    """Keeps an outcome and counts it."""
    if outcome.record is not None:
        archive.put(replace(outcome.record, run=run), outcome.data)
        state = outcome.record.state
    else:
        before = archive.pair(outcome.number)
        state = before.state
        clock.same += 1
        _redate(archive, before, dates)
    if state == "done":
        clock.done += 1
    else:
        clock.failed += 1


def _redate(archive: Archive, record: PairRecord, dates: Pattern[str] | None) -> None:
    """Puts the dates of the paths to a pair that was done before they were asked for."""
    if dates is not None and record.state == "done":
        found = tuple(
            date_in(path, dates) or day
            for path, day in ((record.source, record.source_date), (record.target, record.target_date))
        )
        if found != (record.source_date, record.target_date):
            archive.dated(record.number, *found)
