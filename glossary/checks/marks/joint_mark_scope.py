"""A joint mark covers the wrong names.

## What it finds

- A counting word that does not fit the names before it: “(both banned …)” behind one name or behind three in a row.
- In a translation, a joint mark that covers other names than the original's: «обе» speaks of A and B, “both” of A
  and C.

## Why

A joint mark says something about each of its names. When a list is reordered or shortened, the mark stays behind and
speaks of the wrong ones.

## Example

```example en
The Dusk Guard (both banned in Russia) asked for a truce.
```

Finds “both banned in Russia”.

```example ru en
«Закат» и «Рассвет» (оба запрещены в РФ) и «Долина». | Zakat and the Valley (both banned in Russia) and Rassvet.
```

Finds “both banned in Russia”.

## How to set it right

Put the mark behind the names that it speaks of, or give each its own.

```example ru en
«Закат» и «Рассвет» (оба запрещены в РФ) и «Долина». | Zakat and Rassvet (both banned in Russia) and the Valley.
```

## Options

None.

## Limits

Marks are read in Russian, English, Ukrainian, German and French. English and German verbs do not say how many they
speak of: “A and B (banned in Russia)” is taken to speak of both where the original's mark does. In a text alone,
“both” behind three names is reported although it may be meant for the last two. Names are compared by sound.
"""

from __future__ import annotations

import re

from glossary.annotations.lexicon import lexicon
from glossary.annotations.tokens import tokenise
from glossary.checks.base import Draft, Found, Rule
from glossary.checks.marks.mentions import list_spans
from glossary.checks.marks.pairs import CONJUNCTION, Scope, mark_place, no_grammar, policy, quoted, scopes
from glossary.checks.settings import Settings
from glossary.checks.views import TextView
from glossary.model import Annotation

# A name of a list stands before: perhaps one that was not read as a name.
_LISTED = re.compile(r"(?:[,&]|\b(?:and|und|et|и|й|і|та))\s+(?:[^\W\d_]+\s+){0,2}[«»“„\"]?[ \u00a0]*\Z")
_NUMBERS = {"NUM2": 2, "NUM3": 3, "NUM4": 4, "NUM5": 5}
_WORDS = {2: "two names", 3: "three names", 4: "four names", 5: "five names"}


def check(view: TextView, settings: Settings) -> Found:
    """Drafts for joint marks whose names do not fit."""
    if not view.knows_marks:
        yield no_grammar(view)
        return
    if policy(view) == "drop":
        return
    pair = view.pair if view.pair is not None and view.is_translation else None
    differing = {scope.target: scope for scope in scopes(pair)} if pair is not None else {}
    for number, mark in enumerate(view.marks):
        if number in differing:
            yield _differs(view, mark, differing[number])
        elif mark.position not in ("footnote", "banner"):
            message = _miscounted(view, number, mark)
            if message:
                yield Draft(
                    mark_place(view, mark),
                    message,
                    suggestion="Put the mark behind the names that it speaks of.",
                )


def counted(view: TextView, mark: Annotation) -> tuple[int, str] | None:
    """The number that a mark's counting word says, and that word."""
    tokens = tokenise(view.text, mark.start, mark.end, lexicon(mark.lang))
    for n, token in enumerate(tokens[:3]):
        number = 2 if token.has("BOTH") else next((v for c, v in _NUMBERS.items() if token.has(c)), None)
        if number:
            return number, view.text[mark.start : token.end]
        if n and not token.has("DET", "ALL"):
            break
    return None


def _miscounted(view: TextView, number: int, mark: Annotation) -> str:
    said = counted(view, mark)
    if said is None or not mark.concepts or mark.owner is not None or mark.concepts[-1].end > mark.start:
        return ""
    wanted, word = said
    found = len(mark.concepts)
    if any(CONJUNCTION.search(name.text) for name in mark.concepts):
        return ""
    if found < wanted and _LISTED.search(
        view.text[max(0, mark.concepts[0].start - 60) : mark.concepts[0].start]
    ):
        return ""
    if found < wanted:
        stand = "one name stands" if found == 1 else f"{_WORDS.get(found, found)} stand"
        return f"“{word}” speaks of {_WORDS[wanted]}; {stand} before it."
    last = mark.concepts[-1]
    row = list_spans(view, last.start, last.end)
    if len(row) > wanted and not _as_original(view, number, wanted):
        names = [view.text[a:b] for a, b in row]
        return f"“{word}” speaks of {_WORDS[wanted]} and stands behind {len(names)}: {quoted(names)}."
    return ""


def _as_original(view: TextView, number: int, wanted: int) -> bool:
    """Whether the original's mark speaks of as many names."""
    if view.pair is None or not view.is_translation:
        return False
    sources = [e.source for e in view.pair.ledger if e.target == number and e.source is not None]
    return any(len(view.pair.source.marks[s].concepts) == wanted for s in sources)


def _differs(view: TextView, mark: Annotation, scope: Scope) -> Draft:
    assert view.pair is not None
    own = view.pair.source.marks[scope.source]
    theirs = quoted([name.text for name in own.concepts])
    return Draft(
        mark_place(view, mark),
        f"The mark covers {quoted([name.text for name in mark.concepts])} here and {theirs} in the original.",
        evidence=(mark_place(view.pair.source, own, "original"),),
        suggestion="Put the mark behind the names that the original's covers, or give each its own.",
    )


RULE = Rule(
    "A009", "joint-mark-scope", "A joint legal mark covers the wrong names.", "error", "text", check,
    page=__doc__ or "", both_sides=True,
)  # fmt: skip
