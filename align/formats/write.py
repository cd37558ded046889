"""Alignments → bytes: the registry of formats, and files that are there whole or not at all."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import math
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO, TypeVar, cast

from align.errors import OutputError, UsageError
from align.model import Alignment

T = TypeVar("T")


class Writer(Protocol):
    """Writes alignments to a stream of text and returns warnings: what the format could not say.

    ``only_doubtful`` leaves out the beads that nobody needs to look at (the page only hides them).
    """

    def __call__(
        self, alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False
    ) -> tuple[str, ...]: ...


def _jsonl(
    alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False
) -> tuple[str, ...]:
    from align.formats import jsonl

    return jsonl.write(alignments, stream, only_doubtful=only_doubtful)


def _json(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    from align.formats import json_object

    return json_object.write(alignments, stream, only_doubtful=only_doubtful)


def _beads(
    alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False
) -> tuple[str, ...]:
    from align.formats import beads

    return beads.write(alignments, stream, only_doubtful=only_doubtful)


def _tsv(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    from align.formats import tsv

    return tsv.write(alignments, stream, only_doubtful=only_doubtful)


def _tmx(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    from align.formats import tmx

    return tmx.write(alignments, stream, only_doubtful=only_doubtful)


def _html(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    from align.formats import page

    return page.write(alignments, stream, only_doubtful=only_doubtful)


def _table(
    alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False
) -> tuple[str, ...]:
    from align.formats import table

    return table.write(alignments, stream, only_doubtful=only_doubtful)


def _ladder(name: str) -> Writer:
    """A ladder's writer."""

    def writer(
        alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False
    ) -> tuple[str, ...]:
        from align.formats.bitext import ladders

        chosen = ladders.write_hunalign if name == "hunalign" else ladders.write_vecalign
        return chosen(alignments, stream, only_doubtful=only_doubtful)

    return writer


def _units(name: str) -> Writer:
    """The writer of a format that is written unit by unit (see ``bitext``)."""

    def writer(
        alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False
    ) -> tuple[str, ...]:
        from align.formats.bitext import registry
        from align.formats.bitext.carry import Losses, carried, carry_head
        from align.formats.bitext.units import head_of, units_of

        chosen = registry.FORMATS[name]
        room, losses = chosen.has, Losses(chosen.title)
        assert room is not None
        if len(alignments) > 1 and not room.several:
            raise UsageError(
                f"the format “{name}” holds one pair of texts",
                hint="Write one pair at a time, or choose jsonl",
            )
        head = head_of(alignments)
        units = carried(head, units_of(alignments, only_doubtful=only_doubtful), room, losses)
        chosen.write(carry_head(head, room), units, stream)
        return losses.of_texts()

    return writer


def _several(name: str) -> Writer:
    """Where a format is several files, a stream cannot hold it."""

    def writer(
        alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False
    ) -> tuple[str, ...]:
        raise UsageError(f"the format “{name}” is several files", hint=f"Name them: -o NAME.{name}")

    return writer


def _docx(alignments: Sequence[Alignment], stream: TextIO, *, only_doubtful: bool = False) -> tuple[str, ...]:
    from align.formats import side_by_side

    return side_by_side.write(alignments, cast(BinaryIO, stream), only_doubtful=only_doubtful)


FORMATS: dict[str, Writer] = {
    "table": _table,
    "jsonl": _jsonl,
    "json": _json,
    "beads": _beads,
    "tsv": _tsv,
    "tmx": _tmx,
    "html": _html,
    "docx": _docx,
    **{name: _units(name) for name in ("xliff", "po", "xlsx", "parquet")},
    **{name: _ladder(name) for name in ("vecalign", "hunalign")},
    **{name: _several(name) for name in ("moses", "intertext")},
}
"""Every format by name. A writer's module is imported when it is first used."""

BINARY = ("xlsx", "parquet", "docx")
"""Formats that are no text."""

EXTENSIONS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".beads": "beads",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".tmx": "tmx",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
    ".docx": "docx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".po": "po",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".vecalign": "vecalign",
    ".ladder": "hunalign",
    ".hunalign": "hunalign",
    ".moses": "moses",
    ".intertext": "intertext",
}


def guess_format(path: str | os.PathLike[str]) -> str:
    """The format that a file name's extension stands for. Raises UsageError where it stands for none."""
    suffix = Path(path).suffix.lower()
    if suffix not in EXTENSIONS:
        raise UsageError(
            "the name does not say which format to write",
            where=os.fspath(path),
            hint=f"End it in one of {', '.join(EXTENSIONS)}, or name the format: {', '.join(FORMATS)}",
        )
    return EXTENSIONS[suffix]


def write(
    alignments: Sequence[Alignment], format: str, out: BinaryIO | TextIO, *, only_doubtful: bool = False
) -> tuple[str, ...]:
    r"""Writes the alignments of one pivot in a format of FORMATS; returns warnings for stderr.

    A binary stream gets UTF-8 without BOM, "\n" after each line; a text stream gets text, and where its encoding
    is not UTF-8 what that lacks is escaped, with a warning. The same alignments give the same bytes.

    Raises UsageError where the format is unknown, there is no alignment, the alignments do not share their source
    or the format holds one pair; OutputError where a confidence is not in [0, 1].
    """
    writer = FORMATS.get(format)
    if writer is None:
        raise UsageError(f"there is no format “{format}”", hint=f"Choose from {', '.join(FORMATS)}")
    _check(alignments)
    if format in BINARY:
        return writer(alignments, cast(TextIO, _bytes(out, format)), only_doubtful=only_doubtful)
    stream, lossy = as_text(out)
    return writer(alignments, stream, only_doubtful=only_doubtful) + lossy


