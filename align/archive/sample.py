"""A sample of an archive's beads for people to judge, stratified by confidence.

All beads with both sides are put in order of confidence and cut into strata of as equal a size as equal confidences
allow (they are counted in steps of a ten-thousandth). Each stratum gives draws in proportion to its size, at least
two, without replacement. A bead's turn is decided by a hash of the seed, the pair's paths and its segments, so that
the same archive gives the same sample whatever order its pairs were aligned in, by however many workers.

Every bead is looked at once. Only the ``HELD * n`` first in turn are remembered, of which each stratum needs a part.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.archive.audit import Stratum
from align.errors import UsageError
from align.model import Alignment, Document
from align.store import migrations
from align.store.file import plain_errors

if TYPE_CHECKING:
    from sqlite_utils import Database

    from align.archive.store import Archive

STRATA = 5
HELD = 20  # beads remembered for each that is drawn
STEPS_OF_CONFIDENCE = 10_000
MOST = 100_000
NAME = "archive samples"

Turn = tuple[int, int, int, float]
"""A bead's hash, its pair's number, its position in the pair from 0, its confidence."""


@dataclass(frozen=True, slots=True)
class Item:
    """A bead of the sample with its neighbours. ``id`` is that of pair and bead, both counted from 1: p417-b23."""

    id: str
    stratum: int
    source: str
    target: str
    source_before: str = ""
    source_after: str = ""
    target_before: str = ""
    target_after: str = ""
    source_document: str = ""
    target_document: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn, in the order in which people see it: by turn, so that strata are mixed.

    ``name`` is made of the seed and of what was drawn; ``signature`` that of the alignments.
    """

    name: str
    seed: int
    strata: tuple[Stratum, ...]
    items: tuple[Item, ...]
    signature: str

    @property
    def beads(self) -> int:
        """How many beads the sample stands for."""
        return sum(stratum.beads for stratum in self.strata)


def draw(
    archive: Archive,
    n: int,
    *,
    seed: int = 1,
    strata: int = STRATA,
    progress: Callable[[int, int], None] | None = None,
) -> Sample:
    """Draws ``n`` beads (all, where there are fewer).

    Raises UsageError for a size that cannot be drawn, or where nothing is aligned; StoreError.
    """
    if not 1 <= n <= MOST or not 1 <= strata <= n:
        raise UsageError(
            f"a sample of {n} beads in {strata} strata cannot be drawn",
            hint=f"Ask for 1 to {MOST:,} beads, and for no more strata than beads",
        )
    total = archive.counts()["done"]
    sizes: dict[int, int] = {}
    held: list[Turn] = []
    runs: dict[str, None] = {}
    for done, (record, alignment) in enumerate(archive.alignments(), start=1):
        runs.setdefault(str(alignment.signature))
        for turn in turns(alignment, record.number, f"{record.source}\n{record.target}", seed):
            step = _step(turn[3])
            sizes[step] = sizes.get(step, 0) + 1
            _hold(held, turn, HELD * n)
        if progress is not None:
            progress(done, total)
    if not sizes:
        raise UsageError(
            "there is no bead to judge in it",
            where=str(archive.path),
            hint="Align its pairs first: `concord archive align`",
        )
    chosen, made = allotted(sizes, [(-t[0], *t[1:]) for t in held], n, strata)
    items = tuple(_items(archive, chosen))
    told = json.dumps([seed, [item.id for item in items], [(s.beads, s.drawn) for s in made]])
    name = hashlib.sha256(told.encode()).hexdigest()[:12]
    return Sample(name, seed, made, items, " + ".join(runs))


def turns(alignment: Alignment, pair: int, paths: str, seed: int) -> Iterator[Turn]:
    """The turns of the beads of one pair that have both sides."""
    for at, bead in enumerate(alignment.beads):
        if bead.source and bead.target:
            told = f"{seed}\n{paths}\n{bead.source}\n{bead.target}"
            digest = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            yield int.from_bytes(digest, "big"), pair, at, bead.confidence


def _hold(held: list[Turn], turn: Turn, most: int) -> None:
    """Keeps the ``most`` first turns in a heap, the last of them at its top (hence the sign)."""
    entry = (-turn[0], *turn[1:])
    if len(held) < most:
        heapq.heappush(held, entry)
    elif entry > held[0]:
        heapq.heapreplace(held, entry)


def _step(confidence: float) -> int:
    return min(STEPS_OF_CONFIDENCE - 1, int(confidence * STEPS_OF_CONFIDENCE))


def allotted(
    sizes: Mapping[int, int], held: Iterable[Turn], n: int, strata: int
) -> tuple[list[tuple[int, Turn]], tuple[Stratum, ...]]:
    """The beads drawn, by turn, each with its stratum (from 1), and the strata. ``sizes`` counts beads by step."""
    groups = _cut(sizes, strata)
    counts = [sum(sizes[step] for step in steps) for steps in groups]
    wanted = _shares(counts, n)
    home = {step: number for number, steps in enumerate(groups) for step in steps}
    drawn: list[list[Turn]] = [[] for _ in groups]
    for turn in sorted(held):
        mine = drawn[home[_step(turn[3])]]
        if len(mine) < wanted[home[_step(turn[3])]]:
            mine.append(turn)
    chosen = sorted(
        ((number + 1, turn) for number, own in enumerate(drawn) for turn in own), key=lambda c: c[1]
    )
    made = tuple(
        Stratum(
            number + 1,
            beads,
            len(drawn[number]),
            low=groups[number][0] / STEPS_OF_CONFIDENCE,
            high=(groups[number][-1] + 1) / STEPS_OF_CONFIDENCE,
        )
        for number, beads in enumerate(counts)
    )
    return chosen, made


