"""DOCX: the paragraphs of the main part, tracked changes accepted.

A piece's ``part`` is the main part (nearly always "word/document.xml"), its ``node`` the 0-based number of the
``w:t`` element among all ``w:t`` of that part in document order (those in deletions and fallbacks count too), its
``offset`` the code point in that element's text. A tab, a line break or a no-break hyphen is an element of its own:
its piece is not verbatim, has ``source_length`` 0, and stands right behind the ``w:t`` read before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Self

from align.formats.assemble import Draft, Run, assemble, title_of, verbatim, with_turns
from align.formats.docx_parts import (
    Archive,
    Styles,
    is_bold,
    is_on,
    namespace,
    numbering_of,
    outline_of,
    read_dashes,
    read_styles,
    value,
)
from align.model import BlockKind, Extract

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_CONTROL = re.compile(r"[\t\n\r]|[^\t\n\r]+")
_HEADING = re.compile(r"title|subtitle|heading \d|heading")
_ITEM = re.compile(r"list( |$)|toc \d")
_HAS_TEXT = re.compile(rb"<w:t(?: [^>]*)?>\s*[^<\s]")
_NOTES = {
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "commentReference": "comments",
    "sym": "characters of a symbol font",
}
_NOT_TEXT = "del moveFrom pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr instrText delText rt"
_SKIPPED = frozenset(_NOT_TEXT.split())
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """The text of a DOCX file; ``encoding`` has no meaning here.

    Left out, with a warning where there are any: footnotes, endnotes, comments, headers and footers, formulas,
    hidden text, characters of symbol fonts. Deleted text is left out, inserted text is kept; what fields show is
    kept, their codes are not. Raises ``FormatError``, and ``TooLargeError`` for a zip bomb.
    """
    archive = Archive(data, name)
    story = Story.of(archive)
    related = archive.related(story.part)
    drafts = with_turns(story.drafts, story.dashed)
    left_out = [f"{what} left out: {count}" for what, count in sorted(story.left_out.items())]
    if any(_HAS_TEXT.search(archive.read(related[kind])) for kind in ("header", "footer") if kind in related):
        left_out.append("headers and footers left out")
    if encoding:
        left_out.append(f"the encoding {encoding} was not used: a DOCX file declares its own")
    return assemble(drafts, format="docx", metadata=_metadata(archive, drafts), warnings=left_out)


def _metadata(archive: Archive, drafts: list[Draft]) -> dict[str, str]:
    core = archive.related().get("core-properties")
    root = archive.tree(core) if core else None
    title = title_of(drafts) or (root.findtext(f"{_DUBLIN_CORE}title") if root is not None else "")
    lang = root.findtext(f"{_DUBLIN_CORE}language") if root is not None else ""
    return {
        key: value.strip() for key, value in (("title", title), ("lang", lang)) if value and value.strip()
    }


class Story:
    """Walks the main part and gathers its paragraphs as drafts."""

    @classmethod
    def of(cls, archive: Archive) -> Self:
        """The story of a DOCX file, read."""
        part = archive.main_part()
        root = archive.tree(part)
        w = namespace(root, archive.name)
        related = archive.related(part)
        styles = read_styles(archive.tree(related["styles"]), w) if "styles" in related else Styles()
        dashes = read_dashes(archive.tree(related["numbering"]), w) if "numbering" in related else frozenset()
        story = cls(root, w, part, styles, dashes)
        story.read()
        return story

    def __init__(
        self, root: _Element, w: str, part: str, styles: Styles, dashes: frozenset[tuple[str, str]]
    ) -> None:
        self.root, self.w, self.part, self.styles, self.dashes = root, w, part, styles, dashes
        self.drafts: list[Draft] = []
        self.dashed: list[int] = []
        self.left_out: Counter[str] = Counter()
        self.number = {element: i for i, element in enumerate(root.iter(f"{w}t"))}
        self.behind = (0, 0)  # node and offset behind the text read last
        self.fields: list[bool] = []  # for each open field, whether its result has begun
        kinds = Counter(element.get(f"{w}fldCharType") for element in root.iter(f"{w}fldChar"))
        self.fields_match = kinds["begin"] == kinds["end"]  # else nothing may be hidden on their account
        self.carried: list[Run] = []  # of a paragraph whose mark is deleted: it goes on in the next one

    def read(self) -> None:
        for element in self.root.iter(f"{self.w}body"):
            self.blocks(element)
            break
        if self.carried:
            self.drafts.append(Draft(self.carried))

    def name(self, element: _Element) -> str:
        """The local name of a Word element, "" for any other."""
        tag = str(element.tag)
        return tag.removeprefix(self.w) if tag.startswith(self.w) else ""

    def blocks(self, element: _Element) -> None:
        """Read all paragraphs below an element."""
        for child in self.visible(element):
            if self.name(child) == "p":
                self.paragraph(child)
            else:
                self.blocks(child)

    def visible(self, element: _Element) -> Iterator[_Element]:
        """The children of an element that count: of alternatives only the first that holds any text."""
        for child in element:
            if child.tag == f"{_CHOICE}AlternateContent":
                texts = (
                    alternative
                    for alternative in child
                    if next(alternative.iter(f"{self.w}t"), None) is not None
                )
                yield from (found for found in [next(texts, None)] if found is not None)
            elif child.tag == _FORMULA:
                self.left_out["formulas"] += 1
            elif self.name(child) not in _SKIPPED and not self.is_placeholder(child):
                yield child

    def is_placeholder(self, element: _Element) -> bool:
        """Whether an element is a form's empty field, which shows what to write there."""
        return (
            self.name(element) == "sdt" and element.find(f"{self.w}sdtPr/{self.w}showingPlcHdr") is not None
        )

    def paragraph(self, element: _Element) -> None:
        properties = element.find(f"{self.w}pPr")
        style = value(properties, "pStyle", self.w) or self.styles.default
        runs, self.carried = self.carried, []
        boxes: list[_Element] = []
        self.inline(element, runs, boxes, self.styles.bold(style) or False)
        mark_deleted = properties is not None and properties.find(f"{self.w}rPr/{self.w}del") is not None
        if mark_deleted:
            self.carried = runs
        else:
            kind, dashed = self.kind(properties, style)
            if dashed:
                self.dashed.append(len(self.drafts))
            self.drafts.append(Draft(runs, kind))
        for box in boxes:
            self.blocks(box)

    def kind(self, properties: _Element | None, style: str) -> tuple[BlockKind, bool]:
        """The kind of a paragraph, and whether it is a list item behind a dash."""
        chain = self.styles.chain(style)
        outline = outline_of(properties, self.w)
        if outline is None:
            outline = next((each.outline for each in chain if each.outline is not None), None)
        if (outline is not None and outline < 9) or any(_HEADING.fullmatch(each.name) for each in chain):
            return "heading", False
        if any(each.name == "caption" for each in chain):
            return "caption", False
        numbering = numbering_of(properties, self.w)
        if numbering is None:
            numbering = next((each.numbering for each in chain if each.numbering is not None), None)
        if numbering is not None:
            return ("paragraph", False) if numbering[0] == "0" else ("item", numbering in self.dashes)
        return ("item" if any(_ITEM.match(each.name) for each in chain) else "paragraph"), False

    def inline(self, element: _Element, runs: list[Run], boxes: list[_Element], bold: bool) -> None:
        """Gather the runs below a paragraph or an inline element, and the text boxes anchored there."""
        for child in self.visible(element):
            name = self.name(child)
            if name == "txbxContent":
                boxes.append(child)
            elif name == "r":
                self.run(child, runs, boxes, bold)
            elif name == "fldChar":
                self.field(child.get(f"{self.w}fldCharType", ""))
            elif name == "t":
                if not self.in_code():
                    runs.extend(self.text(child, bold))
            elif name in _MARKS:
                if not self.in_code():
                    runs.append(self.mark(child, _MARKS[name], bold))
            elif name in _NOTES:
                self.left_out[_NOTES[name]] += 1
            else:
                self.inline(child, runs, boxes, bold)

    def run(self, element: _Element, runs: list[Run], boxes: list[_Element], bold: bool) -> None:
        properties = element.find(f"{self.w}rPr")
        if properties is not None and is_on(properties.find(f"{self.w}vanish"), self.w):
            if any(text.text for text in element.iter(f"{self.w}t")):
                self.left_out["hidden stretches of text"] += 1
            for mark in element.iter(f"{self.w}fldChar"):
                self.field(mark.get(f"{self.w}fldCharType", ""))
            return
        own = is_bold(properties, self.w)
        if own is None:
            own = self.styles.bold(value(properties, "rStyle", self.w) or "")
        self.inline(element, runs, boxes, bold if own is None else own)

    def field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def in_code(self) -> bool:
        """Whether this is part of a field's code rather than of what it shows."""
        return self.fields_match and not all(self.fields)

    def mark(self, element: _Element, text: str, bold: bool) -> Run:
        """What an element that stands for one character reads as."""
        node, offset = self.behind
        return Run(text, offset, 0, False, bold, self.part, node)

    def text(self, element: _Element, bold: bool) -> Iterator[Run]:
        text, node = element.text or "", self.number[element]
        start, end = 0, len(text)
        if element.get(_XML_SPACE) != "preserve":
            start, end = end - len(text.lstrip(" \t\n\r")), len(text.rstrip(" \t\n\r"))
        for match in _CONTROL.finditer(text, start, max(start, end)):
            if match[0] in "\t\n\r":  # Word shows them as a space
                yield Run(" ", match.start(), 1, False, bold, self.part, node)
            else:
                yield verbatim(match[0], match.start(), bold=bold, part=self.part, node=node)
        self.behind = (node, len(text))
