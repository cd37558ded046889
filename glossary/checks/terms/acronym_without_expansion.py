"""Finds an acronym that is used before it is explained, or that is explained in two ways.

## What it finds

An acronym that the text explains (“National Park Service (NPS)”) but used before; one that has two different
expansions in one text; and one that is never explained although the original explains it. With `never`, also every
acronym that is not explained at all and is not generally known.

## Why

The reader meets the letters before knowing what they mean, or does not know which of two things is meant.

## Example

```example en
The RFM has moved its tents to the river.
The Renewal Front of Merhistan (RFM) was founded ten years ago.
```

Finds “RFM”.

```example ru en
Союз вольных паромщиков (СВП) бастует. | The Union of Free Ferrymen is on strike.
В СВП говорят о сотнях людей. | The UFF speaks of hundreds of people.
```

Finds “UFF”.

```example de
Der Bund freier Fährleute (BFF) streikt.
Das Büro für Flussfragen (BFF) hat vermittelt.
```

Finds “BFF”.

## How to set it right

Give the full name with the acronym in parentheses at the first mention.

```example en
The Renewal Front of Merhistan (RFM) was founded ten years ago.
The RFM has moved its tents to the river, says a report of the UN.
```

## Options

- `known`: acronyms that need no explanation, besides those everybody knows (UN, EU, TV and the like).
- `never` (default false): report also acronyms that the text never explains.

## Limits

Only expansions in parentheses beside the acronym are seen, and full names whose initials the acronym is. Headlines in
capitals are passed over; an acronym in a headline before its explanation in the text is allowed there. Acronyms are
looked for in scripts that have capitals.
"""

from __future__ import annotations

from collections import defaultdict

from glossary.checks.base import Draft, Found, Option, Place, Row, Rule, Unchecked
from glossary.checks.settings import Settings
from glossary.checks.terms.acronyms import (
    Explained,
    acronyms_of,
    explanations,
    known,
    plain,
    same_expansion,
)
from glossary.checks.views import TextView
from glossary.extract.acronyms import stands_for
from glossary.extract.words import UNCASED, words

_ENDS = '.!?…:;,»”")'


def check(view: TextView, settings: Settings) -> Found:
    """At most one finding for an acronym's first place, and one for each further expansion."""
    if view.lang in UNCASED:
        yield Unchecked("acronyms cannot be told in a script without capitals", view.name)
        return
    passed = known(view.lang) | {plain(str(one)) for one in _texts(settings.option(RULE, "known"))}
    never = settings.option(RULE, "never") is True
    by_acronym: dict[str, list[Explained]] = defaultdict(list)
    for one in explanations(view):
        by_acronym[one.acronym].append(one)
    for acronym, places in acronyms_of(view).items():
        own = by_acronym.get(acronym, [])
        if own:
            yield from _twofold(view, own)
        if acronym in passed:
            continue
        start, end = next((p for p in places if not _in_heading(view, p[0])), places[0])
        if own and start < min(own[0].start, own[0].long_start) and not _in_heading(view, start):
            yield Draft(
                Place(view.name, start, end),
                f"“{acronym}” is used here before it is explained as “{own[0].long}”.",
                (Place(view.name, own[0].long_start, own[0].long_end, "explained here"),),
                f"Write “{own[0].long} ({acronym})” here.",
            )
        elif (
            not own
            and not _is_glossed(view, start, end)
            and (_explained_there(view, start) or (never and not _spelt_out(view, acronym)))
        ):
            original = _explained_there(view, start)
            why = f"; the original explains {original.acronym}" if original else ""
            yield Draft(
                Place(view.name, start, end),
                f"“{acronym}” is never explained in this text{why}.",
                (
                    Place(
                        view.pair.source.name,
                        original.long_start,
                        original.long_end,
                        "explained in the original",
                    ),
                )
                if original and view.pair
                else (),
                "Give the full name at the first mention.",
                severity=None if original else "note",
            )


def _texts(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _in_heading(view: TextView, start: int) -> bool:
    """Whether a place is in a headline: marked as one, or a line of its own without a full stop."""
    block = view.document.blocks[view.document.segments[view.segment_at(start)].block]
    text = view.text[block.start : block.end]
    return block.kind in ("heading", "caption") or (len(text) < 160 and text[-1] not in _ENDS)


def _is_glossed(view: TextView, start: int, end: int) -> bool:
    """Whether an acronym stands in parentheses behind words, or words in parentheses behind it."""
    return view.text[:start].rstrip('“"«„ ').endswith("(") or view.text[end:].lstrip('®”"»“ ').startswith("(")


def _twofold(view: TextView, own: list[Explained]) -> Found:
    """Findings for expansions that are other words than the first."""
    first = own[0]
    for one in own[1:]:
        if not same_expansion(first.long, one.long, view.lang):
            yield Draft(
                Place(view.name, one.start, one.end),
                f"“{one.acronym}” is “{one.long}” here and “{first.long}” before.",
                (Place(view.name, first.long_start, first.long_end, "explained before"),),
                "Use one expansion for an acronym, and one acronym for a name.",
                table=tuple(Row(x.long, 1, Place(view.name, x.long_start, x.long_end)) for x in (first, one)),
            )


def _spelt_out(view: TextView, acronym: str) -> bool:
    """Whether the text has a name that the acronym is made of."""
    return any(
        stands_for(acronym, tuple(word.text for word in words(form, view.lang)), view.lang)
        for one in view.names
        for form in one.term.variants
        if " " in form or "-" in form
    )


def _explained_there(view: TextView, start: int) -> Explained | None:
    """The explanation in the original of the acronym that stands where this one does, None where there is none."""
    pair = view.pair
    if pair is None or pair.target is not view:
        return None
    there = explanations(pair.source)
    if not there:
        return None
    bead = pair.bead_of("target", view.segment_at(start))
    if not pair.is_sure(bead):
        return None
    left, right = (
        _acronyms_in(pair.source, pair.span("source", bead)),
        _acronyms_in(view, pair.span("target", bead)),
    )
    own = [one for one in there if one.acronym in left]
    return own[0] if len(own) == len(left) == len(right) == 1 else None


def _acronyms_in(view: TextView, span: tuple[int, int] | None) -> set[str]:
    first, last = span or (0, 0)
    return {
        acronym
        for acronym, places in acronyms_of(view).items()
        if any(first <= start < last for start, _ in places)
    }


RULE = Rule(
    "T008",
    "acronym-without-expansion",
    "An acronym is used before it is explained, or explained in two ways.",
    "warning",
    "text",
    check,
    page=__doc__ or "",
    options={
        "known": Option((), "Acronyms that need no explanation, besides those everybody knows."),
        "never": Option(False, "Report also acronyms that the text never explains."),
    },
)
