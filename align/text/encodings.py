"""Bytes → text: byte order mark, UTF-8, UTF-16, then the encodings from before Unicode (``readings.py``)."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from align.errors import EncodingError, FormatError
from align.text.languages import script_of

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (.doc, .xls, .ppt)"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"\x89PNG\r\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF87a", "an image (GIF)"),
    (b"GIF89a", "an image (GIF)"),
    (b"\x1f\x8b\x08", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_ALIASES = {
    "win1251": "cp1251",
    "win-1251": "cp1251",
    "koi8": "koi8-r",
    "dos": "cp866",
    "utf16": "utf-16",
    # What is called by the old name is usually written in its extension.
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "big5": "cp950",
}
_NAMES = {
    "cp1251": "windows-1251",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp950": "big5",
    "utf-8-sig": "utf-8",
} | {f"cp125{n}": f"windows-125{n}" for n in (0, 2, 3, 4, 5, 6, 7, 8)}
_NO_TEXT = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"))
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e") + b"\x7f"
_NOT_CONTROLS = bytes(sorted(set(range(256)) - set(_CONTROLS)))
_CONTROL_SHARE = 0.002  # of the bytes; above it the file is no text
_SURE = 2.0  # nats of lead under which the guess is reported as a warning
_PLAUSIBLE = 0.97  # share of letters, digits, spaces and usual signs in text of any language
_GIVE = "Give the right one with --encoding"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as read: no byte order mark, line ends kept. ``warnings`` are lines for people."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, encoding: str | None = None, *, name: str = "") -> Decoded:
    """See ``align.text.decode``."""
    _refuse_magic(data, name)
    decoded = _as_told(data, encoding, name) if encoding is not None else _found(data, name)
    at = decoded.text.find("\x00")
    if at >= 0:
        line = decoded.text.count("\n", 0, at) + 1
        raise FormatError(
            f"line {line} holds a NUL character: this is not a text file",
            where=name,
            hint=f"{_GIVE} if it is",
        )
    return decoded


def _refuse_magic(data: bytes, name: str) -> None:
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise FormatError(f"this is {kind}, not text", where=name, hint="Save it as plain text or DOCX")


def _as_told(data: bytes, encoding: str, name: str) -> Decoded:
    """Read in the encoding that the user gave."""
    key = encoding.strip().lower()
    try:
        info = codecs.lookup(_ALIASES.get(key, key))
    except (LookupError, ValueError, UnicodeError):
        info = None
    if info is None or info.name in _NO_TEXT or not getattr(info, "_is_text_encoding", True):
        raise EncodingError(
            f"unknown encoding {encoding!r}",
            where=name,
            hint="Names such as utf-8, utf-16, windows-1251, koi8-r and cp866 are known",
        )
    if info.name in ("utf-16", "utf-32"):
        return _marked(data, name) or _unmarked_utf16(data) or _strict(data, f"{info.name}-le", name)
    return _strict(data, info.name, name)


def _found(data: bytes, name: str) -> Decoded:
    decoded = _marked(data, name)
    if decoded:
        return decoded
    controls = len(data.translate(None, _NOT_CONTROLS))
    if controls:
        decoded = _unmarked_utf16(data)
        if decoded:
            return decoded
        if controls > 2 and controls > _CONTROL_SHARE * len(data):
            raise FormatError(
                f"{controls} control characters in {len(data)} bytes: this is not a text file",
                where=name,
                hint=f"{_GIVE} if it is",
            )
    if b"\x1b$" in data and data.isascii():
        return _strict(data, "iso2022_jp", name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        if _is_broken_utf8(data):
            return _strict(data, "utf-8", name)
    return _likeliest(data, name)


def _marked(data: bytes, name: str) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, name)
    return None


def _strict(data: bytes, codec: str, name: str) -> Decoded:
    """Decode or raise EncodingError that says which byte, where and on which line."""
    encoding = _NAMES.get(codec, codec.replace("_", "-"))
    try:
        return Decoded(data.decode(codec).removeprefix("\ufeff"), encoding)
    except UnicodeDecodeError as error:
        start = error.start
    except UnicodeError:  # codecs that do not say where
        start = 0
    before = data[:start].decode(codec, errors="replace")
    raise EncodingError(
        f"byte 0x{data[start]:02X} at offset {start} (line {before.count(chr(10)) + 1}) is not {encoding}",
        where=name,
        hint=f"{_GIVE}, or repair the file",
    )


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark, where that gives plausible text: ASCII in it has many zero bytes."""
    codecs_tried = ["utf-16-le", "utf-16-be"]
    if len(data) % 4 == 0 and data.count(0) > len(data) / 2:
        codecs_tried += ["utf-32-le", "utf-32-be"]
    found = []
    for codec in codecs_tried:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        share = _plausible_share(text)
        if share >= _PLAUSIBLE:
            found.append((share, codec, text))
    if not found:
        return None
    _, codec, text = max(found, key=lambda one: one[0])
    return Decoded(text.removeprefix("\ufeff"), codec)


def _plausible_share(text: str) -> float:
    """Share of letters in Latin and one further script, of white space and of usual signs, among all."""
    counts = Counter(text[:20_000])
    by_script: Counter[str] = Counter()
    plain = 0
    for char, n in counts.items():
        script = script_of(char)
        if script:
            by_script["east asian" if script in ("han", "kana", "hangul") else script] += n
        elif char.isspace() or (char.isprintable() and (char.isascii() or char in "«»“”„’–—…№。、，？！")):
            plain += n
    latin = by_script.pop("latin", 0)
    return (max(by_script.values(), default=0) + latin + plain) / max(1, counts.total())


_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def _is_broken_utf8(data: bytes) -> bool:
    """Whether data that is not UTF-8 was meant to be: nearly all its non-ASCII bytes form its sequences."""
    rest, sequences = _UTF8_SEQUENCE.subn(b"", data)
    bad = len(rest) - len(rest.translate(None, bytes(range(0x80, 0x100))))
    return sequences >= 10 * bad or (
        sequences >= 2 and bad <= 3 and not data[-bad:].isascii() and _tail(data)
    )


def _tail(data: bytes) -> bool:
    """Whether the only error is a sequence cut off at the end."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end == len(data) and error.reason == "unexpected end of data"
    return False


def _likeliest(data: bytes, name: str) -> Decoded:
    """The likeliest of the encodings from before Unicode that can read all of the data."""
    from align.text.readings import is_language, ranked, rival  # UTF-8 does not pay for the tables

    scored = ranked(data)
    for score, reading in scored:
        if not is_language(score, reading, data):
            break
        try:
            text = data.decode(reading.codec)
        except UnicodeError:
            continue
        ahead, other = rival(scored, reading, data)
        return Decoded(text, reading.name, _doubt(reading.name, ahead, other))
    return _third_opinion(data, name)


def _doubt(encoding: str, ahead: float, other: str) -> tuple[str, ...]:
    if ahead >= _SURE:
        return ()
    return (f"the encoding was taken for {encoding}, {other} is about as likely; --encoding overrules",)


def _third_opinion(data: bytes, name: str) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise EncodingError("the encoding cannot be found", where=name, hint=_GIVE)
    decoded = _strict(data, best.encoding, name)
    warning = f"the encoding was guessed as {decoded.encoding}; --encoding overrules"
    return Decoded(decoded.text, decoded.encoding, (warning,))
