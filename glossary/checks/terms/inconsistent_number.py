"""Finds a name whose verb is now in the singular and now in the plural.

## What it finds

A name of an organisation or a group that is the subject of a verb in the singular at one place and in the plural at
another: “the Taliban is”, “the Taliban are”. Each place of the rarer number is a finding. Verbs are read that show
their number and stand right beside the name (is, was, has, does; in English also full verbs such as “wants”), where
the name begins its clause or has only an adverbial before it. Parentheses behind the name are stepped over.

## Why

Collective nouns can be either, but not both in one text.

## Example

```example en
The National Ferry Union has a new speaker.
When the National Ferry Union were founded, there was no harbour.
The National Ferry Union is proud of its boats.
```

Finds “were”.

```example de
Die UNO hat Zelte geschickt.
Die UNO ist seit Mai im Tal.
Die UNO haben auch Ärzte versprochen.
```

Finds “haben”.

```example en
In winter the Ferry Union (founded in 1921) is short of coal.
According to the mayor, the Ferry Union is for sale.
This time the Ferry Union are not going to wait.
```

Finds “are”.

```example en
The Ferry Union wants a second harbour.
The Ferry Union accepts no new members.
The Ferry Union want a lighthouse, too.
```

Finds “want”.

## How to set it right

Choose one number for the name, and change verbs and pronouns with it.

```example en
The National Ferry Union has a new speaker.
The boats of the National Ferry Union are blue.
The National Ferry Union and the harbour were founded in one year.
```

## Options

None.

## Limits

English, German, French and Spanish. A verb behind a relative clause is not read, nor a full verb that could be a noun
(“the Taliban demand”), nor the second verb of a sentence. Persons are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from glossary.checks.base import Draft, Found, Place, Row, Rule, Unchecked
from glossary.checks.settings import Settings
from glossary.checks.terms.number_words import (
    ADVERBS,
    ARTICLES,
    OPENERS,
    PREPOSITIONS,
    QUESTIONS,
    SUBJUNCTIVE,
    TIMES,
    full_plurals,
    numbers,
)
from glossary.checks.views import TextView
from glossary.extract.words import Word
from glossary.model import Candidate


class Verb(NamedTuple):
    """A verb whose subject is the name that it is beside."""

    start: int
    end: int
    text: str
    many: bool
    other: str
    name: tuple[int, int]


def check(view: TextView, settings: Settings) -> Found:
    """A finding for each verb in the number that a name has more rarely."""
    if not numbers(view.lang):
        yield Unchecked(f"no grammar of verbs for “{view.lang}”", view.name)
        return
    lines: dict[int, list[Word]] = {}
    for one in view.names:
        if one.kind == "person":
            continue
        verbs = sorted(set(_verbs(view, one, lines)))
        many, single = [v for v in verbs if v.many], [v for v in verbs if not v.many]
        if many and single:
            first = verbs[0].many
            kept, wrong = (many, single) if (len(many), first) > (len(single), not first) else (single, many)
            yield from _drafts(view, kept, wrong)


def _verbs(view: TextView, one: Candidate, lines: dict[int, list[Word]]) -> Iterator[Verb]:
    """The verbs that a name is the subject of."""
    for at in one.occurrences:
        if at.document != view.name:
            continue
        if at.segment not in lines:
            lines[at.segment] = view.words(at.segment)
        line = lines[at.segment]
        first = next((n for n, word in enumerate(line) if word.start >= at.start), None)
        last = next((n for n in range(len(line) - 1, -1, -1) if line[n].start < at.end), None)
        if first is None or last is None or line[last].text.endswith(("'s", "’s", "'", "’")):
            continue
        found = _behind(view, line, first, at.end) or _before(view, line, first, last)
        if found is not None:
            many, other = numbers(view.lang)[found.text.lower()]
            yield Verb(found.start, found.end, found.text, many, other, (at.start, at.end))


_BRACKETS = re.compile(r"(?:[”»\"]? ?\([^()\n]{1,120}\))*")


def _behind(view: TextView, line: list[Word], first: int, end: int) -> Word | None:
    """The verb behind a name that begins its clause; parentheses between them are stepped over."""
    reach = max(end, _BRACKETS.match(view.text, end).end())  # type: ignore[union-attr]
    at = next((n for n in range(first, len(line)) if line[n].start >= reach), len(line))
    if at == len(line) or view.text[reach : line[at].start] != " ":
        return None
    while line[at].text.lower() in ADVERBS[view.lang]:
        at += 1
        if at == len(line) or line[at].gap != " ":
            return None
    verb = line[at].text.lower()
    if verb not in numbers(view.lang) or not _heads(view, line, first, verb):
        return None
    return line[at]


def _heads(view: TextView, line: list[Word], first: int, verb: str) -> bool:
    """Whether a name begins its clause and the verb is an indicative."""
    begin = first - 1 if first and line[first - 1].text.lower() in ARTICLES[view.lang] else first
    if begin != first and line[first].gap.strip():
        return False
    if not begin or _starts(line[begin]):
        return True
    before = line[begin - 1].text.lower()
    if line[begin].gap == " " and before in OPENERS[view.lang]:
        if verb == "were" and before == "if":
            return False
        wished = before == "that" and any(word.text.lower() in SUBJUNCTIVE for word in line[: begin - 1])
        return not (wished and verb in full_plurals())
    return _after_adverbial(view, line, begin)


def _starts(word: Word) -> bool:
    """Whether a clause begins with this word, by what stands before it."""
    return word.place == 2 or word.gap.strip() in ("–", "—", "-", ":", ";", "“", "”", '"', "«", "„", ". “")


def _after_adverbial(view: TextView, line: list[Word], begin: int) -> bool:
    """Whether nothing but an adverbial stands before a name in its clause: “In the capital the Front is …”.

    A list (“the Union, the Front are”) and an object (“Since joining the Front …”) are none.
    """
    prepositions, times = PREPOSITIONS.get(view.lang), TIMES.get(view.lang)
    if not prepositions or not times:
        return False
    comma = line[begin].gap == ", "
    if not comma and line[begin].gap != " ":
        return False
    start = begin - 1
    while start > 0 and not _starts(line[start]) and (comma or line[start].gap == " "):
        start -= 1
    head = [word.text.lower() for word in line[start:begin]]
    if head[0] in ("and", "but", "so", "yet") and len(head) > 1:
        head = head[1:]
    if all(word in times for word in head):
        return True
    if head[0] not in prepositions or "and" in head or "or" in head:
        return False
    verbal = head[-1].endswith("ing") and (head[-2] in prepositions or head[-2] in times)
    return comma or (1 < len(head) <= 5 and head[-1] not in prepositions and not verbal)


def _before(view: TextView, line: list[Word], first: int, last: int) -> Word | None:
    """The verb of a question before the name: “Is the National Front ready?”"""
    verbs = QUESTIONS.get(view.lang)
    begin = first - 1 if first and line[first - 1].text.lower() in ARTICLES[view.lang] else first
    if not verbs or not begin or line[begin].gap != " " or line[begin - 1].text.lower() not in verbs:
        return None
    if line[begin - 1].place != 2 or (
        last + 1 < len(line) and line[last + 1].text.lower() in ("and", "or", "of")
    ):
        return None
    return line[begin - 1]


def _drafts(view: TextView, kept: list[Verb], wrong: list[Verb]) -> Found:
    name = view.text[wrong[0].name[0] : wrong[0].name[1]]
    sides = {True: "plural", False: "singular"}
    table = tuple(
        Row(f"{sides[verbs[0].many]} ({', '.join(sorted({v.text.lower() for v in verbs}))})", len(verbs),
            Place(view.name, verbs[0].start, verbs[0].end))
        for verbs in (kept, wrong)
    )  # fmt: skip
    count = "once" if len(kept) == 1 else f"{len(kept)} times"
    for verb in wrong:
        own = view.text[verb.name[0] : verb.name[1]]
        example = next((v for v in kept if v.text.lower() == verb.other), kept[0])
        yield Draft(
            Place(view.name, verb.start, verb.end),
            f"“{own}” has a verb in the {sides[verb.many]} here (“{verb.text}”), in the {sides[example.many]} "
            f"elsewhere ({count}).",
            (_place(view, example),),
            f"Keep to the {sides[example.many]} for “{name}”: “{verb.other}”.",
            table=table,
        )


def _place(view: TextView, verb: Verb) -> Place:
    """A name and its verb."""
    return Place(view.name, min(verb.name[0], verb.start), max(verb.name[1], verb.end), "elsewhere")


RULE = Rule(
    "T011",
    "inconsistent-number",
    "A name has its verb now in the singular and now in the plural.",
    "warning",
    "text",
    check,
    page=__doc__ or "",
)
