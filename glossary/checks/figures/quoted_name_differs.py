"""A name stands in quotation marks at one mention and without them at another.

## What it finds

A name of capital letters that one text writes both ways: «Шамширан» and Шамширан, “Islamic State” and Islamic
State. What is reported is the rarer way, with the table of both. Inflected forms count as the same name.

## Why

Quotation marks say "this is a name", or "so-called"; a reader takes their absence for a change of mind or of
subject.

## Example

```example ru
Движение «Шамширан» подняло налог.
Вожди «Шамширана» боятся почтальонов.
За пять лет Шамширан дважды менял столицу.
```
Finds “Шамширан”.

```example ru en
Программа «Чистая вода» ушла. | The “Clean Water” program left.
Потом «Чистая вода» вернулась. | Later “Clean Water” came back.
А «Чистую воду» ждали. | And people waited for Clean Water there.
```
Finds “Clean Water”.

## How to set it right

Write the name one way throughout.

```example ru
Движение «Шамширан» подняло налог.
Вожди «Шамширана» боятся почтальонов.
За пять лет «Шамширан» дважды менял столицу.
```

```example en
The so-called “Islamic State” lost the town.
The Islamic State came back, and the Islamic State left again.
```

## Options

None.

## Limits

Quotation marks at the first mention alone are left in peace, except in Russian and its neighbours, where they
belong to the name. A mention inside a longer quotation counts for neither way, nor does a single word that
begins a sentence. In a translation a mention is passed over where the original treats it in the same way.
Scripts without capital letters are not checked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from glossary.checks.base import Draft, Found, Place, Row, Rule, Unchecked
from glossary.checks.figures.paired import quotes
from glossary.checks.settings import Settings
from glossary.checks.views import TextView
from glossary.extract.words import UNCASED

_QUOTED = re.compile(r"[«“„\"‟]([^«»„“”\"\n.!?;:()]{2,60}?)([,.]?)[»“”\"]")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_MIDDLE = re.compile(r"[\w)»”,%-][ \u00a0]$|[(/]$")
_NAMING = re.compile(  # a name that is given here is in quotation marks for that reason
    r"(?:as|called|named|dubbed|nicknamed|word|term|so-called|как|называем\w+|прозва\w+|называ\w+|далее|genannt\w*|als|dit|dite)\W*$",
    re.IGNORECASE,
)
_STRICT = frozenset({"ru", "uk", "be", "bg", "kk"})
_MOST_WORDS, _LEAST_SIGNS = 5, 3


class _Name(NamedTuple):
    """The mentions of one name: in quotation marks, and without."""

    quoted: list[Place]
    bare: list[Place]


def check(view: TextView, settings: Settings) -> Found:
    """A draft for every mention that is not written as most mentions of the same name are."""
    if view.lang in UNCASED:
        yield Unchecked("names cannot be told without capital letters", view.name)
        return
    for name in _names(view):
        odd, usual = _odd(name, view)
        if not odd:
            continue
        text = view.text
        table = tuple(
            Row(text[own[0].start : own[0].end], len(own), own[0], note)
            for own, note in ((name.quoted, "in quotation marks"), (name.bare, "without"))
        )
        for place in odd:
            marks = "not in quotation marks" if odd is not name.quoted else "in quotation marks"
            yield Draft(
                place,
                f"“{text[place.start : place.end]}” is {marks} here, as in {len(odd)} of its "
                f"{len(odd) + len(usual)} mentions.",
                (usual[0],),
                "Write the name one way throughout.",
                table=table,
            )


def _odd(name: _Name, view: TextView) -> tuple[list[Place], list[Place]]:
    """The mentions to report, and those they differ from; nothing where the text may well mean it."""
    quoted, bare = name
    first_alone = len(quoted) == 1 and quoted[0].start < bare[0].start
    several = " " in view.text[quoted[0].start : quoted[0].end]
    if len(quoted) > len(bare) or (len(quoted) == len(bare) and view.lang in _STRICT):
        return [place for place in bare if not _as_original(view, place)], quoted
    if len(bare) > len(quoted) and several and not first_alone:
        return quoted, bare
    lost = [place for place in bare if _lost(view, place)] if len(quoted) == len(bare) else []
    return lost, quoted


def _names(view: TextView) -> Iterator[_Name]:
    text = view.text
    found: dict[tuple[str, ...], list[Place]] = {}
    sure: set[tuple[str, ...]] = set()
    taken: list[tuple[int, int]] = []
    for match in _QUOTED.finditer(text):
        name = match.start(1) + _article(match[1])
        words = _WORD.findall(text[name : match.end(1)])
        if not words or len(words) > _MOST_WORDS or not _is_name(text[name : match.end(1)], words):
            continue
        stems = tuple(map(_stem, words))
        key = next((known for known in found if _one_name(known, stems)), stems)
        found.setdefault(key, []).append(Place(view.name, name, match.end(1)))
        taken.append(match.span())
        before = text[max(0, match.start() - 24) : match.start()]
        inside = _MIDDLE.search(before[-2:]) or (len(words) > 1 and _quoted_in_original(view, match.start()))
        if not match[2] and inside and not _NAMING.search(before):
            sure.add(key)
    for key, quoted in found.items():
        if key in sure and len("".join(key)) >= _LEAST_SIGNS:
            bare = [one for one in _bare(view, key) if not _touches(one, taken)]
            if bare:
                yield _Name(quoted, bare)


_ARTICLE = re.compile(
    r"(?:The|An?|Der|Die|Das|Le|La|Les|El|Los|Las|Il|Lo|I|Gli|O|Os|As)[ \u00a0](?=[^\W\d_])"
)


def _article(spelt: str) -> int:
    """How long the article is that a name begins with: "The Grain of Peace" is also "the Grain of Peace program"."""
    match = _ARTICLE.match(spelt)
    return match.end() if match and spelt[match.end()].isupper() else 0


def _is_name(spelt: str, words: list[str]) -> bool:
    """Whether it begins with a capital and is no sentence: a name in small letters cannot be told from a word."""
    return spelt[0].isupper() and spelt[-1].isalnum() and any(sign.isalpha() for sign in words[0])


def _stem(word: str) -> str:
    """The word less what inflection changes at its end."""
    if len(word) < 4 or word.isupper():
        return word
    return word[: max(3, len(word) - (1 if len(word) < 6 else 2))]


def _one_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two rows of stems are forms of one name: «Шамширан», «Шамшираном»."""
    return len(a) == len(b) and all(
        x == y or (min(len(x), len(y)) >= _LEAST_SIGNS and (x.startswith(y) or y.startswith(x)))
        for x, y in zip(a, b, strict=True)
    )


