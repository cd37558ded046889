"""Points at sentences that do not look like translations of each other.

## What it finds

Places where the aligner paired sentences for want of anything better: neighbouring beads below its threshold, as one
finding. Nothing is said of beads that S001, S002, S004, S005 or S006 speak of, or that a person has confirmed.

## Why

A doubtful pair is either a very free translation, a mistake, or a fault of the alignment. The first is worth a look,
the second must be mended, and the third makes every other check blind at that place.

## Example

```example ru en
Мост закрыли весной. | The bridge was closed in spring.
Паромщик берёт за переезд две монеты. | Snow lay on the roofs until the end of April.
Движение откроют осенью. | Traffic will resume in autumn.
```

## How to set it right

Compare the two, correct the translation or the bead (`concord beads`), and confirm it.

```example ru en
Мост закрыли весной. | The bridge was closed in spring.
Паромщик берёт за переезд две монеты. | The ferryman takes two coins for the crossing.
Движение откроют осенью. | Traffic will resume in autumn.
```

## Options

- `likeness` (default 0.12): doubtful beads whose sides are more alike than this (the cosine of their vectors, 0 to 1)
  are left alone.

## Limits

Of one clean translation in thirty beads the aligner is not sure, so only those are shown whose sides have next to
nothing in common. Short sentences and headings are translated too freely to judge.
"""

from __future__ import annotations

from collections.abc import Iterator

from glossary.checks.base import Draft, Found, Option, Place, Rule, Unchecked
from glossary.checks.sentences.fit import cosine, encode, fit_of, size
from glossary.checks.sentences.gaps import gaps_of
from glossary.checks.sentences.languages import is_foreign
from glossary.checks.settings import Settings
from glossary.checks.views import PairView

SHORTEST = 24
"""Letters; what is shorter is not judged."""
FEW = 5
"""In a text of fewer beads the aligner's confidence means little, and likeness alone counts."""


def check(view: PairView, settings: Settings) -> Found:
    """One finding for each run of beads that are doubtful and unlike."""
    if view.embedder is None:
        yield Unchecked("without an embedding model no likeness is known")
        return
    below = float(str(settings.option(RULE, "likeness")))
    for run in _runs(view, below):
        first, last = view.span("target", run[0]), view.span("target", run[-1])
        source = view.span("source", run[0]), view.span("source", run[-1])
        assert first
        assert last
        assert source[0]
        assert source[1]
        count = len(run)
        yield Draft(
            Place(view.target.name, first[0], last[1]),
            "This does not look like a translation of what it is paired with."
            if count == 1
            else f"These {count} pairs do not look like translations of each other.",
            (Place(view.source.name, source[0][0], source[1][1], "original"),),
            "Compare the two; correct the translation, or the bead, and confirm it.",
        )


def _runs(view: PairView, below: float) -> Iterator[list[int]]:
    fit, gaps = fit_of(view), gaps_of(view)
    gone = {n for run in gaps.omitted for n in run}, {n for run in gaps.added for n in run}
    run: list[int] = []
    for number, bead in enumerate(view.beads):
        doubtful = (
            bool(bead.source and bead.target)
            and not bead.moved
            and (view.alignment.is_doubtful(bead) or len(view.beads) < FEW)
            and bead.state not in ("confirmed", "edited")
            and not (gone[0] & set(bead.source) or gone[1] & set(bead.target))
            and _is_unlike(view, fit.text("source", bead.source), fit.text("target", bead.target), below)
            and not is_foreign(view, bead.target)
        )
        if run and not doubtful:
            yield run
            run = []
        if doubtful:
            run.append(number)
    if run:
        yield run


def _is_unlike(view: PairView, source: str, target: str, below: float) -> bool:
    if min(size(source), size(target)) < SHORTEST:
        return False
    vectors = encode(view, [source, target])
    return cosine(vectors[0], vectors[1]) < below


RULE = Rule(
    "S003",
    "doubtful-bead",
    "Two sentences paired by the aligner do not look like translations of each other.",
    "note",
    "pair",
    check,
    page=__doc__ or "",
    default=False,
    options={"likeness": Option(0.12, "The likeness below which a pair is shown.")},
)
