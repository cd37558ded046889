"""Finds sentences of the translation that the original does not have.

## What it finds

A sentence, or several in a row, of the translation without a counterpart in the original. The evidence shows the
sentences of the original between which it would stand.

## Why

A translation says what the original says. A sentence more is an explanation that should be marked as the translator's
own, a line left over from another version, or words put into somebody's mouth.

## Example

```example ru en
Комиссия начала работу в понедельник. | The commission began its work on Monday.
 | Nobody in the town expects anything of it.
Доклад обещают к концу года. | The report is promised for the end of the year.
```

Finds “Nobody in the town expects anything of it.”.

```example en de
The bridge has been closed since March. | Die Brücke ist seit März gesperrt.
 | Der Bürgermeister hat das immer bestritten.
Repairs will take two years. | Die Reparatur wird zwei Jahre dauern.
```

Finds “Der Bürgermeister hat das immer bestritten.”.

## How to set it right

Take the sentence out, or mark it as a note of the translator and dismiss the finding.

```example ru en
Комиссия начала работу в понедельник. | The commission began its work on Monday.
Доклад обещают к концу года. | The report is promised for the end of the year.
```

## Options

None.

## Limits

It goes by the alignment: a sentence that only says at length what the original says briefly is not found. Words added
inside a sentence are found by S006 if they are many.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.sentences.gaps import gaps_of, span, where
from glossary.checks.settings import Settings
from glossary.checks.views import PairView


def check(view: PairView, settings: Settings) -> Found:
    """One finding for each run of sentences of the translation that have no counterpart."""
    for run in gaps_of(view).added:
        count = len(run)
        yield Draft(
            Place(view.target.name, *span(view.target, run)),
            "This sentence of the translation is not in the original."
            if count == 1
            else f"These {count} sentences of the translation are not in the original.",
            where(view, "target", run),
            "Take it out, or mark it as the translator's own.",
        )


RULE = Rule(
    "S002",
    "added-sentence",
    "A sentence of the translation has no counterpart in the original.",
    "error",
    "pair",
    check,
    page=__doc__ or "",
)
