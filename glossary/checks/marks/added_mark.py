"""The translation has a legal mark that the original lacks.

## What it finds

A name carries a mark in the translation, and the same name in the same place of the original does not.

## Why

A mark says something about an organisation. Where the original does not say it, the author did not.

## Example

```example ru en
Торгуем с «Долиной» и с «Гвардией Заката». | We trade with the Valley and with the Dusk Guard (banned in Russia).
```

Finds “banned in Russia”.

```example de en
Die »Abendgarde« zog ab. | The Evening Guard, an organization banned in Russia, withdrew.
```

## How to set it right

Take the mark out, or put it into the original. If this edition marks names by a rule of its own, say so in
`concord.toml`: `[policy]`, `marks = "keep all"` or `"first mention"`.

```example ru en
Торгуем с «Долиной» и с «Гвардией Заката». | We trade with the Valley and with the Dusk Guard.
```

## Options

None.

## Limits

Marks are read in Russian, English, Ukrainian, German and French. Nothing is reported where a dated list is given
and has the name in force at the text's date, nor for a first mention under `marks = "first mention"`.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.marks.mentions import groups, in_force
from glossary.checks.marks.pairs import (
    added,
    beads_of,
    dropped,
    mark_place,
    names_of,
    open_sides,
    policy,
    quoted,
    strayed,
)
from glossary.checks.marks.places import bead_at, is_sure
from glossary.checks.run import counterpart
from glossary.checks.settings import Settings
from glossary.checks.views import PairView, Span
from glossary.model import Annotation


def check(pair: PairView, settings: Settings) -> Found:
    """Drafts for the marks that the original lacks."""
    yield from open_sides(pair)
    wanted = policy(pair.target)
    if wanted in ("drop", "keep all"):
        return
    loose = beads_of(pair, dropped(pair))
    for entry in added(pair):
        assert entry.target is not None
        mark = pair.target.marks[entry.target]
        spans = names_of(mark, entry)
        unsure = not is_sure(pair, "target", spans[0][0])
        if (
            unsure and (strayed(pair, "target", spans[0][0], loose) or not _has_source(pair, spans[0]))
        ) or _is_due(pair, mark, spans, wanted):
            continue
        names = quoted([pair.target.text[a:b] for a, b in spans if (a, b) != (mark.start, mark.end)])
        other = counterpart(pair, Place(pair.target.name, *spans[0]))
        yield Draft(
            mark_place(pair.target, mark),
            f"{names or 'This'} carries a mark here (“{mark.text}”) and none in the original.",
            evidence=(other,) if other else (),
            suggestion="Take the mark out, or set the policy of this edition.",
        )


def _has_source(pair: PairView, span: Span) -> bool:
    """Whether there is something in the original that the place translates."""
    return pair.span("source", bead_at(pair, "target", span[0])) is not None


def _is_due(pair: PairView, mark: Annotation, spans: list[Span], wanted: str) -> bool:
    """Whether the mark is one that the list or the edition's policy asks for."""
    if any(in_force(pair.target, a, b) for a, b in spans):
        return True
    if wanted != "first mention":
        return False
    firsts = {(group.mentions[0].start, group.mentions[0].end) for group in groups(pair.target)}
    return any(a < d and c < b for a, b in spans for c, d in firsts)


RULE = Rule(
    "A002", "added-mark", "The translation has a legal mark that the original lacks.", "warning", "pair", check,
    page=__doc__ or "",
)  # fmt: skip
