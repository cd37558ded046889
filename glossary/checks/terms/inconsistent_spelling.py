"""Finds a name that is spelt in different ways in one text.

## What it finds

Words of names that sound alike and are spelt in different ways: romanisations (“Andrey”, “Andrei”), typing errors,
and words made from two spellings (“Turkestan”, “Turkistani”). Each place with a rarer spelling is a finding; the
table shows every spelling with its count and, where it can be told, the romanisation that gives it: by the Cyrillic
original where there is one, else by the telling letters. If the glossary has an approved spelling, all
others are findings.

## Why

A reader takes two spellings for two people, and a search finds only half of what there is.

## Example

```example en
The talks were led by Andrey Malinov of the Ministry of Trade.
On Monday Andrei Malinov flew home.
```

Finds “Andrei”.

```example ru en
Встречу вёл Андрей Малинов. | The meeting was led by Andrey Malinov.
Вечером Андрей Малинов дал интервью. | In the evening Andrey Malinov gave an interview.
Андрей Малинов живёт в Казани. | Andrej Malinov lives in Kazan.
```

Finds “Andrej”.

```example ru
Вождь Кэйел вошёл первым, и Кэйелу поклонились.
Потом Кейэла проводили к столу.
```

Finds “Кейэла”.

## How to set it right

Choose one spelling and keep to it; `concord fix` puts the commonest in.

```example en
The talks were led by Andrey Malinov of the Ministry of Trade.
On Monday Andrey MALINOV flew home.
Maria Petrova wrote the minutes, and Mariya Orlova read them.
```

## Options

None.

## Limits

Two people whose names sound alike are kept apart only where their other names are there too. Names of fewer than four
letters, acronyms and names with digits are not compared. In scripts without capital letters names cannot be told from
other words, and nothing is checked.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from glossary.checks.base import Draft, Found, Place, Row, Rule, Unchecked
from glossary.checks.settings import Settings
from glossary.checks.terms.romanisation import hint, schemes
from glossary.checks.terms.spelling import Token, Ways, derived, respelt, ways_of
from glossary.checks.views import PairView, TextView
from glossary.extract.morphology import fold, lemma
from glossary.extract.spelling import likeness
from glossary.extract.words import UNCASED, words


def check(view: TextView, settings: Settings) -> Found:
    """A finding for each place of a spelling that is not the text's own."""
    if view.lang in UNCASED:
        yield Unchecked("names cannot be told from other words in this script", view.name)
        return
    for ways in ways_of(view):
        yield from _drafts(view, ways)


def _drafts(view: TextView, ways: Ways) -> Found:
    counts = ways.counts()
    decided = next((base for base, _ in counts if base in _approved(view)), "")
    kept = decided or counts[0][0]
    first = ways.tokens[kept][0]
    shown = {base: _shown(own[0].text) for base, own in ways.tokens.items()}
    table = tuple(
        Row(
            shown[base],
            count,
            Place(view.name, ways.tokens[base][0].start, ways.tokens[base][0].end),
            _note(view, ways.tokens[base][0], shown[base], shown[kept if base != kept else counts[-1][0]]),
        )
        for base, count in counts
    )
    for base, _ in counts:
        if base == kept:
            continue
        for token in ways.tokens[base]:
            right = respelt(token, kept, derived(base, kept) or "")
            reason = "as the glossary has it" if decided else _times(dict(counts)[kept])
            yield Draft(
                Place(view.name, token.start, token.end),
                f"“{_shown(token.text)}” here, “{shown[kept]}” elsewhere ({reason}).",
                (Place(view.name, first.start, first.end, "also spelt"),),
                f"Write “{_shown(right)}”." if right else f"Spell it as in “{shown[kept]}”.",
                right,
                table=table,
            )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _shown(word: str) -> str:
    return word.capitalize() if word.isupper() else word


def _note(view: TextView, token: Token, spelt: str, other: str) -> str:
    original = _original(view, token)
    named = schemes(original, spelt) if original else ()
    return f"{', '.join(named)} for {original}" if named else hint(spelt, other)


@lru_cache(maxsize=4)
def _approved(view: TextView) -> frozenset[str]:
    """The lemmas of all words of terms that people decided to use."""
    found = set()
    for concept, term in view.settings.terminology.terms:
        if (
            concept.state == "approved"
            and term.status in (None, "preferred", "admitted")
            and term.lang == view.lang
        ):
            found |= {lemma(word.text, view.lang) for word in words(term.text, view.lang)}
            found |= {fold(word.text) for word in words(term.text, view.lang)}
    return frozenset(found)


def _original(view: TextView, token: Token) -> str:
    """The word of the original that a word of a name renders, "" where it is not known."""
    if view.pair is None or view.pair.target is not view:
        return ""
    starts, rows = _rendered(view.pair)
    at = bisect_right(starts, token.start) - 1
    if at < 0 or rows[at][1] < token.end:
        return ""
    ranked = [(likeness(word, token.text), word) for word in rows[at][2].split()]
    best = max(ranked, default=(0.0, ""))
    return best[1] if best[0] >= 0.6 else ""


@lru_cache(maxsize=1)
def _rendered(pair: PairView) -> tuple[list[int], list[tuple[int, int, str]]]:
    """Where names of the original are rendered in the translation, and by which names."""
    rows = sorted(
        (place.start, place.end, one.term.text)
        for one in pair.source.names
        for rendering in one.renderings
        for place in rendering.occurrences
    )
    return [row[0] for row in rows], rows


RULE = Rule(
    "T007",
    "inconsistent-spelling",
    "A name is spelt in different ways in one text.",
    "warning",
    "text",
    check,
    page=__doc__ or "",
)
