"""Gettext PO from strangers: its encoding, and its text through polib, with the line of what is broken."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from align.errors import FormatError

_TEXT_LINE = re.compile(r'(?:msg(?:ctxt|id|id_plural|str|str\[\d\])\s+)?"(?:\\.|[^"\\])*"')
_HINT = "Mend it; `msgfmt -c` says more"


def declared_encoding(data: bytes) -> str:
    """The encoding that the header names, UTF-8 if it names none."""
    found = re.search(rb"Content-Type:[^\"\n]*charset=([A-Za-z0-9_.:-]+)", data)
    name = found[1].decode("ascii").lower() if found else "utf-8"
    return "utf-8-sig" if name in ("utf-8", "utf8", "charset") else name


def parsed(text: str, name: str) -> Any:
    """polib's file of a text. Raises FormatError with the line.

    It is read from a file: a text polib would break at line ends that are none in PO.
    """
    import polib

    _check_quotes(text, name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.po"
        path.write_text(text, "utf-8", errors="surrogatepass", newline="")
        try:
            return polib.pofile(str(path), encoding="utf-8", wrapwidth=0)
        except Exception as error:  # polib raises what its parsing raises
            found = re.search(r"line (\d+)\)", str(error))
            what = str(error).rpartition(": ")[2] if found and ": " in str(error) else "its syntax"
            raise FormatError(
                f"it is a broken PO file ({what})",
                where=f"{name}, line {found[1]}" if found else name,
                hint=_HINT,
            ) from error


def _check_quotes(text: str, name: str) -> None:
    """Raises FormatError for a text whose quotation marks are not in order, which polib cuts in silence."""
    for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
        bare = re.sub(r"^\s*#~\s", "", line).strip()
        if bare.startswith(("msg", '"')) and not _TEXT_LINE.fullmatch(bare):
            column = len(line) - len(line.lstrip()) + 1
            raise FormatError(
                "it is a broken PO file (quotation marks)",
                where=f"{name}, line {number}, column {column}",
                hint=_HINT,
            )
