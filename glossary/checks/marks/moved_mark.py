"""A legal mark stands in another kind of place than in the original.

## What it finds

A mark that stands in the sentence in one text and in a footnote or above the text in the other. Where all marks of
a text have moved the same way it is said once. Under `marks = "footnote"` a footnote is right, and a mark that
stands in the sentence of the translation is reported.

## Why

A reader of the sentence sees a mark in brackets at once, a footnote perhaps never. Houses choose one place.

## Example

```example ru en
«Гвардия Заката» (запрещена в РФ) молчит. | The Dusk Guard* is silent.
Редакция ждет ответа. | The editors await an answer.
 | * An organization banned in Russia.
```

Finds “Dusk Guard”.

```settings
[policy]
marks = "footnote"
```

```example ru en
«Гвардия Заката» (запрещена в РФ) молчит. | The Dusk Guard (banned in Russia) is silent.
```

Finds “banned in Russia”.

## How to set it right

Move the mark back to where the original has it, or set the edition's policy.

```settings
[policy]
marks = "footnote"
```

```example ru en
«Гвардия Заката» (запрещена в РФ) молчит. | The Dusk Guard* is silent.
 | * An organization banned in Russia.
```

## Options

None.

## Limits

Brackets, commas and attributes count as one kind of place: the sentence. Marks are read in Russian, English,
Ukrainian, German and French.
"""

from __future__ import annotations

from collections import defaultdict

from glossary.annotations.ledger import likeness, place_class
from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.marks.pairs import mark_place, matched, open_sides, policy, quoted
from glossary.checks.marks.signs import unsigned_notes
from glossary.checks.settings import Settings
from glossary.checks.views import PairView
from glossary.model import Annotation, LedgerEntry

WHERE = {"inline": "in the sentence", "footnote": "in a footnote", "banner": "above the text"}
Moved = tuple[Annotation, Annotation, LedgerEntry]


def check(pair: PairView, settings: Settings) -> Found:
    """Drafts for marks that moved, by the way they moved."""
    yield from open_sides(pair)
    wanted = policy(pair.target)
    if wanted == "drop":
        return
    ways: dict[tuple[str, str], list[Moved]] = defaultdict(list)
    unsigned = [*unsigned_notes(pair.source), *unsigned_notes(pair.target)]
    for one in matched(pair):
        if one[0] in unsigned or one[1] in unsigned:
            continue
        ways[place_class(one[0]), place_class(one[1])].append(one)
    if wanted == "footnote":
        for (_, there), found in ways.items():
            if there == "inline":
                yield from (_unnoted(pair, *one) for one in found)
        return
    for (here, there), found in ways.items():
        if here != there:
            yield from _drafts(pair, found, here, there, not ways.get((here, here)))


def _drafts(pair: PairView, found: list[Moved], here: str, there: str, all_of_them: bool) -> Found:
    where = f"{WHERE[there]} here and {WHERE[here]} in the original"
    if all_of_them and len(found) > 1:
        mark = found[0][1]
        more = [_place(pair, *one) for one in found[1:]]
        yield Draft(
            _place(pair, *found[0]),
            f"Marks stand {where} ({len(found)} times).",
            evidence=(mark_place(pair.source, found[0][0], "original"), mark_place(pair.target, mark), *more),
            suggestion="Move them back, or set the policy of this edition.",
            identity=(here, there),
        )
        return
    for own, mark, entry in found:
        place, note = _place(pair, own, mark, entry), mark_place(pair.target, mark, "the mark")
        yield Draft(
            place,
            f"The mark of {quoted(_names(own, mark, entry))} stands {where}.",
            evidence=(
                mark_place(pair.source, own, "original"),
                *([note] if note.start != place.start else []),
            ),
            suggestion="Move it back, or set the policy of this edition.",
        )


def _place(pair: PairView, own: Annotation, mark: Annotation, entry: LedgerEntry) -> Place:
    """The mark in its sentence; of a footnote the name that carries its sign."""
    if place_class(mark) == "inline" or not mark.concepts:
        return mark_place(pair.target, mark)
    there = max(mark.concepts, key=lambda one: max(likeness(one.text, name) for name in (*entry.names, "")))
    return Place(pair.target.name, there.start, there.end)


def _unnoted(pair: PairView, own: Annotation, mark: Annotation, entry: LedgerEntry) -> Draft:
    return Draft(
        mark_place(pair.target, mark),
        f"The mark of {quoted(_names(own, mark, entry))} stands in the sentence; this edition has footnotes.",
        evidence=(mark_place(pair.source, own, "original"),),
        suggestion="Put it into a footnote.",
    )


def _names(own: Annotation, mark: Annotation, entry: LedgerEntry) -> list[str]:
    return [name.text for name in mark.concepts] or [name for name in entry.names if name] or [mark.text]


RULE = Rule(
    "A003", "moved-mark", "A legal mark stands in another kind of place than in the original.", "warning", "pair",
    check, page=__doc__ or "",
)  # fmt: skip
