"""XML from strangers, read element by element in constant memory: no entities, nothing fetched, bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from align.formats import safe_xml
from align.formats.safe_xml import children, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["XML_LANG", "children", "elements", "plain", "tag"]

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def elements(
    stream: BinaryIO, starts: Sequence[str], ends: Sequence[str], *, name: str
) -> Iterator[tuple[str, _Element]]:
    """("start", element) and ("end", element) for these local names, as they come; what ended is forgotten after.

    An element of ``starts`` has its attributes and not yet what is in it. Raises FormatError with line and column
    for broken XML, and for a file that declares entities.
    """
    first = True
    for event, element in safe_xml.parsed(stream, ("start", "end"), (*starts, *ends), name=name):
        if first:
            _refuse_entities(element, name)
            first = False
        local = tag(element)
        if event == "start":
            if local in starts:
                yield event, element
        elif local in ends:
            yield event, element
            safe_xml.forget(element)


def _refuse_entities(element: _Element, name: str) -> None:
    internal: Any = element.getroottree().docinfo.internalDTD
    if internal is not None and next(iter(internal.iterentities()), None) is not None:
        raise safe_xml.declares_entities(name)


def plain(element: _Element, kept: frozenset[str], dropped: frozenset[str], lost: list[int]) -> str:
    """The text of an element: of inline elements in ``kept`` too, without that of codes in ``dropped``.

    ``lost[0]`` counts the codes. An element that is in neither is kept.
    """
    if len(element) == 0:
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            local = tag(child)
            if local == "cp":
                parts.append(_code_point(child.get("hex", "")))
            elif local in dropped:
                lost[0] += 1
            else:
                lost[0] += local not in kept
                parts.append(plain(child, kept, dropped, lost))
        parts.append(child.tail or "")
    return "".join(parts)


def _code_point(hex_: str) -> str:
    """A character that XML cannot hold, by its number (XLIFF 2)."""
    try:
        return chr(int(hex_, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
