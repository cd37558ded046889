"""Work that takes longer than a request: one piece at a time, in a thread of its own, with its progress to look at.

::

    job = site_of(request).jobs.start("Checking the project", work, url="/findings")
    # work(progress) -> str: calls progress(done, total) now and then, returns words about what came of it

A template shows it with ``{% import "jobs.html" as j %}{{ j.progress(job) }}``: it asks ``/jobs/3`` until it is over.
Work opens the project file for itself, and must be fit to end at any moment: Ctrl-C does not wait for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from align.errors import ConcordError, ConflictError, UsageError

Progress = Callable[[int, int], None]
Work = Callable[[Progress], str]
State = Literal["running", "done", "failed"]
KEPT = 50
"""Pieces of work that are remembered after their end."""


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work as it stands. ``total`` is 0 as long as nobody knows; ``words`` say what came of it.

    ``url`` is where its results are looked at.
    """

    id: int
    title: str
    url: str
    state: State = "running"
    done: int = 0
    total: int = 0
    words: str = ""


class Jobs:
    """The work of one review page; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._held: dict[int, Job] = {}

    def start(self, title: str, work: Work, *, url: str = "/") -> Job:
        """Begins a piece of work. Raises ConflictError while another one runs."""
        with self._lock:
            running = self._running()
            if running is not None:
                raise ConflictError(f"“{running.title}” is still running", hint="Wait for its end")
            job = Job(next(self._numbers), title, url)
            self._held[job.id] = job
            for old in sorted(self._held)[:-KEPT]:
                del self._held[old]
        threading.Thread(target=self._run, args=(job.id, work), name=f"job {job.id}", daemon=True).start()
        return job

    def running(self) -> Job | None:
        """The work that runs now."""
        with self._lock:
            return self._running()

    def get(self, number: int) -> Job:
        """A piece of work as it stands. Raises UsageError for one that is not known (any more)."""
        with self._lock:
            if number not in self._held:
                raise UsageError(f"there is no work {number} here", hint="It ended with an earlier launch")
            return self._held[number]

    def _running(self) -> Job | None:
        return next((job for job in self._held.values() if job.state == "running"), None)

    def _run(self, number: int, work: Work) -> None:
        def progress(done: int, total: int) -> None:
            with self._lock:
                self._held[number] = replace(self._held[number], done=done, total=total)

        try:
            state, words = "done", work(progress)
        except ConcordError as error:
            state, words = "failed", str(error)
        except Exception as error:  # the thread has nobody else to tell
            state, words = "failed", f"This is a defect in Concord; please report it: {error!r}"
        with self._lock:
            self._held[number] = replace(self._held[number], state=state, words=words)  # type: ignore[arg-type]
