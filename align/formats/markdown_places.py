"""Where the inline text of a Markdown block stands in its file: markdown-it gives only lines. Pure.

Two steps. ``Places`` maps the source of an inline token (block markers and indentation taken off) to the file,
line by line. ``walk`` then follows the token's children through that source: each kind of child consumes a known
stretch of it, and every stretch is compared with what it must read before it is believed. Whatever does not fit
raises ``LostError``: the caller then makes one piece of the whole run, not verbatim, and never a wrong offset.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.formats.assemble import Run

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LINE = re.compile(r"\r\n|\r|\n")
_BREAK = re.compile(r"(?:\\|[ \t]*)\n[ \t]*")
_BAR = re.compile(r"(?<!\\)\||$")  # the end of a table's cell
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BOLD_TAG = re.compile(r"<(/?)(?:b|strong)(?:\s[^>]*)?>", re.IGNORECASE)


class LostError(Exception):
    """The source does not read as the tokens say; never leaves this package."""


@dataclass(frozen=True, slots=True)
class Places:
    """The source of one inline token and where it stands in the file.

    From ``starts[k]`` on, source and file run side by side, beginning at ``offsets[k]`` in the file.
    """

    source: str
    starts: Sequence[int]
    offsets: Sequence[int]

    def at(self, position: int) -> int:
        """The offset in the file of one code point of the source."""
        stretch = bisect_right(self.starts, position) - 1
        return self.offsets[stretch] + position - self.starts[stretch]

    def runs(self, start: int, end: int, *, bold: bool = False) -> list[Run]:
        """``source[start:end]`` as it stands, cut where source and file go apart."""
        first, last = bisect_right(self.starts, start), bisect_left(self.starts, end)
        cuts = [start, *self.starts[first:last], end]
        return [self.run(a, b, self.source[a:b], bold=bold) for a, b in itertools.pairwise(cuts) if a < b]

    def run(self, start: int, end: int, text: str, *, bold: bool = False) -> Run:
        """What ``source[start:end]`` (not empty) reads as; verbatim where text and file agree.

        A line break is not: it takes in the quote marks and the indentation that follow it in the file.
        """
        offset = self.at(start)
        broken = "\n" in self.source[start:end]
        length = (self.at(end) if broken and end < len(self.source) else self.at(end - 1) + 1) - offset
        same = not broken and text == self.source[start:end] and length == len(text)
        return Run(text, offset, length, same, bold)


class Lines:
    """The lines of a file by number, as markdown-it counts them; ``base`` is the offset of the first."""

    def __init__(self, text: str, base: int = 0) -> None:
        self.text = text
        ends = [(match.start(), match.end()) for match in LINE.finditer(text, base)]
        self.starts = [base, *(end for _, end in ends)]
        self.ends = [*(start for start, _ in ends), len(text)]

    def line(self, number: int) -> str:
        """A line without its end."""
        return self.text[self.starts[number] : self.ends[number]]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of the lines from ``first`` up to, not including, ``last``."""
        last = min(max(last, first + 1), len(self.starts))
        return self.starts[first], self.ends[last - 1]

    def paragraph(self, content: str, first: int) -> Places:
        """Places for the lines of a paragraph, each the end of its line in the file (from line ``first`` on)."""
        starts: list[int] = []
        offsets: list[int] = []
        position = 0
        for number, part in enumerate(content.split("\n"), first):
            if number >= len(self.starts):
                raise LostError
            stripped = part.strip()
            line = self.line(number)
            end = len(line.rstrip())
            if not line[:end].endswith(stripped):
                raise LostError
            leading = len(part) - len(part.lstrip()) if stripped else 0
            starts += [position, position + len(part)]
            offsets += [self.starts[number] + end - len(stripped) - leading, self.ends[number]]
            position += len(part) + 1
        return Places(content, starts, offsets)

    def heading(self, content: str, first: int, markup: str) -> Places:
        """Places for the text behind ``## ``."""
        line = self.line(first)
        begin = line.find(markup) + len(markup)
        begin += len(line[begin:]) - len(line[begin:].lstrip())
        if markup not in line or not line.startswith(content, begin):
            raise LostError
        return Places(content, [0], [self.starts[first] + begin])

    def row(self, contents: Sequence[str], number: int) -> list[Places]:
        """Places for the cells of a table's row. Quote marks or a list marker may stand before the row."""
        line = self.line(number)
        prefix = re.match(r"[\s>*+\-\d.)]{0,200}", line)
        for begin in range((prefix.end() if prefix else 0) + 1):
            cells = _cells(line, begin, self.starts[number])
            if not cells[0].source:
                cells = cells[1:]
            texts = [cell.source for cell in cells[: len(contents)]]
            missing = len(contents) - len(texts)
            if texts + [""] * missing == list(contents):
                return cells[: len(contents)] + [Places("", [0], [0])] * missing
        raise LostError


