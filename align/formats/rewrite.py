"""Corrections of a document's text → its file with exactly these corrections, everything else as it was.

The file is read again before and after: an edit is applied only if what comes out reads as the text with that
edit in it. Whatever does not is left out and comes back with a reason; nothing is guessed.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from align.errors import ConcordError, InputError, UsageError
from align.formats.read import read_bytes
from align.formats.rewrite_places import Edit, Places, RefusedError, Stretch
from align.model import Block, Document, Extract

__all__ = ["Edit", "Rewritten", "as_read", "rewrite"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_SUBTITLES = ("srt", "vtt")
_READ_ONLY = {
    "pdf": "a PDF file",
    "rtf": "an RTF file",
    "mhtml": "a page saved as MHTML",
    "cms": "an export of a website",
}
_CJK = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_JOINT = re.compile(rf"(?<={_CJK})\s+|\s+(?={_CJK})")
_HINT = "Read the file again, and make the corrections in what it says now"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The file with the edits ``applied``, each as it was given; ``refused`` ones with the reason, a clause."""

    data: bytes
    applied: tuple[Edit, ...]
    refused: tuple[tuple[Edit, str], ...] = ()


class _File(Protocol):
    """A file of one format; what ``ways`` gives is only for its own ``write``."""

    def ways(self, options: Sequence[Sequence[Sequence[Stretch]]]) -> list[list[Any]]: ...

    def write(self, splices: Sequence[Any]) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class _Plan:
    """An edit, the edit with the file's own line ends, and the ways to make it."""

    edit: Edit
    fitted: Edit
    ways: Sequence[Sequence[Any]]


def rewrite(data: bytes, document: Document | Extract, edits: Sequence[Edit]) -> Rewritten:
    """``data``, the file that ``document`` was read from, with these edits of its text in it.

    What comes back reads as ``document.text`` with the edits applied, code point by code point (in subtitles, the
    gaps between them may change); line breaks in a replacement become the file's own. Encoding, byte order mark,
    line ends, markup and formatting stay; in a DOCX file only the main part changes. Without edits, and with
    edits that change nothing, the bytes are the same. Several insertions at one place are made in the order given.

    Raises ``UsageError`` for edits out of range or overlapping, and for a format that is only read; ``InputError``
    if ``data`` is not the file that the document was read from; what ``read_bytes`` raises for a broken file.
    """
    ordered = _checked(document.text, edits)
    extract, encoding = as_read(data, document)
    if not any(_differs(extract.text, edit) for edit in ordered):
        return Rewritten(data, tuple(ordered))
    places = Places(extract.text, extract.pieces)
    file, places = _opened(data, extract, places, encoding)
    attempt = _Attempt(data, extract, encoding, file)
    plans, refused = [], []
    for edit in ordered:
        fitted = Edit(edit.start, edit.end, _with_line_ends(edit.replacement, extract))
        try:
            plans.append(_Plan(edit, fitted, file.ways(places.stretches(fitted))))
        except RefusedError as error:
            refused.append((edit, str(error)))
    hopeless = {id(plan) for plan in _alone(extract, plans) if _lost(extract, plan.fitted)}
    done = attempt.settle([], [plan for plan in plans if id(plan) not in hopeless])
    kept = {id(plan) for plan, _ in done}
    refused += [(plan.edit, _reason(extract, plan.fitted)) for plan in plans if id(plan) not in kept]
    return Rewritten(
        attempt.data,
        tuple(plan.edit for plan, _ in done),
        tuple(sorted(refused, key=lambda pair: (pair[0].start, pair[0].end))),
    )


def as_read(data: bytes, document: Document | Extract) -> tuple[Extract, str | None]:
    """``data`` read as ``document`` was, and the encoding that had to be given for that (None: it is found).

    Raises ``InputError`` where the two do not fit together.
    """
    name = document.name if isinstance(document, Document) else ""
    if isinstance(document, Document) and document.sha256:
        _check_unchanged(hashlib.sha256(data).hexdigest() == document.sha256, name)
    failure: ConcordError | None = None
    for encoding in dict.fromkeys((None, document.metadata.get("encoding"))):
        try:
            extract = read_bytes(data, name=name, format=document.format, encoding=encoding)
        except InputError as error:
            failure = failure or error
            continue
        if extract.text == document.text:
            return extract, encoding
        failure = None
    if failure is not None:
        raise failure
    _check_unchanged(False, name)
    raise AssertionError("not reached")


def _check_unchanged(same: bool, name: str) -> None:
    if not same:
        raise InputError("the file has changed since it was read", where=name, hint=_HINT)


