"""A legal mark stands in an edition that leaves marks out.

## What it finds

Under `marks = "drop"`, each mark that is there.

## Why

An edition that leaves marks out and keeps one looks as if that one were meant.

## Example

```settings
[policy]
langs = ["en"]
marks = "drop"
```

```example en
The Dusk Guard closed the road.
The River League (banned in Russia) protested.
```

Finds “ (banned in Russia)”.

## How to set it right

Take the mark out; `concord fix` can do it where it stands in brackets of its own.

```example en
The Dusk Guard closed the road.
The River League protested.
```

## Options

None.

## Limits

Marks are read in Russian, English, Ukrainian, German and French.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.marks.pairs import mark_place, no_grammar, policy
from glossary.checks.settings import Settings
from glossary.checks.views import TextView
from glossary.model import Annotation

_BRACKETED = ("parenthesis", "joint", "owner")


def check(view: TextView, settings: Settings) -> Found:
    """Drafts for all marks of an edition that leaves them out."""
    if policy(view) != "drop":
        return
    if not view.knows_marks:
        yield no_grammar(view)
    for mark in view.marks:
        cut = _cut(view, mark)
        yield Draft(
            Place(view.name, *cut) if cut else mark_place(view, mark),
            f"“{mark.text}” stands here; this edition leaves marks out.",
            suggestion="Take the mark out, or set the policy of this edition.",
            replacement="" if cut else None,
        )


def _cut(view: TextView, mark: Annotation) -> tuple[int, int] | None:
    """The bracket that goes as a whole, None where the mark is not all of one."""
    if mark.position not in _BRACKETED or len(mark.removal) != 1:
        return None
    start, end = mark.removal[0]
    return (start, end) if view.text[start:end].strip()[:1] in "([" and view.text[end - 1] in ")]" else None


RULE = Rule(
    "A013", "unwanted-mark", "A legal mark stands in an edition that leaves marks out.", "warning", "text", check,
    page=__doc__ or "",
)  # fmt: skip
