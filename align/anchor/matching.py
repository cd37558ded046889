"""Which segment of a changed text is which segment of the old one.

Two segments are *the same* when their texts are equal up to white space and Unicode composition, so that a
file that was only wrapped anew has not changed. The matching is a patience diff (Bram Cohen): texts that
occur once on either side are firm points, and what lies between two firm points is looked at again on its
own. A text that is repeated is matched by its context only; where the context does not tell the repetitions
apart it is left unmatched rather than guessed, and so is a short text that stands alone in rewritten
surroundings ("Yes." is not the old "Yes." only because there is one in the new text too).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

NONE = -1  # no counterpart
TELLING = 20  # weight from which a stretch of text is not found in two places by accident
NEARBY = 8  # segments between two telling stretches up to which a short text is told by its place
_SMALL = 250_000  # old × new segments up to which repeated texts are searched for their longest common run

Range = tuple[int, int, int, int]  # old start, old end, new start, new end


def key(text: str) -> str:
    """What two segments must have in common to count as the same: NFC, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def weight(texts: Iterable[str]) -> int:
    """How much a stretch tells: its characters, those of East Asian scripts counted twice."""
    return sum(len(text) + sum(character > "⺀" for character in text) for text in texts)


def match(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each old key the position of its counterpart in ``new``, or ``NONE``.

    No position is given twice. Positions ascend, but for whole stretches of a weight of ``TELLING`` or more
    that changed their place. O(n log n) for texts that are mostly not repeated.
    """
    found = _in_order(old, new)
    _drop_accidents(old, new, found)
    _add_moved(old, new, found)
    return found


def is_ascending(found: Sequence[int]) -> list[bool]:
    """For each old position whether its counterpart lies on the path: the longest ascending chain of all."""
    matched = [(i, j) for i, j in enumerate(found) if j != NONE]
    on_path = [False] * len(found)
    for i, _ in longest_chain(matched):
        on_path[i] = True
    return on_path


def longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs`` (first members ascending) whose second members ascend too; O(n log n)."""
    tails: list[int] = []  # the smallest last value of a chain of each length
    ends: list[int] = []  # and the position in ``pairs`` that it comes from
    before: list[int] = []
    for position, (_, value) in enumerate(pairs):
        length = bisect_left(tails, value)
        before.append(ends[length - 1] if length else NONE)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [position]
    chain = []
    at = ends[-1] if ends else NONE
    while at != NONE:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _in_order(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """The ascending part of the matching."""
    found = [NONE] * len(old)
    ranges: list[Range] = [(0, len(old), 0, len(new))]
    while ranges:
        a, b, c, d = ranges.pop()
        while a < b and c < d and old[a] == new[c]:
            found[a] = c
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
            found[b] = d
        points = _firm_points(old, new, (a, b, c, d)) if a < b and c < d else []
        for i, j in points:
            found[i] = j
            ranges.append((a, i, c, j))
            a, c = i + 1, j + 1
        if points:
            ranges.append((a, b, c, d))
    return found


def _firm_points(old: Sequence[str], new: Sequence[str], where: Range) -> list[tuple[int, int]]:
    """Pairs of positions, both ascending, whose texts are certainly the same; the best kind that there is."""
    a, b, c, d = where
    in_old, in_new = Counter(old[a:b]), Counter(new[c:d])
    common = in_old.keys() & in_new.keys()
    if not common:
        return []
    for told in (
        {text for text in common if in_old[text] == in_new[text] == 1},
        {text for text in common if in_old[text] == in_new[text]},  # as often: the first is the first
    ):
        if told:
            places: dict[tuple[str, int], int] = {}
            for text, nth, j in _numbered(new, c, d, told):
                places[text, nth] = j
            pairs = [(i, places[text, nth]) for text, nth, i in _numbered(old, a, b, told)]
            return longest_chain(pairs)
    if (b - a) * (d - c) > _SMALL:
        return []
    run = SequenceMatcher(None, old, new, autojunk=False).find_longest_match(a, b, c, d)
    return [(run.a + k, run.b + k) for k in range(run.size)] if run.size > 1 else []


def _numbered(texts: Sequence[str], start: int, end: int, told: set[str]) -> list[tuple[str, int, int]]:
    """(text, how many times it came before, position) of the texts that are in ``told``."""
    seen: Counter[str] = Counter()
    result = []
    for position in range(start, end):
        text = texts[position]
        if text in told:
            result.append((text, seen[text], position))
            seen[text] += 1
    return result


def _runs(found: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches [start, end) of old positions whose counterparts follow each other without a gap."""
    runs: list[tuple[int, int]] = []
    for i, j in enumerate(found):
        if j == NONE:
            continue
        if runs and runs[-1][1] == i and found[i - 1] + 1 == j:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _drop_accidents(old: Sequence[str], new: Sequence[str], found: list[int]) -> None:
    """Take back short stretches that neither their weight nor their place tells from a chance likeness."""
    runs = _runs(found)
    telling = [(-1, -1)]  # last old and new position of a stretch that tells; the start of the texts does
    following: list[tuple[int, int]] = []
    strong = [weight(old[a:b]) >= TELLING for a, b in runs]
    strong = [
        s or (a == 0 == found[a]) or (b == len(old) and found[b - 1] == len(new) - 1)
        for s, (a, b) in zip(strong, runs, strict=True)
    ]
    nearest = (len(old), len(new))
    for (a, _), tells in zip(reversed(runs), reversed(strong), strict=True):
        following.append(nearest)
        nearest = (a, found[a]) if tells else nearest
    for (a, b), tells, after in zip(runs, strong, reversed(following), strict=True):
        if tells:
            telling.append((b - 1, found[b - 1]))
            continue
        before = telling[-1]
        if max(after[0] - before[0], after[1] - before[1]) > NEARBY + 1:
            found[a:b] = [NONE] * (b - a)


def _add_moved(old: Sequence[str], new: Sequence[str], found: list[int]) -> None:
    """Match stretches that stand elsewhere now: seeds that are left over once on either side, then grown."""
    free = [True] * len(new)
    for j in found:
        if j != NONE:
            free[j] = False
    left_old = Counter(old[i] for i, j in enumerate(found) if j == NONE)
    left_new = Counter(new[j] for j in range(len(new)) if free[j])
    seeds = {new[j]: j for j in range(len(new)) if free[j] and left_new[new[j]] == 1}
    for i, text in enumerate(old):
        if found[i] != NONE or left_old[text] != 1 or text not in seeds:
            continue
        j = seeds[text]
        if not free[j]:
            continue
        a, b, shift = i, i + 1, j - i
        while (
            a
            and a + shift
            and found[a - 1] == NONE
            and free[a - 1 + shift]
            and old[a - 1] == new[a - 1 + shift]
        ):
            a -= 1
        while (
            b < len(old)
            and b + shift < len(new)
            and found[b] == NONE
            and free[b + shift]
            and old[b] == new[b + shift]
        ):
            b += 1
        if weight(old[a:b]) >= TELLING:
            for k in range(a, b):
                found[k], free[k + shift] = k + shift, False
