"""Finds sentences of which one side is far too long: half of it was left out or added.

## What it finds

A pair of sentences whose lengths do not fit by this document's own ratio, where moreover the longer one has a
stretch of words that the other side says nothing of. Where the translation is short the finding is on the
translated sentence and the evidence shows the part of the original that is missing; where it is long the finding is
on the part too many.

## Why

A clause is lost more easily than a sentence: the eye jumps from one comma to the next. Such sentences read well and
nobody misses anything.

## Example

```example ru en
Мост через реку закрыли ещё весной. | The bridge across the river was closed back in spring.
Рабочие заменили все опоры, а инженеры из столицы проверили каждый трос и составили подробный отчёт для министерства. | The workers replaced all the piers.
Движение откроют в сентябре. | Traffic will resume in September.
```

Finds “The workers replaced all the piers.”.

```example de en
Die Brücke wurde schon im Frühjahr gesperrt. | The bridge was closed back in spring.
Die Arbeiter haben alle Pfeiler ersetzt. | The workers have replaced all the piers, and engineers from the capital have checked every single cable and written a report for the ministry.
```

Finds “and engineers from the capital have checked every single cable and written a report for the ministry.”.

## How to set it right

Translate what is missing, or take out what is too much.

```example ru en
Мост через реку закрыли ещё весной. | The bridge across the river was closed back in spring.
Рабочие заменили все опоры, а инженеры из столицы проверили каждый трос и составили подробный отчёт для министерства. | The workers replaced all the piers, and engineers from the capital checked every cable and wrote a detailed report for the ministry.
Движение откроют в сентябре. | Traffic will resume in September.
```

## Options

- `shortest` (default 60): sentences of fewer letters are not looked at; a Chinese or Japanese character counts as
  almost three.

## Limits

Less than a third of a sentence is hardly ever found. Short sentences differ in length for good reasons and are left
out. In Chinese and Japanese, and with a model that has no vectors of single words, only a missing beginning or end is
seen.
"""  # noqa: E501 (a bead of an example is one line)

from __future__ import annotations

from collections.abc import Mapping

from glossary.checks.base import Draft, Found, Option, Place, Rule, Unchecked
from glossary.checks.sentences.coverage import Tokens, uncovered
from glossary.checks.sentences.fit import (
    Extra,
    Fit,
    Unit,
    cosine,
    encode,
    fit_of,
    missing_part,
    other_side,
    size,
)
from glossary.checks.sentences.gaps import gaps_of
from glossary.checks.sentences.languages import is_foreign
from glossary.checks.settings import Settings
from glossary.checks.views import PairView, Side
from glossary.extract.words import UNSPACED

SURE = 2.3
"""Log odds from which half a sentence is missing."""
SURE_BY_WORDS: Mapping[Side, float] = {"source": 3.0, "target": 4.5}
"""The same where words were compared: translators explain more than they leave out."""
SURE_UNSPACED = 4.0
"""The same where one text is without spaces: lengths say less there, and translations are freer."""


def check(view: PairView, settings: Settings) -> Found:
    """One finding for each pair of sentences of which a part has no counterpart."""
    if view.embedder is None:
        yield Unchecked("without an embedding model only the lengths could be compared")
    fit, gaps = fit_of(view), gaps_of(view)
    gone = {side: {n for run in gaps.runs(side) for n in run} for side in _SIDES}
    shortest = float(str(settings.option(RULE, "shortest")))
    unspaced = {view.source.lang, view.target.lang} & UNSPACED
    for number, unit in enumerate(fit.units):
        if gone["source"] & set(unit.source) or gone["target"] & set(unit.target):
            continue
        if view.beads[unit.bead].state in ("confirmed", "edited"):
            continue
        for side in _SIDES:
            own = unit.source if side == "source" else unit.target
            if size(fit.text(side, own)) < shortest:
                continue
            extra, least = _extra(fit, unit, side, unspaced=bool(unspaced))
            if extra is None or extra.score < least:
                continue
            if not is_foreign(view, unit.target) and not _goes_over(fit, number, side, extra):
                yield _draft(fit, unit, side, extra)


def _extra(fit: Fit, unit: Unit, side: Side, *, unspaced: bool) -> tuple[Extra | None, float]:
    """The part without counterpart and the log odds that it needs; by its words where these can be told."""
    model = fit.pair.embedder
    if isinstance(model, Tokens) and not unspaced:
        return uncovered(fit, unit, side, model), SURE_BY_WORDS[side]
    return missing_part(fit, unit, side), SURE_UNSPACED if unspaced else SURE


OVER = 1.2
"""Standard deviations by which a neighbour is too long on the other side where words went over to it."""


def _goes_over(fit: Fit, number: int, side: Side, extra: Extra) -> bool:
    """Whether the unit beyond the part has more than enough of the other side: the words may have gone over to it."""
    unit = fit.units[number]
    own = unit.source if side == "source" else unit.target
    segments = fit.pair.view(side).document.segments
    at_end = extra.end == segments[own[-1]].end
    if not at_end and extra.start != segments[own[0]].start:
        return False
    near = number + 1 if at_end else number - 1
    if not 0 <= near < len(fit.units) or fit.excess_of(other_side(side), fit.units[near]) <= OVER:
        return False
    if fit.pair.embedder is None:
        return True
    across = fit.units[near].target if side == "source" else fit.units[near].source
    part = fit.pair.view(side).text[extra.start : extra.end]
    vectors = encode(fit.pair, [part, fit.text(other_side(side), across)])
    return cosine(vectors[0], vectors[1]) >= 0.25


_SIDES: tuple[Side, Side] = ("source", "target")


def _draft(fit: Fit, unit: Unit, side: Side, extra: Extra) -> Draft:
    view, across = fit.pair.view(side), fit.pair.view(other_side(side))
    ids = unit.target if side == "source" else unit.source
    segments = across.document.segments
    whole = Place(across.name, segments[ids[0]].start, segments[ids[-1]].end)
    start, end = _trimmed(view.text, extra.start, extra.end)
    part = " ".join(view.text[start:end].split())
    part = part if len(part) <= 60 else part[:57] + "…"
    if side == "source":
        return Draft(
            whole,
            f"The translation is far shorter than the original: nothing here says “{part}”.",
            (Place(view.name, start, end, "nothing of this in the translation"),),
            "Translate what is missing.",
        )
    return Draft(
        Place(view.name, start, end),
        f"The translation is far longer than the original, which says nothing of “{part}”.",
        (Place(whole.document, whole.start, whole.end, "original"),),
        "Take out what the original does not say.",
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",;，；"):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


RULE = Rule(
    "S006",
    "length-differs",
    "One side of a pair of sentences is far too long for the other.",
    "warning",
    "pair",
    check,
    page=__doc__ or "",
    options={"shortest": Option(60, "Letters from which a sentence is looked at.")},
)
