"""XML from strangers, read element by element: no entities, nothing fetched, bounded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from align.formats import safe_xml
from align.formats.safe_xml import children
from align.formats.safe_xml import tag as local

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["children", "elements", "local", "text"]

_DECLARED = tuple(mark for word in ("<!ENTITY", "<!entity") for mark in (
    word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
)  # fmt: skip


def elements(data: bytes, names: tuple[str, ...], *, name: str) -> Iterator[_Element]:
    """The elements with these local names, each when it ends; what was given out is forgotten after.

    Raises FormatError with line and column for broken XML, and for a file that declares entities.
    """
    if any(mark in data for mark in _DECLARED):
        raise safe_xml.declares_entities(name)
    for _, element in safe_xml.parsed(io.BytesIO(data), ("end",), names, name=name):
        yield element
        safe_xml.forget(element)


def text(element: _Element) -> str:
    """All text in an element."""
    return "".join(str(part) for part in element.itertext())
