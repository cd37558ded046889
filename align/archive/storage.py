"""Files on any storage that fsspec knows (the extra ``cluster``): Concord's errors, written whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from align.errors import InputError, OutputError, UsageError


@contextmanager
def opened(url: str) -> Iterator[BinaryIO]:
    """A stream of what is at an address. Raises InputError where it cannot be read, UsageError as :func:`storage`."""
    fs, path = storage(url)
    with plain(url), fs.open(path, "rb") as stream:
        yield stream


@contextmanager
def written(url: str) -> Iterator[BinaryIO]:
    """A stream of which all comes to ``url`` when it ends without an error, else nothing. Raises OutputError."""
    fs, path = storage(url)
    head, _, name = path.rpartition("/")
    part = f"{head}/.{name}.{secrets.token_hex(4)}.part"
    try:
        with plain(url, writing=True):
            fs.makedirs(head, exist_ok=True)
            with fs.open(part, "wb") as stream:
                yield stream
            fs.mv(part, path)
    except BaseException:
        with suppress(Exception):
            fs.rm_file(part)
        raise


def storage(url: str) -> tuple[Any, str]:
    """The file system of an address, and the path there. Raises UsageError where a package is missing."""
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(
            "shards need the package fsspec",
            where=url,
            hint="Install it: pip install 'concord-align[cluster]'",
        ) from error
    try:
        fs, path = fsspec.core.url_to_fs(url)
    except ImportError as error:  # s3fs, gcsfs and their like
        raise UsageError(f"this storage cannot be reached: {error}", where=url) from error
    except ValueError as error:
        raise UsageError(f"no storage has addresses like this: {error}", where=url) from error
    return fs, str(path)


@contextmanager
def plain(url: str, *, writing: bool = False) -> Iterator[None]:
    """One clear error for whatever a storage raises."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error) or type(error).__name__).lower()
        what = f"cannot be {'written' if writing else 'read'}: {reason}"
        raise (OutputError if writing else InputError)(what, where=url) from error
