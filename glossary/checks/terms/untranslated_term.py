"""A name or a term of the original was left in the translation as it was.

## What it finds

In a pair of two scripts: words of the original's script in the translation which stand in the original's
sentence too, and are part of a name or a term there. A name in Latin letters inside a text in other letters
is often right (brands, programmes): it is reported only where the same name is rendered in the text's own
letters elsewhere, or where the glossary has a term for it.

In a pair of one script: a term of the glossary that stands in the translation in its original form although
it has an approved rendering, a name that is left as it was once and rendered otherwise, always the same, three times
or more, and an ordinary word that only the original's language has, left once and translated twice or more.

What stands in brackets behind its rendering is an explanation, and no finding. Neither is a whole sentence
that was left: that is another rule's.

## Why

Most of these are leftovers: the translator meant to look it up.

## Example

```example ru en
Колонна шла через Дехшар. | The column went through Дехшар.
```

Finds “Дехшар”.

```example uk en
Учора Петро Заньківський повернувся до столиці. | Yesterday Petro Zankivsky returned to the capital.
У Заньківського багато друзів. | Заньківський has many friends.
```

Finds “Заньківський”.

```example en ru
Yesterday Colonel Brandwick came back. | Вчера вернулся полковник Брандвик.
Mr. Brandwick is tired. | Господин Brandwick устал.
```

Finds “Brandwick”.

```glossary
concord_glossary = 1

[guard]
kind = "organisation"
state = "approved"
terms = [
  { lang = "de", text = "Talwacht", status = "preferred" },
  { lang = "en", text = "Valley Guard", status = "preferred" },
]
```

```example de en
Die Talwacht sperrte die Straße. | The Talwacht closed the road.
```

Finds “Talwacht”.

```example de en
Das Krankenhaus steht am Fluss. | The hospital stands by the river.
Jedes Krankenhaus braucht einen Brunnen. | Every hospital needs a well.
Die Bauern bauten das Krankenhaus selbst. | The farmers built the Krankenhaus themselves.
```

Finds “Krankenhaus”.

## How to set it right

Write the name as it is written elsewhere.

```example ru en
Колонна шла через Дехшар. | The column went through Dehshar.
```

```example ru en
Газета «Полдень» закрылась. | The newspaper Noon (Полдень) has closed.
```

```example en ru
The Firefox browser is free. | Браузер Firefox бесплатный.
```

```example de en
Die Talwacht sperrte die Straße. | The Valley Guard closed the road.
```

## Options

None.

## Limits

In a pair of one script a name that is the same in both languages cannot be told from one that was left as it
was. Ordinary words are looked for where both languages have a dictionary here (those of Europe), once on each side,
not in quotation marks, and not beside another word with a capital.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from align.text.languages import script_of, scripts
from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.settings import Settings, base_lang
from glossary.checks.terms.decided import Decided, Standing, decided, in_beads
from glossary.checks.terms.wording import closest, difference
from glossary.checks.terms.words_left import words_left
from glossary.checks.views import PairView, Span
from glossary.extract.morphology import bases, fold
from glossary.extract.words import UNCASED, UNSPACED, is_capital
from glossary.model import Candidate, Match

_RUN = re.compile(r"[^\W\d_]+(?:[-‐‑'’ .]{1,2}[^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
_OPEN = "([（【"
_SHORTEST = 3  # letters from which words that are in no name are looked at
_SOUND = 0.6  # likeness from which a word is a word of the name in other letters
_LEAST = 3  # how often a name is rendered in one other way before it counts as left where it is not
_SHARE = 0.6  # share of a sentence's letters from which the sentence was left, not a name


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for each name or term that was left as it was."""
    ours, theirs = _script(pair.source.text), _script(pair.target.text)
    case = _Case(pair)
    if ours and theirs and ours != theirs:
        yield from _other_script(case, ours)
    else:
        yield from _same_script(case)


def _script(text: str) -> str:
    """The script that a text is in."""
    found = scripts(text[:20_000])
    return found.most_common(1)[0][0] if found else ""


