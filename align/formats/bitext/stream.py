"""Bytes from a file or a pipe, whole where they are few, else a piece at a time; the lines of a text."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from align.errors import EncodingError, FormatError, TooLargeError
from align.text import decode

SMALL = 16 << 20
"""Up to so many bytes the encoding is found by looking at all of them; a larger file has to be UTF-8 or UTF-16."""
LONGEST_LINE = 16 << 20
"""Code points of one line."""


class Joined(io.RawIOBase):
    """What was read already, and then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count] = self._head[:count]
            self._head = self._head[count:]
            return count
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def peek(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first bytes, and a stream that still has them."""
    head = stream.read(size)
    if len(head) < size:
        return head, io.BytesIO(head)
    return head, io.BufferedReader(Joined(head, stream), 1 << 18)


def whole(stream: BinaryIO, limit: int, name: str) -> bytes:
    """All bytes. Raises TooLargeError."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise TooLargeError(f"the file is larger than {limit >> 20} MB", where=name, hint="Split it")
    return data


def lines(stream: BinaryIO, *, name: str, encoding: str | None, warnings: list[str]) -> Iterator[str]:
    r"""The lines of a text without their ends ("\n" or "\r\n"), numbered by whoever counts them.

    Raises EncodingError with the line, FormatError for what is no text, TooLargeError for a line without end.
    """
    head, stream = peek(stream, SMALL)
    if len(head) < SMALL:
        decoded = decode(head, encoding, name=name)
        warnings += decoded.warnings
        text = decoded.text
        for line in io.StringIO(text, newline="\n"):
            yield line.rstrip("\n").removesuffix("\r")
        return
    yield from _streamed(stream, _codec(head, encoding, name), name)


def _codec(head: bytes, encoding: str | None, name: str) -> str:
    if encoding is not None:
        decode(b"", encoding, name=name)  # refuses an unknown name
        return encoding
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig"


def _streamed(stream: BinaryIO, codec: str, name: str) -> Iterator[str]:
    text = io.TextIOWrapper(stream, encoding=codec, newline="\n")
    number = 0
    try:
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                raise TooLargeError("a line without end", where=f"{name}, line {number}")
            if "\0" in line:
                raise FormatError(f"line {number} holds a NUL character: this is no text", where=name)
            yield line.rstrip("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        number += 1 + error.object.count(b"\n", 0, error.start)  # it reads ahead
        raise EncodingError(
            f"bytes that are not {codec.removesuffix('-sig').upper()}",
            where=f"{name}, line {number}",
            hint="Name the encoding with --encoding",
        ) from error
    finally:
        text.detach()
