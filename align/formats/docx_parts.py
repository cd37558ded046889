"""The parts of a DOCX file: the bounded archive, its XML, relationships, styles and numbering.

ECMA-376 (Office Open XML), parts 1 and 2. Nothing is ever unpacked to disk, no entity is resolved, nothing is
fetched, and whatever claims to unpack to more than the bounds below is refused before it is unpacked.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.errors import FormatError, TooLargeError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PART = 32 * 1024 * 1024  # bytes of one part, unpacked
MAX_RATIO = 200  # unpacked to packed; Word's own XML stays below 40
MAX_RATIO_FREE = 1024 * 1024  # bytes up to which the ratio does not matter
MAX_MEMBERS = 20_000
MAX_TAGS = 4_000_000  # in one part: a tree takes some 100 bytes for each
_HINT = "Open it in the program that it was made with and save it again"
_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFF = ("0", "false", "off")


class Archive:
    """A DOCX file (or an ODT or EPUB file: ``kind``) in memory; whatever is wrong with it is an ``InputError``."""

    def __init__(self, data: bytes, name: str, kind: str = "DOCX") -> None:
        self.name, self.kind = name, kind
        if data.count(b"PK\x01\x02") > MAX_MEMBERS:
            raise TooLargeError(f"the archive has more than {MAX_MEMBERS} members", where=name, hint=_HINT)
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
            self.members = {info.filename: info for info in self.zip.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise FormatError(f"this is no {kind} file, or a damaged one", where=name, hint=_HINT) from error

    def read(self, part: str) -> bytes:
        """The bytes of a part that exists, within the bounds."""
        info = self.members[part]
        size, packed = info.file_size, max(1, info.compress_size)
        if size > MAX_PART or (size > MAX_RATIO_FREE and size > MAX_RATIO * packed):
            raise TooLargeError(
                f"{part} would unpack to {size:,} bytes from {packed:,}",
                where=self.name,
                hint=f"This looks like a zip bomb: a part may take {MAX_PART >> 20} MB at most",
            )
        if info.flag_bits & 1:
            raise FormatError("the file is encrypted", where=self.name, hint="Save it without a password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FormatError(
                f"{part} is packed in a way that {self.kind} does not allow", where=self.name, hint=_HINT
            )
        try:
            with self.zip.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise FormatError(f"{part} in it is damaged", where=self.name, hint=_HINT) from error
        if len(data) != size:
            raise FormatError(f"{part} in it is damaged", where=self.name, hint=_HINT)
        return data

    def tree(self, part: str) -> _Element:
        """The XML tree of a part that exists."""
        from lxml import etree

        data = self.read(part)
        if data.count(b"<") > MAX_TAGS:
            raise TooLargeError(
                f"{part} has more than {MAX_TAGS:,} elements", where=self.name, hint="Split the text"
            )
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            where = f"{self.name}, {part}" + (f", line {line}" if line else "")
            raise FormatError("its XML is broken", where=where, hint=_HINT) from error
        if getattr(root.getroottree().docinfo, "doctype", ""):
            raise FormatError(
                f"{part} declares a document type, which {self.kind} forbids", where=self.name, hint=_HINT
            )
        return root

    def related(self, part: str = "") -> dict[str, str]:
        """Names of the parts that a part refers to, by kind ("styles", "header" …); "" is the package itself."""
        folder, file = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        found: dict[str, str] = {}
        if rels not in self.members:
            return found
        for relationship in self.tree(rels).iter(_RELATIONSHIP):
            target = relationship.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if relationship.get("TargetMode") != "External" and path in self.members:
                found.setdefault(relationship.get("Type", "").rsplit("/", 1)[-1], path)
        return found

    def main_part(self) -> str:
        """The name of the document's own part, nearly always word/document.xml."""
        part = self.related().get("officeDocument", "word/document.xml")
        if part in self.members and part.startswith("word/"):
            return part
        raise FormatError("there is no Word document in this archive", where=self.name, hint=_HINT)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style; None where it leaves a property to the one that it is based on."""

    name: str = ""
    based_on: str = ""
    bold: bool | None = None
    outline: int | None = None
    numbering: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by identifier; ``default`` is that of paragraphs without one."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    default: str = ""

    def chain(self, identifier: str) -> list[Style]:
        """A style and what it is based on, nearest first."""
        found: list[Style] = []
        seen: set[str] = set()
        while identifier in self.by_id and identifier not in seen:
            seen.add(identifier)
            found.append(self.by_id[identifier])
            identifier = found[-1].based_on
        return found

    def bold(self, identifier: str) -> bool | None:
        """Whether a style makes text bold; None if it says nothing."""
        return next((style.bold for style in self.chain(identifier) if style.bold is not None), None)


def namespace(root: _Element, name: str) -> str:
    """The namespace of a Word part, in braces. Raises ``FormatError`` for any other XML."""
    for known in (_TRANSITIONAL, _STRICT):
        if str(root.tag).startswith(f"{{{known}}}"):
            return f"{{{known}}}"
    raise FormatError("the main part of this archive is no Word document", where=name, hint=_HINT)


def is_on(element: _Element | None, w: str) -> bool | None:
    """A switch such as ``<w:b/>`` or ``<w:b w:val="0"/>``; None where it is absent."""
    return None if element is None else element.get(f"{w}val", "1").lower() not in _OFF


def value(parent: _Element | None, path: str, w: str) -> str | None:
    """The w:val of the element at a path of w names, None without it."""
    found = None if parent is None else parent.find("/".join(w + name for name in path.split("/")))
    return None if found is None else found.get(f"{w}val")


def is_bold(properties: _Element | None, w: str) -> bool | None:
    """Whether run properties make text bold; None if they say nothing. Right-to-left text has a switch of its own."""
    if properties is None:
        return None
    right_to_left = is_on(properties.find(f"{w}rtl"), w)
    return is_on(properties.find(f"{w}bCs" if right_to_left else f"{w}b"), w)


def numbering_of(properties: _Element | None, w: str) -> tuple[str, str] | None:
    """Number and level of the list that paragraph properties refer to; ("0", …) takes a paragraph out of one."""
    number = value(properties, "numPr/numId", w)
    return None if number is None else (number, value(properties, "numPr/ilvl", w) or "0")


def outline_of(properties: _Element | None, w: str) -> int | None:
    """The outline level, 0 to 8 for headings, 9 for text."""
    level = value(properties, "outlineLvl", w)
    return int(level) if level is not None and level.isdecimal() else None


def read_styles(root: _Element, w: str) -> Styles:
    """The styles of word/styles.xml. Their names are the same in every language of Word; identifiers are not."""
    by_id: dict[str, Style] = {}
    default = ""
    for element in root.iter(f"{w}style"):
        identifier = element.get(f"{w}styleId", "")
        paragraph = element.find(f"{w}pPr")
        by_id[identifier] = Style(
            name=(value(element, "name", w) or "").lower(),
            based_on=value(element, "basedOn", w) or "",
            bold=is_bold(element.find(f"{w}rPr"), w),
            outline=outline_of(paragraph, w),
            numbering=numbering_of(paragraph, w),
        )
        is_default = element.get(f"{w}default", "0").lower() not in _OFF
        if is_default and element.get(f"{w}type") == "paragraph":
            default = identifier
    return Styles(by_id, default)


def read_dashes(root: _Element, w: str) -> frozenset[tuple[str, str]]:
    """Numbers and levels of the lists of word/numbering.xml whose mark is a dash."""
    abstract: dict[str, set[str]] = {}
    for element in root.iter(f"{w}abstractNum"):
        levels = abstract.setdefault(element.get(f"{w}abstractNumId", ""), set())
        for level in element.iter(f"{w}lvl"):
            if (value(level, "lvlText", w) or "").strip() in ("-", "–", "—", "‒", "―"):
                levels.add(level.get(f"{w}ilvl", "0"))
    return frozenset(
        (element.get(f"{w}numId", ""), level)
        for element in root.iter(f"{w}num")
        for level in abstract.get(value(element, "abstractNumId", w) or "", ())
    )