@lru_cache(maxsize=2000)
def _pattern(key: tuple[str, ...]) -> re.Pattern[str]:
    words = (re.escape(stem) + ("" if len(stem) < 3 or stem.isupper() else r"[^\W\d_]{0,4}") for stem in key)
    return re.compile(r"(?<![\w-])" + r"[ \u00a0-]".join(words) + r"(?![\w-])")


def _bare(view: TextView, key: tuple[str, ...]) -> Iterator[Place]:
    """Mentions without quotation marks, outside quotations; of one word, those that stand alone inside a sentence."""
    text = view.text
    for match in _pattern(key).finditer(text):
        start, end = match.span()
        inside = bool(_MIDDLE.search(text[max(0, start - 2) : start]))
        if len(key) == 1 and (not inside or _in_longer(text, start, end)):
            continue
        if not _in_quotation(view, start):
            yield Place(view.name, start, end)


_CAPITAL_BEFORE = re.compile(r"[^\W\d_][\w’'-]*[ \u00a0]$")
_CAPITAL_AFTER = re.compile(r"[ \u00a0-]([^\W\d_])")


def _in_longer(text: str, start: int, end: int) -> bool:
    """Whether a word is part of a longer name: "Wagner" in "Richard Wagner"."""
    before = _CAPITAL_BEFORE.search(text[max(0, start - 40) : start])
    after = _CAPITAL_AFTER.match(text, end)
    return bool((before and before.group()[0].isupper()) or (after and after[1].isupper()))


def _in_quotation(view: TextView, at: int) -> bool:
    blocks = view.document.blocks
    number = bisect_right([block.start for block in blocks], at) - 1
    if number < 0:
        return False
    opened = 0
    for mark in quotes(view.text, blocks[number].start, at, view.lang):
        opened += 1 if mark.role == "open" or (mark.role == "either" and opened == 0) else -1
    return opened > 0


def _touches(place: Place, taken: list[tuple[int, int]]) -> bool:
    return any(a <= place.start < b for a, b in taken)


def _as_original(view: TextView, place: Place) -> bool:
    """Whether the original has as few names in quotation marks in the same bead, and some elsewhere."""
    held = _quoted_in_bead(view, place)
    return held is not None and held[0] <= held[1]


def _quoted_in_original(view: TextView, at: int) -> bool:
    """Whether the original has as many short quotations in the bead: what opens a sentence here is a name."""
    held = _quoted_in_bead(view, Place(view.name, at, at))
    return held is not None and held[0] >= held[1] > 0


def _lost(view: TextView, place: Place) -> bool:
    held = _quoted_in_bead(view, place)
    return held is not None and held[0] > held[1]


def _quoted_in_bead(view: TextView, place: Place) -> tuple[int, int] | None:
    """How many short quotations the original and the translation have in the bead of a place."""
    pair = view.pair
    if pair is None or not view.is_translation:
        return None
    bead = pair.bead_of("target", view.segment_at(place.start))
    spans = pair.span("source", bead), pair.span("target", bead)
    if spans[0] is None or spans[1] is None:
        return None
    return len(_QUOTED.findall(pair.source.text, *spans[0])), len(_QUOTED.findall(view.text, *spans[1]))


RULE = Rule(
    "F010", "quoted-name-differs", "A name stands in quotation marks at one mention and without them at another.",
    "note", "text", check, page=__doc__ or "",
)  # fmt: skip
