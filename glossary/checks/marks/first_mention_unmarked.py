"""The first mention of a name has no legal mark while a later one has.

## What it finds

A name that carries a mark somewhere in a text, and stands without it before. Under `marks = "keep all"` every mention
without a mark is reported.

## Why

Houses mark the first mention: there the reader meets the name. A mark that comes later was often moved when
paragraphs were cut or reordered.

## Example

```example en
The Dusk Guard closed the road on Monday.
On Tuesday the Dusk Guard (banned in Russia) opened it again.
```

Finds “Dusk Guard”.

```settings
[policy]
marks = "keep all"
```

```example ru
«Гвардия Заката» (запрещена в РФ) закрыла дорогу.
Через день «Гвардия Заката» ушла.
```

Finds “Гвардия Заката”.

## How to set it right

Put the mark behind the first mention.

```settings
[policy]
marks = "first mention"
```

```example en
The Dusk Guard (banned in Russia) closed the road on Monday.
On Tuesday the Dusk Guard opened it again.
```

## Options

`headings`: count names in headings and captions as mentions (default: false).

## Limits

Marks are read in Russian, English, Ukrainian, German and French. Short forms (“the Guard”) are no mentions of their
own. In a translation nothing is reported where the original has the same fault: it is reported there. A mark of the
original that is missing at the first mention is A001.
"""

from __future__ import annotations

from glossary.checks.base import Draft, Found, Option, Rule
from glossary.checks.marks.faithful import has_partner, missing_at
from glossary.checks.marks.mentions import SHORT, Group, Mention, groups, in_heading, place
from glossary.checks.marks.pairs import no_grammar, policy
from glossary.checks.settings import Settings
from glossary.checks.views import TextView


def check(view: TextView, settings: Settings) -> Found:
    """Drafts for first mentions (or, by policy, all mentions) without a mark."""
    if not view.knows_marks:
        yield no_grammar(view)
        return
    wanted = policy(view)
    if wanted == "drop":
        return
    for group in groups(view):
        mentions = counted(view, group, bool(settings.option(RULE, "headings")))
        if wanted == "keep all":
            for one in mentions:
                if one.mark is None and not missing_at(view, one):
                    yield Draft(
                        place(view, one),
                        f"“{one.text}” carries no mark here; this edition marks every mention.",
                        evidence=(place(view, group.marked[0], "marked here"),),
                        suggestion="Put the mark in.",
                    )
            continue
        late = unmarked_first(view, mentions)
        if late is None or missing_at(view, late):
            continue
        if not wanted and has_partner(view, group, lambda other, own: _is_late(other, own, settings)):
            continue
        yield _draft(view, late, mentions)


def _is_late(view: TextView, group: Group, settings: Settings) -> bool:
    mentions = counted(view, group, bool(settings.option(RULE, "headings")))
    return unmarked_first(view, mentions) is not None


def counted(view: TextView, group: Group, headings: bool) -> list[Mention]:
    """The mentions of a group that count: short forms only if marked, those in headings only if wanted."""
    forms = {one.form for one in group.marked}
    return [
        one
        for one in group.mentions
        if (one.relation != SHORT or one.form in forms)
        and (headings or one.mark is not None or not in_heading(view, one.start))
    ]


def unmarked_first(view: TextView, mentions: list[Mention]) -> Mention | None:
    """The first mention, if it has no mark and another sentence (or another mention of that form) has one."""
    if not mentions or mentions[0].mark is not None:
        return None
    first = mentions[0]
    later = [one for one in mentions if one.mark is not None]
    here = view.segment_at(first.start)
    told = [one for one in later if one.form == first.form or view.segment_at(one.start) != here]
    return first if told and later[0] in told else None


def _draft(view: TextView, first: Mention, mentions: list[Mention]) -> Draft:
    later = next(one for one in mentions if one.mark is not None)
    assert later.mark is not None
    other = "" if later.form == first.form else f" (“{later.text}”)"
    return Draft(
        place(view, first),
        f"“{first.text}” stands here first, without a mark; a later mention{other} has one: "
        f"“{view.marks[later.mark].text}”.",
        evidence=(place(view, later, "marked here"),),
        suggestion="Put the mark behind the first mention.",
    )


RULE = Rule(
    "A006", "first-mention-unmarked", "The first mention of a name has no legal mark while a later one has.",
    "warning", "text", check, page=__doc__ or "", both_sides=True,
    options={"headings": Option(False, "count names in headings and captions as mentions")},
)  # fmt: skip