def _cut(sizes: Mapping[int, int], strata: int) -> list[list[int]]:
    """Neighbouring steps of confidence in groups of about equal size: each takes its part of what is left."""
    groups: list[list[int]] = [[]]
    left, size = sum(sizes.values()), 0
    for step in sorted(sizes):
        if size * (strata - len(groups) + 1) >= left:
            left, size = left - size, 0
            groups.append([])
        groups[-1].append(step)
        size += sizes[step]
    return groups


def _shares(counts: Sequence[int], n: int) -> list[int]:
    """Draws in proportion to the counts, by largest remainders; two at least, and never more than there are."""
    total = sum(counts)
    n = min(n, total)
    exact = [n * count / total for count in counts]
    found = [min(count, max(2, int(share))) for count, share in zip(counts, exact, strict=True)]
    order = sorted(range(len(counts)), key=lambda i: (int(exact[i]) - exact[i], i))
    while sum(found) < n:
        before = sum(found)
        for i in order:
            if sum(found) < n and found[i] < counts[i]:
                found[i] += 1
        if sum(found) == before:
            break
    while sum(found) > n and max(found) > 2:
        found[found.index(max(found))] -= 1
    return found


def _items(archive: Archive, chosen: Sequence[tuple[int, Turn]]) -> Iterator[Item]:
    """The beads with their texts; each pair is read once."""
    by_pair: dict[int, list[int]] = {}
    for at, (_, turn) in enumerate(chosen):
        by_pair.setdefault(turn[1], []).append(at)
    found: dict[int, Item] = {}
    for number, places in by_pair.items():
        record, alignment = archive.pair(number), archive.alignment(number)
        for at in places:
            stratum, turn = chosen[at]
            found[at] = _item(alignment, number, turn[2], stratum, (record.source, record.target))
    return (found[at] for at in range(len(chosen)))


def _item(alignment: Alignment, pair: int, position: int, stratum: int, paths: tuple[str, str]) -> Item:
    bead = alignment.beads[position]
    before, after = _neighbours(alignment.source, bead.source)
    earlier, later = _neighbours(alignment.target, bead.target)
    return Item(
        f"p{pair}-b{position + 1}", stratum, _joined(alignment.source, bead.source),
        _joined(alignment.target, bead.target), before, after, earlier, later, *paths,
    )  # fmt: skip


def _joined(document: Document, ids: Sequence[int]) -> str:
    return " ".join(" ".join(document.segment_text(number).split()) for number in ids)


def _neighbours(document: Document, ids: Sequence[int]) -> tuple[str, str]:
    """The segments before and behind, "" at either end of the text."""
    first, last = min(ids) - 1, max(ids) + 1
    return (
        _joined(document, [first]) if first >= 0 else "",
        _joined(document, [last]) if last < len(document.segments) else "",
    )


# Kept in the archive


def _tables(db: Database) -> None:
    db.execute(
        """CREATE TABLE samples (
        name TEXT PRIMARY KEY,
        seed INTEGER NOT NULL,
        strata TEXT NOT NULL,         -- JSON: [number, beads, drawn, low, high]
        ids TEXT NOT NULL,            -- JSON: the beads' ids, each with the number of its stratum
        signature TEXT NOT NULL
        )"""
    )


def _migrated(archive: Archive) -> None:
    with archive.transaction():
        migrations.migrate(archive.db, NAME, (_tables,), where=str(archive.path))


def keep(archive: Archive, sample: Sample) -> None:
    """Remembers in the archive what was drawn, so that a sheet that comes back can be told from others."""
    _migrated(archive)
    strata = [(s.number, s.beads, s.drawn, s.low, s.high) for s in sample.strata]
    ids = {item.id: item.stratum for item in sample.items}
    with archive.transaction():
        archive.db.execute(
            "INSERT OR REPLACE INTO samples (name, seed, strata, ids, signature) VALUES (?, ?, ?, ?, ?)",
            [sample.name, sample.seed, json.dumps(strata), json.dumps(ids), sample.signature],
        )


def kept(archive: Archive, name: str) -> tuple[tuple[Stratum, ...], dict[str, int]]:
    """The strata of a sample and the strata of its ids. Raises UsageError for one that was not drawn from it."""
    row = None
    with plain_errors(archive.path):
        (there,) = archive.db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'samples'").fetchone()
        if there:
            row = archive.db.execute("SELECT strata, ids FROM samples WHERE name = ?", [name]).fetchone()
    if row is None:
        raise UsageError(
            f"the sample {name} was not drawn from this archive",
            where=str(archive.path),
            hint="Give the archive that the sheet is from",
        )
    strata = tuple(
        Stratum(number, beads, drawn, low=low, high=high)
        for number, beads, drawn, low, high in json.loads(row[0])
    )
    return strata, json.loads(row[1])
