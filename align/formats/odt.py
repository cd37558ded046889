"""ODT: the paragraphs of content.xml, tracked changes accepted (OpenDocument 1.3, part 3).

A piece's ``part`` is "content.xml", its ``node`` the 0-based number of the text node among all that are not empty,
in document order, its ``offset`` the code point in it. White space is collapsed as the standard says (6.1.2);
``text:s``, ``text:tab`` and ``text:line-break`` are elements: their pieces are not verbatim, have ``source_length`` 0
and stand right behind the text read before them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.errors import FormatError
from align.formats.assemble import Draft, Run, assemble, title_of, verbatim, with_turns
from align.formats.docx_parts import Archive
from align.model import BlockKind, Extract

if TYPE_CHECKING:
    from lxml.etree import _Element

PART = "content.xml"
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = f"{{{_URN}text:1.0}}"
_STYLE = f"{{{_URN}style:1.0}}"
_OFFICE = f"{{{_URN}office:1.0}}"
_FO = f"{{{_URN}xsl-fo-compatible:1.0}}"
_TABLE = f"{{{_URN}table:1.0}}"
_DRAW = f"{{{_URN}drawing:1.0}}"
_SVG = f"{{{_URN}svg-compatible:1.0}}"
_META = f"{{{_URN}meta:1.0}}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TOKEN = re.compile(r"[ \t\r\n]+|[^ \t\r\n]+(?: [^ \t\r\n]+)*")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_HEADING = re.compile(r"(?:title|subtitle|heading(?: \d+)?)$")
_CAPTIONS = frozenset(("caption", "illustration", "figure", "drawing", "table"))
_DASHES = frozenset("-–—‒―")
_MAX_SPACES = 1000
_NOTES = {f"{_TEXT}note": "footnotes and endnotes", f"{_OFFICE}annotation": "comments"}
_SKIPPED = frozenset(
    [
        *(f"{_TEXT}{name}" for name in ("tracked-changes", "ruby-text", "sequence-decls", "variable-decls")),
        *(f"{_TEXT}{name}" for name in ("user-field-decls", "dde-connection-decls", "hidden-text")),
        f"{_SVG}title",
        f"{_SVG}desc",
        f"{_OFFICE}forms",
        f"{_OFFICE}annotation-end",
        f"{_DRAW}object",
    ]
)
_HINT = "Open it in a word processor and save it as .odt again"


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """The text of an ODT file; ``encoding`` has no meaning here.

    Left out, with a warning where there are any: footnotes and endnotes, comments. Text in deletions that are being
    tracked is left out. Raises ``FormatError``, and ``TooLargeError`` for a zip bomb.
    """
    archive = opened(data, name)
    try:
        story = Story(archive)
    except RecursionError as error:
        raise FormatError("its elements are nested too deeply", where=name, hint=_HINT) from error
    drafts = with_turns(story.drafts, story.dashed)
    warnings = [f"{what} left out: {count}" for what, count in sorted(story.left_out.items())]
    if encoding:
        warnings.append(f"the encoding {encoding} was not used: an ODT file declares its own")
    return assemble(drafts, format="odt", metadata=_metadata(archive, drafts), warnings=warnings)


def opened(data: bytes, name: str) -> Archive:
    """The archive of an ODT file. Raises ``FormatError`` for any other, and for one with a password."""
    archive = Archive(data, name, "ODT")
    manifest = "META-INF/manifest.xml"
    if manifest in archive.members and b"encryption-data" in archive.read(manifest):
        raise FormatError(
            "this document is protected by a password", where=name, hint="Save it without a password"
        )
    if PART not in archive.members:
        raise FormatError("there is no text document in this archive", where=name, hint=_HINT)
    return archive


def _metadata(archive: Archive, drafts: list[Draft]) -> dict[str, str]:
    root = archive.tree("meta.xml") if "meta.xml" in archive.members else None

    def said(*names: str) -> str:
        for name in names if root is not None else ():
            for element in root.iter(name):  # type: ignore[union-attr]
                if element.text and element.text.strip():
                    return element.text.strip()
        return ""

    date = _ISO_DATE.match(said(f"{_DUBLIN_CORE}date", f"{_META}creation-date"))
    found = {
        "title": title_of(drafts) or said(f"{_DUBLIN_CORE}title"),
        "date": date[0] if date else "",
        "lang": said(f"{_DUBLIN_CORE}language"),
    }
    return {key: value for key, value in found.items() if value}


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    parent: str = ""
    bold: bool | None = None


@dataclass(slots=True)
class _Styles:
    """Paragraph and text styles by family and name, and the levels of lists whose mark is a dash."""

    styles: dict[tuple[str, str], _Style] = field(default_factory=dict)
    dashes: set[tuple[str, int]] = field(default_factory=set)

    def add(self, root: _Element) -> None:
        for element in root.iter(f"{_STYLE}style"):
            key = (element.get(f"{_STYLE}family", ""), element.get(f"{_STYLE}name", ""))
            properties = element.find(f"{_STYLE}text-properties")
            weight = properties.get(f"{_FO}font-weight") if properties is not None else None
            bold = None if weight is None else weight == "bold" or weight in ("600", "700", "800", "900")
            shown = element.get(f"{_STYLE}display-name") or key[1].replace("_20_", " ")
            self.styles[key] = _Style(shown.lower(), element.get(f"{_STYLE}parent-style-name", ""), bold)
        for element in root.iter(f"{_TEXT}list-style"):
            for level in element.iter(f"{_TEXT}list-level-style-bullet"):
                if level.get(f"{_TEXT}bullet-char") in _DASHES:
                    number = level.get(f"{_TEXT}level", "1")
                    name = element.get(f"{_STYLE}name", "")
                    self.dashes.add((name, int(number) if number.isdecimal() else 1))

    def chain(self, family: str, name: str) -> Iterator[_Style]:
        """A style and those that it is derived from."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            style = self.styles.get((family, name)) or _Style(name.replace("_20_", " ").lower())
            yield style
            name = style.parent

    def bold(self, family: str, name: str) -> bool | None:
        return next((style.bold for style in self.chain(family, name) if style.bold is not None), None)


