"""Finds a name that is written now with capital letters and now without.

## What it finds

The same words of a name with other capitals at another place (“the Front”, “the front”). Each place of the rarer way
is a finding, with the correction. Words that begin a sentence or a quotation, headings in capitals or with capitals
on every word, and surnames in capitals are not compared.

## Why

“The Resistance Front” is an organisation, “the resistance front” is a line on a map.

## Example

```example en
The National Ferry Union will strike on Monday.
Members of the National Ferry Union met in the harbour.
On Friday the national ferry union called off the strike.
```

Finds “national ferry union”.

```example ru
Вчера выступил Фронт обновления Мерхистана.
Лидер сказал, что Фронт обновления Мерхистана готов к переговорам.
Позже фронт обновления Мерхистана отозвал заявление.
```

Finds “фронт”.

```example de
Gestern tagte die Freie Fährunion in Bremen.
Die Vertreter der Freie Fährunion reisten ab, und die freie Fährunion schwieg.
```

## How to set it right

Write the name as it is written elsewhere; `concord fix` does.

```example en
The National Ferry Union will strike on Monday.
National Ferry Unions everywhere watched the National Ferry Union with interest.
```

## Options

None.

## Limits

Single common words (“the front”) are compared only where the text uses them as short forms of a longer name. Texts in
scripts without capitals are not checked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from glossary.checks.base import Draft, Found, Place, Row, Rule, Unchecked
from glossary.checks.settings import Settings
from glossary.checks.views import TextView
from glossary.extract.cues import is_people, words_of
from glossary.extract.morphology import fold, lemma
from glossary.extract.standing import heads
from glossary.extract.words import OPENING, UNCASED, Word, is_acronym, shouted, without_genitive, words
from glossary.model import Candidate, Occurrence

Shape = tuple[bool, ...]


class Use(NamedTuple):
    """A mention: its words, and for each whether it is written with a capital (None: its place says nothing)."""

    line: tuple[Word, ...]
    shape: tuple[bool | None, ...]


def check(view: TextView, settings: Settings) -> Found:
    """A finding for each place with capitals that are not the name's own."""
    if view.lang in UNCASED:
        yield Unchecked("this script has no capital letters", view.name)
        return
    taken: set[int] = set()
    for one in sorted(view.names, key=lambda name: -max(len(form) for form in name.term.variants)):
        for uses in _by_words(view, one):
            yield from _drafts(view, uses, taken)


def _by_words(view: TextView, one: Candidate) -> Iterator[list[Use]]:
    """The mentions of a name, those of the same words together."""
    if one.kind == "person":
        return
    found: dict[tuple[str, ...], list[Use]] = defaultdict(list)
    for at in one.occurrences:
        if at.document != view.name or view.in_mark(at.start, at.end) or _means_nothing(view, at):
            continue
        line = tuple(word for word in words(view.text, view.lang, at.start, at.end))
        if any(is_acronym(word.text) for word in line):
            continue
        key = tuple(_key(word.text, view.lang) for word in line)
        found[key].append(Use(line, tuple(_capital(view, word) for word in line)))
    yield from (found[key] for key in sorted(found, key=lambda key: -len(key)))


def _key(word: str, lang: str) -> str:
    """The word's lemma; in English its own form, as a plural is often no name (“short stories”)."""
    return fold(without_genitive(word, lang)) if lang == "en" else lemma(word, lang)


@lru_cache(maxsize=4)
def _places(view: TextView) -> dict[int, int]:
    return {
        word.start: word.place
        for segment in view.document.segments
        for word in words(view.text, view.lang, segment.start, segment.end)
    }


def _capital(view: TextView, word: Word) -> bool | None:
    """Whether a word has a capital; None where it begins a sentence or a quotation, or is no word with case."""
    if _places(view).get(word.start, 2) != 0 or not word.text[0].isalpha() or word.text.isupper():
        return None
    return word.text[0].isupper()


