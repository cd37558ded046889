"""A sentence of the original denies something, and the translation does not.

## What it finds

A "not" of the original («не пришёл», "did not", "nicht", "kein") in a sentence whose translation has fewer of
them, and nothing at that place that could stand for one: no "without", "fail", "unable", «вряд ли», «кроме».

## Why

A lost "not" turns what was said around, and the sentence still reads well.

## Example

```example ru en
Лошадей им не продали. | They were sold horses.
```
Finds “They were sold horses.”.

```example de en
Der Richter hat das Urteil nicht unterschrieben. | The judge signed the verdict.
```
Finds “The judge signed the verdict.”.

## How to set it right

```example ru en
Лошадей им не продали. | They were not sold any horses.
Судью не нашли. | They failed to find the judge.
Он не только врач, но и учитель. | He is both a doctor and a teacher.
```

## Options

None.

## Limits

Off unless selected: of ten findings on good translations most are free renderings («не сидел без дела», "kept
busy"), and of lost negations it finds about three in four. Questions are passed over (in Russian they are
polite by a "not"), so are sentences of more than 400 signs. Known are Russian, Ukrainian, English, German,
French, Spanish, Italian, Portuguese, Polish, Czech and Dutch. A negation that was put in is not reported.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Place, Rule, Unchecked
from glossary.checks.figures.negation import LANGUAGES, firm, negations
from glossary.checks.settings import Settings
from glossary.checks.views import PairView

_LONGEST = 400
_WINDOW, _MARGIN = (
    0.3,
    12,
)  # how far from its place a negation may be looked for: share of the text, and signs


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for every sure bead whose translation lost a negation."""
    unknown = [view for view in (pair.source, pair.target) if view.lang not in LANGUAGES]
    for view in unknown:
        yield Unchecked(f"words that deny are not known in this language ({view.lang})", view.name)
    if unknown:
        return
    for n in range(len(pair.beads)):
        source, target = pair.span("source", n), pair.span("target", n)
        if source is None or target is None or not pair.is_sure(n) or source[1] - source[0] > _LONGEST:
            continue
        theirs = pair.source.text[slice(*source)]
        ours = pair.target.text[slice(*target)]
        lost = _lost(theirs, pair.source.lang, ours, pair.target.lang)
        if lost is not None:
            word = theirs[slice(*lost)]
            yield Draft(
                Place(pair.target.name, *target),
                f"The original has “{word}”, and nothing here denies anything.",
                (Place(pair.source.name, source[0] + lost[0], source[0] + lost[1], "original"),),
                "Compare the sentence with the original.",
            )


def _lost(theirs: str, source_lang: str, ours: str, target_lang: str) -> tuple[int, int] | None:
    """The first negation of the original that nothing at its place answers for."""
    denied = firm(theirs, source_lang)
    if not denied or "?" in theirs or theirs == ours:
        return None
    found = negations(ours, target_lang)
    if len(set(found.firm) | set(found.absolute)) >= len(denied):
        return None
    window = _WINDOW + _MARGIN / len(ours)
    places = [(a + b) / 2 / len(ours) for a, b in found.cues]
    for start, end in denied:
        at = (start + end) / 2 / len(theirs)
        if not any(abs(place - at) <= window for place in places):
            return start, end
    return None


RULE = Rule(
    "F006", "negation-lost", "A sentence of the original denies something, and the translation does not.",
    "warning", "pair", check, page=__doc__ or "", default=False,
)  # fmt: skip
