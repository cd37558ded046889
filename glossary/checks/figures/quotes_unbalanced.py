"""A quotation mark without its partner.

## What it finds

A quotation that is opened and not closed, or closed and never opened: « », “ ”, „ “, " ", 「 」. A quotation
may run over several paragraphs, each with an opening mark of its own.

## Why

One lost mark turns quoted and unquoted words around, and it is lost easily when a sentence is moved or cut.

## Example

```example ru
Он сказал: «Снег тоже думал, что пришел навсегда.
Больше он ничего не сказал.
```
Finds “«”.

```example en
They call it a "guest house and nobody laughs.
```
Finds “"”.

```example fr
Le guide a répondu que le col est fermé ».
```
Finds “»”.

```example de
Das Haus heißt „Zum Pass, wie früher.
```
Finds “„”.

## How to set it right

```example ru
Он сказал: «Снег тоже думал, что пришел навсегда».
Фонд «Чистая вода», газета «Полдень» и «Союз „Погонщик“».
```

```example en
They call it a "guest house" and nobody laughs.
“The pass is closed.
And it will stay closed,” the guides answered.
```

## Options

None.

## Limits

Single quotation marks are not looked at: they cannot be told from apostrophes. Where two quotations end
together and only one mark is written («ООО «Ромашка».), as Russian allows, it counts for both. Where a long
paragraph leaves a quotation open and the next begins with a quotation mark, the speech is taken to go on.
What the original leaves open in the same sentence is not reported again in the translation.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.figures.paired import Mark, quotes, unpaired, within
from glossary.checks.settings import Settings
from glossary.checks.views import TextView

Reader = Callable[[str, int, int, str], list[Mark]]
_SINGLE = re.compile(r"(?<!\w)['‘‚][^'’\n]{2,60}['’‘](?!\w)")  # a quotation inside a quotation
_REACH = 12  # blocks that a quotation may run over


def check(view: TextView, settings: Settings) -> Found:
    """A draft for every quotation mark without a partner."""
    sure = against_original(view, quotes)
    settled = {mark.at for mark in sure}
    blocks = [
        [mark for mark in quotes(view.text, block.start, block.end, view.lang) if mark.at not in settled]
        for block in view.document.blocks
    ]
    for mark in sorted([*sure, *unpaired(blocks, _REACH)]):
        if in_original(view, mark, quotes):
            continue
        yield Draft(
            Place(view.name, mark.at, mark.at + 1),
            f"“{view.text[mark.at]}” {says(mark, 'quotation')}.",
            suggestion="Put in the mark that is missing, or take this one out.",
        )


def against_original(view: TextView, read: Reader) -> list[Mark]:
    """Marks without partner in beads whose original has one mark more, and all in pairs: no other bead has theirs."""
    pair = view.pair
    if pair is None or not view.is_translation:
        return []
    found: list[Mark] = []
    for n in range(len(pair.beads)):
        spans = pair.span("source", n), pair.span("target", n)
        if spans[0] is None or spans[1] is None or not pair.is_sure(n):
            continue
        ours = read(view.text, *spans[1], view.lang)
        if not ours:
            continue
        closers, openers = within(ours)
        if not closers and not openers:
            continue
        theirs = read(pair.source.text, *spans[0], pair.source.lang)
        single = read is quotes and _SINGLE.search(view.text, *spans[1])
        if len(theirs) == len(ours) + 1 and within(theirs) == ([], []) and not single:
            found += [*closers, *openers]
    return found


def in_original(view: TextView, mark: Mark, read: Reader) -> bool:
    """Whether the original has a mark without partner in the same role, in the same bead."""
    pair = view.pair
    if pair is None or not view.is_translation:
        return False
    held = pair.segments("source", pair.bead_of("target", view.segment_at(mark.at)))
    source = pair.source
    own = [
        found
        for segment in held
        for found in read(
            source.text,
            source.document.segments[segment].start,
            source.document.segments[segment].end,
            source.lang,
        )
    ]
    closers, openers = within(own)
    return bool(openers if mark.role == "open" else closers)


def says(mark: Mark, what: str) -> str:
    """What is wrong with a mark, in words."""
    return (
        f"opens a {what} that nothing closes"
        if mark.role == "open"
        else f"closes a {what} that nothing opens"
    )


RULE = Rule(
    "F007", "quotes-unbalanced", "A quotation mark without its partner.",
    "warning", "text", check, page=__doc__ or "",
)  # fmt: skip
