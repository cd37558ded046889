"""Word comments on a text: in the DOCX file that it was read from, or in a new one made of any document.

ECMA-376 part 1, 17.13.4: a comment stands in a part of its own; in the text, two marks say where it begins and
ends, and a reference follows. The same input gives the same bytes.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.errors import FormatError, UsageError
from align.formats.comments_anchor import anchor
from align.formats.docx_parts import Archive
from align.formats.rewrite import as_read
from align.formats.rewrite_docx import MarkedStory, serialised
from align.formats.rewrite_zip import packed, repacked
from align.model import Document, Extract

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Comment", "document_with_comments", "with_comments"]

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES_PART = "[Content_Types].xml"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on ``text[start:end]`` (code points of the text as read); an empty range is a point in it.

    ``date`` is ISO 8601, as in "2026-03-01T12:00:00Z", or "" for none. Line breaks in ``text`` part paragraphs.
    """

    start: int
    end: int
    text: str
    author: str = "Concord"
    initials: str = "C"
    date: str = ""


def with_comments(data: bytes, document: Document | Extract, comments: Sequence[Comment]) -> bytes:
    """``data``, the DOCX file that ``document`` was read from, with these comments added to those it has.

    Text and formatting stay as they are; runs are divided where a comment begins or ends in them. A comment on
    text in a text box stands at the paragraph that the box belongs to, because Word has none in boxes. One on a
    gap between paragraphs stands at the text before it.

    Raises ``UsageError`` for a document of another format, ranges outside the text, and dates that are none;
    ``InputError`` if ``data`` is not the file that the document was read from, ``FormatError`` for a broken file.
    """
    if document.format != "docx":
        raise UsageError(
            f"comments are put into DOCX files, and this one is {document.format}",
            hint="A new document of its text can be made instead",
        )
    _check(document.text, comments)
    as_read(data, document)
    if not comments:
        return data
    archive = Archive(data, getattr(document, "name", ""))
    story = MarkedStory.of(archive)
    related = archive.related(story.part)
    part = related.get("comments")
    root = archive.tree(part) if part else None
    first = _first_free(story, root)
    anchor(story, [(comment.start, comment.end) for comment in comments], first)
    changed = {story.part: serialised(story.root)}
    part = part or _new_name(archive, story.part)
    changed[part] = serialised(_comments_part(story.w, comments, first, root))
    if root is None:
        changed |= _declared(archive, story, part)
    return repacked(archive, data, changed)


def document_with_comments(document: Document, comments: Sequence[Comment]) -> bytes:
    """A new DOCX file of a document of any format: its headings, paragraphs, captions and items, with comments.

    Language and direction of writing are set. Reading it gives the text of the blocks again, a blank line between
    them: for all formats but plain text that is ``document.text`` itself. Characters that XML does not allow are
    replaced. Raises ``UsageError`` as ``with_comments`` does.
    """
    from align.formats.comments_new import parts_of

    _check(document.text, comments)
    parts = parts_of(document, [(comment.start, comment.end) for comment in comments])
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    parts["word/comments.xml"] = serialised(_comments_part(w, comments, 0, None))
    return packed(parts)


def _check(text: str, comments: Sequence[Comment]) -> None:
    for comment in comments:
        if not 0 <= comment.start <= comment.end <= len(text):
            raise UsageError(
                f"a comment on {comment.start}:{comment.end} is outside the text, which has {len(text)} characters"
            )
        if comment.date and not _DATE.fullmatch(comment.date):
            raise UsageError(
                f"{comment.date!r} is no date of a comment", hint='It should read like "2026-03-01T12:00:00Z"'
            )


def _first_free(story: MarkedStory, root: _Element | None) -> int:
    """An identifier above those of all comments, marks and references that are there."""
    w = story.w
    names = ("comment", "commentRangeStart", "commentRangeEnd", "commentReference")
    trees = [story.root, *([] if root is None else [root])]
    taken = (
        element.get(f"{w}id", "") for tree in trees for name in names for element in tree.iter(f"{w}{name}")
    )
    return max((int(number) for number in taken if number.isdecimal()), default=-1) + 1


def _new_name(archive: Archive, main: str) -> str:
    folder = posixpath.dirname(main)
    names = (f"{folder}/comments{number or ''}.xml" for number in itertools.count())
    return next(name for name in names if name not in archive.members)


def _comments_part(w: str, comments: Sequence[Comment], first: int, root: _Element | None) -> _Element:
    """The part with all comments: a new one, or the one that is there with more in it."""
    from lxml import etree

    if root is None:
        root = etree.Element(f"{w}comments", nsmap={"w": w[1:-1]})
    for number, comment in enumerate(comments, first):
        element = etree.SubElement(
            root, f"{w}comment", {f"{w}id": str(number), f"{w}author": _xml(comment.author)}
        )
        if comment.date:
            element.set(f"{w}date", comment.date)
        element.set(f"{w}initials", _xml(comment.initials))
        for index, line in enumerate(_xml(comment.text).splitlines() or [""]):
            paragraph = etree.SubElement(element, f"{w}p")
            if index == 0:
                run = etree.SubElement(paragraph, f"{w}r")
                etree.SubElement(run, f"{w}annotationRef")
            text = etree.SubElement(etree.SubElement(paragraph, f"{w}r"), f"{w}t")
            text.text = line
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return root


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _declared(archive: Archive, story: MarkedStory, part: str) -> dict[str, bytes]:
    """The list of content types and the main part's relationships, with the new part in them."""
    from lxml import etree

    if _TYPES_PART not in archive.members:
        raise FormatError(
            f"there is no {_TYPES_PART} in this archive",
            where=archive.name,
            hint="Open it in a word processor and save it as .docx again",
        )
    types = archive.tree(_TYPES_PART)
    override = {"PartName": f"/{part}", "ContentType": _MEDIA_TYPE}
    etree.SubElement(types, f"{{{_TYPES}}}Override", override)
    folder, file = posixpath.split(story.part)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    if name in archive.members:
        relations = archive.tree(name)
    else:
        relations = etree.Element(f"{{{_PACKAGE}}}Relationships", nsmap={None: _PACKAGE})  # type: ignore[dict-item]
    taken = {relation.get("Id") for relation in relations}
    identifier = next(found for n in itertools.count(1) if (found := f"rId{n}") not in taken)
    strict = story.w == f"{{{_STRICT}}}"
    kind = f"{_STRICT_RELATIONS if strict else _RELATIONS}/comments"
    target = {"Id": identifier, "Type": kind, "Target": posixpath.basename(part)}
    etree.SubElement(relations, f"{{{_PACKAGE}}}Relationship", target)
    return {_TYPES_PART: serialised(types), name: serialised(relations)}
