"""What of a unit a format carries, and the report of what it does not.

Every format says with a :class:`Room` what it has a place for. :func:`carry` leaves out of a unit what has none: what
is read back of a file is exactly what ``carry`` gave, and what it left out is what the report names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from align.formats.bitext.units import Head, Unit
from align.text import join_segments

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (production [2], Char)."""
NOT_UTF8 = re.compile("[\ud800-\udfff]")
BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Characters at which some program ends a line."""

KINDS = {
    "texts": "the texts are not in it; keep them beside it, a segment a line",
    "nulls": "segments without a counterpart are left out",
    "versions": "further versions are left out",
    "joined": "units whose sentences are joined",
    "order": "beads that changed their place stand as segments without a counterpart",
    "breaks": "line breaks became spaces",
    "characters": "characters that the format cannot hold became U+FFFD",
    "long": "texts that are too long for the format are cut",
    "state": "decisions of people are not kept",
    "moved": "marks of blocks that changed place are not kept",
    "doubtful": "marks of doubtful beads are not kept",
    "confidence": "confidences are not kept",
    "least": "of the confidences of several versions only the least is kept",
    "score": "scores of the aligner are not kept",
    "languages": "the languages are not named in it; name them with --langs when it is read",
    "names": "the names of the documents are not kept",
    "signature": "what the alignment was made with is not kept",
}
"""Every kind of loss, and what is said of it."""

Nulls = Literal["all", "source", "none"]


@dataclass(frozen=True, slots=True)
class Room:
    """What a format has a place for; by default everything.

    ``nulls``: units with text in one version only, "source": of the first version only. ``cuts``: where one
    sentence of a unit ends. ``forbidden`` characters become U+FFFD, ``breaks`` become spaces, ``shorten`` cuts
    a text that is too long. Confidences have four decimals unless ``exact``; without
    ``pairs`` there is one for all versions. ``languages``
    are named in the file, or only where there are three or more. ``in_head``: what becomes U+FFFD in names and
    signatures, if that is more or less than in texts.
    """

    several: bool = True
    nulls: Nulls = "all"
    cuts: bool = True
    state: bool = True
    moved: bool = True
    doubtful: bool = True
    confidence: bool = True
    exact: bool = False
    pairs: bool = True
    score: bool = False
    ids: bool = False
    languages: Literal["all", "three", "none"] = "all"
    names: bool = True
    signature: bool = True
    forbidden: re.Pattern[str] | None = None
    breaks: re.Pattern[str] | None = None
    shorten: Callable[[str], str] | None = None
    in_head: re.Pattern[str] | None = None


@dataclass(slots=True)
class Losses:
    """What a conversion has lost, counted while it runs."""

    format: str
    units: int = 0
    written: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    characters: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """A line for each kind of loss, what texts lose first."""
        found = [f"{KINDS[kind]}{self._count(kind)}" for kind in KINDS if self.counts[kind]]
        return [*self.warnings, *found]

    def _count(self, kind: str) -> str:
        if kind in ("texts", "languages", "names", "signature"):
            return ""
        which = f" ({self.which()})" if kind == "characters" else ""
        return f": {self.counts[kind]:,}{which}"

    def which(self) -> str:
        """The first of the characters that were lost."""
        return ", ".join(f"U+{ord(char):04X}" for char in sorted(self.characters)[:5])

    def of_texts(self) -> tuple[str, ...]:
        """The warnings of an export: what happened to texts themselves."""
        count = sum(self.characters.values())
        noun = "character" if count == 1 else "characters"
        lost = f"{self.format}: {count} {noun} that it cannot hold became U+FFFD: {self.which()}"
        long = f"{self.format}: {KINDS['long']}: {self.counts['long']:,}"
        return (*([lost] if count else []), *([long] if self.counts["long"] else []))

    def to_json(self) -> dict[str, Any]:
        """The report as an object."""
        return {
            "format": self.format,
            "units": self.units,
            "written": self.written,
            "losses": [
                {"kind": kind, "what": KINDS[kind], "count": self.counts[kind]}
                for kind in KINDS
                if self.counts[kind]
            ],
            "characters": [f"U+{ord(char):04X}" for char in sorted(self.characters)],
            "warnings": list(self.warnings),
        }


def carry_head(head: Head, room: Room, losses: Losses | None = None) -> Head:
    """The head as it is read back."""
    found = losses or Losses("")
    if not room.several and len(head.langs) > 2:
        found.counts["versions"] += len(head.langs) - 2
        head = replace(head, langs=head.langs[:2], names=head.names[:2])
    if room.languages == "none" or (room.languages == "three" and len(head.langs) < 3):
        found.counts["languages"] += 1
        head = replace(head, langs=("und",) * len(head.langs))
    if not room.names and any(head.names):
        found.counts["names"] += 1
        head = replace(head, names=())
    if not room.signature and head.signatures:
        found.counts["signature"] += 1
        head = replace(head, signatures=())
    pattern = room.in_head or room.forbidden
    if pattern:
        clean = pattern.sub
        head = replace(
            head,
            names=tuple(clean("\ufffd", name) for name in head.names),
            signatures=tuple(clean("\ufffd", one) for one in head.signatures),
        )
    return head


def carried(head: Head, units: Iterable[Unit], room: Room, losses: Losses) -> Iterator[Unit]:
    """The units as they are read back, numbered anew; what they lose is counted."""
    for unit in units:
        losses.units += 1
        kept = carry(unit, room, head.langs, losses)
        if kept is not None:
            losses.written += 1
            yield kept


def carry(unit: Unit, room: Room, langs: tuple[str, ...], losses: Losses) -> Unit | None:
    """What of a unit a format carries; None where it is left out."""
    counts = losses.counts
    if len(unit.sides) > 2 and not room.several:
        unit = replace(unit, sides=unit.sides[:2], confidences=unit.confidences[:1], ids=unit.ids[:2])
    if room.nulls != "all" and unit.filled < 2 and (room.nulls == "none" or not unit.sides[0]):
        counts["nulls"] += sum(map(len, unit.sides))
        return None
    sides = _texts(unit, room, langs, losses)
    confidences = unit.confidences
    if not room.confidence:
        counts["confidence"] += any(c is not None for c in confidences)
        confidences = (None,) * len(confidences)
    elif not room.exact:
        confidences = tuple([None if c is None else round(c, 4) for c in confidences])
    if not room.pairs and len(set(confidences)) > 1:
        counts["least"] += 1
        least = min(c for c in confidences if c is not None)
        confidences = (least,) * len(confidences)
    counts["state"] += not room.state and unit.state != "proposed"
    counts["moved"] += not room.moved and unit.moved
    counts["doubtful"] += not room.doubtful and unit.doubtful
    counts["score"] += not room.score and unit.score is not None
    return Unit(
        unit.number,
        sides,
        confidences,
        unit.doubtful and room.doubtful,
        unit.moved and room.moved,
        unit.state if room.state else "proposed",
        unit.score if room.score else None,
        unit.ids if room.ids else (),
    )


def _texts(unit: Unit, room: Room, langs: tuple[str, ...], losses: Losses) -> tuple[tuple[str, ...], ...]:
    """The texts with what the format cannot hold taken out."""
    sides = unit.sides
    if not room.cuts and any(len(side) > 1 for side in sides):
        losses.counts["joined"] += 1
        sides = tuple(
            (join_segments(side, lang),) if side else () for side, lang in zip(sides, langs, strict=True)
        )
    if room.breaks and any(room.breaks.search(text) for side in sides for text in side):
        sides = tuple([tuple([_without_breaks(text, room, losses) for text in side]) for side in sides])
    if room.forbidden and any(room.forbidden.search(text) for side in sides for text in side):
        sides = tuple([tuple([_allowed(text, room, losses) for text in side]) for side in sides])
    if room.shorten:
        sides = tuple([tuple([_short(text, room.shorten, losses) for text in side]) for side in sides])
    return sides


def _without_breaks(text: str, room: Room, losses: Losses) -> str:
    assert room.breaks
    text, count = room.breaks.subn(" ", text)
    losses.counts["breaks"] += count
    return text


def _allowed(text: str, room: Room, losses: Losses) -> str:
    assert room.forbidden
    lost = room.forbidden.findall(text)
    losses.counts["characters"] += len(lost)
    losses.characters.update(lost)
    return room.forbidden.sub("\ufffd", text)


def _short(text: str, shorten: Callable[[str], str], losses: Losses) -> str:
    short = shorten(text)
    losses.counts["long"] += short != text
    return short


def cuts_of(side: tuple[str, ...]) -> str:
    """The lengths of the sentences, to find them again in the joined text: "24 31"."""
    return " ".join(str(len(text)) for text in side)


def cut(text: str, lengths: str | None, lang: str) -> tuple[str, ...]:
    """The sentences of a joined text; the whole text where the lengths do not fit it (somebody has changed it)."""
    if not text.strip():
        return ()
    whole = (text,)
    if not lengths:
        return whole
    glue = join_segments(["", ""], lang)
    found, at = [], 0
    for length in lengths.split():
        if not length.isdecimal() or len(length) > 9:
            return whole
        found.append(text[at : at + int(length)])
        at += int(length) + len(glue)
    fits = join_segments(found, lang) == text and all(one and one == one.strip() for one in found)
    return tuple(found) if fits else whole
