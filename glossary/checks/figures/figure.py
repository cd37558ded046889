"""What the reader of figures finds: one figure with what it may mean. Pure."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["number", "percent", "year", "month", "day", "weekday", "time", "decade", "century"]
DATES = frozenset({"year", "month", "day", "weekday", "time", "decade", "century"})
NAMED = frozenset({"month", "weekday"})
"""Kinds with values of their own: March is no 3, unless it is written as one in a date."""

ANSWERS, WORDS, DIGITS = 0, 1, 2
"""What a figure claims: nothing (it only answers for others), as words, as digits."""


class Figure(NamedTuple):
    """``text[start:end]``, what it may be worth, and in which units; ``claim`` is one of the three above.

    ``readings`` are all values that the spelling allows ("1,234" is 1234 or 1.234; 9 pm is 9 or 21). Clock times
    are also read as a negative number, -1 less the minutes since the last noon or midnight.
    """

    start: int
    end: int
    kind: Kind
    readings: tuple[float, ...]
    units: tuple[str, ...] = ()
    claim: int = DIGITS
    scale: float = 1.0


class Money(NamedTuple):
    """A currency named in a text, with or without a figure: its place and the currencies that it may be."""

    start: int
    end: int
    currencies: tuple[str, ...]


class Reading(NamedTuple):
    """All figures and currencies of a stretch of text, in order."""

    figures: tuple[Figure, ...]
    money: tuple[Money, ...]


EMPTY = Reading((), ())


def clock(hours: int, minutes: int) -> float:
    """A time of day as a value that no number has: -1 less the minutes since noon or midnight."""
    return float(-1 - (hours % 12 * 60 + minutes))
