"""EPUB 2 and 3: the chapters of a book in its reading order, each read as a page of HTML.

A piece's ``part`` is the chapter's name in the archive, its ``offset`` the code point in the decoded chapter. The
table of contents, the cover and what the book declares to stand outside of its reading order are left out.
https://www.w3.org/TR/epub-33/ (sections 4.2 OCF and 5 package document)
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from align.errors import FormatError, TooLargeError
from align.formats.assemble import Draft, assemble, title_of
from align.formats.docx_parts import Archive
from align.formats.html import decode_page, drafts_of
from align.model import Extract

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_TEXT = 16 * 1024 * 1024
"""Bytes of all chapters together, unpacked."""

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_SELF_CLOSED = re.compile(
    r"<(?!(?:br|hr|img|wbr|link|meta|input|col)[\s/])[a-zA-Z][^\s<>/]*+[^<>]*+(?<=/)>", re.IGNORECASE
)
_HINT = "Open it in an EPUB editor, or convert it to .docx or .html"


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """The text of a book. ``encoding`` overrules what its chapters declare.

    Raises ``FormatError`` (broken, or protected), ``TooLargeError`` beyond ``MAX_TEXT`` or for a zip bomb.
    """
    book = Book.of(data, name)
    drafts: list[Draft] = []
    warnings: list[str] = []
    used = ""
    for chapter in book.chapters:
        decoded = decode_page(book.archive.read(chapter), f"{name}, {chapter}", encoding)
        warnings += [f"{chapter}: {warning}" for warning in decoded.warnings]
        used = used or decoded.encoding
        drafts += [within(draft, chapter) for draft in drafts_of(as_html(decoded.text))]
    metadata = book.metadata
    if not metadata.get("title") and (title := title_of(drafts)):
        metadata = {**metadata, "title": title}
    if book.aside:
        warnings.append(f"documents outside of the reading order left out: {book.aside}")
    return assemble(drafts, format="epub", metadata={**metadata, "encoding": used}, warnings=warnings)


def within(draft: Draft, part: str) -> Draft:
    """A draft whose runs stand in this part of a container."""
    return replace(draft, runs=[replace(run, part=part) for run in draft.runs])


def as_html(source: str) -> str:
    """XHTML of which nothing reads otherwise as HTML, every character at its place.

    HTML knows no elements that close themselves: ``<script/>`` or ``<b/>`` would reach to the end of the page.
    """
    return _SELF_CLOSED.sub(lambda match: "<!" + "-" * (len(match[0]) - 3) + ">", source)


@dataclass(frozen=True, slots=True)
class Book:
    """The chapters of a book by their names in its archive, in reading order; ``aside`` counts those left out."""

    archive: Archive
    chapters: tuple[str, ...]
    metadata: dict[str, str]
    aside: int = 0

    @classmethod
    def of(cls, data: bytes, name: str) -> Book:
        """Raises ``FormatError`` and ``TooLargeError``."""
        archive = Archive(data, name, "EPUB")
        package = _package(archive)
        root = archive.tree(package)
        order, aside = _spine(root, posixpath.dirname(package))
        missing = [chapter for chapter in order if chapter not in archive.members]
        if missing:
            raise FormatError(f"the chapter {missing[0]} is not in the archive", where=name, hint=_HINT)
        if not order:
            raise FormatError("the book has no chapters", where=f"{name}, {package}", hint=_HINT)
        _refuse_protected(archive, order)
        if sum(archive.members[chapter].file_size for chapter in order) > MAX_TEXT:
            raise TooLargeError(
                f"the chapters together are larger than {MAX_TEXT >> 20} MB",
                where=name,
                hint="Split the book, by chapters say",
            )
        return cls(archive, tuple(order), _metadata(root), aside)


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(root: _Element, name: str) -> Iterator[_Element]:
    """All elements of a local name: old books have other namespaces, or none."""
    return (element for element in root.iter() if _local(element) == name)


def _package(archive: Archive) -> str:
    if _CONTAINER in archive.members:
        for root in _all(archive.tree(_CONTAINER), "rootfile"):
            path = root.get("full-path", "")
            if path in archive.members:
                return path
    raise FormatError("there is no book in this archive", where=f"{archive.name}, {_CONTAINER}", hint=_HINT)


def _spine(root: _Element, folder: str) -> tuple[list[str], int]:
    """The chapters in order, without the table of contents and the cover, and how many others stand aside."""
    items = {item.get("id", ""): item for item in _all(root, "item")}
    skipped = {
        _path(folder, reference.get("href", ""))
        for reference in _all(root, "reference")
        if reference.get("type", "").lower() in ("toc", "cover")
    }
    order: list[str] = []
    aside = 0
    for reference in _all(root, "itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.get("media-type", "").lower() not in _PAGES:
            continue
        path = _path(folder, item.get("href", ""))
        if "nav" in item.get("properties", "").split() or path in skipped or path in order:
            continue
        if reference.get("linear", "yes").lower() == "no":
            aside += 1
        else:
            order.append(path)
    return order, aside


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, unquote(href.partition("#")[0]))).lstrip("/")


def _refuse_protected(archive: Archive, order: list[str]) -> None:
    """Fonts are often scrambled, which does not matter here; chapters are when the book is sold with a lock."""
    if _ENCRYPTION not in archive.members:
        return
    locked = {unquote(each.get("URI", "")) for each in _all(archive.tree(_ENCRYPTION), "CipherReference")}
    if locked & set(order):
        raise FormatError(
            "this book is protected against copying",
            where=archive.name,
            hint="Give it without the protection",
        )


def _metadata(root: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in _all(root, "metadata"):
        for child in element.iter():
            key = {"title": "title", "language": "lang", "date": "date"}.get(_local(child))
            text = " ".join((child.text or "").split())
            if key == "date":
                match = _ISO_DATE.match(text)
                text = match[0] if match else ""
            if key and text:
                found.setdefault(key, text)
    return found
