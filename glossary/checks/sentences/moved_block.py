"""Finds sentences that stand elsewhere in the translation than in the original.

## What it finds

A block of sentences, or a single one, that changed its place: one finding for each block, on the block in the
translation. The message says behind which sentence it stands in either text; the evidence shows the block in the
original and the place where it would stand.

## Why

Editors move paragraphs, and pieces are lost or doubled when pages are put together. Who compares the two texts by
hand loses the thread at such a place.

## Example

```example ru en
Музей открыли в старой мельнице у реки. | The museum was opened in the old mill by the river.
Его директор приехал из Гамбурга два года назад. |
Билет стоит семь марок, для детей вход свободный. | A ticket costs seven marks; children get in free.
В подвале выставлены часы и весы. | Clocks and scales are on display in the basement.
Летом во дворе играет оркестр. | In summer an orchestra plays in the courtyard.
 | Its director came from Hamburg two years ago.
По понедельникам музей закрыт. | The museum is closed on Mondays.
```

Finds “Its director came from Hamburg two years ago.”.

## How to set it right

Put the block back, or dismiss the finding if the new order is wanted.

```example ru en
Музей открыли в старой мельнице у реки. | The museum was opened in the old mill by the river.
Его директор приехал из Гамбурга два года назад. | Its director came from Hamburg two years ago.
Билет стоит семь марок, для детей вход свободный. | A ticket costs seven marks; children get in free.
```

## Options

None.

## Limits

When two blocks change places, either can be called the one that moved: the aligner takes the shorter. Sentences of a
word or two that moved alone are reported as left out and added.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.sentences.gaps import Move, gaps_of, span, where
from glossary.checks.settings import Settings
from glossary.checks.views import PairView, TextView


def check(view: PairView, settings: Settings) -> Found:
    """One finding for each block."""
    for move in gaps_of(view).moves:
        source, target = view.source, view.target
        count = len(move.target)
        what = "This sentence stands" if count == 1 else f"These {count} sentences stand"
        yield Draft(
            Place(target.name, *span(target, move.target)),
            f"{what} {_behind(target, move.target[0])} here, "
            f"but {_behind(source, move.source[0])} in the original.",
            (Place(source.name, *span(source, move.source), "original"), *_home(view, move)),
            "Put the block where the original has it, or dismiss this finding if the order is wanted.",
        )


def _behind(view: TextView, first: int) -> str:
    if first == 0:
        return "at the beginning"
    before = " ".join(view.sentence(first - 1).split())
    return f"after “{before if len(before) <= 40 else '…' + before[-38:]}”"


def _home(view: PairView, move: Move) -> tuple[Place, ...]:
    """The neighbours in the translation between which the block would stand."""
    return where(view, "source", move.source)


RULE = Rule(
    "S004",
    "moved-block",
    "A block of sentences stands elsewhere in the translation than in the original.",
    "warning",
    "pair",
    check,
    page=__doc__ or "",
)
