"""The command line's rim: messages and progress on stderr, and Ctrl-C."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Any, Self

PATIENCE = 1.0  # seconds that a step may last before a progress bar shows

# What this run has finished writing, for the last line after an interrupt.
written: list[str] = []


@dataclass(frozen=True, slots=True)
class Messages:
    """Lines for people, on stderr; ``quiet`` keeps all but warnings back."""

    quiet: bool = False

    def note(self, text: str) -> None:
        """A line of the summary."""
        if not self.quiet:
            say(text)

    def warn(self, text: str) -> None:
        """A line that has to be seen; the same text also stands in the result."""
        say(f"Warning: {text}")

    def progress(self) -> Progress:
        """A progress bar for this run; it stays hidden in a pipe, and where the work is soon over."""
        return Progress(hidden=self.quiet or not is_terminal(sys.stderr))


def say(text: str) -> None:
    """One line on stderr, if there is one."""
    if sys.stderr is not None:
        sys.stderr.write(" ".join(text.split("\n")) + "\n")
        sys.stderr.flush()


def is_terminal(stream: Any) -> bool:
    """Whether a person is looking at this stream."""
    return stream is not None and stream.isatty()


class Progress:
    """A callable ``(done, total)`` that draws a rich progress bar on stderr once a second has passed."""

    def __init__(self, *, hidden: bool) -> None:
        self._hidden = hidden
        self._started = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def __call__(self, done: int, total: int) -> None:
        if self._hidden or time.monotonic() - self._started < PATIENCE:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("Aligning", total=total)
        self._bar.update(self._task, completed=done, total=total)


class StatusLine:
    """A line of progress on stderr: drawn again in a terminal, said now and then elsewhere; gone at the end.

    ``drawn`` and ``said`` are the seconds between two views of it, ``first`` those before the first in a terminal.
    """

    def __init__(self, *, quiet: bool, drawn: float, said: float, first: float = 0.0) -> None:
        self._quiet, self._terminal = quiet, is_terminal(sys.stderr)
        self._every = drawn if self._terminal else said
        self._at = time.monotonic() + (first if self._terminal else said)
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._width:
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()
            self._width = 0

    @property
    def due(self) -> bool:
        """Whether it is time to show how far the work is."""
        return not self._quiet and time.monotonic() >= self._at

    def show(self, line: str) -> None:
        """The line as it is now."""
        self._at = time.monotonic() + self._every
        if not self._terminal:
            say(line)
            return
        sys.stderr.write(f"\r{line.ljust(self._width)}")
        sys.stderr.flush()
        self._width = len(line)


@contextlib.contextmanager
def shielded() -> Iterator[None]:
    """Ctrl-C waits until the block has ended, so that what is said about it is true; a second one does not."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed = False

    def wait(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True

    before = signal.signal(signal.SIGINT, wait)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
