"""A file of segmentation rules → ``align.segment.srx.Srx``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from align.errors import InputError, UsageError
from align.segment.srx import MAX_BYTES, Srx, parse


def read_rules(path: Path, *, segmented: bool = False) -> Srx:
    """The rules of an SRX 2.0 file. Raises ``InputError`` where it cannot be read, and what ``parse`` raises.

    Raises ``UsageError`` where the lines of the texts are segments already, which no rule may cut.
    """
    if segmented:
        raise UsageError("--srx and --segmented exclude each other", hint="Give one of them")
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise InputError(f"cannot be read: {reason}", where=str(path), hint="Check the path") from error
    return _parsed(data, str(path))


@lru_cache(maxsize=2)  # a folder of texts is cut by one file of rules
def _parsed(data: bytes, name: str) -> Srx:
    return parse(data, name=name)
