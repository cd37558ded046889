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
from glossary.checks.figures.compare import trusted
from glossary.checks.figures.negation import LANGUAGES, Span, firm, not_only
from glossary.checks.figures.negation_english import only_without_not
from glossary.checks.figures.negation_traces import loss
from glossary.checks.settings import Settings
from glossary.checks.views import PairView
from glossary.extract.vectors import Vectors

_LONGEST = 400


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for every sure bead whose translation lost a negation."""
    unknown = [view for view in (pair.source, pair.target) if view.lang not in LANGUAGES]
    for view in unknown:
        yield Unchecked(f"words that deny are not known in this language ({view.lang})", view.name)
    if unknown:
        return
    if pair.embedder is None:
        yield Unchecked("words are not compared without a model", pair.target.name)
        return
    vectors = Vectors(pair.embedder)
    for n in range(len(pair.beads)):
        source, target = pair.span("source", n), pair.span("target", n)
        if source is None or target is None or not trusted(pair, n) or source[1] - source[0] > _LONGEST:
            continue
        theirs = pair.source.text[slice(*source)]
        ours = pair.target.text[slice(*target)]
        lost = _lost(theirs, pair.source.lang, ours, pair.target.lang, vectors)
        if lost is not None:
            word = theirs[slice(*lost)]
            yield Draft(
                Place(pair.target.name, *target),
                f"The original has “{word}”, and nothing here denies anything.",
                (Place(pair.source.name, source[0] + lost[0], source[0] + lost[1], "original"),),
                "Compare the sentence with the original.",
            )


def _lost(theirs: str, source_lang: str, ours: str, target_lang: str, vectors: Vectors) -> Span | None:
    """The negation of the original that nothing at its place answers for."""
    if theirs == ours or theirs.rstrip('”»")“ ').endswith("?"):
        return None
    limited = not_only(theirs, source_lang)
    if limited and target_lang == "en" and only_without_not(ours):
        return limited
    if not firm(theirs, source_lang):
        return None
    found = loss(theirs, source_lang, ours, target_lang, vectors)
    return (found.start, found.end) if found and found.score >= 0 else None


RULE = Rule(
    "F006", "negation-lost", "A sentence of the original denies something, and the translation does not.",
    "warning", "pair", check, page=__doc__ or "", default=False,
)  # fmt: skip
