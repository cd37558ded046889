"""Finds sentences of the original that the translation leaves out.

## What it finds

A sentence, or several in a row, of the original without a counterpart in the translation. The finding stands in
the original; the evidence shows the sentences of the translation between which the missing one would stand.

## Why

A dropped sentence is the one mistake that no reader of the translation can see. It happens when a line is skipped,
when the original was extended after the translation was made, and when something inconvenient was left out.

## Example

```example ru en
Комиссия начала работу в понедельник. | The commission began its work on Monday.
Её возглавила Мария Левченко, бывший судья из Одессы. |
Доклад обещают к концу года. | The report is promised for the end of the year.
```

Finds “Её возглавила Мария Левченко, бывший судья из Одессы.”.

```example de en
Der Fluss trat in der Nacht über die Ufer. | The river burst its banks during the night.
Drei Dörfer wurden von der Feuerwehr geräumt. |
Am Morgen sank das Wasser wieder. | In the morning the water fell again.
```

Finds “Drei Dörfer wurden von der Feuerwehr geräumt.”.

## How to set it right

Translate the sentence. If it was left out by intent, dismiss the finding and say why.

```example ru en
Комиссия начала работу в понедельник. | The commission began its work on Monday.
Её возглавила Мария Левченко, бывший судья из Одессы. | It was headed by Maria Levchenko, a former judge from Odesa.
Доклад обещают к концу года. | The report is promised for the end of the year.
```

## Options

None.

## Limits

It goes by the alignment: a sentence whose content was worked into another one is usually recognised, a very short one
(“Yes.”) not always. What is only partly missing is found by S006, what stands elsewhere by S004. Footnotes that are
nothing but a legal mark are left to the rules on marks. Works for every pair of languages that the aligner knows.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.sentences.gaps import gaps_of, span, where
from glossary.checks.settings import Settings
from glossary.checks.views import PairView


def check(view: PairView, settings: Settings) -> Found:
    """One finding for each run of sentences of the original that have no counterpart."""
    for run in gaps_of(view).omitted:
        count = len(run)
        yield Draft(
            Place(view.source.name, *span(view.source, run)),
            "This sentence of the original is not in the translation."
            if count == 1
            else f"These {count} sentences of the original are not in the translation.",
            where(view, "source", run),
            "Translate it, or dismiss this finding and say why it was left out.",
        )


RULE = Rule(
    "S001",
    "omitted-sentence",
    "A sentence of the original has no counterpart in the translation.",
    "error",
    "pair",
    check,
    page=__doc__ or "",
)
