"""A number of the original is another one in the translation.

## What it finds

A number that nothing in the original answers for, in a sentence of which a number of the original is left
over too: 35 became 53, «тридцать» became "thirteen", a billion a million. Numbers in digits and in words are
the same to it, with the separators of each language (1 234,5 – 1,234.5 – 1.234,5 – ١٢٣ – 3万5千), with
thousands, millions and milliards, as ranges, ordinals, sums of money and measures. Years, dates and times are
for F002, percentages for F003.

## Why

Nobody sees a wrong number by reading the translation alone, and it is what readers quote.

## Example

```example ru en
У нас тридцать пять бойцов и одна рация. | We have 53 fighters and one radio.
Мост стоил 4,2 млн рублей. | The bridge cost 4.2 billion rubles.
```
Finds “53”, “4.2 billion rubles”.

```example de en
Fünfundvierzig Familien sind geblieben. | Fifty-four families stayed.
```
Finds “Fifty-four”.

## How to set it right

Put in the number of the original, written as the language of the translation wants it.

```example ru en
У нас тридцать пять бойцов и одна рация. | We have 35 fighters and one radio.
Мост стоил 4,2 млн рублей. | The bridge cost 4.2 million rubles.
До перевала 100 км, полтора года пути. | It is 62 miles to the pass, 18 months on the road.
```

## Options

None.

## Limits

A number that is left out, or put in, is not reported: translators do so for good reasons ("in 2022", "this
year"). "One", "two", "first" and what is written in characters in Chinese and Japanese answer for figures but
are not compared. Numbers in names (Mi-8, COVID-19) are left alone. Number words are known in Russian,
Ukrainian, Czech, Polish, English, German, French, Spanish, Italian, Portuguese and Dutch, and in Chinese and
Japanese characters; of other languages only digits are compared. Beads are
compared that are not doubtful, or stand one to one between two such; a neighbouring sentence may answer.
"""

from __future__ import annotations

from glossary.checks.base import Found, Rule
from glossary.checks.figures.compare import drafts, unknown
from glossary.checks.figures.numerals import TABLES
from glossary.checks.settings import Settings
from glossary.checks.views import PairView

KNOWN = frozenset(TABLES) | {"zh", "ja"}


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for every number of the translation that differs."""
    yield from unknown(pair, KNOWN, "number words")
    yield from drafts(pair, {"number"}, "number")


RULE = Rule(
    "F001", "number-differs", "A number of the original is another one in the translation.",
    "error", "pair", check, page=__doc__ or "",
)  # fmt: skip
