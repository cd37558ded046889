"""The dashes that open the turns of a dialogue are of different length.

## What it finds

A turn that opens with another dash than most turns of the same text: – among -, - among —.

## Why

It is left over where parts of a text were typed or translated at different times, and readers take the odd
dash for another voice.

## Example

```example en
- Who pays for the road?
- The farmers do.
– And who uses it?
- Everybody else.
```
Finds “–”.

## How to set it right

Open every turn with the dash that most turns have; the correction does so. `concord fix` puts it in.

```example en
- Who pays for the road?
- The farmers do.
- And who uses it?
- Everybody else – as always.
```

```example ru
— Кто платит за дорогу?
— Крестьяне.
— А ездит кто?
```

## Options

None.

## Limits

Only dashes that open a paragraph or turn are compared, from three on; dashes inside sentences and those of
list items are not. It does not say which dash is the better one, only which is the rarer; of two that are as
frequent the longer stays.
"""

from __future__ import annotations

import re

from glossary.checks.base import Draft, Found, Place, Row, Rule
from glossary.checks.settings import Settings
from glossary.checks.views import TextView

_OPENING = re.compile(r"([-‐‑–—―‒−]{1,2})[ \u00a0\u202f\u2009\t]+(?=\S)")
_LEAST = 3


def check(view: TextView, settings: Settings) -> Found:
    """A draft for every dash of a turn that is not the text's usual one, with the way to the usual one."""
    found = [
        Place(view.name, *match.span(1))
        for block in view.document.blocks
        if block.kind in ("paragraph", "turn")
        and (match := _OPENING.match(view.text, block.start, block.end))
    ]
    places: dict[str, list[Place]] = {}
    for place in found:
        places.setdefault(view.text[place.start : place.end], []).append(place)
    if len(places) < 2 or len(found) < _LEAST:
        return
    usual = max(places, key=lambda dash: (len(places[dash]), dash in "—―", dash == "–"))
    table = tuple(
        Row(dash, len(own), own[0]) for dash, own in sorted(places.items(), key=lambda one: -len(one[1]))
    )
    for dash, own in places.items():
        if dash == usual:
            continue
        for place in own:
            yield Draft(
                place,
                f"“{dash}” opens this turn, “{usual}” opens {len(places[usual])} of {len(found)}.",
                (places[usual][0],),
                f"Open every turn with “{usual}”.",
                usual,
                table=table,
            )


RULE = Rule(
    "F009", "dashes-mixed", "The dashes that open the turns of a dialogue are of different length.",
    "warning", "text", check, page=__doc__ or "",
)  # fmt: skip
