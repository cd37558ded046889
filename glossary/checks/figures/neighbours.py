"""What figures beside each other make of each other: days of a month, ends of a range. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from glossary.checks.figures.figure import DIGITS, Figure, clock
from glossary.checks.figures.grammar import LINKED, joins

_LONGEST_LINK = 9  # signs between the ends of a range


def as_days(figures: Sequence[Figure], text: str) -> list[Figure]:
    """The figures, of which numbers beside the name of a month are days."""
    found = list(figures)
    order = sorted(range(len(found)), key=lambda n: found[n].start)
    for place, n in enumerate(order):
        if found[n].kind != "month" or found[n].claim == DIGITS:
            continue
        for other in order[max(0, place - 2) : place] + order[place + 1 : place + 3]:
            if _may_be_day(found[other]):
                a, b = sorted((found[other], found[n]))
                if LINKED.fullmatch(text, a.end, b.start):
                    found[other] = found[other]._replace(kind="day")
    return found


def _may_be_day(figure: Figure) -> bool:
    plain = figure.kind == "number" and not figure.units and bool(figure.claim)
    return plain and 1 <= figure.readings[0] <= 31


def as_ranges(figures: Sequence[Figure], text: str) -> list[Figure]:
    """The figures, of which the first of a range or pair takes scale, percent and unit of the second.

    "5–10 million", "3 to 5 %", "from 6 to 9 pm"; in "2015–17" the second takes the first one's century.
    """
    found = list(figures)
    claims = [n for n, figure in enumerate(found) if figure.claim]
    for first, second in reversed(list(pairwise(claims))):
        a, b = found[first], found[second]
        if not 0 <= b.start - a.end <= _LONGEST_LINK or not joins(text[a.end : b.start]):
            continue
        if a.kind == "number" and a.scale == 1 and (not a.units or not b.units or a.units == b.units):
            found[first] = _led(a, b)
        if a.kind == "year" and b.kind == "number" and b.readings[0] < 100:
            years = (b.readings[0] + a.readings[0] // 100 * 100, b.readings[0])
            found[second] = b._replace(kind="year", readings=years)
    return found


def _led(a: Figure, b: Figure) -> Figure:
    if b.kind not in ("number", "percent", "day", "decade", "time"):
        return a
    more = tuple(v * b.scale for v in a.readings) if b.scale != 1 else ()
    if b.kind == "time" and a.readings[0] <= 24:
        hour = a.readings[0]
        more = (hour, hour + 12, clock(int(hour), 0))
    return a._replace(kind=b.kind, units=a.units or b.units, readings=(*more, *a.readings))