def _cells(line: str, begin: int, base: int) -> list[Places]:
    """The cells of a row from ``begin`` on, trimmed; an escaped bar is one code point, where the bar itself is."""
    cells: list[Places] = []
    for match in _BAR.finditer(line, begin):
        raw = line[begin : match.start()]
        offset = base + begin + len(raw) - len(raw.lstrip())
        starts, offsets, position = [0], [offset], 0
        first, *others = raw.strip().split("\\|")
        position, offset = len(first), offset + len(first)
        for other in others:
            starts.append(position)
            offsets.append(offset + 1)
            position, offset = position + 1 + len(other), offset + 2 + len(other)
        cells.append(Places("|".join([first, *others]), starts, offsets))
        begin = match.end()
    return cells


def record_ends(md: MarkdownIt) -> None:
    """Let ``link_close`` and ``image`` tokens say in ``meta["end"]`` where their source ends."""
    from markdown_it.rules_inline import image, link

    md.inline.ruler.at("link", _recording(link, "link_close"))
    md.inline.ruler.at("image", _recording(image, "image"))


def _recording(rule: Callable[[StateInline, bool], bool], kind: str) -> Callable[[StateInline, bool], bool]:
    def recording(state: StateInline, silent: bool) -> bool:
        matched = rule(state, silent)
        if matched and not silent and state.tokens and state.tokens[-1].type == kind:
            state.tokens[-1].meta["end"] = state.pos
        return matched

    return recording


class Walk:
    """Follows tokens through their source; ``runs`` is the text, ``images`` the texts for images in it."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.runs: list[Run] = []
        self.images: list[list[Run]] = []
        self.position = 0
        self.bold = 0

    def follow(self, tokens: Sequence[Token], base: int = 0) -> None:
        """Consume the source of these tokens; ``base`` is where their own source begins. Raises ``LostError``."""
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "link_open" and token.markup == "autolink":
                self.autolink(tokens[index + 1].content)
                index += 2
            else:
                self.one(token, base)
            index += 1

    def one(self, token: Token, base: int) -> None:
        kind = token.type
        if kind == "text":
            self.take(token.content, token.content)
        elif kind == "text_special":
            self.take(
                token.markup, " " if token.content.isspace() and token.content != "\u00a0" else token.content
            )
        elif kind in ("softbreak", "hardbreak"):
            self.line_break(" " if kind == "softbreak" else "\n")
        elif kind == "code_inline":
            self.code(token)
        elif kind == "link_open":
            self.take("[", "")
        elif kind == "link_close":
            self.take("]", "")
            self.jump(base + token.meta["end"])
        elif kind == "image":
            self.image(token, base)
        elif kind == "html_inline":
            self.tag(token.content)
        elif token.nesting:  # emphasis of any kind
            self.take(token.markup, "")
            self.bold += token.nesting if token.tag == "strong" else 0
        else:
            raise LostError

    def take(self, source: str, text: str) -> None:
        """The source must go on with ``source``, which reads ``text``."""
        start = self.position
        if not self.places.source.startswith(source, start):
            raise LostError
        self.position = start + len(source)
        if text == source:
            self.runs += self.places.runs(start, self.position, bold=self.bold > 0)
        elif text:
            self.runs.append(self.places.run(start, self.position, text, bold=self.bold > 0))

    def jump(self, position: int) -> None:
        if not self.position <= position <= len(self.places.source):
            raise LostError
        self.position = position

    def line_break(self, text: str) -> None:
        match = _BREAK.match(self.places.source, self.position)
        if match is None:
            raise LostError
        self.runs.append(self.places.run(match.start(), match.end(), text))
        self.position = match.end()

    def code(self, token: Token) -> None:
        marker = re.escape(token.markup)
        pattern = re.compile(rf"{marker}(?!`)(.*?)(?<!`){marker}(?!`)", re.DOTALL)
        match = pattern.match(self.places.source, self.position)
        if match is None:
            raise LostError
        raw = match[1].replace("\n", " ")
        start = match.start(1) + (0 if raw == token.content else 1)
        if raw not in (token.content, f" {token.content} "):
            raise LostError
        for part in re.finditer(r"\n|[^\n]+", self.places.source[start : start + len(token.content)]):
            begin, end = start + part.start(), start + part.end()
            if part[0] == "\n":
                self.runs.append(self.places.run(begin, end, " "))
            else:
                self.runs += self.places.runs(begin, end, bold=self.bold > 0)
        self.position = match.end()

    def autolink(self, text: str) -> None:
        self.take("<", "")
        end = self.places.source.find(">", self.position)
        if end <= self.position:
            raise LostError
        self.runs.append(self.places.run(self.position, end, text, bold=self.bold > 0))
        self.position = end + 1

    def image(self, token: Token, base: int) -> None:
        end = base + token.meta["end"]
        inner = Walk(self.places)
        inner.position = self.position
        inner.take("![", "")
        inner.follow(token.children or [], inner.position)
        if inner.runs:
            self.images.append(inner.runs)
        self.jump(end)

    def tag(self, content: str) -> None:
        if _BREAK_TAG.fullmatch(content):
            self.take(content, "\n")
            return
        self.take(content, "")
        if match := _BOLD_TAG.fullmatch(content):
            self.bold = max(0, self.bold + (-1 if match[1] else 1))
