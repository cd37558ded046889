"""A term that has to stay as it is stands in the original, and not so in the translation.

## What it finds

Terms of the glossary with `translate = false` have to stand in the translation as they stand in the glossary,
as often as in the original. Endings behind them are allowed ("Concords", «Concord'ом»), other capitals only
if the term does not ask for its own (`case = "as written"`). A term that came to stand in the neighbouring
bead is found there.

Where a changed form can be seen, in the same letters or in others, it is the place of the finding. Else it is
the whole sentence.

## Why

The names of programmes, keys, codes and brands lead nowhere when they are changed.

## Example

```glossary
concord_glossary = 1

[snowline]
kind = "programme"
state = "approved"
terms = [
  { lang = "en", text = "SnowLine", status = "preferred", translate = false, case = "as written" },
]
```

```example ru en
Карты рисует программа SnowLine. | The maps are drawn by the Snow Line software.
Второй выпуск SnowLine бесплатный. | The second release of SnowLine is free.
```

Finds “Snow Line”.

```example en de
The maps are drawn with SnowLine. | Die Karten zeichnet Schneelinie.
```

```example en ru
The maps are drawn with SnowLine. | Карты рисуют в программе «Сноулайн».
```

Finds “Сноулайн”.

## How to set it right

Write the term as the glossary has it.

```example ru en
Карты рисует программа SnowLine. | The maps are drawn by the SnowLine software.
```

```example en ru
The maps are drawn with SnowLine. | Карты рисуют в SnowLine.
```

## Options

None.

## Limits

Where the original has the term twice and the translation has it once, nothing is reported unless a changed
form is seen: a pronoun may stand for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.settings import Settings
from glossary.checks.terms.decided import Standing, decided
from glossary.checks.terms.stand_ins import pronouns
from glossary.checks.views import PairView, Side, Span
from glossary.extract.morphology import fold
from glossary.extract.spelling import likeness
from glossary.extract.words import UNSPACED
from glossary.model import Match

_CHANGED = 0.6  # likeness from which other words are the term, changed


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for each mention that did not stay as it is."""
    fixed = {one.term.text: one for one in decided(pair.target).by_number.values() if not one.term.translate}
    for text, one in sorted(fixed.items()):
        pattern = _pattern(text, one.term.case == "as written", pair.source.lang in UNSPACED)
        if pattern.search(pair.source.text) is None:
            continue
        ending = _pattern(text, one.term.case == "as written", True)
        for bead in range(len(pair.beads)):
            if pair.is_sure(bead):
                yield from _in_bead(pair, bead, one, pattern, ending)


@lru_cache(maxsize=4096)
def _pattern(text: str, as_written: bool, open_end: bool) -> re.Pattern[str]:
    """The term as a word; with ``open_end`` also with an ending behind it."""
    words = r"[\s\u00a0]+".join(map(re.escape, text.split()))
    flags = re.NOFLAG if as_written else re.IGNORECASE
    front = r"(?<![^\W_])" if text[:1].isascii() or not open_end else ""
    return re.compile(front + words + ("" if open_end else r"(?:['’]s)?(?![^\W_])"), flags)


def _in_bead(
    pair: PairView, bead: int, one: Standing, pattern: re.Pattern[str], ending: re.Pattern[str]
) -> Iterator[Draft]:
    asked = [match.span() for match in pattern.finditer(pair.source.text, *_span(pair, "source", bead))]
    if not asked:
        return
    kept = [match.span() for match in ending.finditer(pair.target.text, *_span(pair, "target", bead))]
    lacking = len(asked) - len(kept) - sum(_spare(pair, bead + step, pattern, ending) for step in (-1, 1))
    if lacking <= 0:
        return
    changed = _changed(pair, bead, one.term.text, kept)
    if changed is None and (kept or _named_before(pair, bead, pattern, ending)):
        return
    place = changed or _span(pair, "target", bead)
    there = pair.target.text[slice(*place)]
    wanted = one.term.text
    yield Draft(
        Place(pair.target.name, *place),
        f"“{wanted}” is to stay as it is; here it is “{there}”."
        if changed
        else f"“{wanted}” does not stand here.",
        (Place(pair.source.name, *asked[0], "original"),),
        f"Write “{wanted}”.",
        match=Match(pair.source.text[slice(*asked[0])], one.term.lemma or wanted, "not to be translated"),
        concept=one.concept.id,
    )


def _span(pair: PairView, side: Side, bead: int) -> Span:
    return pair.span(side, bead) or (0, 0)


def _spare(pair: PairView, bead: int, pattern: re.Pattern[str], ending: re.Pattern[str]) -> int:
    if not 0 <= bead < len(pair.beads):
        return 0
    asked = sum(1 for _ in pattern.finditer(pair.source.text, *_span(pair, "source", bead)))
    kept = sum(1 for _ in ending.finditer(pair.target.text, *_span(pair, "target", bead)))
    return max(0, kept - asked)


def _named_before(pair: PairView, bead: int, pattern: re.Pattern[str], ending: re.Pattern[str]) -> bool:
    """Whether the bead before has the term and a pronoun can stand for it here."""
    if bead == 0 or not ending.search(pair.target.text, *_span(pair, "target", bead - 1)):
        return False
    ours = pronouns(
        pair.words("target", bead), pair.target.lang, pair.target.text[slice(*_span(pair, "target", bead))]
    )
    return ours > pronouns(
        pair.words("source", bead), pair.source.lang, pair.source.text[slice(*_span(pair, "source", bead))]
    )


def _changed(pair: PairView, bead: int, text: str, kept: list[Span]) -> Span | None:
    """The words that are most like the term without being it; as many as it has, one more or one less."""
    words = pair.words("target", bead)
    size = len(text.split())
    wanted = fold("".join(text.split()))
    best: tuple[float, Span] | None = None
    for length in range(max(1, size - 1), size + 2):
        for i in range(len(words) - length + 1):
            span = words[i].start, words[i + length - 1].end
            if any(a < span[1] and span[0] < b for a, b in kept):
                continue
            like = likeness("".join(word.text for word in words[i : i + length]), wanted)
            if like >= _CHANGED and (
                best is None or (like, span[0] - span[1]) > (best[0], best[1][0] - best[1][1])
            ):
                best = like, span
    return best[1] if best else None


RULE = Rule(
    "T005",
    "do-not-translate-changed",
    "A term that has to stay as it is stands in the original, and not so in the translation.",
    "error",
    "pair",
    check,
    page=__doc__ or "",
)
