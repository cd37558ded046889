"""The work in portions, and what becomes of a portion whose worker died. All engines share it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

from align.archive.work import Outcome, Task, failure
from align.errors import ConcordError
from align.model import Signature

if TYPE_CHECKING:
    from align.archive.shards import Report, Shard

MOST_PAIRS = 16
"""Pairs of a chunk: enough for a batch, few enough to be soon over."""

MOST_BYTES = 2 << 20
"""Bytes of a chunk's files; a larger pair is a chunk of its own, so that a worker holds one such at a time."""

SHARES = 64
"""A short list is divided into so many chunks at least, or single pairs, for its workers to share."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Pairs that one worker aligns together. ``attempt`` counts how often it was tried before, alone."""

    tasks: tuple[Task, ...]
    attempt: int = 0

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(task.size for task in self.tasks)


def chunks(tasks: Iterable[Task], total: int) -> Iterator[Chunk]:
    """The tasks in their order, in portions that depend on nothing but them: results are the same for any workers."""
    most = max(1, min(MOST_PAIRS, total // SHARES))
    held: list[Task] = []
    size = 0
    for task in tasks:
        if held and (len(held) >= most or size + task.size > MOST_BYTES):
            yield Chunk(tuple(held))
            held, size = [], 0
        held.append(task)
        size += task.size
    if held:
        yield Chunk(tuple(held))


class Queue:
    """Chunks to be done, those first that have to be tried again."""

    def __init__(self, tasks: Iterable[Task], total: int) -> None:
        self._fresh = chunks(tasks, total)
        self._again: deque[Chunk] = deque()

    def take(self) -> Chunk | None:
        """The next chunk; None where there is none now (a worker that dies may bring one back)."""
        return self._again.popleft() if self._again else next(self._fresh, None)

    def put_back(self, chunk: Chunk) -> None:
        """A chunk that was taken and not begun."""
        self._again.appendleft(chunk)

    def more(self) -> bool:
        """Whether there is a chunk to take."""
        chunk = self.take()
        if chunk is not None:
            self.put_back(chunk)
        return chunk is not None

    def died(self, chunk: Chunk, unfinished: Sequence[Task], how: str) -> list[Outcome]:
        """What follows when a worker died over a chunk.

        Each pair of which nothing came is tried again by itself, so that it takes no other along; one that was by
        itself already is tried once more, and then has failed.
        """
        alone = len(chunk.tasks) == 1
        if alone and chunk.attempt >= 1:
            return [
                failure(task, f"{how}, twice. It may be too large for this machine") for task in unfinished
            ]
        self._again.extend(Chunk((task,), chunk.attempt + alone) for task in unfinished)
        return []


class Engine(Protocol):
    """Something that has workers: processes of this machine, or another program's on many."""

    @property
    def name(self) -> str:
        """What runs and figures call it."""
        ...

    @property
    def workers(self) -> int:
        """How many there are."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...

    def signature(self) -> Signature:
        """What its workers make results with, once the first has loaded. Raises what loading raised there."""
        ...

    def run(self, queue: Queue) -> Iterator[Outcome]:
        """Does all that is in the queue; an outcome for every task, once, in any order."""
        ...

    def shards(self, shards: Sequence[Shard]) -> Iterator[tuple[Shard, Report | ConcordError | None]]:
        """Does whole shards, in any order; None for one of which it wants the pairs by themselves (:meth:`run`)."""
        ...
