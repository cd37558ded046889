"""Writing back into files that are one decoded string: plain text, Markdown, HTML, subtitles.

Everything but the changed stretches is copied, byte order mark, line ends and broken bytes included. How new text
is spelled depends on the format; where several spellings are possible, reading the file again decides.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from align.formats.rewrite_places import RefusedError, Stretch
from align.model import Extract, Piece

# The name that reading gives an encoding → the codec that it is read with.
_CODECS = {"shift_jis": "cp932", "euc-kr": "cp949", "big5": "cp950"}
# What may be spelled anew although it does not stand in the file as it reads: a character reference, an escaped
# character, white space, a line break with the marks that open the next line. Nothing else: it would be lost.
_RESPELLED = re.compile(
    r"&[^;\s&<>]{1,40};?|\\[!-/:-@\[-`{-~]|<br\b[^<>]*>|\\?[ \t]*(?:\r\n|\r|\n)[\s>]*|\s+", re.I
)
_BREAK_TAG = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?:[*_~`\[\]\\]|\]\([^()\s]*\))*")
_MARKDOWN = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|&(?=#?\w+;)")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_HTML_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_NOT_ENCODED = "{} cannot be written in the encoding of the file, {}"
_NOT_EXACT = "the bytes of the file cannot be written back exactly in its encoding, {}"
_MARKUP = "the markup at this place could not be followed, so it would be lost"

Spelling = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Splice:
    """``source[start:end]`` is to be ``new``."""

    start: int
    end: int
    new: str


class TextFile:
    """A file that is one string. ``extract`` is what was read from ``data``."""

    def __init__(self, data: bytes, extract: Extract) -> None:
        self.data, self.format = data, extract.format
        self.encoding = extract.metadata.get("encoding", "utf-8")
        self.codec = _CODECS.get(self.encoding, self.encoding)
        source, self.bad = _decoded(data, self.codec)
        self.mark = source[:1] if source[:1] == "\ufeff" else ""
        self.source = source.removeprefix("\ufeff")
        self.exact = self._copied(extract)
        tag = _BREAK_TAG.search(self.source) if self.format == "html" else None
        self.line_break = tag[0] if tag else "<br>"

    def ways(self, options: Sequence[Sequence[Sequence[Stretch]]]) -> list[list[Splice]]:
        """The ways to spell and to place an edit, best first. Raises ``RefusedError`` where there is none."""
        if not self.exact:
            raise RefusedError(_NOT_EXACT.format(self.encoding))
        found: list[list[Splice]] = []
        reason = RefusedError(_MARKUP)
        for changes, place, spelling in itertools.product(options, _PLACES[self.format], self._spellings()):
            try:
                splices = [splice for stretches in changes for splice in place(self, stretches, spelling)]
            except RefusedError as error:
                reason = error
            else:
                if splices not in found:
                    found.append(splices)
        if not found:
            raise reason
        return found

    def write(self, splices: Sequence[Splice]) -> bytes | None:
        """The file with these splices, None where they get into each other's way."""
        ordered = sorted(splices, key=lambda splice: (splice.start, splice.end))
        if any(before.end > after.start for before, after in itertools.pairwise(ordered)):
            return None
        return self.mark.encode(self.codec) + b"".join(self._parts(ordered))

    def _parts(self, splices: Sequence[Splice]) -> Iterator[bytes]:
        if not self.bad:
            position, texts = 0, []
            for splice in splices:
                texts += [self.source[position : splice.start], splice.new]
                position = splice.end
            yield "".join([*texts, self.source[position:]]).encode(self.codec)
            return
        position = 0
        for splice in [*splices, Splice(len(self.source), len(self.source), "")]:
            yield from self._kept(position, splice.start)
            yield splice.new.encode(self.codec)
            position = splice.end

    def _kept(self, start: int, end: int) -> Iterator[bytes]:
        """A stretch of the file, bytes that are none of its encoding included."""
        for at, raw in self.bad:
            at -= len(self.mark)
            if start <= at < end:
                yield self.source[start:at].encode(self.codec) + raw
                start = at + 1
        yield self.source[start:end].encode(self.codec)

    def _copied(self, extract: Extract) -> bool:
        """Whether unchanged text gives the bytes of the file again, and the pieces are those of this text."""
        try:
            same = self.write([]) == self.data
        except UnicodeError:
            return False
        return same and all(
            self.source[piece.offset : _end(piece)] == extract.text[piece.start : piece.end]
            for piece in extract.pieces
            if piece.verbatim
        )

    def _spellings(self) -> Sequence[Spelling]:
        if self.format == "html":
            return (self._html,)
        if self.format == "markdown":
            return (self._markdown, self._plain, self._escaped, self._references)
        if self.format == "vtt":
            return (self._vtt, self._plain)
        return (self._plain,)

    def _plain(self, text: str) -> str:
        try:
            text.encode(self.codec)
        except UnicodeEncodeError as error:
            raise RefusedError(_NOT_ENCODED.format(repr(text[error.start]), self.encoding)) from error
        return text

    def _html(self, text: str) -> str:
        signs = "".join(_HTML_SIGNS.get(character, character) for character in text)
        return self._reachable(signs.replace("\n", self.line_break))

    def _markdown(self, text: str) -> str:
        return self._reachable(_MARKDOWN.sub(r"\\\g<0>", text).replace("\n", self.line_break))

    def _escaped(self, text: str) -> str:
        return self._reachable(_PUNCTUATION.sub(r"\\\g<0>", text).replace("\n", self.line_break))

    def _references(self, text: str) -> str:
        spelled = _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", text)
        return self._reachable(spelled.replace("\n", self.line_break))

    def _vtt(self, text: str) -> str:
        return self._plain("".join(_HTML_SIGNS.get(character, character) for character in text))

    def _reachable(self, text: str) -> str:
        """What the encoding does not have, as character references."""
        if any(0xD800 <= ord(character) < 0xE000 for character in text):
            raise RefusedError("the replacement holds half of a character")
        return text.encode(self.codec, errors="xmlcharrefreplace").decode(self.codec)

    def splice(self, stretch: Stretch, spelling: Spelling) -> Splice:
        """The splice that changes one stretch; a piece that does not read as it stands is spelled anew."""
        piece, a, b = stretch.piece, stretch.a, stretch.b
        if piece.verbatim:
            return Splice(piece.offset + a, piece.offset + b, spelling(stretch.new))
        length = piece.end - piece.start
        if a == b and a in (0, length):
            at = piece.offset if a == 0 else _end(piece)
            return Splice(at, at, spelling(stretch.new))
        if not _RESPELLED.fullmatch(self.source, piece.offset, _end(piece)):
            raise RefusedError(_MARKUP)
        text = stretch.text
        return Splice(piece.offset, _end(piece), spelling(text[:a] + stretch.new + text[b:]))


