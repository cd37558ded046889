"""A measure kept its number and changed its unit.

## What it finds

The same number with another unit of the same sort: 100 km became 100 miles, 20 °C became 20 °F, five weeks
became five months. A measure that was converted has another number and is right: 100 km and 62 miles.

## Why

It happens where a text is adapted for readers abroad, and makes every such figure wrong by half or more.

## Example

```example ru en
До границы 140 км. | It is 140 miles to the border.
Мы ждали пять недель. | We waited for five months.
```
Finds “140 miles”, “five months”.

```example en de
The sack weighs 50 pounds. | Der Sack wiegt 50 Kilogramm.
```
Finds “50 Kilogramm”.

## How to set it right

Keep the unit, or convert the number with it.

```example ru en
До границы 140 км. | It is 87 miles to the border.
До границы 140 км. | It is 140 kilometers to the border.
```

## Options

None.

## Limits

Units behind no figure ("a few miles") are not compared. Currencies are for F005. The words for units are
known in Russian, Ukrainian, Czech, Polish, English, German, French, Spanish, Italian, Portuguese, Dutch,
Chinese, Japanese and, in part, Korean; of other languages only the signs (km, kg, °C).
"""

from __future__ import annotations

from collections.abc import Iterator

from glossary.checks.base import Draft, Found, Rule
from glossary.checks.figures.compare import compared, place, shown, trusted, unknown
from glossary.checks.figures.figure import ANSWERS, Figure
from glossary.checks.figures.units import MONEY, dimension, may_be
from glossary.checks.figures.units_words import WORDS
from glossary.checks.settings import Settings
from glossary.checks.views import PairView


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for every measure with the original's number and another unit."""
    yield from unknown(pair, WORDS, "words for units")
    readings = compared(pair).readings
    for n in range(len(pair.beads)):
        source, target = (_measures(readings[side][n].figures) for side in ("source", "target"))
        if not source or not target or not trusted(pair, n):
            continue
        for theirs, ours in _changed(source, target):
            here, there = shown(pair, "target", ours), shown(pair, "source", theirs)
            yield Draft(
                place(pair, "target", ours),
                f"{here} here, {there} in the original: the number is the same, the unit is not.",
                (place(pair, "source", theirs, "original"),),
                "Keep the unit, or convert the number with it.",
                identity=(here, there),
            )


def _measures(figures: tuple[Figure, ...]) -> list[Figure]:
    return [f for f in figures if any(dimension(unit) != MONEY for unit in f.units) and not _is_vague(f)]


def _is_vague(figure: Figure) -> bool:
    """Hundreds of miles are as far as hundreds of kilometers."""
    return figure.claim == ANSWERS and figure.readings[0] >= 10


def _changed(source: list[Figure], target: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    open_source = [s for s in source if not any(_same(s, t) for t in target)]
    for ours in target:
        if any(_same(theirs, ours) for theirs in source):
            continue
        theirs = next((s for s in open_source if _same_worth(s, ours) and _same_sort(s, ours)), None)
        if theirs is not None:
            open_source.remove(theirs)
            yield theirs, ours


def _same(a: Figure, b: Figure) -> bool:
    return _same_worth(a, b) and may_be(a.units, b.units)


def _same_worth(a: Figure, b: Figure) -> bool:
    return a.readings[0] == b.readings[0]


def _same_sort(a: Figure, b: Figure) -> bool:
    return may_be(map(dimension, a.units), map(dimension, b.units))


RULE = Rule(
    "F004", "unit-differs", "A measure kept its number and changed its unit.",
    "error", "pair", check, page=__doc__ or "",
)  # fmt: skip
