"""The plain objects of the planter. Offsets are Unicode code points, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Side = Literal["source", "target"]
Family = Literal["terms", "annotations", "alignment", "figures"]


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences that translate each other; one side may be empty. The gaps are what stands behind each side.

    ``carrier`` names the strand of sentences of our own that the row belongs to ("": a row of the document
    itself).
    """

    id: int
    source: str
    target: str
    source_gap: str = "\n"
    target_gap: str = "\n"
    carrier: str = ""

    def side(self, side: Side) -> str:
        """The text of one side."""
        return self.source if side == "source" else self.target

    def gap(self, side: Side) -> str:
        """What follows the text of one side."""
        return self.source_gap if side == "source" else self.target_gap


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of one side of one row: ``row.side(side)[start:end]``."""

    row: int
    start: int
    end: int
    side: Side = "target"


@dataclass(frozen=True, slots=True)
class Bitext:
    """An original and its translation, row by row. ``order`` is that of the translation (row ids), () the
    rows' own.

    ``marks`` are the legal marks that were put into the translation, ``house`` their (status, place).
    """

    name: str
    source_lang: str
    target_lang: str
    rows: tuple[Row, ...]
    order: tuple[int, ...] = ()
    marks: tuple[Marked, ...] = ()
    house: tuple[str, str] = ("", "")

    def sequence(self, side: Side) -> tuple[Row, ...]:
        """The rows as they follow each other on one side."""
        if side == "source" or not self.order:
            return self.rows
        by_id = {row.id: row for row in self.rows}
        return tuple(by_id[row] for row in self.order)

    def text(self, side: Side) -> str:
        """The whole text of one side."""
        return "".join(row.side(side) + row.gap(side) for row in self.sequence(side))

    def starts(self, side: Side) -> dict[int, int]:
        """Where each row begins in ``text(side)``, by row id."""
        found, at = {}, 0
        for row in self.sequence(side):
            found[row.id] = at
            at += len(row.side(side)) + len(row.gap(side))
        return found


@dataclass(frozen=True, slots=True)
class Marked:
    """A legal mark in the translation: ``removal`` is " (…)", ``words`` what is inside, ``name`` what it
    stands behind.
    """

    name: str
    removal: Mention
    words: Mention


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of the glossary that the checker is given."""

    source: str
    target: str
    forbidden: str = ""
    translate: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One way to plant one error.

    Exactly one of: ``edits`` of target rows (mention, new words; the first is the error's place); ``omit``;
    ``insert`` behind ``row``; or a move of ``own`` behind row ``to``. ``footer`` is a line added at the end
    as well. ``rows`` are all rows that it touches, ``own`` those that are the error (default: ``rows``).
    ``subject`` is what it is about (one error a subject and document), ``related`` are the other mentions of
    it.
    """

    kind: str
    row: int
    rows: tuple[int, ...]
    subject: str
    own: tuple[int, ...] = ()
    edits: tuple[tuple[Mention, str], ...] = ()
    omit: bool = False
    insert: str = ""
    to: int | None = None
    footer: str = ""
    related: tuple[Mention, ...] = ()
    support: tuple[int, ...] = ()
    glossary: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class Plant:
    """A planted error. ``start``:``end`` is its place in the changed text of ``side`` (an omission's is in
    the original).

    ``row`` is the row's id, ``sentence`` its 0-based position in the original (for what was added: that of
    the row before it), ``rows`` the ids of all rows that are part of it. ``was`` and ``now`` are the words
    before and after ("" for none). ``related`` holds (side, start, end) of the other mentions of what it is
    about.
    """

    kind: str
    family: Family
    row: int
    sentence: int
    rows: tuple[int, ...]
    side: Side
    start: int
    end: int
    was: str
    now: str
    subject: str
    related: tuple[tuple[Side, int, int], ...] = ()
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class Planted:
    """A clean bitext, the same with errors, what they are, and the glossary that both are to be checked with."""

    clean: Bitext
    changed: Bitext
    plants: tuple[Plant, ...]
    glossary: tuple[Concept, ...] = field(default=())
