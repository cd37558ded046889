"""Where segments of an old text are in a new one: the same texts, or the place where they were; pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from align.anchor.matching import NONE, is_ascending, key, match

Ids = tuple[int, ...]
_PREFIX = 4  # characters by which the segment is found that a text may begin with
_REACH = 8  # segments around a place in which a text is looked for
_COMPARED = 900  # old × new segments up to which the most similar new text is looked for


class Trace:
    """The way from the segments of an old text to those of a new one. ``n`` and ``m`` are their numbers."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.n, self.m = len(old), len(new)
        self._old, self._new = [key(text) for text in old], [key(text) for text in new]
        self.found = match(self._old, self._new)
        self.on_path = is_ascending(self.found)
        self._matched = {j for j in self.found if j != NONE}
        self._path = [i for i in range(self.n) if self.on_path[i]]
        self._gaps: dict[int, list[int]] = {}  # by the segment before the gap, since each is asked for often
        self._starts: dict[str, list[int]] | None = None

    def images(self, ids: Ids) -> Ids | None:
        """The new segments that hold the texts of ``ids`` and nothing else, one after the other; else None.

        They may be cut in another way than the old ones.
        """
        images = tuple(self.found[i] for i in ids)
        if NONE not in images:
            return images if _follow(images) else None
        before, after = self.gap(ids)
        own = set(images)
        wanted = [self._old[i] for i in ids]
        return self._only(wanted, range(before + 1, after), lambda j: j in own or j not in self._matched)

    def straight(self, ids: Ids) -> bool:
        """Whether none of these segments changed its place among the others."""
        return all(self.on_path[i] or self.found[i] == NONE for i in ids)

    def undisturbed(self, ids: Ids) -> bool:
        """Whether ``images(ids)`` have the same neighbours as ``ids``, or the same end of the text."""
        first, last = self.found[ids[0]], self.found[ids[-1]]
        before = self.found[ids[0] - 1] == first - 1 if ids[0] else first == 0
        after = self.found[ids[-1] + 1] == last + 1 if ids[-1] + 1 < self.n else last == self.m - 1
        return before and after and first != NONE and last != NONE

    def joined(self, before: int) -> bool:
        """Whether what stood right after the segment ``before`` (-1: the start) still does."""
        left = self.found[before] if before >= 0 else -1
        right = self.found[before + 1] if before + 1 < self.n else self.m
        return (before < 0 or left != NONE) and right != NONE and left + 1 == right

    def gap(self, ids: Ids) -> tuple[int, int]:
        """The new segments between which the place of ``ids`` is: those of the nearest firm neighbours."""
        k = bisect_left(self._path, ids[0])
        before = self.found[self._path[k - 1]] if k else -1
        k = bisect_right(self._path, ids[-1])
        return before, self.found[self._path[k]] if k < len(self._path) else self.m

    def near(self, ids: Ids) -> Ids:
        """The new segments that stand where ``ids`` stood, as well as can be told; empty if they are gone."""
        near = {j for i in ids if (j := self._nearest(i)) != NONE}
        if near and max(near) - min(near) < 2 * len(ids) + 2:
            near = set(range(min(near), max(near) + 1))
        return tuple(sorted(near))

    def search(self, texts: Sequence[str], near: Ids) -> Ids | None:
        """The only new segments around ``near`` that hold these texts, however they are cut; else None."""
        around = range(max(0, min(near) - _REACH), min(self.m, max(near) + _REACH + 1)) if near else range(0)
        return self._only([key(text) for text in texts], around, lambda j: True)

    def _nearest(self, i: int) -> int:
        """The counterpart of old segment ``i``, or the new segment in its place, or ``NONE``."""
        if self.found[i] != NONE:
            return self.found[i]
        k = bisect_left(self._path, i)
        start = self._path[k - 1] + 1 if k else 0
        end = self._path[k] if k < len(self._path) else self.n
        free = self._free(*self.gap((i,)))
        if not free:
            return NONE
        if (end - start) * len(free) <= _COMPARED:
            compared = SequenceMatcher(None, "", self._old[i], autojunk=False)
            ratios = []
            for j in free:
                compared.set_seq1(self._new[j])
                ratios.append(compared.ratio())
            best = max(ratios)
            if best >= 0.5:
                return free[ratios.index(best)]
        return free[min(len(free) - 1, (i - start) * len(free) // (end - start))]

    def _free(self, before: int, after: int) -> list[int]:
        """The new segments between these two that are no old one's counterpart."""
        if before not in self._gaps:
            self._gaps[before] = [j for j in range(before + 1, after) if j not in self._matched]
        return self._gaps[before]

    def _only(self, wanted: Sequence[str], places: range, free: Callable[[int], bool]) -> Ids | None:
        """The only run of free new segments in ``places`` with the text of ``wanted``; None if not one."""
        text = _squeezed(wanted)
        if len(text) < _PREFIX:
            return None
        candidates = self._beginning_with(text[:_PREFIX])
        runs = []
        for j in candidates[bisect_left(candidates, places.start) : bisect_left(candidates, places.stop)]:
            end, length = j, 0
            while length < len(text) and end < places.stop and free(end):
                length += len(_squeezed(self._new[end : end + 1]))
                end += 1
            run = self._new[j:end]
            if length == len(text) and _squeezed(run) == text and _same_spacing(wanted, run):
                runs.append(tuple(range(j, end)))
        return runs[0] if len(runs) == 1 else None

    def _beginning_with(self, prefix: str) -> list[int]:
        """The new segments at which a text can begin that begins like this, white space left out."""
        if self._starts is None:
            self._starts = {}
            tail = ""
            for j in range(self.m - 1, -1, -1):
                tail = (_squeezed(self._new[j : j + 1]) + tail)[:_PREFIX]
                self._starts.setdefault(tail, []).append(j)
            for places in self._starts.values():
                places.reverse()
        return self._starts.get(prefix, [])


def _squeezed(keys: Iterable[str]) -> str:
    return "".join(keys).replace(" ", "")


def _same_spacing(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two cuts of one text have their spaces in the same places, those at the cuts left aside."""
    (spaces, cuts), (other_spaces, other_cuts) = _spacing(old), _spacing(new)
    return not (spaces ^ other_spaces) - cuts - other_cuts


def _spacing(keys: Sequence[str]) -> tuple[set[int], set[int]]:
    """How many other characters come before each space, and before each cut."""
    spaces, cuts, at = set(), set(), 0
    for text in keys:
        for word in text.split(" "):
            at += len(word)
            spaces.add(at)
        cuts.add(at)
    return spaces, cuts


def _follow(ids: Sequence[int]) -> bool:
    return list(ids) == list(range(ids[0], ids[0] + len(ids))) if ids else True
