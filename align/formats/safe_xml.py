"""XML from strangers, parsed element by element through lxml: no entities, nothing fetched, bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from align.errors import FormatError

if TYPE_CHECKING:
    from lxml.etree import _Element


def parsed(
    stream: BinaryIO, events: tuple[str, ...], names: Iterable[str], *, name: str
) -> Iterator[tuple[str, _Element]]:
    """(event, element) for the elements with these local names, as they come; ``forget`` keeps memory constant.

    ``events`` are "start", "end" or both. Raises FormatError with line and column for broken XML. Entities are not
    resolved; whether a file may declare them is for the caller to say (``declares_entities``).
    """
    from lxml import etree

    settings: dict[str, Any] = {
        "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
        "remove_comments": True, "remove_pis": True,
    }  # fmt: skip
    tags = [f"{{*}}{local}" for local in dict.fromkeys(names)]
    try:
        yield from etree.iterparse(stream, events=events, tag=tags, **settings)
    except etree.XMLSyntaxError as error:
        raise broken(error, name) from error
    except (LookupError, UnicodeError, ValueError) as error:
        raise FormatError(f"it is broken XML ({error})", where=name, hint="Mend it") from error


def forget(element: _Element) -> None:
    """Takes what is in an element that has ended, and the elements before it, out of memory."""
    ended: Any = element  # the stubs do not know keep_tail
    ended.clear(keep_tail=True)
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def declares_entities(name: str) -> FormatError:
    """The error for a file that declares entities."""
    return FormatError("it declares entities", where=name, hint="Take the declarations out of its DOCTYPE")


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