def _bytes(out: BinaryIO | TextIO, format: str) -> BinaryIO:
    """The stream of bytes behind a stream of text. Raises UsageError where there is none, or it is a terminal."""
    text = isinstance(out, io.TextIOBase)
    if out.isatty() or (text and not hasattr(out, "buffer")):
        raise UsageError(f"the format “{format}” is no text", hint="Write it to a file with -o")
    return cast(BinaryIO, getattr(out, "buffer", out) if text else out)


def as_text(out: BinaryIO | TextIO) -> tuple[TextIO, tuple[str, ...]]:
    """A stream to write text to, and a warning where its encoding lacks characters, which are then escaped.

    A stream of text stays as it is; one of bytes gets UTF-8 without BOM and remains the caller's to close.
    """
    if isinstance(out, io.TextIOBase):
        return out, _lossy(out)
    return cast(TextIO, _Utf8(cast(BinaryIO, out))), ()


class _Utf8(io.TextIOBase):
    """Text onto a stream of bytes that stays the caller's: unlike TextIOWrapper it never closes it."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, text: str, /) -> int:
        self._out.write(text.encode("utf-8"))
        return len(text)

    def flush(self) -> None:
        self._out.flush()

    def isatty(self) -> bool:
        return self._out.isatty()


def _lossy(stream: io.TextIOBase) -> tuple[str, ...]:
    """Lets a terminal in an old encoding show what it lacks as ``\\u2205``, and says so."""
    if not isinstance(stream, io.TextIOWrapper) or stream.errors not in ("strict", "surrogateescape"):
        return ()
    if codecs.lookup(stream.encoding).name.startswith("utf"):
        return ()
    stream.reconfigure(errors="backslashreplace")
    return (f"the output is in {stream.encoding}; characters that it lacks are written as \\u and a number",)


def _check(alignments: Sequence[Alignment]) -> None:
    """Refuses a figure that no reader could make sense of."""
    if not alignments:
        raise UsageError("there is no alignment to write")
    for alignment in alignments:
        for number, bead in enumerate(alignment.beads, start=1):
            if not (math.isfinite(bead.confidence) and 0 <= bead.confidence <= 1):
                raise OutputError(
                    f"bead {number} has the confidence {bead.confidence}, which is not between 0 and 1",
                    where=alignment.target.name,
                )


def write_file(path: str | os.PathLike[str], writer: Callable[[BinaryIO], T]) -> T:
    """Calls ``writer`` with a binary stream and puts what it wrote at ``path``, whole or not at all.

    The bytes go into a new file in the same folder, which takes the place of ``path`` in one step when the
    writer has returned; on an error or an interrupt it is removed and ``path`` is as it was. A link is followed,
    the mode of a file that is replaced is kept. "-" is standard output, and a device or pipe (/dev/stdout) is
    written as it comes. Raises OutputError for every OSError but the BrokenPipeError of a reader that went away;
    that and whatever else the writer raises is passed on.
    """
    if os.fspath(path) == "-":
        sys.stdout.flush()
        return _written("standard output", lambda: _to_stream(sys.stdout.buffer, writer))
    return _written(os.fspath(path), lambda: _to_path(Path(path), writer))


def _written(where: str, action: Callable[[], T]) -> T:
    """The action's result, or one clear error about the place."""
    try:
        return action()
    except BrokenPipeError:
        raise
    except OSError as error:
        what, hint = _REASONS.get(error.errno or 0, (f"cannot be written ({error.strerror or error})", ""))
        raise OutputError(what, where=where, hint=hint) from error


def _to_path(path: Path, writer: Callable[[BinaryIO], T]) -> T:
    """Into a new file beside the one that the path leads to, which then takes its place."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if path.exists() and not path.is_file():  # asked before links are followed: a pipe has no real path
        with path.open("wb") as device:
            return _to_stream(device, writer)
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name[:120]}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as stream:
            result = writer(stream)
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    return result


def _to_stream(stream: BinaryIO, writer: Callable[[BinaryIO], T]) -> T:
    """As it comes, in bytes, whatever encoding a terminal is set to."""
    result = writer(stream)
    stream.flush()
    return result


_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space or choose another folder"),
    errno.EDQUOT: ("the disk quota is used up", "Free some space or choose another folder"),
    errno.EFBIG: ("the file would be larger than is allowed here", "Choose another folder"),
    errno.EROFS: ("the folder is read-only", "Choose another folder"),
    errno.EACCES: ("writing is not permitted here", "Choose another folder or change its permissions"),
    errno.EPERM: ("writing is not permitted here", "Choose another folder or change its permissions"),
    errno.ENOENT: ("there is no such folder", "Make the folder first"),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "Choose another folder"),
    errno.EISDIR: ("is a folder, not a file", "Add a file name to it"),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name"),
}
