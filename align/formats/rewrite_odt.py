"""Writing back into ODT: text nodes of content.xml, all other members byte by byte.

New text takes on the formatting of the text node in which the edit begins. A tab, a line break or a row of spaces
would be an element of its own and is refused: a text node cannot hold it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from align.formats.odt import PART, Story, opened
from align.formats.rewrite_places import RefusedError, Stretch
from align.formats.rewrite_zip import repacked

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IS_ELEMENT = "a tab, a line break or a row of spaces is an element of its own there, which is not changed"


class OdtFile:
    """An ODT file that is read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.archive = opened(data, "")

    def ways(self, options: Sequence[Sequence[Sequence[Stretch]]]) -> list[list[Stretch]]:
        """The ways to make an edit, best first. Raises ``RefusedError`` where there is none."""
        found = [[stretch for stretches in changes for stretch in stretches] for changes in options]
        usable = [way for way in found if not any(_on_element(stretch) for stretch in way)]
        if not usable:
            raise RefusedError(_IS_ELEMENT)
        for stretch in usable[0]:
            if match := _NOT_XML.search(stretch.new):
                raise RefusedError(f"an ODT file cannot hold the character {match[0]!r}")
        return usable

    def write(self, splices: Sequence[Stretch]) -> bytes:
        """The file with these stretches changed."""
        from lxml import etree

        story = Story(self.archive)
        by_node: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for stretch in splices:
            by_node[stretch.piece.node or 0].append((*_span(stretch), stretch.new))
        for node, changes in by_node.items():
            _change(*story.nodes[node], changes)
        content = etree.tostring(story.root.getroottree(), encoding="UTF-8", xml_declaration=True)
        return repacked(self.archive, self.data, {PART: content})


def _on_element(stretch: Stretch) -> bool:
    return not stretch.piece.verbatim and not stretch.piece.source_length


def _span(stretch: Stretch) -> tuple[int, int]:
    """The stretch in its text node; collapsed white space is changed as a whole."""
    piece = stretch.piece
    if piece.verbatim:
        return piece.offset + stretch.a, piece.offset + stretch.b
    length = piece.source_length or 0
    return piece.offset + (length if stretch.a else 0), piece.offset + (length if stretch.b else 0)


def _change(element: _Element, tail: bool, changes: Sequence[tuple[int, int, str]]) -> None:
    text = (element.tail if tail else element.text) or ""
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(changes):
        parts += [text[position:start], new]
        position = end
    new_text = "".join([*parts, text[position:]])
    if tail:
        element.tail = new_text
    else:
        element.text = new_text
