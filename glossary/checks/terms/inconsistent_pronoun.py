"""Finds a pronoun that does not fit the name it stands for.

## What it finds

“He” or “she” for an organisation: a sentence whose first pronoun is one of these, where the sentence before, in the
same paragraph or turn, names an organisation and nobody is in sight whom the pronoun could mean. In English
organisations are “it” or “they”.

## Why

Many languages give every noun a gender; translated word for word, a party becomes a “he” and a committee a “she”.

## Example

```example en
How do you see the prospects of the Renewal Front? What goals does he set for himself?
```

Finds “he”.

Finds “he”.

```example ru en
Фронт обновления растёт. Он воюет не один. | The Renewal Front is growing. He is not fighting alone.
```

Finds “He”.

## How to set it right

Write “it” or “they”, as the text does elsewhere.

```example en
How do you see the prospects of the Renewal Front? What goals does it set for itself?
The Renewal Front has a new leader. He is forty.
```

## Options

None.

## Limits

English only: in languages with grammatical gender the pronoun follows the noun. Only names with a word that says what
they are (Front, Ministry, Union …) are taken for organisations, and any person, role or unknown name in the three
sentences before makes the rule silent.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from align.model import Segment
from glossary.checks.base import Draft, Found, Place, Rule, Unchecked
from glossary.checks.settings import Settings
from glossary.checks.views import TextView
from glossary.extract.cues import is_people, listed, words_of
from glossary.extract.morphology import fold, is_common
from glossary.extract.standing import heads
from glossary.extract.words import Word, is_acronym, sentences
from glossary.model import Candidate

_PRONOUNS = listed("he she")
_OTHERS = listed("his her him hers himself herself")
_PERSON = re.compile(r"(?:man|woman|person|boy|girl|ist|ian|eer|ant|er|or|tress)$")
_NO_PERSON = listed(
    "other another however whether rather never ever over under after number order power matter water paper letter "
    "member members october november december september summer winter better former later latter greater lower upper "
    "together further river border centre center shelter danger computer server weather quarter chapter either "
    "neither or nor for our your their floor door major minor prior error factor sector terror per inner outer "
    "important significant relevant constant instant want grant plant giant distant list exist consist resist insist "
    "assist cover consider offer enter answer suffer deliver remember discover differ prefer transfer refer occur "
    "longer larger stronger weaker smaller bigger wider higher faster closer than moreover wherever whenever human "
    "german italian russian american african indian asian european iranian afghan christian user newsletter"
)
_PEOPLE = listed(
    "man woman boy girl person father mother son daughter brother sister wife husband uncle aunt king queen prince "
    "princess president chief head guy friend child baby guest host colleague spouse widow hero patient victim "
    "suspect author one someone somebody anyone anybody everyone everybody whoever he she him his her coach pope "
    "judge captain star fan owner boss nurse doctor cook clerk agent spy thief guard pilot model athlete champion "
    "general colonel major sergeant mayor spokesman spokeswoman candidate bishop priest monk rabbi imam mullah emir "
    "sheikh sultan khan lord lady sir mr mrs ms dr professor"
)
REACH = 3
"""Sentences before a pronoun that are searched for people."""


def check(view: TextView, settings: Settings) -> Found:
    """A finding for each sentence that begins to speak of an organisation as of a person."""
    if view.lang != "en":
        yield Unchecked(f"no grammar of pronouns for “{view.lang}”", view.name)
        return
    lines = [line for segment in view.document.segments for line in _sentences(view, segment)]
    found: set[int] = set()
    for number, (block, line) in enumerate(lines):
        at = next((n for n, word in enumerate(line) if word.text.lower() in _PRONOUNS | _OTHERS), None)
        if (
            not number
            or lines[number - 1][0] != block
            or at is None
            or line[at].text.lower() not in _PRONOUNS
        ):
            continue
        name = _organisation(view, lines[number - 1][1])
        near = [lines[n][1] for n in range(max(0, number - REACH), number) if n not in found]
        if name is None or any(_person_in(view, own) for own in (line[:at], *near)):
            continue
        found.add(number)
        word = line[at]
        yield Draft(
            Place(view.name, word.start, word.end),
            f"“{word.text}” stands for “{view.text[name[0] : name[1]]}”, which is not a person.",
            (Place(view.name, *name, "stands for this"),),
            "Write “it” or “they”, as the text does elsewhere.",
        )


def _sentences(view: TextView, segment: Segment) -> Iterator[tuple[int, list[Word]]]:
    """The sentences of a segment, each with its block."""
    line = view.words(segment.id)
    for begin, end in sentences(line):
        yield segment.block, line[begin:end]


@lru_cache(maxsize=4)
def _named(view: TextView) -> tuple[list[int], list[tuple[int, int, Candidate]]]:
    rows = sorted(
        ((at.start, at.end, one) for one in view.names for at in one.occurrences if at.document == view.name),
        key=lambda row: (row[0], -row[1]),
    )
    return [row[0] for row in rows], rows


def _in(view: TextView, start: int, end: int) -> list[tuple[int, int, Candidate]]:
    starts, rows = _named(view)
    return rows[bisect_left(starts, start) : bisect_left(starts, end)]


def _organisation(view: TextView, line: list[Word]) -> tuple[int, int] | None:
    """The last name of a sentence that says of itself that it is an organisation."""
    found = _in(view, line[0].start, line[-1].end)
    own = [
        row
        for row in found
        if row[2].kind == "organisation"
        and any(heads(word, "en") for word in row[2].term.text.split() if not is_acronym(word))
    ]
    return (own[-1][0], own[-1][1]) if own else None


def _person_in(view: TextView, line: list[Word]) -> bool:
    """Whether somebody is spoken of, or somebody may be."""
    if not line:
        return False
    known: dict[int, Candidate] = {}
    for start, end, one in _in(view, line[0].start, line[-1].end):
        for n in range(start, end):
            known.setdefault(n, one)
    for word in line:
        low = fold(word.text)
        if low in _PEOPLE or (low in words_of("ROLES", "en") and low not in ("senior",)):
            return True
        if word.start in known:
            if known[word.start].kind in ("person", "other") and not is_people(low, "en"):
                return True
            continue
        if (
            word.text[0].isupper()
            and word.place == 0
            and not is_people(low, "en")
            and not is_common(word.text, "en")
        ):
            return True
        if len(low) > 4 and _PERSON.search(low) and low not in _NO_PERSON and not is_people(low, "en"):
            return True
    return False


RULE = Rule(
    "T012",
    "inconsistent-pronoun",
    "“He” or “she” stands for an organisation.",
    "warning",
    "text",
    check,
    page=__doc__ or "",
)
