"""One program at a time aligns into an archive; the system takes the lock back however that program ends.

The lock lies in a file beside the archive, which is there only while one is held (or after a crash, harmlessly).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from align.errors import ConflictError, StoreError


def lock_file(archive: Path) -> Path:
    """Where the lock of an archive lies."""
    return archive.with_name(f"{archive.name}-lock")


@contextmanager
def locked(archive: Path) -> Iterator[None]:
    """Holds the archive's lock. Raises ConflictError where another program has it, StoreError where none can be."""
    path = lock_file(archive)
    try:
        descriptor = _taken(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"cannot be written beside: {reason}", where=str(archive)) from error
    if descriptor is None:
        raise ConflictError(
            f"another program is aligning into it{_holder(path)}",
            where=str(archive),
            hint="Wait until it is done, or stop it; `concord archive status` says how far it is",
        )
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        with suppress(OSError):
            path.unlink()  # while it is still held: whoever waits looks again whether the file is the same
        os.close(descriptor)


def is_locked(archive: Path) -> bool:
    """Whether a program is aligning into the archive now."""
    path = lock_file(archive)
    if not path.exists():
        return False
    try:
        descriptor = _taken(path, create=False)
    except OSError:
        return False
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


def _taken(path: Path, *, create: bool = True) -> int | None:
    """A descriptor that holds the lock; None where another has it."""
    while True:
        descriptor = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), 0o644)
        try:
            if not _lock(descriptor):
                os.close(descriptor)
                return None
            with suppress(FileNotFoundError):
                if path.stat().st_ino == os.fstat(descriptor).st_ino:
                    return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # it was taken away between opening and locking: once more


def _lock(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(path: Path) -> str:
    with suppress(OSError, ValueError):
        return f" (process {int(path.read_text())})"
    return ""
