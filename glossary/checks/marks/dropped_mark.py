"""A legal mark of the original is missing in the translation.

## What it finds

A name carries a mark in the original («запрещена в РФ») and the same name in the same place of the translation does
not. A name left out of a joint mark is A009's business, a footnote whose sign or words are gone A010's.

## Why

Where the law asks for marks, it asks each text for them, translations too; and a reader of the translation is told
less than a reader of the original.

## Example

```example ru en
Караван остановила «Гвардия Заката» (запрещена в РФ). | The Dusk Guard stopped the caravan.
Никто не пострадал. | Nobody was hurt.
```

Finds “Dusk Guard”.

```example en uk
The convoy was stopped by the Dusk Guard (banned in Russia). | Колону зупинила «Гвардія Заходу».
```

## How to set it right

Put the mark in. If this edition leaves marks out by intent, say so in `concord.toml`: `[policy]`, `marks = "drop"`.

```example ru en
Караван остановила «Гвардия Заката» (запрещена в РФ). | The Dusk Guard (banned in Russia) stopped the caravan.
```

```settings
[policy]
langs = ["en"]
marks = "drop"
```

```example ru en
Караван остановила «Гвардия Заката» (запрещена в РФ). | The Dusk Guard stopped the caravan.
```

## Options

None.

## Limits

Marks are read in Russian, English, Ukrainian, German and French. Under `marks = "first mention"` a mark counts as
missing only if the translation marks that name nowhere. A sentence that the translation leaves out as a whole is
not reported here, nor a mark in a doubtful bead while a mark of the translation, not far off, has no counterpart.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.marks.mentions import groups
from glossary.checks.marks.pairs import (
    added,
    beads_of,
    dropped,
    mark_place,
    names_of,
    not_in_force,
    open_sides,
    policy,
    strayed,
    unread_bracket,
)
from glossary.checks.marks.places import bead_at, locate
from glossary.checks.marks.signs import orphan_signs
from glossary.checks.settings import Settings
from glossary.checks.views import PairView, Span
from glossary.model import Annotation


def check(pair: PairView, settings: Settings) -> Found:
    """Drafts for the marks that the translation lacks."""
    yield from open_sides(pair)
    wanted = policy(pair.target)
    if wanted == "drop":
        return
    loose = beads_of(pair, added(pair))
    for entry in dropped(pair):
        assert entry.source is not None
        mark = pair.source.marks[entry.source]
        for span in names_of(mark, entry):
            if strayed(pair, "source", span[0], loose):
                continue
            draft = _draft(pair, mark, span)
            if draft is not None and not (wanted == "first mention" and _is_marked(pair, draft)):
                yield draft


def _draft(pair: PairView, mark: Annotation, span: Span) -> Draft | None:
    found = locate(pair, span)
    if found is None and mark.position != "banner":
        return None
    if found is None:
        first = next(iter(pair.target.document.segments), None)
        found = (Place(pair.target.name, first.start, first.end), False) if first else None
    if found is None:
        return None
    place, named = found
    if named and not_in_force(pair.target, place.start, place.end):
        return None
    if mark.position == "footnote" and _keeps_sign(pair, span):
        return None
    own = pair.source.text[slice(*span)]
    said = f"“{own}” carries a mark in the original (“{mark.text}”)"
    if not mark.concepts:
        said = f"The original has a mark here (“{mark.text}”)"
    unread = named and unread_bracket(pair.target, place.end)
    return Draft(
        place,
        f"{said}; the words behind it here were not read as a mark." if unread else f"{said} and none here.",
        evidence=(mark_place(pair.source, mark, "original"),),
        suggestion="Put the mark in, or set the policy of this edition.",
        severity="note" if unread else None,
    )


def _keeps_sign(pair: PairView, span: Span) -> bool:
    """Whether the bead of a name has a sign in the translation that lost its footnote: A010 says so."""
    there = pair.span("target", bead_at(pair, "source", span[0]))
    return there is not None and any(there[0] <= start < there[1] for start, _ in orphan_signs(pair.target))


def _is_marked(pair: PairView, draft: Draft) -> bool:
    """Whether the translation marks the name at another of its mentions."""
    start, end = draft.place.start, draft.place.end
    return any(any(m.start < end and start < m.end for m in group.mentions) for group in groups(pair.target))


RULE = Rule(
    "A001", "dropped-mark", "A legal mark of the original is missing in the translation.", "error", "pair", check,
    page=__doc__ or "",
)  # fmt: skip
