"""What a form brought, for screens that run in a thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import anyio.from_thread
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from align.errors import UsageError

MOST_FIELDS = 2_000
MOST_FILES = 8
LONGEST_FIELD = 2_000_000
"""Bytes of one field; a file has the limit of the whole request."""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form. What is missing is "" or None; what is no number is an error in words."""

    data: FormData

    def text(self, name: str, otherwise: str = "") -> str:
        """A field's text, white space at its ends left out."""
        value = self.data.get(name)
        return value.strip() if isinstance(value, str) else otherwise

    def raw(self, name: str) -> str:
        """A field's text as it was sent."""
        value = self.data.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """All values of fields with this name."""
        return [value for value in self.data.getlist(name) if isinstance(value, str)]

    def number(self, name: str, otherwise: int | None = None) -> int | None:
        """A whole number. Raises UsageError."""
        return whole_number(self.text(name), name, otherwise)

    def files(self, name: str) -> list[tuple[str, bytes]]:
        """The files of a field that were really chosen: names as they were sent, and bytes. Asked for once."""
        found = []
        for one in self.data.getlist(name):
            if isinstance(one, UploadFile):
                with one.file:
                    if one.filename:
                        found.append((one.filename, one.file.read()))
        return found


def form_of(request: Request) -> Form:
    """The form that a request brings; call it once, in a screen that is no coroutine. Raises UsageError."""
    read = partial(request.form, max_fields=MOST_FIELDS, max_files=MOST_FILES, max_part_size=LONGEST_FIELD)

    async def reading() -> FormData:
        return await read()

    return Form(anyio.from_thread.run(reading))


def whole_number(text: str, name: str, otherwise: int | None = None) -> int | None:
    """A number as a form or an address has it. Raises UsageError where it is none."""
    if not text:
        return otherwise
    if not (text.isascii() and text.removeprefix("-").isdecimal() and len(text) < 16):
        raise UsageError(f"“{text[:40]}” is no whole number", where=name)
    return int(text)
