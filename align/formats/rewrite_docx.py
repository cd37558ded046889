"""Writing back into DOCX: the texts of ``w:t`` elements of the main part, all other members byte by byte.

New text takes on the formatting of the run in which the edit begins. A line break in it becomes ``w:br``, a tab
``w:tab``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

from align.formats.assemble import Run, assemble, with_turns
from align.formats.docx import Story
from align.formats.docx_parts import Archive
from align.formats.rewrite_places import RefusedError, Stretch
from align.formats.rewrite_zip import repacked
from align.model import Piece

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WHITE = " \t\n\r"
_MARK = -1  # the node of pieces that are elements without text; their offset is the element's number
_ITEM = re.compile(r"[\t\n]|[^\t\n]+")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class MarkedStory(Story):
    """A story that knows the element behind every character: ``texts`` by node, ``marks`` by offset."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.texts = list(self.root.iter(f"{self.w}t"))
        self.marks: list[_Element] = []

    def mark(self, element: _Element, text: str, bold: bool) -> Run:
        """As for reading, with the number of the element as its place."""
        self.marks.append(element)
        return Run(text, len(self.marks) - 1, 0, False, bold, self.part, _MARK)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of the same text as reading gives; those with the node -1 are the ``marks``."""
        drafts = with_turns(self.drafts, self.dashed)
        return assemble(drafts, format="docx").pieces

    def element(self, piece: Piece) -> _Element:
        """The element that a piece was read from."""
        return self.marks[piece.offset] if piece.node == _MARK else self.texts[piece.node or 0]


class DocxFile:
    """A DOCX file that is read; ``pieces`` are those of its text."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.archive = Archive(data, "")
        self.pieces = MarkedStory.of(self.archive).pieces

    def ways(self, options: Sequence[Sequence[Sequence[Stretch]]]) -> list[list[Stretch]]:
        """The ways to make an edit, best first. Raises ``RefusedError`` where there is none."""
        found = [[stretch for stretches in changes for stretch in stretches] for changes in options]
        for stretch in found[0]:
            if match := _NOT_XML.search(stretch.new):
                raise RefusedError(f"a DOCX file cannot hold the character {match[0]!r}")
        return found

    def write(self, splices: Sequence[Stretch]) -> bytes:
        """The file with these stretches changed."""
        story = MarkedStory.of(self.archive)
        by_piece: dict[tuple[int | None, int], list[Stretch]] = {}
        for stretch in splices:
            piece = stretch.piece
            key = (piece.node, piece.offset if piece.node == _MARK else 0)
            by_piece.setdefault(key, []).append(stretch)
        for stretches in by_piece.values():
            element = story.element(stretches[0].piece)
            if stretches[0].piece.node == _MARK:
                _change_mark(element, stretches, story.w)
            else:
                _change_text(element, stretches, story.w)
        return repacked(self.archive, self.data, {story.part: serialised(story.root)})


def serialised(root: _Element) -> bytes:
    """A part of the package as Word writes its XML."""
    from lxml import etree

    return etree.tostring(root.getroottree(), encoding="UTF-8", standalone=True)


def visible(element: _Element) -> tuple[int, int]:
    """Where the text of a ``w:t`` begins and ends for Word: outer white space only counts where it is preserved."""
    text = element.text or ""
    if element.get(_SPACE) == "preserve":
        return 0, len(text)
    start = len(text) - len(text.lstrip(_WHITE))
    return start, max(start, len(text.rstrip(_WHITE)))


def set_text(element: _Element, text: str) -> None:
    """Let a ``w:t`` read exactly this."""
    element.text = text
    if text != text.strip(_WHITE):
        element.set(_SPACE, "preserve")


def _change_text(element: _Element, stretches: Sequence[Stretch], w: str) -> None:
    text = element.text or ""
    position, end = visible(element)
    parts: list[str] = []
    for stretch in sorted(stretches, key=lambda each: _span(each)):
        first, last = _span(stretch)
        parts += [_spaced(text[position:first]), stretch.new]
        position = last
    first_text, *others = _items("".join([*parts, _spaced(text[position:end])]), element, w)
    parent = element.getparent()
    assert parent is not None
    set_text(element, first_text.text or "")
    behind = element
    for other in others:
        behind.addnext(other)
        behind = other


def _spaced(text: str) -> str:
    """Control characters as the spaces that they read as."""
    return re.sub(r"[\t\n\r]", " ", text)


def _span(stretch: Stretch) -> tuple[int, int]:
    """The stretch in its element's text; both count one code point where the piece is a control character."""
    return stretch.piece.offset + stretch.a, stretch.piece.offset + stretch.b


def _items(text: str, model: _Element, w: str) -> list[_Element]:
    """A text as ``w:t``, ``w:br`` and ``w:tab`` elements, the first always a ``w:t``."""
    from lxml import etree

    found = [copy(model)]
    set_text(found[0], "")
    for match in _ITEM.finditer(text):
        if match[0] in "\t\n":
            found.append(etree.Element(f"{w}{'tab' if match[0] == chr(9) else 'br'}"))
        elif len(found) == 1:
            set_text(found[0], match[0])
        else:
            found.append(etree.Element(f"{w}t"))
            set_text(found[-1], match[0])
    return found


def _change_mark(element: _Element, stretches: Sequence[Stretch], w: str) -> None:
    """Text ahead of, behind, or in place of an element that stands for one character."""
    from lxml import etree

    ahead = "".join(stretch.new for stretch in stretches if stretch.b == 0)
    gone = [stretch for stretch in stretches if stretch.a < stretch.b]
    behind = "".join(stretch.new for stretch in stretches if stretch.a == 1)
    inside = "".join(stretch.new for stretch in gone)
    for text, add in ((ahead + inside, element.addprevious), (behind, None)):
        new = [item for item in _items(text, etree.Element(f"{w}t"), w) if item.text or item.tag != f"{w}t"]
        for item in new if add else reversed(new):
            (add or element.addnext)(item)
    if gone:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