def _in_first(file: TextFile, stretches: Sequence[Stretch], spelling: Spelling) -> list[Splice]:
    return [file.splice(stretch, spelling) for stretch in stretches]


def _in_last(file: TextFile, stretches: Sequence[Stretch], spelling: Spelling) -> list[Splice]:
    """The new text behind markup rather than ahead of it."""
    new = stretches[0].new
    emptied = [file.splice(replace(stretch, new=""), spelling) for stretch in stretches[:-1]]
    return [*emptied, file.splice(replace(stretches[-1], new=new), spelling)]


def _over_all(file: TextFile, stretches: Sequence[Stretch], spelling: Spelling) -> list[Splice]:
    """The new text in place of all, the marks of emphasis and links in between included."""
    splices = _in_first(file, stretches, spelling)
    for before, after in itertools.pairwise(splices):
        between = file.source[before.end : after.start]
        if before.end > after.start or not _EMPHASIS.fullmatch(between):
            raise RefusedError(_MARKUP)
    return [Splice(splices[0].start, splices[-1].end, "".join(splice.new for splice in splices))]


Place = Callable[[TextFile, Sequence[Stretch], Spelling], list[Splice]]
_PLACES: dict[str, Sequence[Place]] = {
    "txt": (_in_first,),
    "markdown": (_in_first, _over_all, _in_last),
    "html": (_in_first, _in_last),
    "srt": (_in_first, _in_last),
    "vtt": (_in_first, _in_last),
}


def _end(piece: Piece) -> int:
    length = piece.end - piece.start if piece.source_length is None else piece.source_length
    return piece.offset + length


def _decoded(data: bytes, codec: str) -> tuple[str, list[tuple[int, bytes]]]:
    """The text with its byte order mark, and the bytes that the codec does not allow: each reads as U+FFFD.

    Returns their positions in the text. Time grows with the number of such bytes, which readers keep small.
    """
    texts: list[str] = []
    bad: list[tuple[int, bytes]] = []
    position = length = 0
    while True:
        try:
            texts.append(data[position:].decode(codec))
        except UnicodeDecodeError as error:
            texts.append(data[position : position + error.start].decode(codec) + "\ufffd")
            length += len(texts[-1])
            bad.append((length - 1, data[position + error.start : position + error.end]))
            position += error.end
        else:
            return "".join(texts), bad
