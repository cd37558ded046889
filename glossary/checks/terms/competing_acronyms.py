"""Finds two acronyms for one name in one text.

## What it finds

A name for which the text uses two acronyms: two that it explains itself, or two that the list of well-known aliases
has for one organisation. Each place of the rarer one is a finding.

## Why

Readers take two acronyms for two organisations.

## Example

```example en
The village fought the Islamic State (IS) for a year.
The mayor says that IS left in spring, and that IS took everything.
A report counts forty fighters of ISIS.
```

Finds “ISIS”.

```example ru
«Исламское государство» (ИГ) взяло ответственность на себя.
ИГИЛ и раньше угрожал городу, но ИГ молчало два года.
```

Finds “ИГИЛ”.

## How to set it right

Use one of them throughout, the one that is explained at the first mention.

```example en
The village fought the Islamic State (IS) for a year.
The mayor says that IS left in spring, and the UN and the US confirm it.
```

## Options

None.

## Limits

Acronyms that the text does not explain and the list does not have are not known to be of one name. Countries are
passed over (“US”, “USA”), and so are full stops (“U.S.”).
"""

from __future__ import annotations

from collections import defaultdict

from glossary.checks.base import Draft, Found, Place, Row, Rule, Unchecked
from glossary.checks.settings import Settings
from glossary.checks.terms.acronyms import acronyms_of, explanations, plain, same_expansion
from glossary.checks.views import TextView
from glossary.extract.words import UNCASED, is_acronym, without_genitive
from glossary.model import Candidate

Places = dict[str, list[tuple[int, int]]]


def check(view: TextView, settings: Settings) -> Found:
    """A finding for each place of an acronym that is not the name's commonest."""
    if view.lang in UNCASED:
        yield Unchecked("acronyms cannot be told in a script without capitals", view.name)
        return
    seen: set[frozenset[str]] = set()
    for places in (*(_of_name(view, one) for one in view.names), *_of_explanations(view)):
        if len(places) > 1 and frozenset(places) not in seen:
            seen.add(frozenset(places))
            yield from _drafts(view, places)


def _of_name(view: TextView, one: Candidate) -> Places:
    if one.kind == "place":
        return {}
    found: Places = defaultdict(list)
    for at in one.occurrences:
        bare = without_genitive(at.text, view.lang)
        if (
            at.document == view.name
            and bare.replace(".", "").isalpha()
            and is_acronym(bare)
            and bare.isupper()
        ):
            found[plain(bare)].append((at.start, at.start + len(bare)))
    return found


def _of_explanations(view: TextView) -> list[Places]:
    """The acronyms that the text itself explains by the same words."""
    own = explanations(view)
    found = []
    for n, one in enumerate(own):
        for other in own[n + 1 :]:
            if (
                one.acronym != other.acronym
                and one.acronym.isupper()
                and other.acronym.isupper()
                and same_expansion(one.long, other.long, view.lang)
                and min(len(one.long.split()), len(other.long.split())) > 1
            ):
                names = sorted({one.acronym, other.acronym})
                found.append({name: acronyms_of(view).get(name, []) for name in names})
    return [places for places in found if all(places.values())]


def _drafts(view: TextView, places: Places) -> Found:
    ranked = sorted(places, key=lambda acronym: (-len(places[acronym]), places[acronym][0]))
    kept = ranked[0]
    count = len(places[kept])
    table = tuple(Row(name, len(places[name]), Place(view.name, *places[name][0])) for name in ranked)
    for name in ranked[1:]:
        for start, end in places[name]:
            yield Draft(
                Place(view.name, start, end),
                f"“{name}” here, “{kept}” elsewhere ({'once' if count == 1 else f'{count} times'}).",
                (Place(view.name, *places[kept][0], "also called"),),
                f"Use one acronym: “{kept}”.",
                table=table,
            )


RULE = Rule(
    "T009",
    "competing-acronyms",
    "Two acronyms are used for one name.",
    "warning",
    "text",
    check,
    page=__doc__ or "",
)
