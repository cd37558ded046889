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

from glossary.annotations.lexicon import lexicon
from glossary.annotations.reading import STATUS
from glossary.annotations.tokens import tokenise
from glossary.checks.base import Draft, Found, Rule
from glossary.checks.marks.pairs import STATUSES, mark_place, matched, open_sides, policy
from glossary.checks.settings import Settings
from glossary.checks.views import PairView, TextView
from glossary.model import Annotation

NEAR = 120  # characters before a mark in which its name and what is said of it stand


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
        if (lost and not new and _said_beside(pair.source, own, pair.target, mark)) or (
            new and not lost and _said_beside(pair.target, mark, pair.source, own)
        ):
            continue
        yield Draft(
            mark_place(pair.target, mark),
            _message(lost, new),
            evidence=(mark_place(pair.source, own, "original"),),
            suggestion="Say what the original says.",
            severity=None if lost and new else "warning",
        )


def _said_beside(view: TextView, mark: Annotation, other: TextView, without: Annotation) -> bool:
    """Whether a mark before its name («запрещенная террористическая организация «…»») says a status that the other
    text says of the name too, beside its mark ("the terrorist organization …, banned")."""
    if not mark.concepts or mark.start > mark.concepts[0].start:
        return False
    near = tokenise(other.text, max(0, without.start - NEAR), without.start, lexicon(other.lang))
    said = {status for name, status in STATUS.items() if any(token.has(name) for token in near)}
    return set(mark.status) - set(without.status) <= said


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
