"""Every error that Concord raises on purpose.

::

    ConcordError
    ├── UsageError              the command or the arguments do not fit together
    ├── InputError              a document, gold file or other input cannot be used
    │   ├── EmptyInputError     nothing to read in it
    │   ├── EncodingError       bytes that the encoding does not allow
    │   ├── FormatError         broken or unsupported container (says line and column where it can)
    │   ├── TooLargeError       over the bounds that protect this machine
    │   └── UnrelatedError      two texts that do not look like translations of each other
    ├── ModelError              an embedding model that cannot be loaded or used
    ├── StoreError              the project file
    │   ├── NewerStoreError     written by a newer Concord
    │   └── ConflictError       somebody else changed it first
    └── OutputError             a result that cannot be written

The library raises these; only the command line turns one into a line on stderr and exit code 2.
A message says what is wrong, ``where`` says in which file or place, ``hint`` says what to do next.
"""

from __future__ import annotations


class ConcordError(Exception):
    """Root of the tree. ``str()`` gives one line: where, what, what next."""

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{head.rstrip('.')}. {self.hint}" if self.hint else head
        return " ".join(line.split())


class UsageError(ConcordError):
    """The command or its arguments do not fit together."""


class InputError(ConcordError):
    """An input that cannot be used."""


class EmptyInputError(InputError):
    """There is no text in the input."""


class EncodingError(InputError):
    """The bytes are not text in the encoding given or found."""


class FormatError(InputError):
    """The container is broken or is of a kind that is not supported."""


class TooLargeError(InputError):
    """The input is over the bounds that protect this machine."""


class UnrelatedError(InputError):
    """The two texts do not look like translations of each other."""


class ModelError(ConcordError):
    """An embedding model cannot be loaded or used."""


class StoreError(ConcordError):
    """The project file cannot be read or written."""


class NewerStoreError(StoreError):
    """The project file was written by a newer Concord."""


class ConflictError(StoreError):
    """Somebody else changed the same thing first."""


class OutputError(ConcordError):
    """A result cannot be written."""
