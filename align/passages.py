"""Notes about sentences, found again in a newer version of their text; pure.

A correction or a bookmark belongs to a sentence, not to its number: a *passage* keeps the sentence with its
neighbours, so that it is found wherever it stands now. Where the sentence itself has changed there is no place for
the note; it is *stale*, and stays so until its sentence comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment as it stood when something was noted about it, with its neighbours ("" at an end)."""

    segment: int
    text: str
    before: str = ""
    after: str = ""


def passage_at(texts: Sequence[str], segment: int) -> Passage:
    """The passage at a segment of a document with these texts. Raises IndexError where there is none."""
    if segment < 0:
        raise IndexError(segment)
    after = texts[segment + 1] if segment + 1 < len(texts) else ""
    return Passage(segment, texts[segment], texts[segment - 1] if segment else "", after)


def find_passages(passages: Sequence[Passage], texts: Sequence[str]) -> list[int | None]:
    """For each passage the segment that it is now, None where its text is not there; no segment twice.

    Of several segments with a passage's text the one between the most of its old neighbours is chosen, then the
    nearest to its old place. Linear in the number of texts, for texts that do not repeat.
    """
    wanted: dict[str, list[int]] = {passage.text: [] for passage in passages}
    for segment, text in enumerate(texts):
        if text in wanted:
            wanted[text].append(segment)
    ranked = sorted(
        (_strangeness(passage, texts, segment), number, segment)
        for number, passage in enumerate(passages)
        for segment in wanted[passage.text]
    )
    found: list[int | None] = [None] * len(passages)
    taken: set[int] = set()
    for _, number, segment in ranked:
        if found[number] is None and segment not in taken:
            found[number] = segment
            taken.add(segment)
    return found


def _strangeness(passage: Passage, texts: Sequence[str], segment: int) -> tuple[int, int]:
    """How little a segment is in a passage's place: neighbours that differ, then the distance."""
    here = passage_at(texts, segment)
    differ = (here.before != passage.before) + (here.after != passage.after)
    return differ, abs(segment - passage.segment)
