"""The text without its marks, with the way back to the original's offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from glossary.model import Annotation


@dataclass(frozen=True, slots=True)
class CleanText:
    """``text`` is the clean text; ``pieces`` are its stretches as (start in clean, start in original, length).

    Every character of a stretch is that of the original (but for a first letter that was made a capital).
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]
    original_length: int

    def original(self, offset: int) -> int:
        """The offset in the original of the clean text's character ``offset``; the end maps to the end.

        Raises:
            IndexError: the offset is not in [0, len(text)].
        """
        if not 0 <= offset <= len(self.text):
            raise IndexError(f"offset {offset} is outside the clean text of {len(self.text)} characters")
        if offset == len(self.text):
            return self.original_length
        clean, start, _ = self.pieces[bisect_right([p[0] for p in self.pieces], offset) - 1]
        return start + offset - clean

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the clean text was taken from, marks inside it included."""
        if start == end:
            return self.original(start), self.original(start)
        return self.original(start), self.original(end - 1) + 1


def clean_text(text: str, annotations: Sequence[Annotation]) -> CleanText:
    """``text`` without the spans that ``annotations`` say go, spaces and first letters put right."""
    gaps = _merged([span for a in annotations for span in a.removal], len(text))
    pieces: list[tuple[int, int, int]] = []
    parts: list[str] = []
    at, length = 0, 0
    for start, end in [*gaps, (len(text), len(text))]:
        if start > at:
            part = text[at:start]
            if at and _needs_capital(text, at, parts, gaps):
                part = _capital(part)
            pieces.append((length, at, start - at))
            parts.append(part)
            length += len(part)
        at = end
    return CleanText("".join(parts), tuple(pieces), len(text))


def _merged(spans: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The spans in order, overlaps joined, cut to the text."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, s), min(length, e)) for s, e in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged


def _needs_capital(text: str, at: int, parts: Sequence[str], gaps: Sequence[tuple[int, int]]) -> bool:
    """Whether what follows a gap now begins a sentence that the gap's own capital began."""
    gap = next(((s, e) for s, e in gaps if e == at), None)
    if gap is None or not text[gap[0] : gap[1]].strip()[:1].isupper():
        return False
    before = "".join(parts).rstrip()
    return not before or before[-1] in ".!?…\n" or before.endswith(("«", "“", "—", "–"))


def _capital(part: str) -> str:
    """``part`` with a capital first letter, where that is one character too."""
    upper = part[:1].upper()
    return upper + part[1:] if len(upper) == 1 else part
