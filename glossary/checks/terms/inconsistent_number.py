"""Finds a name whose verb is now in the singular and now in the plural.

## What it finds

A name of an organisation or a group that is the subject of a verb in the singular at one place and in the plural at
another: “the Taliban is”, “the Taliban are”. Each place of the rarer number is a finding. Only verbs that show their
number and stand right beside the name are read (is, was, has, does …), where the name begins its clause.

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

English, German, French and Spanish. A verb behind a relative clause or a parenthesis is not read, nor a full verb
(“the Taliban allow”). Persons are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from glossary.checks.base import Draft, Found, Place, Row, Rule, Unchecked
from glossary.checks.settings import Settings
from glossary.checks.terms.number_words import ADVERBS, ARTICLES, OPENERS, QUESTIONS, numbers
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
        found = _behind(view, line, first, last) or _before(view, line, first, last)
        if found is not None:
            many, other = numbers(view.lang)[found.text.lower()]
            yield Verb(found.start, found.end, found.text, many, other, (at.start, at.end))


def _behind(view: TextView, line: list[Word], first: int, last: int) -> Word | None:
    """The verb behind a name that begins its clause."""
    begin = first - 1 if first and line[first - 1].text.lower() in ARTICLES[view.lang] else first
    if first and begin != first and line[first].gap.strip():
        return None
    if begin and not _opens(view, line, begin):
        return None
    at = last + 1
    while at < len(line) and line[at].gap == " " and line[at].text.lower() in ADVERBS[view.lang]:
        at += 1
    if at < len(line) and line[at].gap == " " and line[at].text.lower() in numbers(view.lang):
        return line[at]
    return None


def _opens(view: TextView, line: list[Word], begin: int) -> bool:
    """Whether a clause begins with this word."""
    word = line[begin]
    if word.place == 2 or word.gap.strip() in ("–", "—", "-", ":", "“", "”", '"', "«", "„", ". “"):
        return True
    return word.gap == " " and line[begin - 1].text.lower() in OPENERS[view.lang]


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
    example = kept[0]
    for verb in wrong:
        own = view.text[verb.name[0] : verb.name[1]]
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
