"""A percentage of the original is another one in the translation.

## What it finds

A percentage that is left over on both sides of a sentence: «35 %» became "53 per cent". Signs and words are
the same to it (17,5 % – 17.5 percent – 百分之十七点五 in digits), and a range shares its sign: "5 to 10 percent".

## Why

Percentages are what a text argues with.

## Example

```example ru en
Налог подняли с 10 до 17,5 %. | The tax was raised from 10 to 15.7 percent.
```
Finds “15.7 percent”.

```example uk de
За це голосували 62 відсотки громади. | Dafür stimmten 26 Prozent der Gemeinde.
```
Finds “26 Prozent”.

## How to set it right

```example ru en
Налог подняли с 10 до 17,5 %. | The tax was raised from 10 to 17.5 percent.
Половина уездов согласна. | Half of the districts, 50 percent, agree.
```

## Options

None.

## Limits

A percentage that is left out or put in is not reported, nor one that became a fraction ("a third").
"""

from __future__ import annotations

from glossary.checks.base import Found, Rule
from glossary.checks.figures.compare import drafts
from glossary.checks.settings import Settings
from glossary.checks.views import PairView


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for every percentage that differs."""
    yield from drafts(pair, {"percent"}, "percentage")


RULE = Rule(
    "F003", "percentage-differs", "A percentage of the original is another one in the translation.",
    "error", "pair", check, page=__doc__ or "",
)  # fmt: skip
