"""Finds sentences of a translation that are still in the original's language.

## What it finds

A sentence of the translation in the original's language: in its script, or, where both languages share one, word for
word as in the original or with that language's small words. Also a stretch of four words and more in the original's
script inside a translated sentence. Names, titles and numbers alone, and what stands in quotation marks or
parentheses, are meant to be there.

## Why

A sentence that was left for later is easily forgotten, above all in tools that fill the target with the source.

## Example

```example ru en
Выставка открылась в субботу. | The exhibition opened on Saturday.
Художник долго отказывался говорить с прессой. | Художник долго отказывался говорить с прессой.
Все картины проданы. | All paintings have been sold.
```

Finds “Художник долго отказывался говорить с прессой.”.

```example de en
Die Ausstellung wurde am Samstag eröffnet. | The exhibition opened on Saturday.
Der Maler wollte lange nicht mit der Presse sprechen. | Der Maler wollte lange nicht mit der Presse sprechen.
```

Finds “Der Maler wollte lange nicht mit der Presse sprechen.”.

## How to set it right

Translate it. A quotation that is to stay in the original's language goes into quotation marks.

```example ru en
Выставка открылась в субботу. | The exhibition opened on Saturday.
Газета «Вечерний берег» вышла с заголовком «Художник молчит уже год». | The newspaper «Вечерний берег» ran the headline «Художник молчит уже год».
```

## Options

None.

## Limits

In one script a sentence of fewer than four words is not told from a name or a title. Neighbouring languages (Russian
and Ukrainian, Czech and Slovak) are told apart by their small words alone. A single word left over is T006's.
"""  # noqa: E501 (a bead of an example is one line)

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule, Unchecked
from glossary.checks.sentences.languages import foreign_part
from glossary.checks.settings import Settings
from glossary.checks.views import PairView


def check(view: PairView, settings: Settings) -> Found:
    """One finding for each segment, or the stretch in it."""
    if view.source.lang == view.target.lang:
        yield Unchecked("both texts are in one language", view.target.name)
        return
    for segment in view.target.document.segments:
        part = foreign_part(view, segment.id)
        if part is None:
            continue
        whole = part == (segment.start, segment.end)
        yield Draft(
            Place(view.target.name, *part),
            f"{'This sentence' if whole else 'This part of the sentence'} is still in the original's language "
            f"({view.source.lang}).",
            suggestion="Translate it, or put it in quotation marks if it is to stay as it is.",
        )


RULE = Rule(
    "S005",
    "untranslated-segment",
    "A sentence of the translation is still in the original's language.",
    "error",
    "pair",
    check,
    page=__doc__ or "",
)
