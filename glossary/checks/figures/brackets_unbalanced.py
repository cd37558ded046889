"""A bracket without its partner.

## What it finds

An aside that is opened and not closed, or closed and never opened: ( ), [ ], { }, （ ）, 【 】.

## Why

A legal mark or an explanation that is not closed swallows the rest of the sentence, and programs that look
for such marks pass it over.

## Example

```example ru
Сеть Тургани (запрещена в РФ владеет почтовыми голубями.
```
Finds “(”.

```example en
The network banned in Russia) keeps carrier pigeons.
It keeps them [on the roof.
```
Finds “)”, “[”.

## How to set it right

```example ru
Сеть Тургани (запрещена в РФ) владеет почтовыми голубями.
Есть два пути: а) ждать, б) уйти :)
```

## Options

None.

## Limits

Brackets of smileys and of list items ("1)", "б)") are passed over. An aside may run over two blocks more, not
further. What the original leaves open in the same sentence is not reported again in the translation.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.figures.paired import brackets, unpaired
from glossary.checks.figures.quotes_unbalanced import in_original, says
from glossary.checks.settings import Settings
from glossary.checks.views import TextView

_REACH = 2  # blocks that an aside may run over


def check(view: TextView, settings: Settings) -> Found:
    """A draft for every bracket without a partner."""
    blocks = [brackets(view.text, block.start, block.end, view.lang) for block in view.document.blocks]
    for mark in unpaired(blocks, _REACH):
        if in_original(view, mark, brackets):
            continue
        yield Draft(
            Place(view.name, mark.at, mark.at + 1),
            f"“{view.text[mark.at]}” {says(mark, 'bracket')}.",
            suggestion="Put in the bracket that is missing, or take this one out.",
        )


RULE = Rule(
    "F008", "brackets-unbalanced", "A bracket without its partner.",
    "warning", "text", check, page=__doc__ or "",
)  # fmt: skip
