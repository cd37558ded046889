"""A mark while its names are being looked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from glossary.annotations.names import Hit
from glossary.annotations.reading import Reading


@dataclass
class Draft:
    """A mark found, before its names are resolved into offsets."""

    first: int
    end: int
    reading: Reading
    place: str
    names: list[Hit] = field(default_factory=list)
    owner: Hit | None = None
    acronym: tuple[int, int] | None = None
    bracket: tuple[int, int] | None = None
    flags: tuple[str, ...] = ()


def stands_alone(reading: Reading) -> bool:
    """Whether a reading says enough to be a mark without brackets; "a terrorist group" alone does not."""
    kinds, statuses = reading.kinds, set(reading.statuses)
    if "pattern" in kinds or statuses & {"foreign-agent", "undesirable"}:
        return True
    authority = kinds & {"place", "agency", "law", "register"}
    if statuses == {"liquidated"}:
        return bool(authority)
    said = kinds & {"rec", "enter", "register"}
    if "banned" in statuses:
        return bool(authority or (said & {"rec", "enter"} and len(statuses) > 1))
    return bool(said or kinds & {"law", "agency"})
