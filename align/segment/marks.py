"""The places where a sentence may end: runs of closing marks, what stands around them, parentheses. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_FORMAT = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f"  # marks that are not seen
_WIDE = "。！？｡"
UNSPACED = _WIDE + "؟۔।॥។။።"  # a sentence may follow these without a space
STRONG = "!?‼⁇⁈⁉⸮\u037e։" + UNSPACED
MARKS = ".…‥．" + STRONG
_CLOSERS = "\"'”’»›」』】〉》〕）)\\]}｣〞＂"
_CLOSERS_TOO = "“‘«‹"  # of „…“, ‚…‘ and »…«, unless a letter follows at once
_RUN = re.compile(
    rf"([{MARKS}](?:(?<=\.)(?:[ \u00a0]\.){{2,}}|[{MARKS}]*))"  # a set at its head is searched for fastest
    rf"(?:[{_CLOSERS}{_FORMAT}]|[{_CLOSERS_TOO}](?!\w))*"
    r"(?:[ \u00a0\u202f]»(?=[\s,.;:!?…)]|$))?"
    r"(?:\[\d{1,3}\])*"  # a footnote
    r"(?: ?[:;]-?[)(]+(?=\s|$))?"
)
_RUN_GREEK = re.compile(
    _RUN.pattern.replace("\u037e", "\u037e;")
)  # their question mark looks like a semicolon
QUOTES = frozenset("\"'”’»›«‹“‘」』｣〞＂")
_SPACE = re.compile(r"\s*")
_AHEAD = 40  # characters of quotation marks, dashes and signs that may stand before a sentence's first letter
_NEXT = re.compile(rf"((?:[\W_]){{0,{_AHEAD}}}?)([^\W\d_][\w'’\u200c-]{{0,30}}|\d)")

_BRACKETS = {")": "(", "]": "[", "）": "（", "}": "{", "】": "【", "〕": "〔"}
_BRACKET = re.compile("[()\\[\\]（）{}【】〔〕]")
_EMOTICON = re.compile(r"(?:[:;=]|[:;=]-)\Z")
LONGEST_PARENTHESIS = 600  # characters; what is open longer was never closed as it seems


class Mark(NamedTuple):
    """A run of marks, ``text[start:end]`` with its closing quotes, and the place where a sentence would begin.

    ``after`` is the first character behind the run and its white space. ``ahead`` are the signs before the next
    word's first letter, ``word`` that word (or a single digit), "" where there is none near.
    """

    start: int
    marks_end: int
    end: int
    after: int
    ahead: str
    word: str


def marks(text: str, start: int, stop: int, lang: str) -> Iterator[Mark]:
    """All runs in ``text[start:stop]`` that may end a sentence, where another letter follows."""
    last = stop
    while last > start and not text[last - 1].isalnum():
        last -= 1
    for run in (_RUN_GREEK if lang == "el" else _RUN).finditer(text, start, last):
        end = run.end()
        after = _SPACE.match(text, end, stop).end()  # type: ignore[union-attr]
        if after >= last:
            return
        found = _NEXT.match(text, after, stop)
        ahead, word = found.groups() if found else ("", "")
        yield Mark(run.start(), run.end(1), end, after, ahead, word)


class Parentheses:
    """The outermost pairs of brackets of a block, asked for in order of position."""

    def __init__(self, text: str, begin: int, stop: int) -> None:
        self.text = text
        self.begin = begin
        self.stop = stop
        self.pairs: list[tuple[int, int]] | None = None
        self.at = 0

    def holding(self, position: int) -> tuple[int, int] | None:
        """The outermost pair around a position; positions must ascend from call to call."""
        if self.pairs is None:
            self.pairs = self._find()
        while self.at < len(self.pairs) and self.pairs[self.at][1] < position:
            self.at += 1
        if self.at < len(self.pairs) and self.pairs[self.at][0] < position:
            return self.pairs[self.at]
        return None

    def _find(self) -> list[tuple[int, int]]:
        text = self.text
        pairs: list[tuple[int, int]] = []
        open_at: list[int] = []
        for found in _BRACKET.finditer(text, self.begin, self.stop):
            at, char = found.start(), found.group()
            if _EMOTICON.search(text, max(self.begin, at - 2), at):
                continue
            if char not in _BRACKETS:
                open_at.append(at)
            elif open_at and text[open_at[-1]] == _BRACKETS[char]:
                start = open_at.pop()
                if at - start <= LONGEST_PARENTHESIS:
                    pairs.append((start, at))
        outermost: list[tuple[int, int]] = []
        for start, end in sorted(pairs):
            if not outermost or start > outermost[-1][1]:
                outermost.append((start, end))
        return outermost
