"""The command line's rim: messages on stderr, progress, and files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from align.errors import OutputError

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


@dataclass(frozen=True, slots=True)
class Staged:
    """A file written beside its place, ready to take it in one step. ``temporary`` is None for a device."""

    path: Path
    temporary: Path | None

    def publish(self) -> None:
        """Puts the file into its place."""
        if self.temporary is not None:
            with output_errors(self.path):
                os.replace(self.temporary, self.path.resolve())  # noqa: PTH105  says what it does: one step
        written.append(str(self.path))

    def discard(self) -> None:
        """Removes what was not published."""
        if self.temporary is not None:
            with contextlib.suppress(OSError):
                self.temporary.unlink()


def stage(path: Path, produce: Callable[[BinaryIO], None]) -> Staged:
    """Writes a file beside ``path``; nothing is at ``path`` until it is published.

    A device or a pipe (/dev/full, /dev/stdout) is written at once. Raises OutputError.
    """
    target = path.resolve()
    with output_errors(path):
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise OutputError("is a folder", where=str(path), hint="Give the name of a file")
            with target.open("wb") as out:
                produce(out)
            return Staged(path, None)
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputError("may not be written", where=str(path), hint="Choose another file")
        temporary = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
        try:
            with temporary.open("wb") as out:
                produce(out)
            if target.exists():
                temporary.chmod(target.stat().st_mode & 0o7777)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    return Staged(path, temporary)


@contextlib.contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Turns the system's refusal to write into an OutputError that names the file."""
    try:
        yield
    except BrokenPipeError:
        raise
    except FileNotFoundError:
        raise OutputError(
            "the folder does not exist", where=str(path), hint="Make the folder first"
        ) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            f"cannot be written: {reason}", where=str(path), hint="Choose another place"
        ) from error


def stdout() -> BinaryIO:
    """The bytes of standard output. Raises OutputError where it is closed."""
    if sys.stdout is None:
        raise OutputError("standard output is closed", hint="Write to a file with -o")
    sys.stdout.flush()
    return sys.stdout.buffer
