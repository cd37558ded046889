"""Unicode, encodings, languages, writing direction: what is known of a text before it is cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from align.text import encodings, languages
from align.text.encodings import Decoded
from align.text.languages import UNDETERMINED, script_of, scripts

__all__ = [
    "UNDETERMINED",
    "Decoded",
    "decode",
    "detect_language",
    "direction",
    "is_blank",
    "join_segments",
    "script_of",
    "scripts",
]

_UNSPACED = frozenset(("zh", "ja", "yue", "wuu"))


def decode(data: bytes, encoding: str | None = None, *, name: str = "") -> Decoded:
    """Bytes → text, without byte order mark, line ends kept, and the encoding that they were read in.

    ``encoding`` is taken at its word; None looks for it: a byte order mark, UTF-16 by its zero bytes, strict
    UTF-8, and then the Cyrillic, Latin, Greek, Hebrew, Arabic and East Asian encodings from before Unicode by
    how likely the text is language in each, with a warning where two are about as likely. ``name`` says in
    errors which file it was.

    Raises EncodingError (an unknown name, bytes that the encoding does not have: with offset in bytes, line and
    what to do) and FormatError (not text at all). An empty input is an empty text.
    """
    return encodings.decode(data, encoding, name=name)


def detect_language(text: str, among: Sequence[str] | None = None) -> str:
    """The language that most of a text is in, ISO 639-1, of those in ``among`` if given.

    ``"und"`` where that cannot be told: no letters, or none of ``among`` is written in the text's script. About
    a millisecond where letters and small words are clear, as in any text of some sentences; a second, once a
    process, where a short text is not and py3langid must load its model.
    """
    return languages.detect(text, among)


def direction(lang: str) -> Literal["ltr", "rtl"]:
    """Which way a language is written, from its ISO 639 code, a script or region behind it ("az-Arab", "fa-IR")."""
    return "rtl" if languages.is_right_to_left(lang) else "ltr"


def join_segments(texts: Sequence[str], lang: str) -> str:
    """Segments as running text: with a space between them, without in Chinese and Japanese."""
    return ("" if lang.lower().replace("_", "-").split("-")[0] in _UNSPACED else " ").join(texts)


def is_blank(text: str) -> bool:
    """Whether a text has nothing to read: only white space and characters that are not seen."""
    return not any(char.isprintable() and not char.isspace() for char in text)
