"""Edits of a text → the smallest changes that make them, and the pieces of the file that each falls on. Pure.

An edit may replace a whole sentence and change one word of it. Only that word is touched: what surrounds it keeps
its own formatting, line breaks and spelling in the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from align.model import Piece

_TOKEN = re.compile(r"\w+|\s|[^\w\s]")
_MAX_COMPARED = 4_000_000  # token pairs; beyond, only what both have at their ends is kept apart
_PARAGRAPHS = "it reaches over the gap between two paragraphs, which are not joined or divided"
_CUES = "it reaches from one subtitle into another, and has no space where the one would end"


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` is to read ``replacement``; code points of the text as read, ``start == end`` inserts."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """``piece``'s text from ``a`` to ``b`` (relative to its start) is to read ``new``.

    ``text`` is what the piece reads as, "" for a verbatim one.
    """

    piece: Piece
    a: int
    b: int
    new: str
    text: str = ""


class RefusedError(Exception):
    """An edit that has no way back into the file, and why; never leaves this package."""


@dataclass(frozen=True, slots=True)
class _Change:
    """As an edit. An insertion goes behind what stands before it, unless ``ahead``: then it opens what follows."""

    start: int
    end: int
    new: str
    ahead: bool = False


class Places:
    """The pieces of a text by position."""

    def __init__(self, text: str, pieces: Sequence[Piece]) -> None:
        self.text, self.pieces = text, pieces
        self.starts = [piece.start for piece in pieces]

    def stretches(self, edit: Edit) -> list[list[list[Stretch]]]:
        """Ways to make an edit, the finest first: for each change in it the stretches it falls on, side by side.

        The new text of a change is that of its first stretch; the others are emptied. Raises ``RefusedError``.
        """
        whole = _narrowed(self.text, edit.start, edit.end, edit.replacement, edit)
        if whole is None:
            return [[]]
        ways = [[whole]]
        if not self._in_one(whole) and (fine := list(self._compared(whole, edit))) != [whole]:
            ways.insert(0, fine)
        found: list[list[list[Stretch]]] = []
        reason = RefusedError()
        for way in ways:
            try:
                found.append([self._located(part) for change in way for part in self._divided(change)])
            except RefusedError as error:
                reason = error
        if not found:
            raise reason
        return found

    def _in_one(self, change: _Change) -> bool:
        """Whether a change lies within one piece that stands in the file as it reads."""
        index = bisect_right(self.starts, change.start) - 1
        piece = self.pieces[index] if index >= 0 else None
        return piece is not None and piece.verbatim and change.end <= piece.end

    def _compared(self, change: _Change, edit: Edit) -> Iterator[_Change]:
        """A change as those of its words and signs that differ."""
        old, new = _TOKEN.findall(self.text[change.start : change.end]), _TOKEN.findall(change.new)
        if len(old) * len(new) > _MAX_COMPARED:
            yield change
            return
        position, at = change.start, 0
        for tag, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            position += sum(map(len, old[at:first]))
            length = sum(map(len, old[first:last]))
            at = first
            if tag != "equal":
                narrow = _narrowed(self.text, position, position + length, "".join(new[begin:end]), edit)
                if narrow is not None:
                    yield narrow

    def _divided(self, change: _Change) -> list[_Change]:
        """A change over the gaps between subtitles, one for each subtitle: the new text keeps their proportions.

        Only gaps that read as one space, and only where the new text has spaces for them; else the change itself.
        """
        first = max(bisect_right(self.starts, change.start) - 1, 0)
        last = bisect_left(self.starts, change.end)
        near = [change.start, *(piece.start for piece in self.pieces[first + 1 : last])]
        ends = [piece.end for piece in self.pieces[first : last - 1]]
        gaps = [end for end, start in zip(ends, near[1:], strict=False) if self.text[end:start] == " "]
        spaces = [match.start() for match in re.finditer(" ", change.new)]
        cuts: list[int] = []
        for left, gap in enumerate(gaps, 1 - len(gaps)):
            aim = (gap - change.start) * len(change.new) / (change.end - change.start)
            free = spaces[: len(spaces) + left] if left else spaces
            if not free:
                return [change]
            cuts.append(min(free, key=lambda at: abs(at - aim)))
            spaces = [at for at in spaces if at > cuts[-1]]
        old = [change.start, *(gap + 1 for gap in gaps)], [*gaps, change.end]
        new = [0, *(cut + 1 for cut in cuts)], [*cuts, len(change.new)]
        return [
            _Change(a, b, change.new[c:d], change.ahead)
            for a, b, c, d in zip(*old, *new, strict=True)
            if a < b or c < d
        ]

    def _located(self, change: _Change) -> list[Stretch]:
        if change.start == change.end:
            return [self._point(change)]
        found: list[Stretch] = []
        position = change.start
        for piece in self.pieces[max(bisect_right(self.starts, change.start) - 1, 0) :]:
            start, end = max(change.start, piece.start), min(change.end, piece.end)
            if piece.start >= change.end:
                break
            if start >= end:
                continue
            if start != position:
                raise self._gap(position, start)
            found.append(self._stretch(piece, start, end, "" if found else change.new))
            position = end
        if position != change.end:
            raise self._gap(position, change.end)
        return found

    def _gap(self, start: int, end: int) -> RefusedError:
        return RefusedError(_PARAGRAPHS if "\n" in self.text[start:end] else _CUES)

    def _point(self, change: _Change) -> Stretch:
        """Where an insertion goes: into the piece around it, else behind the one before or ahead of the next."""
        index = bisect_right(self.starts, change.start) - 1
        near = [piece for piece in self.pieces[max(index - 1, 0) : index + 1] if piece.end >= change.start]
        if not near:
            raise self._gap(change.start - 1, change.start + 1)
        verbatim = [piece for piece in near if piece.verbatim] or near
        piece = (
            verbatim[-1] if change.ahead or len(near) == 1 or near[-1].start < change.start else verbatim[0]
        )
        return self._stretch(piece, change.start, change.start, change.new)

    def _stretch(self, piece: Piece, start: int, end: int, new: str) -> Stretch:
        text = "" if piece.verbatim else self.text[piece.start : piece.end]
        return Stretch(piece, start - piece.start, end - piece.start, new, text)


def _narrowed(text: str, start: int, end: int, new: str, edit: Edit) -> _Change | None:
    """A change without what old and new text have in common at their ends; None where nothing is left."""
    length = min(end - start, len(new))
    before = 0
    while before < length and text[start + before] == new[before]:
        before += 1
    behind = 0
    while behind < length - before and text[end - 1 - behind] == new[len(new) - 1 - behind]:
        behind += 1
    start, end, new = start + before, end - behind, new[before : len(new) - behind]
    if start == end and not new:
        return None
    return _Change(start, end, new, ahead=edit.start == start < edit.end)
