"""A light tree of an HTML page whose every stretch of text knows its place in the source. Pure.

The standard library's ``html.parser`` gives lines and columns, and treats broken markup in another way from one
patch release of Python to the next; lxml gives no places at all. So the tags are found here, by one pattern that
reads in linear time, after the tokenisation and the optional end tags of the HTML standard
(https://html.spec.whatwg.org/multipage/parsing.html), as far as text and blocks depend on them.

Only elements that make blocks are nodes of the tree. Inline markup (bold, links, what is hidden) is a property of
the stretches of text, so that ``<b><p>…</b></p>`` and its like cannot break the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

MAX_DEPTH = 400  # open blocks; deeper ones become part of the innermost (browsers stop at 512)

_HIDDEN_BLOCK_TAGS = "head template svg math object audio video canvas select datalist button dialog map"
_BLOCK_TAGS = """
    html body address article aside blockquote caption center dd details dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p pre search section
    summary table tbody td tfoot th thead tr ul
"""
_VOID_TAGS = "area base br col embed hr img input link meta param source track wbr frame keygen"
_RAW_TAGS = "script style title textarea noscript xmp iframe noembed noframes"
_HIDING = "hidden visually-hidden visuallyhidden sr-only screen-reader-text screen-reader d-none u-hidden"
_KEEPS_P_OPEN = "html body caption tbody td tfoot th thead tr option"
_HEAD = frozenset(["base", "link", "meta", "noscript", "script", "style", "template", "title"])
_HIDDEN_BLOCKS = frozenset(_HIDDEN_BLOCK_TAGS.split())
_BLOCKS = _HIDDEN_BLOCKS | frozenset(_BLOCK_TAGS.split())
_VOID = frozenset(_VOID_TAGS.split())
_RAW = frozenset(_RAW_TAGS.split())
_HIDING_CLASSES = frozenset(_HIDING.split())
_SKIPPED_INLINE = frozenset(["rt", "rp"])
_BOLD = frozenset(["b", "strong"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# A start tag on the right ends an open element on the left, unless one of the barriers is in between.
_CLOSES_P = _BLOCKS - _HIDDEN_BLOCKS - frozenset(_KEEPS_P_OPEN.split())
_SIBLINGS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "menu", "dir"])),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl"])),
    "option": (frozenset(["option"]), frozenset(["select", "datalist"])),
    "td": (frozenset(["td", "th"]), frozenset(["tr", "table"])),
    "th": (frozenset(["td", "th"]), frozenset(["tr", "table"])),
    "tr": (frozenset(["tr", "td", "th", "caption"]), frozenset(["table"])),
    **{
        tag: (frozenset(["tbody", "thead", "tfoot", "tr", "td", "th", "caption"]), frozenset(["table"]))
        for tag in ("tbody", "thead", "tfoot")
    },
}
_TABLE_WALLS = frozenset(["td", "th", "caption", "table"])
_WALLS = {
    **dict.fromkeys(["table", "tr", "tbody", "thead", "tfoot"], frozenset[str]()),
    "li": _TABLE_WALLS | {"ul", "ol"},
}

_TAG = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))
      | <!\[CDATA\[.*?(?:\]\]>|\Z)
      | </(?P<end>[a-zA-Z][^\s/>]*+)[^>]*+(?:>|\Z)
      | <(?P<start>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)(?:>|\Z)
      | <[!?/][^>]*+(?:>|\Z)""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]++))?+""")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


@dataclass(slots=True)
class Text:
    """A stretch ``source[start:end]`` between two tags, or a ``<br>`` (its whole tag)."""

    start: int
    end: int
    bold: bool = False
    linked: bool = False
    is_break: bool = False


