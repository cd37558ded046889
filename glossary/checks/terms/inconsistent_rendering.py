"""A name of the original is rendered in different ways, and nobody decided that it may be.

## What it finds

Every name of the originals is followed through all pairs. Where its renderings differ in a word or in
spelling, the less usual one is reported, once in each document, at its first place there. The table that
comes with the finding lists every rendering with its count and its first use. In a project the rendering that
most of all documents have is the usual one.

These are no differences: inflection, articles and genitives, an adjective for the name ("Merhistani" for
"Merhistan"), a short form for the full name, an acronym for what it stands for, an initial, a title, another
order of words.

## Why

A reader takes two names for two things. Who searches the texts finds only half of them.

## Example

```example ru en
Отряд вёл капитан Торабеков. | The unit was led by Captain Torabekov.
Вчера Торабеков вернулся в столицу. | Yesterday Torabekov returned to the capital.
Людей у Торабекова немного. | Torabekow does not have many people.
```

Finds “Torabekow”.

```example de en
Der Verband meldete sich gestern, sagte Jochen Brandwig. | The association spoke up yesterday, Jochen Brandwig said.
Danach fuhr Brandwig nach Hause. | Brandwig drove home afterwards.
Heute spricht Brandwig im Rathaus. | Today Brandvig is speaking at the town hall.
```

Finds “Brandvig”.

## How to set it right

Choose one rendering and use it everywhere.

```example ru en
Отряд вёл капитан Торабеков. | The unit was led by Captain Torabekov.
Вчера Торабеков вернулся в столицу. | Yesterday Torabekov returned to the capital.
Людей у Торабекова немного. | Torabekov's people are few.
```

Or decide in the glossary that both may stand (`concord terms admit`).

```glossary
concord_glossary = 1

[torabekov]
kind = "person"
state = "approved"
terms = [
  { lang = "ru", text = "Торабеков", status = "preferred" },
  { lang = "en", text = "Torabekov", status = "preferred" },
  { lang = "en", text = "Torabekow", status = "admitted" },
]
```

```example ru en
Отряд вёл капитан Торабеков. | The unit was led by Captain Torabekov.
Вчера Торабеков вернулся в столицу. | Yesterday Torabekov returned to the capital.
Людей у Торабекова немного. | Torabekow does not have many people.
```

## Options

- `least` (2): how often each of two renderings has to occur where they share no word, as "Council" and "Soviet" do.
  Spellings, and names that share a word, are reported from the first time.

## Limits

Only sure beads and confident pairings of words count. A name that a translator replaces on purpose ("the
Kremlin" for "Moscow") is reported where it happens `least` times. Ordinary words are not followed: decide
them in the glossary. In languages whose inflection is not known two forms of one name may be taken for two
renderings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from align.text.languages import scripts
from glossary.checks.base import Draft, Found, Option, Place, Row, Rule
from glossary.checks.settings import Settings
from glossary.checks.terms.consistency import ConceptRow, RenderingRow, deviation, has_name, order, table
from glossary.checks.terms.decided import is_decided
from glossary.checks.terms.wording import closest, name_words, spelt_alike
from glossary.checks.views import ProjectView
from glossary.extract.morphology import fold, readings
from glossary.extract.words import UNSPACED
from glossary.model import Use

_CLEAR = 0.6  # confidence of a pairing from which a rendering in other words counts
_SOUND = 0.5  # likeness to the name from which a word is the name in other letters


def check(view: ProjectView, settings: Settings) -> Found:
    """A draft for each deviating rendering and document."""
    rows = table(view)
    owners = _owners(rows)
    letters = _letters(rows)
    everywhere: Counter[tuple[str, str]] = Counter()
    for one in rows:
        for row in one.renderings:
            words = name_words(row.text, one.target_lang)
            everywhere.update({(one.target_lang, word): row.count for word in words})
    least = settings.option(RULE, "least")
    for concept in rows:
        own = [row for row in concept.renderings if _in_script(row.text, letters[concept.target_lang])]
        if len(own) > 1 and not _is_decided(concept, settings):
            case = _Case(concept, own, owners, everywhere, least if isinstance(least, int) else 2)
            for row in own:
                usual = next((other for other in own if case.yields(row, other)), None)
                if usual is not None:
                    yield from _drafts(row, usual, concept)


def _is_decided(concept: ConceptRow, settings: Settings) -> bool:
    names = (concept.term, *concept.forms)
    return any(is_decided(settings, name, concept.source_lang, concept.target_lang) for name in names)


def _owners(rows: Sequence[ConceptRow]) -> Mapping[tuple[str, str], Counter[str]]:
    """(Language, rendering) → how often which concept has it."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for concept in rows:
        for row in concept.renderings:
            key = (concept.target_lang, " ".join(name_words(row.text, concept.target_lang)))
            found.setdefault(key, Counter())[concept.key] += row.count
    return found


def _letters(rows: Sequence[ConceptRow]) -> Mapping[str, str]:
    """Language → the script that most of its renderings are in."""
    found: dict[str, Counter[str]] = {}
    for concept in rows:
        for row in concept.renderings:
            found.setdefault(concept.target_lang, Counter()).update(scripts(row.text))
    return {lang: max(own, key=lambda one: (own[one], one)) if own else "" for lang, own in found.items()}


def _in_script(text: str, letters: str) -> bool:
    """Whether it is in the letters of the translation; names left as they were are another rule's."""
    own = scripts(text)
    return not own or letters in own


