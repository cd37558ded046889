"""Any supported file → ``Extract``. The format is found by name and content, the limits on input live here."""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from align.errors import EmptyInputError, FormatError, InputError, TooLargeError, UsageError
from align.model import Extract

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read; some 6,000 pages of Russian text take 20 MB."""

MAX_MARKUP_BYTES = 16 * 1024 * 1024
"""The largest file in a format with markup in it, whose tree takes many times its size in memory."""

FORMATS = ("txt", "markdown", "html", "docx", "odt", "rtf", "pdf", "epub", "mhtml", "cms", "srt", "vtt")
PACKED = ("docx", "odt", "epub", "pdf", "mhtml", "rtf")
"""Formats of which pictures may take the most: their readers bound what they read."""

STDIN = "-"

_ALIASES = {"text": "txt", "plain": "txt", "md": "markdown", "htm": "html", "xhtml": "html", "webvtt": "vtt"}
_ALIASES |= {"mht": "mhtml", "wordpress": "cms", "ghost": "cms", "json": "cms", "ott": "odt"}
EXTENSIONS = {
    **dict.fromkeys([".md", ".markdown", ".mdown", ".mkd", ".mkdn"], "markdown"),
    **dict.fromkeys([".html", ".htm", ".xhtml", ".xht", ".shtml"], "html"),
    ".docx": "docx",
    ".docm": "docx",
    **dict.fromkeys([".odt", ".ott"], "odt"),
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".epub": "epub",
    **dict.fromkeys([".mhtml", ".mht"], "mhtml"),
    ".json": "cms",
    ".srt": "srt",
    ".vtt": "vtt",
}
_SNIFFED = 4096  # bytes at the beginning that tell the format
_HTML = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S
)
_SRT = re.compile(r"\d+[ \t]*\r?\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->\s*\d")
_UTF16_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_PRINTABLE = bytes([9, 10, 12, 13, *range(32, 127), *range(128, 256)])
_AS_TEXT = "Save it as .docx, .html or .txt and give it that file"
_COLLECTION = (
    "`concord align` takes two folders, zip archives or quoted patterns and aligns what pairs up by its name into a "
    "project; other commands take a document"
)
_IMAGE = ("an image", "Concord reads text: give it a document in which the text can be selected")


@dataclass(frozen=True, slots=True)
class _Foreign:
    """A kind of file that is not read: how its bytes begin, what it is, what to do."""

    magic: bytes
    what: str
    hint: str
    offset: int = 0
    textual: bool = False


_FOREIGN = (
    _Foreign(b"\x1f\x8b", "a gzip archive", "Unpack it first"),
    _Foreign(b"BZh", "a bzip2 archive", "Unpack it first"),
    _Foreign(b"\xfd7zXZ\x00", "an xz archive", "Unpack it first"),
    _Foreign(b"(\xb5/\xfd", "a zstd archive", "Unpack it first"),
    _Foreign(b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it first"),
    _Foreign(b"Rar!\x1a\x07", "a RAR archive", "Unpack it first"),
    _Foreign(b"ustar", "a tar archive", "Unpack it first", offset=257),
    _Foreign(b"\x89PNG\r\n", *_IMAGE),
    _Foreign(b"\xff\xd8\xff", *_IMAGE),
    _Foreign(b"GIF8", *_IMAGE),
    _Foreign(b"II*\x00", *_IMAGE),
    _Foreign(b"MM\x00*", *_IMAGE),
    _Foreign(b"WEBP", *_IMAGE, offset=8),
    _Foreign(b"AT&TFORM", "a DjVu file", "Copy its text into a .txt file"),
    _Foreign(b"ITSF", "a CHM file", _AS_TEXT),
    _Foreign(
        b"SQLite format 3\x00",
        "an SQLite database",
        "Give the documents themselves, and the database with --db",
    ),
    _Foreign(b"bplist00", "a Safari web archive or a property list", "Save the page as HTML (page source)"),
    _Foreign(b"OggS", "an audio or video file", "Give its subtitles as .srt or .vtt"),
    _Foreign(b"ID3", "an audio or video file", "Give its subtitles as .srt or .vtt"),
    _Foreign(b"ftyp", "an audio or video file", "Give its subtitles as .srt or .vtt", offset=4),
    _Foreign(b"\x1aE\xdf\xa3", "an audio or video file", "Give its subtitles as .srt or .vtt"),
    _Foreign(b"\x7fELF", "a program", "Give a document"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARED_ZIPS = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/epub+zip", "epub"),
)
_MAGIC = {"docx": b"PK", "odt": b"PK", "epub": b"PK", "rtf": b"{\\rtf", "pdf": b"%PDF-"}
_MAIL = re.compile(r"(?:MIME-Version:|(?:[\w-]+: .*\r?\n(?:[ \t].*\r?\n)*){1,20}?MIME-Version:)")
_ZIPS = (
    (
        b"xl/workbook",
        "an Excel workbook",
        "Save the column of text as .txt, one segment a line, and use --segmented",
    ),
    (b"ppt/presentation", "a PowerPoint presentation", "Save its outline as .docx or .txt"),
    (b"Index/Document.iwa", "an Apple Pages document", "Export it as .docx"),
)


def read_path(
    path: str, *, format: str | None = None, encoding: str | None = None, stdin: BinaryIO | None = None
) -> tuple[Extract, bytes]:
    """Read a file, or standard input for "-": what is in it, and its bytes.

    At most ``MAX_BYTES`` are read, from pipes and devices too. Raises ``InputError`` where the file cannot be read,
    and whatever ``read_bytes`` raises.
    """
    if path == STDIN:
        data = _bounded(stdin or sys.stdin.buffer, "standard input")
        return read_bytes(data, name="standard input", format=format, encoding=encoding), data
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError("this is a folder, not a file", where=path, hint=_COLLECTION)
        with Path(path).open("rb") as stream:
            data = _bounded(stream, path)
    except FileNotFoundError as error:
        hint = (
            "Check the name and the folder"
            if not re.search(r"[*?]", path)
            else f"If it is a pattern: {_COLLECTION}"
        )
        raise InputError("there is no such file", where=path, hint=hint) from error
    except NotADirectoryError as error:
        from align.formats.zipped import read_member

        inside = read_member(path)
        if inside is None:
            raise InputError(
                "there is no such file", where=path, hint="Check the name and the folder"
            ) from error
        data = inside
    except PermissionError as error:
        raise InputError(
            "no permission to read this file", where=path, hint="Check its permissions"
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"this file cannot be read ({reason})", where=path) from error
    return read_bytes(data, name=path, format=format, encoding=encoding), data


def read_bytes(data: bytes, *, name: str, format: str | None = None, encoding: str | None = None) -> Extract:
    """Read what a file holds; ``name`` is for its extension and for messages.

    ``format`` (one of ``FORMATS`` or its alias) overrules detection, ``encoding`` overrules what the file declares
    and looks like. Raises ``EmptyInputError``, ``EncodingError``, ``FormatError`` (broken, or a kind of file that
    is not read), ``TooLargeError``, another ``InputError``, or ``UsageError`` for an unknown format.
    """
    chosen = _known(format) if format else None
    if len(data) > MAX_BYTES:
        raise _too_large(name, MAX_BYTES)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise EmptyInputError("the file is empty", where=name, hint="Give a file with text in it")
    try:
        _refuse_foreign(data)
        chosen = chosen or detect(data, name)
        if chosen not in ("txt", *PACKED) and len(data) > MAX_MARKUP_BYTES:
            raise _too_large(name, MAX_MARKUP_BYTES)
        extract = _reader(chosen)(data, name=name, encoding=encoding)
    except InputError as error:
        error.where = error.where or name
        raise
    if not extract.text.strip():
        raise EmptyInputError("there is no text in this file", where=name, hint="Give a file with text in it")
    return extract


def detect(data: bytes, name: str) -> str:
    """The format of a supported file: its extension, but for plain text and unknown ones what its content says."""
    start = _start(data)
    by_name = EXTENSIONS.get(Path(name).suffix.lower())
    by_content = _by_magic(data)
    if by_content is not None:
        return by_content
    if by_name in _MAGIC and not (by_name == "pdf" and b"%PDF-" in data[:1024]):
        raise FormatError(
            f"this is no {by_name.upper()} file in spite of its name",
            hint="If it is plain text, say so with --from txt",
        )
    if by_name is not None:
        return by_name
    if start.startswith("WEBVTT"):
        return "vtt"
    if _HTML.match(start):
        return "html"
    if _SRT.match(start):
        return "srt"
    if _MAIL.match(start):
        return "mhtml"
    if start[:1] in ("{", "["):
        from align.formats.cms import looks_like

        if looks_like(start):
            return "cms"
    _refuse_text_container(start)
    return "txt"


def _by_magic(data: bytes) -> str | None:
    """The format of a file that says by its first bytes what it is."""
    if data.startswith(b"PK\x03\x04"):
        return next((format for mark, format in _DECLARED_ZIPS if mark in data[:200]), "docx")
    return next((format for format in ("pdf", "rtf") if data.startswith(_MAGIC[format])), None)


def _known(format: str) -> str:
    chosen = _ALIASES.get(format.lower(), format.lower())
    if chosen not in FORMATS:
        raise UsageError(f"unknown format {format!r}", hint=f"Concord reads {', '.join(FORMATS)}")
    return chosen


def _reader(format: str) -> Callable[..., Extract]:
    """The reader of one format, imported only now: the way to plain text stays short."""
    if format == "txt":
        from align.formats.txt import read
    elif format == "markdown":
        from align.formats.markdown import read
    elif format == "html":
        from align.formats.html import read
    elif format == "docx":
        from align.formats.docx import read
    elif format == "odt":
        from align.formats.odt import read
    elif format == "rtf":
        from align.formats.rtf import read
    elif format == "pdf":
        from align.formats.pdf import read
    elif format == "epub":
        from align.formats.epub import read
    elif format == "mhtml":
        from align.formats.mhtml import read
    elif format == "cms":
        from align.formats.cms import read
    elif format == "srt":
        from align.formats.subtitles import read_srt as read
    else:
        from align.formats.subtitles import read_vtt as read
    return read


def _bounded(stream: BinaryIO, name: str) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large(name, MAX_BYTES)
    return data


def _too_large(name: str, limit: int) -> TooLargeError:
    return TooLargeError(
        f"the file is larger than {limit >> 20} MB",
        where=name,
        hint="Split it, by chapters say, and align those",
    )


def _start(data: bytes) -> str:
    """The beginning of a file as text, good enough to recognise markup in it."""
    encoding = _UTF16_BOMS.get(data[:2], "latin-1")
    head = data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf")
    return head.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n")


def _refuse_foreign(data: bytes) -> None:
    """Name the kinds of file that are often given and never read."""
    for kind in _FOREIGN:
        if data.startswith(kind.magic, kind.offset) and (kind.textual or not _is_plain(data)):
            raise FormatError(f"this is {kind.what}", hint=kind.hint)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FormatError("this document is protected by a password", hint="Save it without a password")
        raise FormatError("this is an old Office file (.doc, .xls, .ppt)", hint=_AS_TEXT)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _refuse_zip(data)


def _refuse_zip(data: bytes) -> None:
    if any(mark in data[:200] for mark, _ in _DECLARED_ZIPS):
        return
    if b"application/vnd.oasis.opendocument" in data[:200]:
        raise FormatError("this is an OpenDocument file, but no text", hint="Save its text as .odt or .txt")
    if b"word/" in data:
        return
    for mark, what, hint in _ZIPS:
        if mark in data:
            raise FormatError(f"this is {what}", hint=hint)
    raise FormatError(
        "this is a zip archive of files, not a document",
        hint=f"Name one in it (TEXTS.zip/FILE). {_COLLECTION}",
    )


def _refuse_text_container(start: str) -> None:
    if re.search(r"<(?:tmx|xliff|linkGrp)\b", start):
        raise FormatError(
            "this is an alignment, original and translation in one",
            hint="`concord check` and `concord import` take it; `concord convert` makes lines of it (NAME.moses)",
        )
    if start.startswith("<?xml"):
        raise FormatError(
            "this is an XML file", hint="Save it as HTML or text, or read it as it stands: --from txt"
        )
    if start.startswith("[Script Info]"):
        raise FormatError(
            "these are SubStation subtitles", hint="Convert them to .srt (ffmpeg -i FILE FILE.srt)"
        )


def _is_plain(data: bytes) -> bool:
    return not data[:_SNIFFED].translate(None, _PRINTABLE)