class Story:
    """Walks content.xml and gathers its paragraphs as drafts; ``nodes`` are the text nodes with their owners."""

    def __init__(self, archive: Archive) -> None:
        self.root = archive.tree(PART)
        if self.root.tag != f"{_OFFICE}document-content":
            raise FormatError("its content is no OpenDocument text", where=archive.name, hint=_HINT)
        self.styles = _Styles()
        if "styles.xml" in archive.members:
            self.styles.add(archive.tree("styles.xml"))
        self.styles.add(self.root)
        self.drafts: list[Draft] = []
        self.dashed: list[int] = []
        self.left_out: Counter[str] = Counter()
        self.nodes = list(text_nodes(self.root))
        self.number = {key: i for i, key in enumerate(self.nodes)}
        self.behind = (0, 0)  # node and offset behind the text read last
        self.spaced = True  # whether white space here is swallowed by what came before it
        body = self.root.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise FormatError(
                "this OpenDocument file is no text", where=archive.name, hint="Save its text as .odt or .txt"
            )
        self.blocks(body, (), False)

    def blocks(self, element: _Element, lists: tuple[str, ...], item: bool) -> None:
        """All paragraphs below an element; ``lists`` are the style names of the open lists."""
        for child in element:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self.paragraph(child, lists, item)
            elif tag == f"{_TEXT}list":
                style = child.get(f"{_TEXT}style-name") or (lists[-1] if lists else "")
                self.blocks(child, (*lists, style), False)
            elif tag == f"{_TEXT}list-item":
                self.blocks(child, lists, True)
            elif tag == f"{_TABLE}table-cell" and item:
                self.blocks(child, (), False)
            elif tag in _NOTES:
                self.left_out[_NOTES[str(tag)]] += 1
            else:
                self.blocks(child, lists, item)

    def paragraph(self, element: _Element, lists: tuple[str, ...], item: bool) -> None:
        style = element.get(f"{_TEXT}style-name", "")
        runs: list[Run] = []
        boxes: list[_Element] = []
        self.spaced = True
        self.inline(element, runs, boxes, self.styles.bold("paragraph", style) or False)
        kind = self.kind(element, style, item)
        if kind == "item" and lists and (lists[-1], len(lists)) in self.styles.dashes:
            self.dashed.append(len(self.drafts))
        self.drafts.append(Draft(runs, kind))
        for box in boxes:
            self.blocks(box, (), False)

    def kind(self, element: _Element, style: str, item: bool) -> BlockKind:
        names = [each.name for each in self.styles.chain("paragraph", style)]
        if element.tag == f"{_TEXT}h" or any(_HEADING.match(name) for name in names):
            return "heading"
        if any(name in _CAPTIONS for name in names):
            return "caption"
        return "item" if item else "paragraph"

    def inline(self, element: _Element, runs: list[Run], boxes: list[_Element], bold: bool) -> None:
        """The runs below a paragraph or an inline element, and the text boxes anchored there."""
        self.text(element, False, runs, bold)
        for child in element:
            tag = str(child.tag)
            if tag in _NOTES:
                self.left_out[_NOTES[tag]] += 1
            elif tag == f"{_DRAW}text-box":
                boxes.append(child)
            elif tag in _MARKS:
                self.mark(child, tag, runs, bold)
            elif tag not in _SKIPPED:
                own = None
                if tag == f"{_TEXT}span":
                    own = self.styles.bold("text", child.get(f"{_TEXT}style-name", ""))
                self.inline(child, runs, boxes, bold if own is None else own)
            self.text(child, True, runs, bold)

    def mark(self, element: _Element, tag: str, runs: list[Run], bold: bool) -> None:
        """What an element that stands for white space reads as."""
        text = _MARKS[tag]
        if tag == f"{_TEXT}s":
            count = element.get(f"{_TEXT}c", "1")
            text = " " * (min(int(count), _MAX_SPACES) if count.isdecimal() else 1)
        node, offset = self.behind
        if text:
            runs.append(Run(text, offset, 0, False, bold, PART, node))
            self.spaced = text == "\n"

    def text(self, element: _Element, tail: bool, runs: list[Run], bold: bool) -> None:
        """The text of an element, or what stands behind it, with white space collapsed."""
        node = self.number.get((element, tail))
        if node is None:
            return
        text = (element.tail if tail else element.text) or ""
        for match in _TOKEN.finditer(text):
            if not match[0].isspace() or match[0][0] not in " \t\r\n":
                runs.append(verbatim(match[0], match.start(), bold=bold, part=PART, node=node))
                self.spaced = False
            elif not self.spaced:
                same = match[0] == " "
                runs.append(Run(" ", match.start(), len(match[0]), same, bold, PART, node))
                self.spaced = True
        self.behind = (node, len(text))


_MARKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_TEXT}soft-page-break": ""}


def text_nodes(root: _Element) -> Iterator[tuple[_Element, bool]]:
    """The text nodes that are not empty, in document order: an element, and whether it is the text behind it."""
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, tail = stack.pop()
        if tail:
            if element.tail:
                yield element, True
            continue
        if element.text:
            yield element, False
        for child in reversed(element):
            stack.append((child, True))
            stack.append((child, False))
