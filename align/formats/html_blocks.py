"""The blocks of an HTML page, in its order, each with its text and the place of every character. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape

from align.formats.assemble import Run
from align.formats.html_tree import Element, Page, Text
from align.model import BlockKind

# White space that HTML collapses (a no-break space is none), character references, and what is in between.
_TOKEN = re.compile(
    r"(?P<space>[ \t\n\r\f]{2,}|[\t\n\r\f])|(?P<reference>&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?)"
)
_CAPTION_CLASS = re.compile(r"(?:^|[-_\s])caption(?:$|[-_\s])", re.IGNORECASE)
_QUESTION_CLASS = re.compile(r"(?:^|[-_\s])(?:question|vopros)(?:$|[-_\s])", re.IGNORECASE)


@dataclass(frozen=True)
class HtmlBlock:
    """Text between two block boundaries (or empty lines); ``owner`` is the innermost block element around it."""

    owner: Element
    runs: tuple[Run, ...]
    linked: int
    """How many code points of the text are inside links."""

    @cached_property
    def text(self) -> str:
        """The text, white space collapsed."""
        return "".join(run.text for run in self.runs).strip()

    @property
    def link_density(self) -> float:
        """The share of the text that is inside links, in [0, 1]."""
        return min(1.0, self.linked / max(1, len(self.text)))

    @cached_property
    def kind(self) -> BlockKind:
        """What the elements around the block make of it."""
        for depth, element in enumerate(self.owner.ancestors()):
            if element.tag in _KINDS:
                return _KINDS[element.tag]
            if depth < 2 and _CAPTION_CLASS.search(element.attributes.get("class", "")):
                return "caption"
            if element.tag in ("td", "th", "article", "section", "main", "blockquote"):
                break
        return "paragraph"

    @property
    def asks(self) -> bool:
        """Whether a class of the page's own calls it a question."""
        return bool(_QUESTION_CLASS.search(self.owner.attributes.get("class", "")))


_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], "heading"),
    **dict.fromkeys(["figcaption", "caption"], "caption"),
    **dict.fromkeys(["li", "dd"], "item"),
}


def blocks_of(page: Page, source: str) -> list[HtmlBlock]:
    """All blocks of the page that are to be seen and hold more than white space, in order."""
    blocks = []
    for owner, stretch in _stretches(page.root):
        preserve = any(element.tag == "pre" for element in owner.ancestors())
        for texts in _paragraphs(source, stretch):
            runs, linked = _runs(source, texts, preserve=preserve)
            if any(not run.text.isspace() for run in runs):
                blocks.append(HtmlBlock(owner, tuple(runs), linked))
    return blocks


def _paragraphs(source: str, texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Cut at two or more ``<br>`` in a row, which is how many pages part their paragraphs."""
    group: list[Text] = []
    breaks = 0
    for text in texts:
        if text.is_break:
            breaks += 1
        elif not source[text.start : text.end].isspace():
            if breaks > 1:
                yield group
                group = []
            breaks = 0
        group.append(text)
    yield group


def _stretches(root: Element) -> Iterator[tuple[Element, list[Text]]]:
    """Texts that no block boundary divides, each list with the element that holds it."""
    texts: list[Text] = []
    stack = [(root, iter(root.children))]
    while stack:
        owner, children = stack[-1]
        child = next(children, None)
        if isinstance(child, Text):
            texts.append(child)
            continue
        if child is not None and child.hidden:  # an icon in the middle of a line divides nothing
            continue
        if texts:
            yield owner, texts
            texts = []
        if child is None:
            stack.pop()
        else:
            stack.append((child, iter(child.children)))


def _runs(source: str, texts: Sequence[Text], *, preserve: bool) -> tuple[list[Run], int]:
    """The runs of one block and the number of its code points inside links."""
    runs: list[Run] = []
    linked = 0
    spaced = True  # the text so far is empty or ends in white space that swallows more of it
    for text in texts:
        if text.is_break:
            if runs and runs[-1].text[-1] == " ":
                last = runs.pop()
                if last.verbatim and len(last.text) > 1:
                    runs.append(replace(last, text=last.text[:-1], length=last.length - 1))
            runs.append(Run("\n", text.start, text.end - text.start, verbatim=False))
            spaced = True
            continue
        for run in _tokens(source, text, preserve=preserve):
            if spaced and not preserve and run.text[0] == " ":
                if not run.verbatim or len(run.text) == 1:
                    continue
                run = replace(run, text=run.text[1:], offset=run.offset + 1, length=run.length - 1)
            runs.append(run)
            spaced = run.text[-1] == " "
            linked += len(run.text) if text.linked else 0
    return runs, linked


def _tokens(source: str, text: Text, *, preserve: bool) -> Iterator[Run]:
    """A stretch of source as runs: what reads as it stands, collapsed white space, character references."""
    position = text.start
    for match in _TOKEN.finditer(source, text.start, text.end):
        start, end = match.span()
        if match["reference"]:
            value = unescape(match[0])
            if value == match[0]:  # not a reference after all: "AT&T"
                continue
            value = " " if not preserve and value in ("\t", "\n", "\r", "\f") else value
        else:
            value = match[0].replace("\r\n", "\n").replace("\r", "\n") if preserve else " "
        if position < start:
            yield Run(source[position:start], position, start - position, True, text.bold)
        if value:
            yield Run(value, start, end - start, value == match[0], text.bold)
        position = end
    if position < text.end:
        yield Run(source[position : text.end], position, text.end - position, True, text.bold)
