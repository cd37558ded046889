"""Two names of the original become one in the translation.

## What it finds

Two different names of the originals, neither of them a person, that one rendering stands for, in the same document
and each of them at least `least` times. The finding is at the first place of the rarer name; the table has all names
that the rendering stands for.

Names that can mean the same are left out: short forms, acronyms, other spellings, well-known other names of a place.

## Why

The reader of the translation cannot tell apart what the original keeps apart.

## Example

```example ru en
Дорогой ведает Совет старейшин. | The road is in the charge of the Council of Elders.
Водой ведает Собрание старшин. | Water is in the charge of the Council of Elders.
Совет старейшин собрался утром. | The Council of Elders met in the morning.
Собрание старшин отложили. | The Council of Elders was put off.
Решил всё Совет старейшин. | Everything was decided by the Council of Elders.
```

Finds “Council of Elders”.

## How to set it right

Give each its own name.

```example ru en
Дорогой ведает Совет старейшин. | The road is in the charge of the Council of Elders.
Водой ведает Собрание старшин. | Water is in the charge of the Assembly of Headmen.
Совет старейшин собрался утром. | The Council of Elders met in the morning.
Собрание старшин отложили. | The Assembly of Headmen was put off.
```

## Options

- `least` (2): how often each of the names has to have this rendering.

## Limits

The original may have two names for one thing: then nothing is wrong, and the glossary can say so (two terms of one
concept). People are left out, since relatives share a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from glossary.checks.base import Draft, Found, Option, Place, Row, Rule
from glossary.checks.settings import Settings, base_lang
from glossary.checks.terms.consistency import ConceptRow, RenderingRow, order, table
from glossary.checks.terms.wording import closest, difference, name_words, spelt_alike
from glossary.checks.views import ProjectView

_CLEAR = 0.6  # confidence of a pairing from which it counts
_SOUND = 0.6  # likeness from which a rendering is the name in other letters

Held = tuple[ConceptRow, RenderingRow]


def check(view: ProjectView, settings: Settings) -> Found:
    """A draft for each rarer name and document."""
    option = settings.option(RULE, "least")
    least = option if isinstance(option, int) else 2
    groups: dict[tuple[str, str, tuple[str, ...]], list[Held]] = defaultdict(list)
    for concept in table(view):
        for row in concept.renderings:
            if _counts(concept, row, least):
                key = tuple(sorted(name_words(row.text, concept.target_lang)))
                groups[concept.source_lang, concept.target_lang, key].append((concept, row))
    for _, held in sorted(groups.items()):
        ranked = sorted(held, key=lambda one: (-one[1].count, order(one[1].first)))
        for i, rarer in enumerate(ranked):
            others = [other for other in ranked[:i] if _apart(rarer, other, settings)]
            if others:
                yield from _drafts(rarer, others, ranked)


def _counts(concept: ConceptRow, row: RenderingRow, least: int) -> bool:
    """Whether this is what a name is mostly rendered as, surely and often enough."""
    sure = sum(use.confidence * use.count for use in row.uses) / row.count >= _CLEAR
    return (
        concept.kind not in ("person", "other")
        and row.count >= least
        and 2 * row.count > concept.count
        and sure
    )


def _apart(one: Held, other: Held, settings: Settings) -> bool:
    """Whether two concepts stand for different things, as far as their names tell, in one document."""
    (a, row), (b, usual) = one, other
    if not set(row.documents) & set(usual.documents) or _one_concept(a, b, settings):
        return False
    names = [(x, y) for x in (a.term, *a.forms) for y in (b.term, *b.forms)]
    if any(_coreferent(x, y, a.source_lang) for x, y in names):
        return False
    return not (_sounds(a, row) and _sounds(b, usual))


def _coreferent(a: str, b: str, lang: str) -> bool:
    """Whether two names of one language can mean the same: one shortened, inflected, or in another spelling."""
    found = difference(a, b, lang, "place")
    one, other = name_words(a, lang), name_words(b, lang)
    if found == "spelling" and len(one) == len(other):
        return all(any(x == y or spelt_alike(x, y) for y in other) for x in one)
    return not found


def _sounds(concept: ConceptRow, row: RenderingRow) -> bool:
    """Whether a rendering is a name in other letters."""
    words = name_words(row.text, concept.target_lang)
    return all(closest(word, words) >= _SOUND for word in concept.term.split())


def _one_concept(a: ConceptRow, b: ConceptRow, settings: Settings) -> bool:
    """Whether the glossary has both names in one concept."""
    found: list[set[str]] = []
    for concept in (a, b):
        matcher = settings.terminology.matcher(concept.source_lang)
        hits = (hit for name in (concept.term, *concept.forms) for hit in matcher.find(name))
        found.append({settings.terminology.terms[hit.term][0].id for hit in hits})
    return bool(found[0] & found[1])


def _drafts(rarer: Held, others: Sequence[Held], ranked: Sequence[Held]) -> Iterator[Draft]:
    concept, row = rarer
    usual, held = others[0]
    table = tuple(
        Row(one.term, own.count, Place(own.first.source, *own.first.source_span), base_lang(one.source_lang))
        for one, own in ranked
    )
    for document in sorted(set(row.documents) & set(held.documents)):
        use = next(use for use in row.uses if use.target == document)
        there = next(use for use in held.uses if use.target == document)
        text = next(iter(use.surfaces), use.rendering)
        yield Draft(
            Place(use.target, *use.target_span),
            f"“{text}” stands for “{use.form}” here, and for “{usual.term}” elsewhere ({held.count} times).",
            (
                Place(use.source, *use.source_span, "original"),
                Place(there.target, *there.target_span, f"stands for “{usual.term}”"),
            ),
            "Give each name a rendering of its own, or put both names into one concept of the glossary.",
            table=table,
            concept=concept.key,
            identity=(concept.key, usual.key, row.text, document),
        )


RULE = Rule(
    "T002",
    "ambiguous-rendering",
    "Two names of the original become one in the translation.",
    "warning",
    "project",
    check,
    page=__doc__ or "",
    options={"least": Option(2, "How often each of the names has to have this rendering.")},
)
