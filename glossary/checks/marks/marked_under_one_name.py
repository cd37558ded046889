"""A concept carries a legal mark under one of its names and never under another.

## What it finds

Two names of one thing in one text, of which one is marked and the other never is: “IS” and “ISIS”. Names belong
together by the glossary, the dated list, or a list of well-known aliases.

## Why

A reader who meets the second name cannot know that the mark speaks of it too. A name that came in by another hand, or
from another source, is easily left out.

## Example

```example en
The Islamic State (IS, banned in Russia) lost two villages.
The police of IS had fled before.
Now ISIS has come back.
```

Finds “ISIS”.

```glossary
concord_glossary = 1
[dusk-guard]
kind = "organisation"
state = "approved"
terms = [
  { text = "Dusk Guard", lang = "en", status = "preferred" },
  { text = "Sunset Riders", lang = "en", status = "admitted" },
]
```

```example en
The Dusk Guard (banned in Russia) closed the road.
Villagers say the Sunset Riders asked for money.
```

Finds “Sunset Riders”.

## How to set it right

Use one name, or mark the first mention of each.

```example en
The Islamic State (IS, banned in Russia) lost two villages.
The police of IS had fled before.
Now IS has come back.
```

## Options

None.

## Limits

Marks are read in Russian, English, Ukrainian, German and French. An acronym that the text itself explains beside its
long form needs no mark of its own, nor does a short form (“the Guard”) or another spelling of the same name. Two
names that no list and no glossary puts together are not seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from glossary.checks.base import Draft, Found, Rule
from glossary.checks.marks.faithful import has_partner, missing_at
from glossary.checks.marks.mentions import SHORT, Group, Mention, groups, in_heading, is_form, place
from glossary.checks.marks.pairs import no_grammar, policy
from glossary.checks.settings import Settings
from glossary.checks.views import TextView
from glossary.model import Match

EXPLAINED = "explained in the text"


def check(view: TextView, settings: Settings) -> Found:
    """Drafts for names that are never marked while another of the same concept is."""
    if not view.knows_marks:
        yield no_grammar(view)
        return
    wanted = policy(view)
    if wanted in ("drop", "keep all"):
        return
    for group in groups(view):
        forms = list(unmarked_forms(view, group))
        if (
            forms
            and not wanted
            and has_partner(view, group, lambda other, own: any(unmarked_forms(other, own)))
        ):
            continue
        for one, count in forms:
            if not missing_at(view, one):
                yield _draft(view, one, count, group)


def unmarked_forms(view: TextView, group: Group) -> Iterator[tuple[Mention, int]]:
    """The first mention of each name of a group that is never marked, with how often that name stands there."""
    marked = group.marked
    forms = {one.form for one in marked}
    explained = any(one.reason == EXPLAINED for one in group.mentions)
    segments = {view.segment_at(one.start) for one in marked}
    for form in dict.fromkeys(one.form for one in group.mentions):
        own = [one for one in group.mentions if one.form == form and not in_heading(view, one.start)]
        if form in forms or not own or own[0].relation in (SHORT, "spelling") or own[0].reason == EXPLAINED:
            continue
        if any(is_form(form, other) for other in forms) or (explained and not own[0].relation):
            continue
        if own[0] is not group.mentions[0] and view.segment_at(own[0].start) not in segments:
            yield own[0], len(own)


def _draft(view: TextView, one: Mention, count: int, group: Group) -> Draft:
    short = one.form.isupper()
    other = next((m for m in group.marked if m.form.isupper() == short), group.marked[0])
    assert other.mark is not None
    times = f" ({count} times)" if count > 1 else ""
    return Draft(
        place(view, one),
        f"“{one.text}”{times} is never marked; the same under the name “{other.text}” is: "
        f"“{view.marks[other.mark].text}”.",
        evidence=(place(view, other, "marked here"),),
        suggestion=f"Use “{other.form}”, or mark the first mention of “{one.form}”.",
        match=Match(one.text, one.form, one.reason),
        identity=(one.form, other.form),
    )


RULE = Rule(
    "A007", "marked-under-one-name", "A concept carries a legal mark under one of its names and never under another.",
    "warning", "text", check, page=__doc__ or "", both_sides=True,
)  # fmt: skip
