"""The built-in engine: processes of this machine, each with the model in its memory, fed chunk by chunk.

A worker has a pipe of its own and at most one chunk. It sends every outcome as soon as there is one, so when it dies
nothing is lost but the pair that it was at. It ignores Ctrl-C, and ends when this process does, however that happens.
"""

from __future__ import annotations

import gc
import multiprocessing as mp
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Self

from align.archive.queue import Chunk, Queue
from align.archive.work import Outcome, Settings, Task, Worker
from align.errors import ModelError
from align.machine import cores
from align.model import Signature

if TYPE_CHECKING:
    from align.archive.shards import Shard

# Loaded once by the server that workers are forked from; so each begins in a moment.
_PRELOADED = """
    numpy tokenizers regex razdel sentencex align.aligner align.archive.pool align.embed.static align.formats.read
    align.formats.txt align.parameters align.segment align.text
"""
FALSE_STARTS = 3
"""So many workers in a row that die before they have loaded: then something is wrong that trying does not mend."""

BYTES_PER_BYTE = 200
"""Memory that a pair takes while it is aligned, for each byte of its files (10,000 segments a side: under 600 MB)."""


class _Hand:
    """A worker as this process sees it: its end of the pipe, what it has, whether it has loaded."""

    def __init__(self, process: Any, pipe: Connection) -> None:
        self.process, self.pipe = process, pipe
        self.loaded = False
        self.chunk: Chunk | None = None
        self.left: dict[int, Task] = {}

    def give(self, chunk: Chunk) -> None:
        self.chunk, self.left = chunk, {task.number: task for task in chunk.tasks}
        with suppress(BrokenPipeError, ConnectionError):  # it died: that is noticed where it is listened to
            self.pipe.send(chunk.tasks)


class Pool:
    """A bounded number of worker processes; see ``queue.Engine``."""

    name = "local"

    def __init__(
        self,
        settings: Settings,
        workers: int | None = None,
        *,
        load: Callable[[Settings], Worker] = Worker.load,
    ) -> None:
        self.settings, self.load = settings, load
        self.workers = workers or cores()
        methods = mp.get_all_start_methods()
        self._context: Any = mp.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._hands: list[_Hand] = []
        self._signature: Signature | None = None
        self._false_starts = 0

    def __enter__(self) -> Self:
        os.environ.setdefault(
            "OPENBLAS_NUM_THREADS", "1"
        )  # read when numpy is loaded, by the workers' server
        if self._context.get_start_method() == "forkserver":
            self._context.set_forkserver_preload(_PRELOADED.split())
        try:
            for _ in range(self.workers):
                self._hands.append(self._start())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.process.kill()
        for hand in self._hands:
            hand.process.join()
            hand.process.close()
            hand.pipe.close()
        self._hands.clear()

    def _start(self) -> _Hand:
        ours, theirs = self._context.Pipe()
        threads = max(1, cores() // self.workers)
        process = self._context.Process(
            target=_work, args=(self.load, self.settings, theirs, threads), daemon=True
        )
        process.start()
        theirs.close()
        return _Hand(process, ours)

    def signature(self) -> Signature:
        """What the workers make results with; waits for the first that has loaded. Raises ModelError, InputError."""
        while self._signature is None:
            for hand in self._ready():
                self._heard(hand, None)
        return self._signature

    def run(self, queue: Queue) -> Iterator[Outcome]:
        """Every task's outcome, as they come; at the end the workers wait for more."""
        while True:
            self._deal(queue)
            if not any(hand.chunk for hand in self._hands) and not queue.more():
                return
            for hand in self._ready():
                yield from self._heard(hand, queue)

    def shards(self, shards: Sequence[Shard]) -> Iterator[tuple[Shard, None]]:
        """None for each: on one machine the pairs of a shard are divided among the workers."""
        return ((shard, None) for shard in shards)

    def _deal(self, queue: Queue) -> None:
        """Gives every idle worker a chunk, as far as there are chunks and memory for them."""
        for hand in self._hands:
            if hand.loaded and hand.chunk is None:
                chunk = queue.take()
                if chunk is None:
                    return
                busy = sum(other.chunk.size for other in self._hands if other.chunk)
                if busy and (busy + chunk.size) * BYTES_PER_BYTE > _memory():
                    queue.put_back(chunk)
                    return
                hand.give(chunk)

    def _ready(self) -> list[_Hand]:
        """The workers that have said something, or died."""
        heard = wait([hand.pipe for hand in self._hands])
        return [hand for hand in self._hands if hand.pipe in heard]

    def _heard(self, hand: _Hand, queue: Queue | None) -> list[Outcome]:
        """What a worker's next word comes to."""
        try:
            word = hand.pipe.recv()
        except (EOFError, OSError):
            return self._replaced(hand, queue)
        if isinstance(word, BaseException):
            raise word
        if isinstance(word, Signature):
            hand.loaded, self._signature, self._false_starts = True, word, 0
        elif isinstance(word, Outcome):
            hand.left.pop(word.number, None)
            return [word]
        else:
            hand.chunk = None
        return []

    def _replaced(self, hand: _Hand, queue: Queue | None) -> list[Outcome]:
        """Puts another worker in a dead one's place; what it had goes back, or has failed."""
        hand.process.join()
        how = f"the process that aligned it {_ending(hand.process.exitcode)}"
        if not hand.loaded:
            self._false_starts += 1
            if self._false_starts >= FALSE_STARTS:
                raise ModelError(
                    f"workers end before they have loaded it ({_ending(hand.process.exitcode)})",
                    where=self.settings.model or "the embedded model",
                    hint="Is there memory enough for so many? Give fewer with --workers",
                )
        hand.process.close()
        hand.pipe.close()
        self._hands[self._hands.index(hand)] = self._start()
        if hand.chunk is None or queue is None:
            return []
        return queue.died(hand.chunk, list(hand.left.values()), how)


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
    return f"ended with code {code}"


def _memory() -> int:
    """Half of the memory that is free, in bytes: what all workers' texts may take; a great deal where nobody says."""
    with suppress(OSError, ValueError, IndexError), open("/proc/meminfo", encoding="ascii") as file:  # noqa: PTH123
        for line in file:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024 // 2
    return 1 << 62


# In the worker's process


def _work(load: Callable[[Settings], Worker], settings: Settings, pipe: Connection, threads: int) -> None:
    """A worker's life: load, say so, then a chunk after the other until there is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    # One process a core is the division of work here; threads within would only wait for one another.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(threads)
    try:
        worker = load(settings)
        gc.freeze()  # what is loaded stays: no use in looking through it for rubbish
        if (torch := sys.modules.get("torch")) is not None:
            torch.set_num_threads(threads)
    except Exception as error:
        pipe.send(error)
        return
    with suppress(EOFError, BrokenPipeError, ConnectionError):  # nobody listens any more
        pipe.send(worker.signature)
        while True:
            for outcome in worker.align(pipe.recv()):
                pipe.send(outcome)
            pipe.send(None)


def _end_with_parent() -> None:
    """Ends this process as soon as the one that started it is gone, however it went."""
    from threading import Thread

    parent = mp.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()
