"""A name's mark does not fit the newsroom's dated list.

## What it finds

With a list of your own (`--dated-list`, or `dated-list` in `concord.toml`):

- a name that the list has in force at the text's date, and the text marks nowhere (with `marks = "keep all"`, each
  of its mentions);
- a mark behind a name whose entry was not in force at that date.

Without a list nothing is checked: none is shipped.

## Why

Statuses begin and end. A mark is right or wrong at the date of the text, and the list says what its owner says.

## Example

```settings
date = 2024-05-01
```

```list
name,aliases,jurisdiction,from,to,source
Dusk Guard,Гвардия Заката,RU,2020-01-01,,own list
River League,,RU,2010-01-01,2021-01-01,own list
```

```example en
The Dusk Guard closed the road.
The River League (banned in Russia) protested.
```

Finds “Dusk Guard”, “banned in Russia”.

## How to set it right

Put the mark in, or take it out; or correct the list. If the edition leaves marks out, say so in `concord.toml`.

```example en
The Dusk Guard (banned in Russia) closed the road.
The River League protested.
```

## Options

None.

## Limits

The list is searched for names and aliases as written, in their inflected forms. A text whose date is not known is
not checked: give `--date`. A name marked later than at its first mention is A006. Marks are read in Russian, English,
Ukrainian, German and French.
"""

from __future__ import annotations

from datetime import date

from glossary.checks.base import Draft, Found, Place, Rule, Unchecked
from glossary.checks.marks.faithful import missing_at
from glossary.checks.marks.mentions import Group, Mention, groups, in_force, listed_at, listed_mentions
from glossary.checks.marks.pairs import mark_place, no_grammar, policy, quoted
from glossary.checks.settings import Settings
from glossary.checks.views import TextView
from glossary.dated import Listed
from glossary.model import Annotation


def check(view: TextView, settings: Settings) -> Found:
    """Drafts for listed names without a mark, and for marks whose entry is not in force."""
    if settings.dated is None:
        return
    if not view.knows_marks:
        yield no_grammar(view)
        return
    on, wanted = view.date, policy(view)
    if on is None:
        yield Unchecked("the text's date is not known", view.name)
        return
    if wanted == "drop":
        return
    marked = [group.entry for group in groups(view) if group.entry is not None]
    by_entry: dict[int, list[tuple[int, int, Listed]]] = {}
    for one in listed_mentions(view):
        if one[2].in_force(on) and not any(one[2] is entry for entry in marked) and not _in_group(view, one):
            by_entry.setdefault(id(one[2]), []).append(one)
    for mentions in by_entry.values():
        for start, end, entry in mentions if wanted == "keep all" else mentions[:1]:
            if not missing_at(view, Mention(start, end, "", "")):
                yield _unmarked(view, start, end, entry, len(mentions), on)
    for mark in view.marks:
        yield from _outdated(view, mark, on)


def _in_group(view: TextView, one: tuple[int, int, Listed]) -> bool:
    """Whether a mention is of something that the text marks, be it by a name that the list does not have."""

    def holds(group: Group) -> bool:
        return any(m.start < one[1] and one[0] < m.end for m in group.mentions)

    return any(holds(group) for group in groups(view))


def _unmarked(view: TextView, start: int, end: int, entry: Listed, count: int, on: date) -> Draft:
    times = f" ({count} mentions)" if count > 1 else ""
    return Draft(
        Place(view.name, start, end),
        f"“{view.text[start:end]}” carries no mark{times}; the list has “{entry.name}” {_period(entry)}, and the "
        f"text is of {on.isoformat()}.",
        suggestion="Put the mark in, or correct the list.",
        identity=(entry.name,),
    )


def _outdated(view: TextView, mark: Annotation, on: date) -> Found:
    spans = [(name.start, name.end) for name in mark.concepts]
    old = [span for span in spans if in_force(view, *span) is False]
    entries = [listed_at(view, *span)[0] for span in old]
    if not old or any(_is_elsewhere(entry, mark) for entry in entries):
        return
    names = quoted([view.text[a:b] for a, b in old])
    yield Draft(
        mark_place(view, mark),
        f"{names} carries a mark; the list has “{entries[0].name}” {_period(entries[0])}, and the text is of "
        f"{on.isoformat()}.",
        evidence=tuple(Place(view.name, a, b, "its name") for a, b in old),
        suggestion="Take the mark out, or correct the list.",
    )


def _is_elsewhere(entry: Listed, mark: Annotation) -> bool:
    """Whether the list speaks of another country than the mark."""
    code = entry.jurisdiction
    return bool(mark.jurisdiction) and len(code) == 2 and code.upper() not in mark.jurisdiction


def _period(entry: Listed) -> str:
    """When an entry holds, in words."""
    if entry.since and entry.until:
        return f"from {entry.since.isoformat()} until {entry.until.isoformat()}"
    if entry.since:
        return f"from {entry.since.isoformat()} on"
    return f"until {entry.until.isoformat()}" if entry.until else "without dates"


RULE = Rule(
    "A012", "dated-list", "A name's mark does not fit the newsroom's dated list.", "error", "text", check,
    page=__doc__ or "", both_sides=True,
)  # fmt: skip
