"""XML from strangers, read element by element in constant memory: no entities, nothing fetched, bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from align.errors import FormatError

if TYPE_CHECKING:
    from lxml.etree import _Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def elements(
    stream: BinaryIO, starts: Sequence[str], ends: Sequence[str], *, name: str
) -> Iterator[tuple[str, _Element]]:
    """("start", element) and ("end", element) for these local names, as they come; what ended is forgotten after.

    An element of ``starts`` has its attributes and not yet what is in it. Raises FormatError with line and column
    for broken XML, and for a file that declares entities.
    """
    from lxml import etree

    settings: dict[str, Any] = {
        "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
        "remove_comments": True, "remove_pis": True,
    }  # fmt: skip
    tags = [f"{{*}}{local}" for local in dict.fromkeys([*starts, *ends])]
    first = True
    try:
        for event, element in etree.iterparse(stream, events=("start", "end"), tag=tags, **settings):
            if first:
                _refuse_entities(element, name)
                first = False
            local = tag(element)
            if event == "start":
                if local in starts:
                    yield event, element
            elif local in ends:
                yield event, element
                element.clear(keep_tail=True)
                parent = element.getparent()
                if parent is not None:
                    while element.getprevious() is not None:
                        del parent[0]
    except etree.XMLSyntaxError as error:
        raise broken(error, name) from error
    except (LookupError, UnicodeError, ValueError) as error:
        raise FormatError(f"it is broken XML ({error})", where=name, hint="Mend it") from error


def _refuse_entities(element: _Element, name: str) -> None:
    internal: Any = element.getroottree().docinfo.internalDTD
    if internal is not None and next(iter(internal.iterentities()), None) is not None:
        raise FormatError("it declares entities", where=name, hint="Take the declarations out of its DOCTYPE")


def broken(error: SyntaxError, name: str) -> FormatError:
    """The error of a parser, with line and column."""
    line, column = error.lineno or 1, error.offset or 1
    what = " ".join(str(error.msg or "nothing in it").partition(", line")[0].split())
    return FormatError(
        f"it is broken XML ({what[:200]})", where=f"{name}, line {line}, column {column}", hint="Mend it"
    )


def tag(element: _Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: _Element, *names: str) -> list[_Element]:
    """The children with these local names."""
    return [child for child in element if isinstance(child.tag, str) and tag(child) in names]


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
