"""Chooses errors for a clean bitext and applies them. Pure: the same bitext, kinds and random generator give
the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise
from random import Random

from benchmarks.planting import figures, legal, sentences, terms
from benchmarks.planting.kinds import KINDS
from benchmarks.planting.model import Bitext, Change, Concept, Mention, Plant, Planted, Row, Side


def possible(bitext: Bitext, lower_words: Set[str] = frozenset()) -> dict[str, list[Change]]:
    """Every possible change, by kind."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in (
        *terms.changes(bitext, lower_words),
        *legal.changes(bitext),
        *sentences.changes(bitext),
        *figures.changes(bitext),
    ):
        found[change.kind].append(change)
    return dict(found)


def plant(
    bitext: Bitext,
    wanted: Mapping[str, int],
    rng: Random,
    lower_words: Set[str] = frozenset(),
    most: int = 40,
) -> Planted:
    """The bitext with errors planted at random: at most ``wanted[kind]`` of a kind, ``most`` in all.

    Kinds come in the order of ``wanted``, one of each in turn. No two errors are in the same or in
    neighbouring rows (in the order of either side), none in a row that another needs as its witness, and no
    two are about the same thing. Raises KeyError for a kind that there is not.
    """
    for kind in wanted:
        KINDS[kind]
    changes = possible(bitext, lower_words)
    chosen: list[Change] = []
    ground = _Ground(bitext)
    for round_number in range(max(wanted.values(), default=0)):
        for kind, count in wanted.items():
            if kind not in changes or round_number >= count or len(chosen) >= most:
                continue
            found = ground.pick(changes[kind], rng)
            if found is not None:
                chosen.append(found)
    return apply(bitext, chosen)


class _Ground:
    """Which rows and subjects are taken."""

    def __init__(self, bitext: Bitext) -> None:
        self.position = {row.id: at for at, row in enumerate(bitext.rows)}
        self.taken: set[int] = set()
        self.witnesses: set[int] = set()
        self.subjects: set[str] = set()
        self.concepts: dict[str, Concept] = {}
        self.footed = False

    def pick(self, changes: Sequence[Change], rng: Random) -> Change | None:
        """A change that fits beside the chosen ones, at random by row and then by what it does; None if none
        does.
        """
        by_row: dict[int, list[Change]] = defaultdict(list)
        for change in changes:
            if self.fits(change):
                by_row[change.row].append(change)
        if not by_row:
            return None
        change = rng.choice(by_row[rng.choice(sorted(by_row))])
        self.take(change)
        return change

    def fits(self, change: Change) -> bool:
        """Whether its rows and what it is about are free."""
        at = {self.position[row] for row in change.rows}
        around = {place + step for place in at for step in (-1, 0, 1)}
        witnesses = {self.position[row] for row in change.support}
        if around & self.taken or at & self.witnesses or witnesses & self.taken:
            return False
        if any(_same_thing(change.subject, other) for other in self.subjects):
            return False
        if change.footer and self.footed:
            return False
        return all(self.concepts.get(c.target, c) == c for c in change.glossary)

    def take(self, change: Change) -> None:
        """Marks what it uses as taken."""
        self.taken |= {self.position[row] for row in change.rows}
        self.witnesses |= {self.position[row] for row in change.support}
        self.subjects.add(change.subject)
        self.concepts |= {c.target: c for c in change.glossary}
        self.footed = self.footed or bool(change.footer)


def _same_thing(one: str, other: str) -> bool:
    """Whether two subjects are the same, or one name is part of the other."""
    return one == other or f" {one} " in f" {other} " or f" {other} " in f" {one} "


