"""XML from strangers, read element by element: no entities, nothing fetched, bounded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from align.errors import FormatError

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECLARED = tuple(mark for word in ("<!ENTITY", "<!entity") for mark in (
    word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
)  # fmt: skip


def elements(data: bytes, names: tuple[str, ...], *, name: str) -> Iterator[_Element]:
    """The elements with these local names, each when it ends; what was given out is forgotten after.

    Raises FormatError with line and column for broken XML, and for a file that declares entities.
    """
    from lxml import etree

    if any(mark in data for mark in _DECLARED):
        raise FormatError("it declares entities", where=name, hint="Take the declarations out of its DOCTYPE")
    settings: dict[str, Any] = {
        "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
        "remove_comments": True, "remove_pis": True,
    }  # fmt: skip
    tags = tuple(f"{{*}}{local}" for local in names)
    try:
        for _, element in etree.iterparse(io.BytesIO(data), events=("end",), tag=tags, **settings):
            yield element
            element.clear(keep_tail=True)
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise broken(error, name) from error
    except (LookupError, UnicodeError, ValueError) as error:
        raise FormatError(f"it is broken XML ({error})", where=name, hint="Mend it") from error


def broken(error: SyntaxError, name: str) -> FormatError:
    """The error of a parser, with line and column."""
    line, column = error.lineno or 1, error.offset or 1
    what = " ".join(str(error.msg or "nothing in it").partition(", line")[0].split())
    return FormatError(
        f"it is broken XML ({what[:200]})", where=f"{name}, line {line}, column {column}", hint="Mend it"
    )


def local(element: _Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: _Element, *names: str) -> list[_Element]:
    """The children with these local names."""
    return [child for child in element if isinstance(child.tag, str) and local(child) in names]


def text(element: _Element) -> str:
    """All text in an element."""
    return "".join(str(part) for part in element.itertext())