def _checked(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """The edits in order. Raises ``UsageError``."""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    for edit in ordered:
        if not 0 <= edit.start <= edit.end <= len(text):
            raise UsageError(
                f"an edit of {edit.start}:{edit.end} is outside the text, which has {len(text)} characters"
            )
    for before, after in itertools.pairwise(ordered):
        if after.start < before.end:
            raise UsageError(
                f"the edits of {before.start}:{before.end} and {after.start}:{after.end} overlap",
                hint="Give one edit for both",
            )
    return ordered


def _opened(data: bytes, extract: Extract, places: Places, encoding: str | None) -> tuple[_File, Places]:
    if extract.format in _READ_ONLY:
        raise UsageError(
            f"corrections cannot be written back into {_READ_ONLY[extract.format]}",
            hint="Correct it where it was made, or give its text as .docx, .odt, .html, .md or .txt",
        )
    if extract.format == "docx":
        from align.formats.rewrite_docx import DocxFile

        file = DocxFile(data)
        return file, Places(extract.text, file.pieces)
    if extract.format == "odt":
        from align.formats.rewrite_odt import OdtFile

        return OdtFile(data), places
    if extract.format == "epub":
        from align.formats.rewrite_epub import EpubFile

        return EpubFile(data, extract, encoding), places
    from align.formats.rewrite_text import TextFile

    return TextFile(data, extract), places


class _Attempt:
    """Writes and reads until all that can be applied is; ``data`` is the last result that read as it should."""

    def __init__(self, data: bytes, extract: Extract, encoding: str | None, file: _File) -> None:
        self.data, self.extract, self.encoding, self.file = data, extract, encoding, file

    def settle(
        self, done: list[tuple[_Plan, Sequence[Any]]], todo: Sequence[_Plan]
    ) -> list[tuple[_Plan, Sequence[Any]]]:
        """``done`` and those of ``todo`` that can be applied with it. Reads log2(n) times for each that cannot."""
        if not todo:
            return done
        together = [*done, *((plan, plan.ways[0]) for plan in todo)]
        if self.reads(together):
            return together
        if len(todo) > 1:
            half = len(todo) // 2
            return self.settle(self.settle(done, todo[:half]), todo[half:])
        for way in todo[0].ways[1:]:
            together = [*done, (todo[0], way)]
            if self.reads(together):
                return together
        return done

    def reads(self, chosen: Sequence[tuple[_Plan, Sequence[Any]]]) -> bool:
        """Whether the file with these edits reads as the text with them."""
        data = self.file.write([splice for _, way in chosen for splice in way])
        if data is None:
            return False
        try:
            found = read_bytes(data, name="", format=self.extract.format, encoding=self.encoding)
        except InputError:
            return False
        if not self.is_right(found.text, [plan.fitted for plan, _ in chosen]):
            return False
        self.data = data
        return True

    def is_right(self, found: str, edits: Sequence[Edit]) -> bool:
        """Whether this is the text with these edits.

        In subtitles, which sentences are put together depends on their capital letters and full stops. There the
        gaps between subtitles may change, as long as the edits themselves bring no white space that gets lost.
        """
        text = self.extract.text
        expected = _edited(text, edits)
        if found == expected or self.extract.format not in _SUBTITLES:
            return found == expected
        around = (
            text[max(0, e.start - 1) : e.start] + e.replacement + text[e.end : e.end + 1] for e in edits
        )
        lost = any(re.search(r"\s\s", each) for each in around)
        return not lost and _joined(found) == _joined(expected)


def _joined(text: str) -> str:
    """Subtitles as one line: gaps are single spaces, none beside Chinese and Japanese."""
    return _JOINT.sub("", " ".join(text.split()))


def _edited(text: str, edits: Sequence[Edit]) -> str:
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.replacement]
        position = edit.end
    return "".join([*parts, text[position:]])


def _differs(text: str, edit: Edit) -> bool:
    return text[edit.start : edit.end] != edit.replacement


def _with_line_ends(replacement: str, extract: Extract) -> str:
    """Line breaks as the text has them: those of the file in plain text, line feeds in all else."""
    ends = (
        _LINE_END.findall(extract.text) if extract.format == "txt" and _LINE_END.search(replacement) else []
    )
    return _LINE_END.sub(max(ends, key=ends.count, default="\n"), replacement)


def _alone(extract: Extract, plans: Sequence[_Plan]) -> list[_Plan]:
    """The plans that are the only ones in their block: only for these does ``_lost`` need no second look."""
    blocks = [_block(extract, plan.fitted) for plan in plans]
    counts = Counter(blocks)
    return [plan for plan, block in zip(plans, blocks, strict=True) if block and counts[block] == 1]


def _block(extract: Extract, edit: Edit) -> Block | None:
    """The block that holds an edit, if one does."""
    blocks = extract.blocks or ()
    index = bisect_right(blocks, edit.start, key=lambda block: block.start) - 1
    block = blocks[index] if index >= 0 else None
    return block if block is not None and edit.end <= block.end else None


def _lost(extract: Extract, edit: Edit) -> str:
    """What no reader would find again of an edit that is the only one in its block; "" if that cannot be told."""
    block = _block(extract, edit)
    if block is None:
        return ""
    inside = extract.text[block.start : edit.start] + edit.replacement + extract.text[edit.end : block.end]
    if not inside.strip():
        return "nothing would be left of its paragraph, which would then be gone with the gap beside it"
    if inside != inside.strip():
        return f"white space at an end of a paragraph is lost in {extract.format}"
    return ""


def _reason(extract: Extract, edit: Edit) -> str:
    """Why an edit that could be written was not read back, as far as its text tells."""
    if lost := _lost(extract, edit):
        return lost
    if re.search(r"[\t\n\r\f\v]|  |\u00ad", edit.replacement):
        return f"a line break, tab, soft hyphen or row of spaces is lost at this place in {extract.format}"
    return (
        "the file would not read as the corrected text: something at this place would take on another meaning"
    )