def _means_nothing(view: TextView, at: Occurrence) -> bool:
    """Whether capitals mean nothing in a mention's sentence: a heading, all capitals, a capital on every word."""
    line = view.words(at.segment)
    if shouted(line):
        return True
    around = [word.text for word in line if word.place == 0 and not at.start <= word.start < at.end]
    around = [word for word in around if len(word) > 3 and word[0].isalpha()]
    high = sum(word[0].isupper() for word in around)
    return len(around) >= 2 and high >= 0.75 * len(around)


def _drafts(view: TextView, uses: list[Use], taken: set[int]) -> Found:
    whole = [use for use in uses if any(sign is not None for sign in use.shape)]
    if len(whole) < 2:
        return
    wanted = [_majority([use.shape[n] for use in whole]) for n in range(len(whole[0].shape))]
    if not any(wanted):
        return
    right = [use for use in whole if _fits(use.shape, wanted)]
    if not right or not _is_certain(view, whole, right):
        return
    if all(view.text[use.line[0].start - 1 : use.line[0].start] in OPENING for use in right):
        return  # a title in quotation marks is another thing than its words
    table = tuple(
        Row(text, count, next(_place(view, use) for use in whole if _text(view, use) == text))
        for text, count in Counter(_text(view, use) for use in whole).most_common()
    )
    for use in whole:
        wrong = [
            n
            for n, sign in enumerate(use.shape)
            if sign is not None and sign != wanted[n] and _bears(use.line[n].text, view.lang)
        ]
        if not wrong or use.line[wrong[0]].start in taken:
            continue
        if len(right) < 3 and not any(wanted[n] for n in wrong):
            continue  # who writes more capitals once or twice than elsewhere may mean it
        taken.update(use.line[n].start for n in wrong)
        first, last = use.line[wrong[0]], use.line[wrong[-1]]
        said = view.text[first.start : last.end]
        better = "".join(
            view.text[word.start - (len(word.gap) if n > wrong[0] else 0) : word.start]
            + (_cased(word.text, wanted[n] is True) if n in wrong else word.text)
            for n, word in enumerate(use.line)
            if wrong[0] <= n <= wrong[-1]
        )
        times = "once" if len(right) == 1 else f"{len(right)} times"
        yield Draft(
            Place(view.name, first.start, last.end),
            f"“{said}” here, “{_text(view, right[0])}” elsewhere ({times}).",
            (_place(view, right[0], "written so"),),
            f"Write “{better}”.",
            better,
            table=table,
        )


def _is_certain(view: TextView, whole: list[Use], right: list[Use]) -> bool:
    """Whether the words are a name wherever they stand, and not a name here and plain words there.

    A name of one word, or one whose every word is written small elsewhere, says what sort of organisation it is and
    stands with its capitals twice; what has a people's name in it (“Chinese cuisine”) is hardly ever one.
    """
    small = [use for use in whole if not any(use.shape)]
    said = [word.text for word in right[0].line]
    headed = any(heads(word, view.lang) for word in said)
    if len(said) == 1:
        return headed and len(right) >= 2 and len(small) < len(right)
    if any(is_people(fold(word), view.lang) for word in said) and not headed:
        return False
    return headed or not small


def _bears(word: str, lang: str) -> bool:
    """Whether a word bears capitals in titles: no article, no preposition."""
    return fold(word) not in words_of("LINKS", lang) | words_of("ARTICLES", lang)


def _majority(signs: list[bool | None]) -> bool:
    """Whether the word is mostly written with a capital; a tie goes to the capital, which somebody meant."""
    known = [sign for sign in signs if sign is not None]
    return bool(known) and 2 * sum(known) >= len(known)


def _fits(shape: tuple[bool | None, ...], wanted: list[bool]) -> bool:
    return all(sign is None or sign == goal for sign, goal in zip(shape, wanted, strict=True))


def _cased(word: str, capital: bool) -> str:
    return word[0].upper() + word[1:] if capital else word[0].lower() + word[1:]


def _text(view: TextView, use: Use) -> str:
    return view.text[use.line[0].start : use.line[-1].end]


def _place(view: TextView, use: Use, label: str = "") -> Place:
    return Place(view.name, use.line[0].start, use.line[-1].end, label)


RULE = Rule(
    "T010",
    "inconsistent-capitals",
    "A name is written now with capital letters and now without.",
    "warning",
    "text",
    check,
    page=__doc__ or "",
)
