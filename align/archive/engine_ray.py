"""Ray as the engine (the extra ``cluster``): the same work, on a machine or on a cluster of them.

Plain tasks, not Ray Data: a task is a chunk of pairs, or a whole shard in and a whole shard out; its result has a
place of its own, so a task that Ray runs again after a failure writes what the first would have, and no order has to
be kept between workers. Ray starts tasks, moves what they take and give, and repeats what was lost with a process or
a machine. A chunk that ends its process time and again comes back here and is taken apart (``queue.Queue``).

A process keeps the model from one task to the next. Nothing is reported to anybody: Ray's usage statistics are off.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Self

from align.archive import shards as sharding
from align.archive.queue import Chunk, Queue
from align.archive.shards import Report, Shard
from align.archive.work import Outcome, Settings, Task, Worker
from align.errors import ConcordError, UsageError
from align.model import Signature

RETRIES = 2
"""How often Ray repeats a task whose process or machine was lost, before it is taken apart."""

AHEAD = 2
"""Tasks under way or waiting for each worker, so that none is idle while results are kept."""

PATIENCE = 10.0
"""Seconds for a cluster to answer at all."""

Load = Callable[[Settings], Worker]


class RayEngine:
    """Workers that Ray starts; see ``queue.Engine``. ``address`` None is a cluster of this machine alone.

    ``workers`` are tasks at once (None: a CPU each, or a share of a GPU each where ``gpus`` are asked for), ``gpus``
    the GPUs of each. A cluster that this process is connected to already is used, and left as it is.
    """

    name = "ray"

    def __init__(
        self,
        settings: Settings,
        workers: int | None = None,
        *,
        address: str | None = None,
        gpus: float = 0.0,
        load: Load = Worker.load,
    ) -> None:
        self.settings, self.address, self.gpus, self.load = settings, address, gpus, load
        self.workers = workers or 0
        self._ours = False
        self._ray: Any = None

    def __enter__(self) -> Self:
        # Ray's own words: no statistics, no notices, results of workers' printing nowhere.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        try:
            import ray
        except ImportError as error:
            raise UsageError(
                "this engine needs the package ray",
                where="--engine ray",
                hint="Install it: pip install 'concord-align[cluster]'",
            ) from error
        self._ray = ray
        if not self._ray.is_initialized():
            self._connect()
            self._ours = True
        there = self._ray.cluster_resources()
        most = there.get("GPU", 0) / self.gpus if self.gpus else there.get("CPU", 1)
        if most < 1:
            self.__exit__()
            raise UsageError(
                "the cluster has no GPU for that", where="--gpus", hint="Leave it out to work on CPUs"
            )
        self.workers = min(self.workers, int(most)) or int(most)
        return self

    def _connect(self) -> None:
        if self.address is not None:
            _knock(self.address)
        local = self.address is None
        options: dict[str, Any] = {"num_cpus": self.workers} if local and self.workers else {}
        if local:
            # As polite as the built-in engine, no more: its processes have the priority of this one.
            options |= {"include_dashboard": False, "_system_config": {"worker_niceness": 0}}
        try:
            self._ray.init(
                address="local" if local else self.address,
                log_to_driver=False,
                logging_level="ERROR",
                **options,
            )
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            first = next(iter(str(error).strip().splitlines()), type(error).__name__)
            raise _unreachable(self.address or "this machine", first) from error

    def __exit__(self, *_: object) -> None:
        if self._ours:
            self._ours = False
            self._ray.shutdown()

    def signature(self) -> Signature:
        """What the workers make results with; all of them load meanwhile. Raises ModelError, InputError."""
        task = self._task(_signature)
        loading = [task.remote(self.load, self.settings) for _ in range(self.workers)]
        (first, *_), _ = self._ray.wait(loading, num_returns=1)
        found = self._ray.get(first)
        if isinstance(found, BaseException):
            raise found
        assert isinstance(found, Signature)
        return found

    def run(self, queue: Queue) -> Iterator[Outcome]:
        """Every task's outcome, as they come."""
        align = self._task(_chunk)

        def more() -> Chunk | None:
            return queue.take()

        def start(chunk: Chunk) -> Any:
            return align.remote(self.load, self.settings, chunk.tasks)

        for chunk, found in self._each(more, start):
            if isinstance(found, str):
                yield from queue.died(chunk, chunk.tasks, found)
            else:
                yield from found

    def shards(self, shards: Sequence[Shard]) -> Iterator[tuple[Shard, Report | ConcordError | None]]:
        """Aligns whole shards, each where it is read and written; None for one that ends its workers."""
        align = self._task(_shard)
        left = iter(shards)

        def start(shard: Shard) -> Any:
            return align.remote(self.load, self.settings, shard)

        for shard, found in self._each(lambda: next(left, None), start):
            yield shard, None if isinstance(found, str) else found

    def _each(self, more: Callable[[], Any | None], start: Callable[[Any], Any]) -> Iterator[tuple[Any, Any]]:
        """Starts what ``more`` gives, a few at a time; each with its result, or how its worker ended, as text."""
        under_way: dict[Any, Any] = {}
        while True:
            while len(under_way) < AHEAD * self.workers and (one := more()) is not None:
                under_way[start(one)] = one
            if not under_way:
                return
            done, _ = self._ray.wait(list(under_way), num_returns=1)
            for reference in done:
                one = under_way.pop(reference)
                try:
                    found = self._ray.get(reference)
                except self._ray.exceptions.RayError as error:
                    if isinstance(error, self._ray.exceptions.RayTaskError):
                        raise  # the work itself failed: a defect
                    found = f"the process that aligned it was lost ({type(error).__name__})"
                yield one, found

    def _task(self, function: Callable[..., Any]) -> Any:
        """A function as Ray runs it."""
        return self._ray.remote(num_cpus=0 if self.gpus else 1, num_gpus=self.gpus, max_retries=RETRIES)(
            function
        )


def _knock(address: str) -> None:
    """Raises UsageError where nobody listens; Ray itself would go on asking for minutes."""
    host, mark, port = address.removeprefix("ray://").partition("/")[0].rpartition(":")
    if mark and port.isdecimal():
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()
        except (OSError, OverflowError) as error:
            raise _unreachable(address, (getattr(error, "strerror", None) or str(error)).lower()) from error


def _unreachable(where: str, reason: str) -> UsageError:
    return UsageError(
        f"Ray cannot be reached: {reason}",
        where=where,
        hint="Check --address; `ray status` says whether a cluster is up",
    )


# In a worker's process


@lru_cache(maxsize=1)
def _worker(load: Load, settings: Settings) -> Worker:
    """The worker of this process, loaded once."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return load(settings)


def _signature(load: Load, settings: Settings) -> Signature | Exception:
    try:
        return _worker(load, settings).signature
    except ConcordError as error:
        return error


def _chunk(load: Load, settings: Settings, tasks: Sequence[Task]) -> list[Outcome]:
    return list(_worker(load, settings).align(tasks))


def _shard(load: Load, settings: Settings, shard: Shard) -> Report | ConcordError:
    try:
        return sharding.align_shard(_worker(load, settings), shard)
    except ConcordError as error:
        return error
