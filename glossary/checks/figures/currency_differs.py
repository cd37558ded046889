"""Money of the original is in another currency in the translation.

## What it finds

A currency that the original does not name in the same sentence, where one of the original's is left over:
$500 became €500, «рублей» became "dollars". Signs, codes and words of a currency are the same to it.

## Why

A figure with the wrong currency can be wrong by a factor of a hundred, and reads well.

## Example

```example ru en
Мешок муки стоит 900 рублей. | A sack of flour costs 900 dollars.
На больницу дали 5 млн $. | The hospital got €5 million.
```
Finds “dollars”, “€”.

```example en uk
He owes them 40 euros. | Він винен їм 40 гривень.
```
Finds “гривень”.

## How to set it right

```example ru en
Мешок муки стоит 900 рублей. | A sack of flour costs 900 rubles.
На больницу дали 5 млн $. | The hospital got USD 5 million.
Он отдал 2000 рублей. | He gave 2,000 rubles ($25).
```

## Options

None.

## Limits

Which dollars, crowns or francs are meant is not told apart. A currency that is put in beside that of the
original is not reported. Words that mean other things too (pound, crown, real) count only behind a figure.
Languages as for F004.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossary.checks.base import Draft, Found, Rule
from glossary.checks.figures.compare import compared, place, trusted, unknown
from glossary.checks.figures.figure import Figure, Money
from glossary.checks.figures.units import MONEY, dimension, may_be
from glossary.checks.figures.units_words import WORDS
from glossary.checks.settings import Settings
from glossary.checks.views import PairView


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for the first mention, in each bead, of a currency that took another's place."""
    yield from unknown(pair, WORDS, "words for currencies")
    readings = compared(pair).readings
    for n in range(len(pair.beads)):
        source, target = readings["source"][n].money, readings["target"][n].money
        if not source or not target or not trusted(pair, n):
            continue
        changed: list[tuple[Money | Figure, Money | Figure]] = list(_changed(source, target))
        changed = changed or list(_exchanged(readings["source"][n].figures, readings["target"][n].figures))
        for theirs, ours in changed:
            here = pair.target.text[ours.start : ours.end]
            there = pair.source.text[theirs.start : theirs.end]
            yield Draft(
                place(pair, "target", ours),
                f"The currency is “{here}” here, “{there}” in the original.",
                (place(pair, "source", theirs, "original"),),
                "Compare the currency with the original.",
                identity=(here, there),
            )


def _changed(source: Sequence[Money], target: Sequence[Money]) -> Iterator[tuple[Money, Money]]:
    """Pairs of currencies left over, each currency once."""
    theirs, ours = _left(source, target), _left(target, source)
    yield from zip(theirs, ours, strict=False)


def _exchanged(source: Sequence[Figure], target: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Sums of the same number that have no currency in common, where both currencies are in the sentence anyway."""
    sums = [f for f in source if f.claim and _currencies(f)]
    for ours in target:
        own = _currencies(ours)
        same = [f for f in sums if f.readings[0] == ours.readings[0]] if ours.claim and own else []
        if same and not any(may_be(own, _currencies(f)) for f in same):
            yield same[0], ours


def _currencies(figure: Figure) -> tuple[str, ...]:
    return tuple(unit for unit in figure.units if dimension(unit) == MONEY)


def _left(own: Sequence[Money], others: Sequence[Money]) -> list[Money]:
    found: list[Money] = []
    for one in own:
        known = any(may_be(one.currencies, other.currencies) for other in (*others, *found))
        if not known:
            found.append(one)
    return found


RULE = Rule(
    "F005", "currency-differs", "Money of the original is in another currency in the translation.",
    "error", "pair", check, page=__doc__ or "",
)  # fmt: skip
