"""A legal mark is not worded as the house words it, or not as the text's other marks are.

## What it finds

With a house wording (`[policy.wording]`), each mark of the same status and country that is worded in another way.
Without one, two wordings of the same status in one text: “banned in Russia” and “banned in the Russian Federation”,
reported once for each but the most frequent. Counting words (“both”), the noun (“an organization …”) and Russian
endings make no other wording.

## Why

Two wordings look like two statements. Most houses decide on one, and it is the first thing that readers compare.

## Example

```example en
The Dusk Guard (banned in Russia) left the town.
The River League (banned in Russia) stayed.
The Dusk Guard and the Dawn Union (both banned in the Russian Federation) are said to talk.
```

Finds “both banned in the Russian Federation”.

```settings
[policy.wording]
ru = "запрещена в РФ"
```

```example ru
Движение «Закат» (запрещено в России) молчит.
«Закат» и «Рассвет» (оба запрещены в РФ) спорят.
```

Finds “в России”.

## How to set it right

Use one wording. `concord fix` puts in the house's where nothing but the place differs, or where the mark is only verb
and place.

```settings
[policy.wording]
ru = "запрещена в РФ"
```

```example ru
Движение «Закат» (запрещено в РФ) молчит.
«Закат» и «Рассвет» (оба запрещены в РФ) спорят.
```

## Options

None.

## Limits

Marks are read in Russian, English, Ukrainian, German and French. Marks of other statuses or countries are not
compared with the house's wording, nor are banners, and marks by way of a ministry or court.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache

from glossary.checks.base import Draft, Found, Place, Row, Rule, Unchecked
from glossary.checks.marks.pairs import mark_place, no_grammar, policy
from glossary.checks.marks.wordings import Wording, correction, house, wording
from glossary.checks.settings import Settings
from glossary.checks.views import TextView
from glossary.model import Annotation

Worded = tuple[Annotation, Wording]
_house = lru_cache(maxsize=100)(house)


def check(view: TextView, settings: Settings) -> Found:
    """Drafts for marks that are worded in another way than the house or the text does."""
    if not view.knows_marks:
        yield no_grammar(view)
        return
    if policy(view) == "drop" or not view.marks:
        return
    found = [
        (mark, own)
        for mark in view.marks
        if mark.position != "banner" and (own := wording(view.text, mark)) is not None
    ]
    given = settings.wording(view.document)
    if given:
        yield from _against_house(view, found, given, settings)
        return
    for same in _comparable(found):
        yield from _against_each_other(view, same)


def _against_house(view: TextView, found: list[Worded], given: str, settings: Settings) -> Found:
    wanted = _house(given, view.lang, settings.patterns)
    if wanted is None:
        yield Unchecked(f"the house's wording “{given}” is not read as a legal mark", view.name)
        return
    _, right, shape = wanted
    for mark, own in found:
        other = set(mark.status) != set(right.status) or (
            mark.jurisdiction and set(mark.jurisdiction) != set(right.jurisdiction)
        )
        if other or own.key == shape.key:
            continue
        fix = correction(view.text, mark, own, wanted)
        place = Place(view.name, *fix[0]) if fix else mark_place(view, mark)
        yield Draft(
            place,
            f"The mark says “{view.text[slice(*own.core)]}”; the house's wording is “{given}”.",
            suggestion=f"Say “{fix[1]}”." if fix else f"Word the mark as “{given}”.",
            replacement=fix[1] if fix else None,
        )


def _comparable(found: list[Worded]) -> list[list[Worded]]:
    """Marks of the same statuses and country; one that names no country goes with the only country of its status."""
    by_status: dict[frozenset[str], list[Worded]] = defaultdict(list)
    for one in found:
        by_status[frozenset(one[0].status)].append(one)
    groups = []
    for same in by_status.values():
        countries = {frozenset(mark.jurisdiction) for mark, _ in same if mark.jurisdiction}
        if len(countries) <= 1:
            groups.append(same)
        else:
            groups += [[one for one in same if frozenset(one[0].jurisdiction) == own] for own in countries]
    return groups


def _against_each_other(view: TextView, same: list[Worded]) -> Found:
    counts = Counter(own.key for _, own in same)
    if len(counts) < 2:
        return
    usual = counts.most_common(1)[0][0]
    shown = {key: _shown(view, [own for _, own in same if own.key == key]) for key in counts}
    first = {key: next(mark for mark, own in same if own.key == key) for key in counts}
    table = tuple(Row(shown[key], n, mark_place(view, first[key])) for key, n in counts.most_common())
    for key, n in counts.items():
        if key == usual:
            continue
        more = [mark for mark, own in same if own.key == key][1:]
        yield Draft(
            mark_place(view, first[key]),
            f"Marks say “{shown[key]}” ({_times(n)}) and “{shown[usual]}” ({_times(counts[usual])}).",
            evidence=(
                mark_place(view, first[usual], "worded otherwise"),
                *(mark_place(view, mark, "also worded so") for mark in more),
            ),
            suggestion=f"Use one wording, such as “{shown[usual]}”.",
            table=table,
            identity=(shown[key], shown[usual]),
        )


def _shown(view: TextView, own: list[Wording]) -> str:
    return min((view.text[slice(*one.core)] for one in own), key=len)


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


RULE = Rule(
    "A008", "mark-wording", "A legal mark is not worded as the house words it, or as the text's other marks are.",
    "warning", "text", check, page=__doc__ or "",
)  # fmt: skip
