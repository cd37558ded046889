"""Compares findings with planted errors. Pure; findings are plain objects as ``concord check --jsonl`` prints
them.

**New** is a finding of the changed text whose fingerprint the clean text did not have, nor the same code at
the same words of the same row (texts shift, so places are compared by row).

**Found** is a planted error if a new finding of its own family (by the first letter of its code) has its
place, or a place of its evidence, in a row of the error, on either side. ``found_by_any`` counts findings of
every family.

**Explained** is a new finding that has its place or a place of its evidence in a row of any planted error (an
omitted sentence does take numbers and names with it), or that belongs to the family of an error and has its
own place at another mention of what that error is about (the other spelling of the name, the other mark of
the organisation). All others count against precision, however reasonable they are. A place that covers more
than ``WIDEST`` rows is no place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.planting.kinds import LETTERS
from benchmarks.planting.model import Bitext, Plant, Planted, Side

Finding = Mapping[str, Any]
WIDEST = 6  # rows


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one document: which errors were found by which codes, and which new findings were
    explained.
    """

    found: tuple[tuple[Plant, tuple[str, ...]], ...]  # with the codes of its own family
    found_by_any: tuple[tuple[Plant, tuple[str, ...]], ...]
    new: tuple[Finding, ...]
    unexplained: tuple[Finding, ...]


class Places:
    """Finds the rows at a place of one version. ``files`` says which file is which side."""

    def __init__(self, bitext: Bitext, files: Mapping[str, Side]) -> None:
        self.files = files
        self.rows: dict[Side, list[tuple[int, int, int]]] = {}
        sides: tuple[Side, Side] = ("source", "target")
        for side in sides:
            starts = bitext.starts(side)
            self.rows[side] = [
                (starts[row.id], starts[row.id] + len(row.side(side)), row.id)
                for row in bitext.sequence(side)
                if row.side(side)
            ]

    def side(self, document: str) -> Side | None:
        """Which side a document is, by its file name; None if it is neither."""
        return self.files.get(document.rpartition("/")[2])

    def at(self, place: Mapping[str, Any]) -> tuple[int, ...]:
        """The ids of the rows that a place touches; none if it is wider than ``WIDEST`` or nowhere."""
        side = self.side(str(place.get("document", "")))
        start, end = place.get("start"), place.get("end")
        if side is None or not isinstance(start, int) or not isinstance(end, int):
            return ()
        spans = self.rows[side]
        first = max(0, bisect_right(spans, (start, 1 << 60, 0)) - 1)
        touched = []
        for begin, stop, row in spans[first:]:
            if begin >= max(end, start + 1):
                break
            if stop > start:
                touched.append(row)
        return tuple(touched) if len(touched) <= WIDEST else ()


def evidence(finding: Finding) -> Iterator[Mapping[str, Any]]:
    """The places of a finding's evidence that are places."""
    for one in finding.get("evidence") or ():
        if isinstance(one, dict):
            yield one


def touched(finding: Finding, places: Places) -> set[int]:
    """The rows of a finding's place and evidence."""
    return {row for place in (finding, *evidence(finding)) for row in places.at(place)}


def new_findings(
    clean: Iterable[Finding], changed: Iterable[Finding], before: Places, after: Places
) -> list[Finding]:
    """The findings of the changed text that the clean one did not have (see the module's text)."""
    known = list(clean)
    prints = {f["fingerprint"] for f in known if f.get("fingerprint")}
    keys = {_key(f, before) for f in known}
    return [f for f in changed if f.get("fingerprint") not in prints and _key(f, after) not in keys]


def _key(finding: Finding, places: Places) -> tuple[object, ...]:
    side = places.side(str(finding.get("document", "")))
    return finding.get("code"), side, places.at(finding)[:1], finding.get("text")


def judge(
    planted: Planted, clean: Sequence[Finding], changed: Sequence[Finding], files: Mapping[str, Side]
) -> Verdict:
    """What became of the errors and the findings of one document."""
    before, after = Places(planted.clean, files), Places(planted.changed, files)
    new = new_findings(clean, changed, before, after)
    rows = [touched(finding, after) for finding in new]
    own: dict[int, list[str]] = defaultdict(list)
    everyone: dict[int, list[str]] = defaultdict(list)
    unexplained = []
    for finding, where in zip(new, rows, strict=True):
        code = str(finding.get("code", ""))
        explained = False
        for number, plant in enumerate(planted.plants):
            if where & set(plant.rows):
                explained = True
                everyone[number].append(code)
                if code.startswith(LETTERS[plant.family]):
                    own[number].append(code)
            elif code.startswith(LETTERS[plant.family]) and _at_related(finding, plant, after):
                explained = True
        if not explained:
            unexplained.append(finding)
    return Verdict(
        tuple((p, tuple(sorted(set(own[n])))) for n, p in enumerate(planted.plants)),
        tuple((p, tuple(sorted(set(everyone[n])))) for n, p in enumerate(planted.plants)),
        tuple(new),
        tuple(unexplained),
    )


def _at_related(finding: Finding, plant: Plant, places: Places) -> bool:
    side = places.side(str(finding.get("document", "")))
    start, end = int(finding.get("start", 0)), int(finding.get("end", 0))
    return any(side == other and start < stop and end > begin for other, begin, stop in plant.related)


def family_of(code: str) -> str:
    """The family that a code belongs to, "" for none."""
    return next((family for family, letter in LETTERS.items() if code.startswith(letter)), "")


@dataclass(slots=True)
class Tally:
    """Counts of one pair of languages: by kind (planted, found, found by any) and by family (new,
    unexplained).
    """

    planted: Counter[str]
    found: Counter[str]
    found_by_any: Counter[str]
    natural: Counter[str]
    new: Counter[str]
    unexplained: Counter[str]
    places: list[int]

    @classmethod
    def empty(cls) -> Tally:
        """Nothing counted yet."""
        return cls(Counter(), Counter(), Counter(), Counter(), Counter(), Counter(), [])

    def add(self, verdict: Verdict) -> None:
        """Counts one document."""
        for plant, codes in verdict.found:
            self.planted[plant.kind] += 1
            self.natural[plant.kind] += not plant.carrier
            self.found[plant.kind] += bool(codes)
        for plant, codes in verdict.found_by_any:
            self.found_by_any[plant.kind] += bool(codes)
        for finding in verdict.new:
            self.new[family_of(str(finding.get("code", "")))] += 1
            self.places.append(1 + sum(1 for _ in evidence(finding)))
        for finding in verdict.unexplained:
            self.unexplained[family_of(str(finding.get("code", "")))] += 1
