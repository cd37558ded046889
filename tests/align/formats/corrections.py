"""Random edits of any text, and what must hold whatever they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from align.formats.read import read_bytes
from align.formats.rewrite import Edit, Rewritten, rewrite
from align.model import Extract

REPLACEMENT = st.one_of(
    st.sampled_from(["", "замена", "word", "ИГИЛ*", "a b", "«да»", "№ 5", "🙂"]),
    st.text(st.sampled_from("аb1 *_`[]()<>&;#!|\\~-–.?\n\t\u00a0"), max_size=8),
)


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with these edits, from the last to the first."""
    for edit in reversed(edits):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def edits_of(text: str, replacement: st.SearchStrategy[str] = REPLACEMENT) -> st.SearchStrategy[list[Edit]]:
    """Up to four edits that do not overlap; some insert, some delete."""
    cuts = st.lists(st.integers(0, len(text)), min_size=0, max_size=8).map(sorted)

    def paired(drawn: tuple[list[int], list[str]]) -> list[Edit]:
        places, new = drawn
        return [Edit(a, b, c) for a, b, c in zip(places[::2], places[1::2], new, strict=False)]

    return st.tuples(cuts, st.lists(replacement, min_size=4, max_size=4)).map(paired)


def as_compared(text: str, name: str) -> str:
    """The text without what may differ: kinds of line ends in plain text, gaps between subtitles."""
    if name.endswith((".srt", ".vtt")):
        return re.sub(r"\s+(?=字)|(?<=字)\s+", "", " ".join(text.split()))
    return re.sub(r"\r\n?", "\n", text) if name.endswith(".txt") else text


def check(data: bytes, name: str, edits: Sequence[Edit]) -> tuple[Extract, Rewritten]:
    """Rewrite, and see that the result reads as the text with exactly the applied edits."""
    before = read_bytes(data, name=name)
    result = rewrite(data, before, edits)
    after = read_bytes(result.data, name=name)
    assert as_compared(after.text, name) == as_compared(edited(before.text, result.applied), name)
    assert sorted([*result.applied, *(edit for edit, _ in result.refused)], key=str) == sorted(edits, key=str)
    assert result.applied or result.data == data
    return before, result