def apply(bitext: Bitext, changes: Collection[Change]) -> Planted:
    """The bitext with these changes, and where they are in it. Their rows must not overlap."""
    rows = {row.id: row for row in bitext.rows}
    order = [row.id for row in bitext.rows]
    added: dict[int, Row] = {}  # by the place of the change in ``changes``
    next_id = 1 + max(rows, default=-1)
    for number, change in enumerate(changes):
        if change.edits:
            rows[change.row] = replace(rows[change.row], target=edited(rows[change.row].target, change.edits))
        if change.omit:
            _omit(rows, order, change.row)
        if change.insert or change.footer:
            before = change.row if change.insert else order[-1]
            gap = rows[before].target_gap if change.insert else "\n"
            new = Row(next_id, "", change.insert or change.footer, source_gap="", target_gap=gap)
            if change.footer and not rows[before].target_gap.endswith("\n"):
                rows[before] = replace(rows[before], target_gap="\n")
            rows[next_id] = added[number] = new
            order.insert(order.index(before) + 1, next_id)
            next_id += 1
    source_order = list(order)
    for change in changes:
        if change.to is not None:
            order = [row for row in order if row not in change.own]
            at = order.index(change.to) + 1
            order[at:at] = change.own
    changed = replace(
        bitext, rows=tuple(rows[row] for row in source_order), order=tuple(order) if order != source_order else (),
        marks=(),
    )  # fmt: skip
    plants = _plants(bitext, changed, list(changes), added)
    concepts = {c: None for change in changes for c in change.glossary}
    return Planted(bitext, changed, plants, tuple(concepts))


def edited(text: str, edits: Sequence[tuple[Mention, str]]) -> str:
    """The text with each stretch replaced; stretches must not overlap."""
    for mention, new in sorted(edits, key=lambda edit: -edit[0].start):
        text = text[: mention.start] + new + text[mention.end :]
    return text


def _omit(rows: dict[int, Row], order: Sequence[int], row: int) -> None:
    """Takes a row's translation out; a line break behind it stays with the row before."""
    gone = rows[row]
    rows[row] = replace(gone, target="", target_gap="")
    at = order.index(row)
    if at and gone.target_gap.endswith("\n") and not rows[order[at - 1]].target_gap.endswith("\n"):
        rows[order[at - 1]] = replace(rows[order[at - 1]], target_gap=gone.target_gap)


def _shift(mention: Mention, edits: Sequence[tuple[Mention, str]]) -> int:
    """How far the place of a mention moves by the edits before it in its row."""
    return sum(
        len(new) - (at.end - at.start) for at, new in edits if at.end <= mention.start and at != mention
    )


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _plants(
    clean: Bitext, changed: Bitext, changes: Sequence[Change], added: Mapping[int, Row]
) -> tuple[Plant, ...]:
    starts: dict[Side, dict[int, int]] = {
        "source": changed.starts("source"),
        "target": changed.starts("target"),
    }
    sentence = {row.id: at for at, row in enumerate(clean.rows)}
    originals = {row.id: row for row in clean.rows}
    all_edits = {change.row: change.edits for change in changes if change.edits}
    gone = {change.row for change in changes if change.omit}
    found = []
    for number, change in enumerate(changes):
        row, side, own = originals[change.row], "target", change.own or change.rows
        was = now = ""
        if change.omit:
            side, was, at, length = "source", row.target, 0, len(row.source)
        elif change.insert:
            row, own = added[number], (added[number].id,)
            at, length, now = 0, len(row.target), row.target
        elif change.to is not None:
            at, length = 0, _length(changed, change.own)
            was = now = ""
        else:
            mention, now = change.edits[0]
            at, length = mention.start + _shift(mention, change.edits), len(now)
            was = row.target[mention.start : mention.end]
            own = (*own, added[number].id) if number in added else own
        place = starts["source" if side == "source" else "target"][row.id] + at
        related = []
        for mention in change.related:
            if mention.row in gone or any(_overlap(mention, at) for at, _ in all_edits.get(mention.row, ())):
                continue  # another error has taken it away
            begin = starts["target"][mention.row] + mention.start
            begin += _shift(mention, all_edits.get(mention.row, ()))
            related.append(("target", begin, begin + mention.end - mention.start))
        found.append(
            Plant(
                change.kind, KINDS[change.kind], row.id, sentence[change.row], own,
                "source" if side == "source" else "target", place, place + length, was, now, change.subject,
                tuple(("target", a, b) for _, a, b in related), originals[change.row].carrier,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda p: (p.sentence, p.kind)))


def _length(bitext: Bitext, rows: Sequence[int]) -> int:
    """From the beginning of the first to the end of the last of rows that stand together in the translation."""
    starts = bitext.starts("target")
    by_id = {row.id: row for row in bitext.rows}
    return starts[rows[-1]] + len(by_id[rows[-1]].target) - starts[rows[0]]


def neighbours(bitext: Bitext) -> set[tuple[int, int]]:
    """Pairs of rows that follow each other on either side."""
    sides: tuple[Side, Side] = ("source", "target")
    return {(a.id, b.id) for side in sides for a, b in pairwise(bitext.sequence(side))}