class _Case:
    """A pair with its names and terms."""

    def __init__(self, pair: PairView) -> None:
        self.pair = pair
        self.held: Decided = decided(pair.target)

    @cached_property
    def terms(self) -> Mapping[int, list[tuple[Span, Standing]]]:
        """Bead → terms in the original that have an approved rendering, and no own form in the translation."""
        lang = self.pair.target.lang
        found: dict[int, list[tuple[Span, Standing]]] = {}
        for bead, hits in (in_beads(self.pair, "source") if self.held.by_number else {}).items():
            for hit, one in hits:
                if one.term.translate and self.held.approved(one.concept.id, lang):
                    found.setdefault(bead, []).append(((hit.start, hit.end), one))
        return found

    @cached_property
    def names(self) -> Mapping[int, list[tuple[Span, Candidate]]]:
        """Bead → names of the original in it."""
        found: dict[int, list[tuple[Span, Candidate]]] = {}
        for name in self.pair.names:
            if base_lang(name.term.lang) == self.pair.source.lang:
                for at in name.occurrences:
                    if at.document == self.pair.source.name:
                        bead = self.pair.bead_of("source", at.segment)
                        found.setdefault(bead, []).append(((at.start, at.end), name))
        return found

    def rendered(self, name: Candidate, found: str, script: str) -> str:
        """What these words became elsewhere in other letters, sounding the same; "" where they did not."""
        for r in name.renderings:
            into = r.text and r.confidence > 0.5 and base_lang(r.lang) == self.pair.target.lang
            sounds = all(closest(word, r.text.split()) >= _SOUND for word in found.split())
            if into and sounds and script not in scripts(r.text):
                return r.text
        return ""


def _other_script(case: _Case, script: str) -> Iterator[Draft]:
    pair = case.pair
    for bead in range(len(pair.beads)):
        span = pair.span("target", bead)
        if span is None or not pair.is_sure(bead):
            continue
        text = pair.target.text[slice(*span)]
        if script not in scripts(text) or scripts(text)[script] > _SHARE * scripts(text).total():
            continue
        for a, b in _runs(text, script):
            place = span[0] + a, span[0] + b
            if (a and text[a - 1] in _OPEN) or _in_code(text, a, b):
                continue
            reason = _why(case, bead, text[a:b], script)
            if reason is not None and not pair.target.in_mark(*place):
                yield _draft(pair, place, *reason)


def _in_code(text: str, start: int, end: int) -> bool:
    """Whether the stretch is part of an address, a model's number or a single letter."""
    around = text[max(0, start - 2) : start], text[end : end + 2]
    digits = any(
        part.strip("-–.").isdigit() for part in (around[0].lstrip(), around[1].rstrip()) if " " not in part
    )
    tied = around[0][-1:] in ("@", "/", "#", ".") or (
        around[1][:1] in ("/", ".", "@") and around[1][1:].isalnum()
    )
    return end - start < 2 or digits or tied


def _runs(text: str, script: str) -> Iterator[Span]:
    """Stretches of words in a script; letters of another script end them."""
    for run in _RUN.finditer(text):
        start, end = -1, -1
        for word in _WORD.finditer(text, *run.span()):
            first = re.split("['’]", word.group())[0]
            parts = (first, word.group())
            long = next((one for one in reversed(parts) if one and _is_in(one, script)), "")
            if long:
                start, end = (word.start() if start < 0 else start), word.start() + len(long)
            if long != word.group() and start >= 0:
                yield start, end
                start = -1
        if start >= 0:
            yield start, end


def _is_in(word: str, script: str) -> bool:
    return script_of(word[0]) == script and all(script_of(sign) in (script, None) for sign in word)


def _why(case: _Case, bead: int, found: str, script: str) -> tuple[Span, str, str] | None:
    """(The place in the original, what should stand there or "", the concept), None where it may stay."""
    pair = case.pair
    for at, one in case.terms.get(bead, ()):
        if _same(pair.source.text[slice(*at)], found, pair.source.lang):
            return at, case.held.preferred(one.concept.id, pair.target.lang), one.concept.id
    fixed = {fold(one.term.text) for one in case.held.by_number.values() if not one.term.translate}
    if fold(found) in fixed:
        return None
    for at, name in case.names.get(bead, ()):
        if not _same(pair.source.text[slice(*at)], found, pair.source.lang):
            continue
        other = case.rendered(name, found, script)
        if script != "latin" or other:
            return at, other, ""
    if script == "latin" or len(found) < (2 if pair.source.lang in UNCASED else _SHORTEST):
        return None
    if len(found.split()) > 6 or not (pair.source.lang in UNCASED or is_capital(found)):
        return None
    at_ = _stands(pair, bead, found)
    return (at_, "", "") if at_ else None