@dataclass(slots=True, eq=False)
class Element:
    """An element that makes a block; ``hidden`` when neither it nor what is in it is to be seen on the page."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    start: int
    hidden: bool = False
    children: list[Element | Text] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """This element and all below it, in the order of the page."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def ancestors(self) -> Iterator[Element]:
        """This element, its parent, and so on up to the root."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


@dataclass(slots=True)
class Page:
    """The tree with what its head says; ``scripts`` are the contents of its scripts."""

    root: Element
    title: str = ""
    lang: str = ""
    metas: dict[str, str] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Inline:
    """An open inline element: what it does to the text, and the block in which it was opened."""

    tag: str
    depth: int
    bold: bool
    linked: bool
    hidden: bool


class _Builder:
    """Puts tags and text together; one instance per page."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page(Element("", {}, None, 0))
        self.open = [self.page.root]
        self.inline: list[_Inline] = []

    def build(self) -> Page:
        source, position = self.source, 0
        missing: set[str] = set()  # raw-text elements that have no end tag in the rest of the page
        found = _TAG.search(source)
        while found is not None:
            self.text(position, found.start())
            position = found.end()
            if name := found["end"]:
                self.end(name.lower())
            elif name := found["start"]:
                name = name.lower()
                self.start(name, found)
                if name in _RAW and name not in missing:
                    end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, position)
                    if end is None:
                        missing.add(name)
                    elif name in ("title", "script"):
                        self.raw(name, source[position : end.start()])
                    position = end.start() if end is not None else position
                    if end is None and name in ("script", "style"):
                        position = len(source)
            found = _TAG.search(source, position)
        self.text(position, len(source))
        return self.page

    def raw(self, name: str, content: str) -> None:
        if name == "script":
            self.page.scripts.append(content)
        elif not self.page.title and not any(element.tag == "svg" for element in self.open):
            self.page.title = " ".join(unescape(content).split())

    def text(self, start: int, end: int) -> None:
        if self.open[-1].tag == "head" and not self.source[start:end].isspace():
            self.pop_to(len(self.open) - 1)  # the page left out the tags between head and body
        if start < end and not self.open[-1].hidden and not any(mark.hidden for mark in self.inline):
            bold, linked = self.marks()
            self.open[-1].children.append(Text(start, end, bold, linked))

    def marks(self) -> tuple[bool, bool]:
        return any(mark.bold for mark in self.inline), any(mark.linked for mark in self.inline)

    def start(self, name: str, match: re.Match[str]) -> None:
        attributes = _attributes(match["attributes"])
        if self.open[-1].tag == "head" and name not in _HEAD:
            self.pop_to(len(self.open) - 1)
        if name == "meta":
            self.meta(attributes)
        elif name == "br":
            if not self.open[-1].hidden:
                self.open[-1].children.append(Text(match.start(), match.end(), is_break=True))
        elif name in _BLOCKS:
            self.block(name, attributes, match.start(), match["attributes"])
        elif name not in _VOID and name not in _RAW:
            self.mark(name, attributes)

    def mark(self, name: str, attributes: dict[str, str]) -> None:
        if name == "a":  # links do not nest: a new one ends an open one
            self.inline = [mark for mark in self.inline if mark.tag != "a"]
        hidden = name in _SKIPPED_INLINE or _is_hidden(attributes)
        bold = name in _BOLD or bool(_BOLD_STYLE.search(attributes.get("style", "")))
        linked = name == "a" and "href" in attributes
        # Spans without effect are kept too: their end tags must not close those that have one.
        if len(self.inline) < MAX_DEPTH:
            self.inline.append(_Inline(name, len(self.open), bold, linked, hidden))

    def block(self, name: str, attributes: dict[str, str], start: int, raw: str) -> None:
        if name in ("html", "body"):
            self.page.lang = self.page.lang or attributes.get("lang", attributes.get("xml:lang", ""))
            if any(element.tag == name for element in self.open):
                return
        self.close_for(name)
        if name in ("svg", "math") and raw.rstrip().endswith("/"):  # only foreign elements close themselves
            return
        hidden = self.open[-1].hidden or name in _HIDDEN_BLOCKS
        if name not in ("html", "body"):  # some pages hide the body until their scripts have run
            hidden = hidden or _is_hidden(attributes)
        element = Element(name, attributes, self.open[-1], start, hidden)
        self.open[-1].children.append(element)
        if name not in _VOID and len(self.open) < MAX_DEPTH:
            self.open.append(element)

    def close_for(self, name: str) -> None:
        """End the elements whose end tag may be left out before a start tag of this name."""
        if name == "body":
            self.close("head", frozenset())
        if name in _CLOSES_P:
            self.close("p", _TABLE_WALLS | {"button", "object"})
        if name in _HEADINGS and self.open[-1].tag in _HEADINGS:
            self.pop_to(len(self.open) - 1)
        if name in _SIBLINGS:
            ended, walls = _SIBLINGS[name]
            for depth in range(len(self.open) - 1, 0, -1):
                if self.open[depth].tag in walls:
                    break
                if self.open[depth].tag in ended:
                    self.pop_to(depth)

    def end(self, name: str) -> None:
        if name == "br":  # browsers read </br> as <br>; its place is of no use, so it is only a space
            return
        if name in _HEADINGS and self.open[-1].tag in _HEADINGS:
            name = self.open[-1].tag
        if name in _BLOCKS:
            if name in ("html", "body"):  # what follows them still belongs to the page
                return
            closed = self.close(name, _WALLS.get(name, _TABLE_WALLS - {name}))
            if name == "p" and not closed:  # reads as an empty paragraph
                self.open[-1].children.append(Element("p", {}, self.open[-1], 0))
            return
        for index in range(len(self.inline) - 1, -1, -1):
            if self.inline[index].tag == name:
                del self.inline[index]
                return

    def close(self, name: str, walls: frozenset[str]) -> bool:
        """Close the innermost element of a name, unless a wall stands before it; whether one was closed."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == name:
                self.pop_to(depth)
                return True
            if self.open[depth].tag in walls:
                return False
        return False

    def pop_to(self, depth: int) -> None:
        """Close all blocks from this depth on, and the inline elements that were opened in them."""
        del self.open[depth:]
        self.inline = [mark for mark in self.inline if mark.depth <= depth]

    def meta(self, attributes: dict[str, str]) -> None:
        content = attributes.get("content", "")
        for key in ("property", "name", "itemprop", "http-equiv"):
            if key in attributes and content:
                self.page.metas.setdefault(attributes[key].lower(), content)


def parse(source: str) -> Page:
    """The tree of a page or fragment, however broken; nothing is raised. Time is linear in its length."""
    return _Builder(source).build()


def _attributes(raw: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if not raw or raw.isspace():
        return found
    for match in _ATTRIBUTE.finditer(raw):
        value = match[2] or ""
        if value[:1] in ("'", '"') and len(value) > 1:
            value = value[1:-1]
        found.setdefault(match[1].lower(), unescape(value) if "&" in value else value)
    return found


def _is_hidden(attributes: dict[str, str]) -> bool:
    if not attributes:
        return False
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or bool(_INVISIBLE.search(attributes.get("style", "")))
        or not _HIDING_CLASSES.isdisjoint(attributes.get("class", "").lower().split())
    )
