"""This machine's cores, and work that is divided among processes of it."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from align.errors import ConcordError

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")


def cores() -> int:
    """How many cores this process may use, 1 or more."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def divided(
    work: Callable[..., T],
    parts: Iterable[tuple[Any, ...]],
    workers: int,
    *,
    ahead: int,
    begin: Callable[..., None] | None = None,
    given: tuple[Any, ...] = (),
    lost: ConcordError,
) -> Iterator[T]:
    """What ``work(*part)`` gives for each part, in their order, done by ``workers`` processes.

    At most ``ahead`` parts are under way or wait to be taken, so that neither parts nor results pile up.
    ``begin(*given)`` is called once in every process; Ctrl-C is this process's alone to answer. Raises ``lost`` where
    a process ends before its time, and what the work raises.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(begin, given)) as pool:
        under_way: deque[Future[T]] = deque()
        left = iter(parts)
        try:
            while True:
                while len(under_way) < ahead and (part := next(left, None)) is not None:
                    under_way.append(pool.submit(work, *part))
                if not under_way:
                    return
                yield under_way.popleft().result()
        except BrokenProcessPool as error:
            raise lost from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _begin(begin: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if begin is not None:
        begin(*given)
