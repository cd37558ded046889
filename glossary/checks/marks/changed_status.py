"""A legal mark says another status than the original's.

## What it finds

The same mark in both texts with different statuses: «признана экстремистской» and "recognized as terrorist". A status
that is only lost or only added ("extremist and banned", „verboten“) is a warning.

## Why

An extremist, a terrorist and an undesirable organisation are different things in law, with different consequences.

## Example

```example ru en
«Закат» (признан экстремистским и запрещен в РФ) молчит. | Sunset (recognized as terrorist and banned in Russia).
```

Finds “recognized as terrorist and banned in Russia”.

```example de ru
Die »Abendgarde« (als terroristisch eingestuft und in Russland verboten). | «Закат» (запрещен в России).
```

## How to set it right

Say what the original says.

```example ru en
«Закат» (признан экстремистским и запрещен в РФ) молчит. | Sunset (recognized as extremist and banned in Russia).
```

## Options

None.

## Limits

Statuses are those that the grammar knows: banned, extremist, terrorist, undesirable, foreign agent, liquidated. The
kind of organisation is not compared. Marks are read in Russian, English, Ukrainian, German and French.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Rule
from glossary.checks.marks.pairs import STATUSES, mark_place, matched, open_sides, policy
from glossary.checks.settings import Settings
from glossary.checks.views import PairView


def check(pair: PairView, settings: Settings) -> Found:
    """Drafts for marks whose statuses differ."""
    yield from open_sides(pair)
    if policy(pair.target) == "drop":
        return
    told: set[int] = set()
    for own, mark, entry in matched(pair):
        assert entry.target is not None
        if "status" not in entry.differs or entry.target in told:
            continue
        told.add(entry.target)
        lost = [STATUSES[one] for one in own.status if one not in mark.status]
        new = [STATUSES[one] for one in mark.status if one not in own.status]
        yield Draft(
            mark_place(pair.target, mark),
            _message(lost, new),
            evidence=(mark_place(pair.source, own, "original"),),
            suggestion="Say what the original says.",
            severity=None if lost and new else "warning",
        )


def _message(lost: list[str], new: list[str]) -> str:
    if lost and new:
        return f"The mark says “{' and '.join(new)}” here and “{' and '.join(lost)}” in the original."
    if lost:
        return f"The original's mark also says “{' and '.join(lost)}”."
    return f"The mark also says “{' and '.join(new)}”, which the original's does not."


RULE = Rule(
    "A004", "changed-status", "A legal mark says another status than the original's.", "error", "pair", check,
    page=__doc__ or "",
)  # fmt: skip