@dataclass(frozen=True)
class _Case:
    """One concept with the renderings that are compared."""

    concept: ConceptRow
    rows: Sequence[RenderingRow]
    owners: Mapping[tuple[str, str], Counter[str]]
    everywhere: Mapping[tuple[str, str], int]
    least: int

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands in a rendering."""
        found: Counter[str] = Counter()
        for row in self.rows:
            found.update(dict.fromkeys(name_words(row.text, self.concept.target_lang), row.count))
        return found

    @cached_property
    def heard(self) -> list[str]:
        """The words of the name in the original."""
        return [word for form in (*self.concept.forms, self.concept.term) for word in form.split()]

    def yields(self, row: RenderingRow, usual: RenderingRow) -> bool:
        """Whether ``row`` is what has to give way to ``usual``."""
        if row is usual:
            return False
        sort = deviation(usual, row, self.concept.target_lang, self.concept.kind)
        if sort == "spelling" and not _first_name(self.concept, row, usual):
            pairs = self.respelt(row, usual)
            if pairs:
                return any(self.weight(y, row, usual) > self.weight(x, usual, row) for x, y in pairs)
            if any(
                has_name(one, form, self.concept.target_lang) for one in (row, usual) for form in one.forms
            ):
                return False
            shared = [form for form in row.forms if form in usual.forms]
            return any(usual.forms[form] > max(1, row.forms[form]) for form in shared)
        shared = [form for form in row.forms if form in usual.forms]
        sure = sort == "acronym" or min(_confidence(row), _confidence(usual)) >= _CLEAR
        if not sort or not shared or not sure:
            return False
        here, there = sum(row.forms[form] for form in shared), sum(usual.forms[form] for form in shared)
        if sort == "other":
            return (
                min(here, there) >= self.least
                and (there, _later(row, usual)) > (here, False)
                and self.owns(row)
            )
        return there > 1 and there >= here

    def weight(self, word: str, here: RenderingRow, there: RenderingRow) -> tuple[int, int, bool]:
        """How usual a spelling is: in the renderings of this name, in those of all names; the first one wins."""
        return (
            self.words[word],
            self.everywhere[self.concept.target_lang, word],
            order(here.first) > order(there.first),
        )

    def owns(self, row: RenderingRow) -> bool:
        """Whether no other concept has this rendering more often."""
        owner = self.owners[
            self.concept.target_lang, " ".join(name_words(row.text, self.concept.target_lang))
        ]
        return max(owner.values()) <= owner[self.concept.key]

    def respelt(self, row: RenderingRow, usual: RenderingRow) -> list[tuple[str, str]]:
        """Words of the two that are spellings of one, and sound like the name."""
        lang = self.concept.target_lang
        one, other = name_words(row.text, lang), name_words(usual.text, lang)
        if lang in UNSPACED:
            return [(x, y) for x in one for y in other if x != y]
        found = [(x, y) for x in one if x not in other for y in other if y not in one and spelt_alike(x, y)]
        if self.concept.source_lang in UNSPACED:
            return found
        return [
            (x, y)
            for x, y in found
            if max(closest(x, self.heard), closest(y, self.heard)) >= _SOUND
            and (self.concept.kind == "person" or not self.is_kept(x, row, y, usual))
        ]

    def is_kept(self, word: str, row: RenderingRow, other: str, usual: RenderingRow) -> bool:
        """Whether one word is the original's own where the language has another for the same ("Moskva", "Ireland").

        In the names of ships, channels and books such a word is right.
        """
        own = {fold(word) for word in self.heard}
        if word in own or other in own:
            return word in own or usual.count < self.least
        heard, usually = closest(word, self.heard), closest(other, self.heard)
        return row.count < self.least and heard > 0.9 and usually < heard - 0.08


def _later(row: RenderingRow, usual: RenderingRow) -> bool:
    return order(row.first) > order(usual.first)


def _confidence(row: RenderingRow) -> float:
    return sum(use.confidence * use.count for use in row.uses) / row.count


def _first_name(concept: ConceptRow, row: RenderingRow, usual: RenderingRow) -> bool:
    """Whether the name is a first name alone and the documents are different ones: there it is two people's."""
    if " " in concept.term or set(row.documents) & set(usual.documents):
        return False
    return any(reading.role == "Name" for reading in readings(concept.term, concept.source_lang))


def _drafts(row: RenderingRow, usual: RenderingRow, concept: ConceptRow) -> Iterator[Draft]:
    firsts: dict[str, Use] = {}
    for use in row.uses:
        firsts.setdefault(use.target, use)
    table = tuple(
        Row(one.text, one.count, _place(one.first), "usual" if one is usual else "")
        for one in concept.renderings
    )
    times = "once" if usual.count == 1 else f"{usual.count} times"
    for document, use in sorted(firsts.items()):
        found = max(use.surfaces or {use.rendering: 1}, key=lambda text: (use.surfaces.get(text, 0), text))
        yield Draft(
            _place(use),
            f"“{use.form}” is “{found}” here, “{usual.text}” elsewhere ({times}).",
            (Place(use.source, *use.source_span, "original"), _place(usual.first, "elsewhere")),
            f"Use one rendering: “{usual.text}” is the usual one. Or admit both in the glossary.",
            table=table,
            concept=concept.key,
            identity=(concept.key, row.text, document),
        )


def _place(use: Use, label: str = "") -> Place:
    return Place(use.target, *use.target_span, label)


RULE = Rule(
    "T001",
    "inconsistent-rendering",
    "A name of the original is rendered in different ways without a decision.",
    "warning",
    "project",
    check,
    page=__doc__ or "",
    options={
        "least": Option(2, "How often each of two renderings has to occur where they share no word."),
    },
    yields_to=("T006", "T007", "T009"),
)
