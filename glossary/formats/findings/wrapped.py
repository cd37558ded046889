"""Sentences wrapped to a terminal's width with their spot underlined, in cells: wide characters count two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from glossary.formats.findings.shown import plain_part, spaces, trimmed
from glossary.model import Spot

OPEN, CLOSE = "⟦", "⟧"  # mirrored by terminals that turn right-to-left text round
_WORD = re.compile(r"\S+|\s+")
_FAR = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as it is shown, with the spot at ``text[start:end]``; ``underline`` where carets show it."""

    text: str
    start: int
    end: int
    underline: bool


def marked(spot: Spot) -> Marked:
    """A spot's sentence on one line, unseen characters named, long ones cut around the spot.

    Right-to-left text is marked by brackets: where it stands on the screen is the terminal's secret. A spot that
    is the whole sentence needs no mark.
    """
    before, inside, after = trimmed(spot)
    whole = not (before.strip() or after.strip())
    head, tail = plain_part(before).lstrip(" "), plain_part(after).rstrip(" ")
    middle = spaces(inside)
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in _FAR.findall(head + middle + tail)):
        text = head + middle + tail if whole else f"{head}{OPEN}{middle}{CLOSE}{tail}"
        start = 0 if whole else len(head) + 1
        return Marked(text, start, start + len(middle), False)
    return Marked(head + middle + tail, len(head), len(head) + len(middle), not whole or not middle)


def lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where the text is cut into lines of at most ``width`` cells (a sign that is wider stands alone).

    Spaces at a cut belong to no line; words wider than a line are cut.
    """
    from rich.cells import cell_len

    start = end = used = 0
    for word in _WORD.finditer(text):
        size = cell_len(word.group())
        if word.group().isspace():
            if end == start:
                start = end = word.end()
            else:
                pending = size
                if used + pending < width:
                    used, end = used + pending, word.end()
                else:
                    yield start, end
                    start, end, used = word.end(), word.end(), 0
            continue
        if used + size > width and end > start:
            yield start, end
            start, end, used = word.start(), word.start(), 0
        if size <= width:
            used, end = used + size, word.end()
            continue
        for at, sign in enumerate(word.group(), start=word.start()):
            step = cell_len(sign)
            if used + step > width and end > start:
                yield start, end
                start, end, used = at, at, 0
            used, end = used + step, at + 1
    if end > start:
        yield start, end


def carets(sentence: Marked, start: int, end: int) -> str:
    """The underline of one line of a sentence, "" where the spot is not on it."""
    from rich.cells import cell_len

    if not sentence.underline:
        return ""
    if sentence.start == sentence.end:
        here = start <= sentence.start < end or sentence.start == end == len(sentence.text)
        return " " * cell_len(sentence.text[start : sentence.start]) + "^" if here else ""
    first, last = max(start, sentence.start), min(end, sentence.end)
    inside = sentence.text[first:last].rstrip(" ")
    if first >= last or not inside:
        return ""
    return " " * cell_len(sentence.text[start:first]) + "^" * max(1, cell_len(inside))
