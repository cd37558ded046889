"""A forbidden, deprecated or superseded term stands in the text.

## What it finds

Terms of the glossary that may not be used are looked for in the translation, or in a text that stands alone,
in every inflection. A forbidden term is an error, a deprecated or superseded one a warning. It is no finding
where the words are part of a longer approved term. In a pair the original has to have a term of the same
concept there or in a neighbouring sentence, if the concept has any in that language: the same word may be
right for something else.

Decisions for an edition hold for the documents of that edition in `[policy.editions]`.

A replacement is offered only where it fits as it is: the forbidden form stands exactly as it is listed, and
the language does not inflect it.

## Why

Somebody decided that this word is not to be used, mostly with a good reason; the note in the glossary says
which.

## Example

```glossary
concord_glossary = 1

[sarguz]
kind = "place"
state = "approved"
terms = [
  { lang = "ru", text = "Саргуз", status = "preferred" },
  { lang = "en", text = "Sarguz", status = "preferred" },
  { lang = "en", text = "Sarghuz", status = "forbidden" },
  { lang = "de", text = "Sargus", status = "preferred" },
  { lang = "de", text = "Sarghuz", status = "deprecated" },
  { lang = "uk", text = "Саргуз", status = "preferred" },
  { lang = "uk", text = "Сарґуз", status = "forbidden" },
]
```

```example ru en
Дорога в Саргуз закрыта. | The road to Sarghuz is closed.
```

Finds “Sarghuz”.

```example de
Der Weg nach Sarghuz ist gesperrt.
```

Finds “Sarghuz”.

```example uk
У Сарґузі відкрили школу.
```

Finds “Сарґузі”.

## How to set it right

Put the preferred term in.

```example ru en
Дорога в Саргуз закрыта. | The road to Sarguz is closed.
```

```example de
Der Weg nach Sargus ist gesperrt.
```

```example uk
У Саргузі відкрили школу.
```

## Options

None.

## Limits

In a language whose inflection is not known terms are found only as written. A form that the forbidden term
shares with an approved one is not reported. Decisions for a client or a field are not checked.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.settings import Settings
from glossary.checks.terms.decided import (
    UNWANTED,
    Decided,
    Standing,
    decided,
    gaps,
    in_beads,
    match_of,
    standing,
    unbent,
)
from glossary.checks.views import TextView
from glossary.extract.match import Hit
from glossary.extract.words import is_acronym
from glossary.review.layers import ACCEPTED

_PLAIN = frozenset({"en"})
_VOWELS = frozenset("aeiouAEIOU")


def check(view: TextView, settings: Settings) -> Found:
    """A draft for each place of a term that may not be used."""
    held = decided(view)
    if not held.by_number:
        return
    yield from gaps(view, held)
    found = standing(view)
    allowed = {(hit.start, hit.end): hit.exact for hit, one in found if one.status in ACCEPTED}
    unwanted = [
        (hit, one)
        for hit, one in found
        if one.status in UNWANTED and not _is_allowed(hit, allowed) and not view.in_mark(hit.start, hit.end)
    ]
    asked = _Asked(view) if unwanted else None
    seen: set[tuple[int, int]] = set()
    for hit, one in unwanted:
        if (hit.start, hit.end) not in seen and asked is not None and asked.for_(hit, one):
            seen.add((hit.start, hit.end))
            yield _draft(view, hit, one, held)


def _is_allowed(hit: Hit, allowed: dict[tuple[int, int], bool]) -> bool:
    """Whether an approved term has the very same words: what is written as listed wins over what is inflected."""
    exact = allowed.get((hit.start, hit.end))
    return exact is not None and (exact or not hit.exact)


class _Asked:
    """What the original of a translation names, bead by bead."""

    def __init__(self, view: TextView) -> None:
        self.view = view
        self.pair = view.pair if view.is_translation else None
        self.source = decided(self.pair.source) if self.pair else None
        held = in_beads(self.pair, "source") if self.pair else {}
        self.concepts = {bead: {one.concept.id for _, one in found} for bead, found in held.items()}

    def for_(self, hit: Hit, one: Standing) -> bool:
        """Whether the original has the concept in this bead or next to it, or could not have it."""
        if self.pair is None or self.source is None:
            return True
        if not self.source.terms(one.concept.id, self.pair.source.lang):
            return True
        bead = self.pair.bead_of("target", self.view.segment_at(hit.start))
        near = (bead - 1, bead, bead + 1)
        return any(one.concept.id in self.concepts.get(number, ()) for number in near)


def _draft(view: TextView, hit: Hit, one: Standing, held: Decided) -> Draft:
    surface = view.text[hit.start : hit.end]
    wanted = held.preferred(one.concept.id, view.lang)
    note = f" ({one.term.note.rstrip('.')})" if one.term.note else ""
    return Draft(
        Place(view.name, hit.start, hit.end),
        f"“{surface}” is {one.status}{note}.",
        suggestion=f"Use “{wanted}”." if wanted else "Use another term.",
        replacement=_replacement(view, hit, one, wanted),
        match=match_of(hit, one, view.text),
        concept=one.concept.id,
        severity=None if one.status == "forbidden" else "warning",
    )


def _replacement(view: TextView, hit: Hit, one: Standing, wanted: str) -> str | None:
    """The preferred term where it fits as it is: no inflection, no other article, no other capital."""
    surface = view.text[hit.start : hit.end]
    fixed = view.lang in _PLAIN or unbent(view.lang) or (is_acronym(surface) and is_acronym(wanted))
    if not wanted or not fixed or surface != one.term.text:
        return None
    before = view.text[: hit.start].rsplit(maxsplit=1)[-1:]
    article = bool(before) and before[0].lower() in ("a", "an")
    if article and (surface[:1] in _VOWELS) != (wanted[:1] in _VOWELS):
        return None
    return wanted if surface[:1].isupper() == wanted[:1].isupper() else None


RULE = Rule(
    "T004",
    "forbidden-term-used",
    "A forbidden, deprecated or superseded term stands in the text.",
    "error",
    "text",
    check,
    page=__doc__ or "",
)
