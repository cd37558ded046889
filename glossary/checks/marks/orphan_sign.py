"""A footnote sign has no footnote, or a footnote no sign.

## What it finds

- `*` (or †, ¹ …) behind a name, and no footnote that begins with it.
- A footnote that is a legal mark, and its sign stands nowhere.
- In a translation, a sign behind a name that has none in the same place of the other text.

## Why

A sign without its footnote promises a reader something that is not there. Footnotes get lost when pages are cut.

## Example

```example en
The Dusk Guard* closed the road.
The road is open again.
```

Finds “*”.

```example ru
«Гвардия Заката» закрыла дорогу.
* Организация запрещена в РФ.
```

```example ru en
«Гвардия Заката»* закрыла дорогу. | The Dusk Guard* closed the road.
«Гвардия Заката»* ушла. | The Dusk Guard left.
* Организация запрещена в РФ. | * An organization banned in Russia.
```

Finds “Dusk Guard”.

## How to set it right

Put the footnote in, or take the sign out.

```example ru en
«Гвардия Заката»* закрыла дорогу. | The Dusk Guard* closed the road.
«Гвардия Заката»* ушла. | The Dusk Guard* left.
* Организация запрещена в РФ. | * An organization banned in Russia.
```

## Options

None.

## Limits

Footnotes that are no legal marks are not missed when their sign is gone. Stars of emphasis (*so*), of letters left
out, inside words and behind pronouns are passed over; daggers and raised figures count only where the text has a
footnote with one. In scripts without capitals names cannot be told, so signs are not looked at. Footnotes' marks are
read in Russian, English, Ukrainian, German and French.
"""

from __future__ import annotations

from collections import Counter

from glossary.checks.base import Draft, Found, Place, Rule, Unchecked
from glossary.checks.marks.pairs import matched, policy
from glossary.checks.marks.places import bead_at, locate
from glossary.checks.marks.signs import orphan_signs, unexplained_signs, unsigned_notes
from glossary.checks.run import counterpart
from glossary.checks.settings import Settings
from glossary.checks.views import PairView, TextView
from glossary.extract.words import UNCASED
from glossary.model import Annotation


def check(view: TextView, settings: Settings) -> Found:
    """Drafts for signs and footnotes that stand alone."""
    if view.lang in UNCASED and "*" in view.text:
        yield Unchecked("names cannot be told in a script without capitals", view.name)
    for start, end in orphan_signs(view):
        if _is_copied(view, start):
            continue
        sign = view.text[start:end]
        yield Draft(
            Place(view.name, start, end),
            f"“{sign}” stands behind “{_before(view.text, start)}”, and no footnote explains it.",
            suggestion="Put the footnote in, or take the sign out.",
        )
    for mark in unsigned_notes(view):
        yield _unsigned(view, mark)
    if view.pair is not None and view.is_translation and policy(view) in ("", "keep all", "footnote"):
        for own, mark, _ in matched(view.pair):
            if own.signs and mark.signs:
                yield from _uneven(view.pair, own, mark)


def _is_copied(view: TextView, at: int) -> bool:
    """Whether the original has a sign without a footnote in the same bead: it is told there, or is none."""
    if view.pair is None or not view.is_translation:
        return False
    bead = bead_at(view.pair, "target", at)
    source = view.pair.source
    return any(bead_at(view.pair, "source", start) == bead for start, _ in unexplained_signs(source))


def _before(text: str, at: int) -> str:
    words = text[max(0, at - 60) : at].split()
    return words[-1].strip("«“„\"'»”’*†‡") if words else ""


def _unsigned(view: TextView, mark: Annotation) -> Draft:
    names: tuple[Place, ...] = ()
    if view.pair is not None and view.is_translation:
        spans = [
            (one.start, one.end)
            for own in view.pair.source.marks
            if own.position == "footnote" and own.signs and set(own.status) == set(mark.status)
            for one in own.concepts[: len(own.signs)]
        ]
        found = [locate(view.pair, span) for span in spans]
        names = tuple(
            Place(one[0].document, one[0].start, one[0].end, "its name") for one in found if one is not None
        )
    return Draft(
        Place(view.name, mark.start, mark.end),
        f"This footnote's sign “{mark.marker}” stands behind no name.",
        evidence=names,
        suggestion="Put the sign behind the name that the footnote speaks of.",
    )


def _uneven(pair: PairView, own: Annotation, mark: Annotation) -> Found:
    """Signs of one footnote, counted bead by bead."""
    here = Counter(bead_at(pair, "source", start - 1) for start, _ in own.signs)
    there = Counter(bead_at(pair, "target", start - 1) for start, _ in mark.signs)
    total = f"({len(own.signs)} in the original, {len(mark.signs)} here)"
    for start, end in own.signs:
        bead = bead_at(pair, "source", start - 1)
        if there[bead] >= here[bead] or not pair.is_sure(bead):
            continue
        here[bead] -= 1
        found = locate(pair, (max(0, start - 2), start))
        if found is not None:
            yield Draft(
                found[0],
                f"“{own.marker}” stands behind this name in the original, and not here {total}.",
                evidence=(Place(pair.source.name, start, end, "original"),),
                suggestion=f"Put “{mark.marker}” behind the name.",
            )
    for start, end in reversed(mark.signs):
        bead = bead_at(pair, "target", start - 1)
        if here[bead] >= there[bead] or not pair.is_sure(bead):
            continue
        there[bead] -= 1
        other = counterpart(pair, Place(pair.target.name, start, end))
        yield Draft(
            Place(pair.target.name, start, end),
            f"“{mark.marker}” stands here, and not in the same place of the original {total}.",
            evidence=(other,) if other else (),
            suggestion=f"Take “{mark.marker}” out.",
        )


RULE = Rule(
    "A010", "orphan-sign", "A footnote sign has no footnote, or a footnote no sign.", "warning", "text", check,
    page=__doc__ or "", both_sides=True,
)  # fmt: skip