def _stands(pair: PairView, bead: int, found: str) -> Span | None:
    """Where the original has these words, or one word in another form."""
    span = pair.span("source", bead)
    at = pair.source.text.find(found, *span) if span else -1
    if at >= 0:
        return at, at + len(found)
    own = set(bases(found, pair.source.lang))
    words = pair.words("source", bead) if " " not in found and pair.source.lang not in UNSPACED else []
    return next(
        (w[1:3] for w in words if is_capital(w.text) and own & set(bases(w.text, pair.source.lang))), None
    )


def _same(source: str, found: str, lang: str) -> bool:
    """Whether words of the translation are words of a name, in any inflection."""
    if lang in UNSPACED:
        return found in source or source in found
    ours = [set(bases(word, lang)) | {fold(word)} for word in source.split()]
    return all(any((set(bases(w, lang)) | {fold(w)}) & own for own in ours) for w in found.split()) or (
        f" {fold(source)} " in f" {fold(found)} "
    )


def _same_script(case: _Case) -> Iterator[Draft]:
    pair = case.pair
    seen: set[Span] = set()
    for bead, terms in sorted(case.terms.items()):
        span = pair.span("target", bead)
        if span is None or not pair.is_sure(bead):
            continue
        for at, one in terms:
            place = _left(case, span, at, one)
            if place is not None and place not in seen:
                seen.add(place)
                yield _draft(
                    pair, place, at, case.held.preferred(one.concept.id, pair.target.lang), one.concept.id
                )
    for name in pair.names:
        if base_lang(name.term.lang) == pair.source.lang:
            yield from _left_once(case, name, seen)
    for place, at in words_left(pair, case.names):
        if place not in seen:
            seen.add(place)
            yield _draft(pair, place, at, "", "")


def _left(case: _Case, span: Span, at: Span, one: Standing) -> Span | None:
    """Where a term of the original stands unchanged in the translation, if it is no term there."""
    pair = case.pair
    surface = pair.source.text[slice(*at)]
    known = {fold(own.term.text) for own in case.held.terms(one.concept.id, pair.target.lang)}
    for form in dict.fromkeys((surface, one.term.text)):
        if fold(form) in known or len(form) < 3:
            continue
        found = re.compile(rf"(?<![^\W_]){re.escape(form)}(?![^\W_])", re.IGNORECASE).search(
            pair.target.text, *span
        )
        if found and not any(
            h.start <= found.start() < h.end for h in pair.target.hits if _is_target(case, h.term)
        ):
            return found.span()
    return None


def _is_target(case: _Case, number: int) -> bool:
    one = case.held.by_number.get(number)
    return one is not None and one.lang == case.pair.target.lang


def _left_once(case: _Case, name: Candidate, seen: set[Span]) -> Iterator[Draft]:
    """Mentions that were left as they were where the name is rendered in one other way at least three times."""
    pair = case.pair
    lang = pair.target.lang
    into = [r for r in name.renderings if r.text and base_lang(r.lang) == lang]
    usual = max(into, key=lambda r: (r.count, r.text), default=None)
    if usual is None or usual.count < _LEAST or usual.confidence < 0.6:
        return
    original = Counter(at.text for at in name.occurrences)
    if any(fold(text) == fold(usual.text) for text in original):
        return
    for r in into:
        if r is usual or r.count * _LEAST > usual.count:
            continue
        for bead, at, place in zip(r.beads, r.sources, r.occurrences, strict=True):
            span = (place.start, place.end)
            same = fold(at.text) == fold(place.text) and difference(usual.text, place.text, lang, name.kind)
            if same and span not in seen and pair.is_sure(bead):
                seen.add(span)
                yield _draft(pair, span, (at.start, at.end), usual.text, "")


def _draft(pair: PairView, place: Span, at: Span, wanted: str, concept: str) -> Draft:
    found = pair.target.text[slice(*place)]
    own = pair.source.text[slice(*at)]
    return Draft(
        Place(pair.target.name, *place),
        f"“{found}” was left as it is in the original"
        + (f"; elsewhere it is “{wanted}”." if wanted else "."),
        (Place(pair.source.name, *at, "original"),),
        f"Use “{wanted}”." if wanted else "Translate or transliterate it.",
        match=Match(found, own, "the words of the original"),
        concept=concept,
    )


RULE = Rule(
    "T006",
    "untranslated-term",
    "A name or a term of the original was left in the translation as it was.",
    "warning",
    "pair",
    check,
    page=__doc__ or "",
)
