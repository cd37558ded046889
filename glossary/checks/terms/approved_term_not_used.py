"""A term of the glossary stands in the original, and none of its approved renderings in the translation.

## What it finds

A concept of the glossary that has preferred or admitted terms in the language of the translation is looked
for in the original, in every inflection. In a sure bead one of its approved terms has to stand in the
counterpart, in any form: also with its words in another order, as an adjective, or as a short form or an
acronym that the concept lists. Where something else stands, that is reported. The neighbouring beads are
looked at too, since sentences are parted anew.

Where it is known which words stand in the place of the term the finding is a warning. Where the term is only
missing it is a note: on a name that renders nothing else, or on the whole sentence.

A pronoun may stand for a term that was named shortly before, and a part of a name for the whole ("the Front"
for "the Renewal Front").

## Why

A decided term is a promise to the readers of all texts.

## Example

```glossary
concord_glossary = 1

[front]
kind = "organisation"
state = "approved"
terms = [
  { lang = "ru", text = "Фронт обновления", status = "preferred" },
  { lang = "de", text = "Erneuerungsfront", status = "preferred" },
  { lang = "en", text = "Renewal Front", status = "preferred" },
]

[courier]
kind = "phrase"
state = "approved"
terms = [
  { lang = "ru", text = "горный почтальон", status = "preferred" },
  { lang = "en", text = "mountain courier", status = "preferred" },
]
```

```example ru en
Фронт обновления открыл школу. | The Renovation Front has opened a school.
Горных почтальонов осталось трое. | Only three mountain couriers are left.
```

Finds “Renovation Front”.

```example de en
Die Erneuerungsfront hat gestern eine Schule eröffnet. | Yesterday the Regeneration League opened a school.
```

Finds “Regeneration League”.

```example ru en
Письма носит горный почтальон. | The letters are carried by a hill mailman.
```

## How to set it right

Use the approved term, or admit what stands there (`concord terms admit`).

```example ru en
Фронт обновления открыл школу. | The Renewal Front has opened a school.
Письма носит горный почтальон. | The letters are carried by a mountain courier.
Больницу тоже построил Фронт обновления. | The hospital was built by the Front, too.
```

## Options

None.

## Limits

A term that two languages express by quite different sentences is reported although nothing is wrong: dismiss
it with a reason. In a language whose inflection is not known terms are found only as written. Decisions for a
client or a field are not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from glossary.checks.base import Draft, Found, Place, Rule
from glossary.checks.settings import Settings, base_lang
from glossary.checks.terms.decided import UNWANTED, Decided, Standing, decided, gaps, in_beads, match_of
from glossary.checks.terms.stand_ins import has_words, known_otherwise, may_be_silent, pronouns, shortened
from glossary.checks.terms.strays import stray_name
from glossary.checks.terms.wording import name_words
from glossary.checks.views import PairView, Span
from glossary.extract.candidates import NAMED
from glossary.extract.match import Hit
from glossary.extract.morphology import fold, is_common
from glossary.extract.words import is_capital

_SURE = 0.5  # confidence of a rendering from which it is what stands in the term's place
_BACK = 2  # beads before in which a term was named for a pronoun to stand for it

Hits = Mapping[int, Sequence[tuple[Hit, Standing]]]


def check(pair: PairView, settings: Settings) -> Found:
    """A draft for each mention whose counterpart has no approved term."""
    held = decided(pair.target)
    if not held.by_number:
        return
    yield from gaps(pair.source, decided(pair.source))
    yield from gaps(pair.target, held)
    case = _Case(pair, held, in_beads(pair, "source"), in_beads(pair, "target"))
    for bead in sorted(case.source):
        if pair.is_sure(bead):
            yield from case.missing(bead)


@dataclass(frozen=True)
class _Case:
    """A pair with the terms that stand on its two sides, by bead."""

    pair: PairView
    held: Decided
    source: Hits
    target: Hits

    @cached_property
    def rendered(self) -> Mapping[Span, tuple[Span, float]]:
        """What the names of the original were rendered as: source span → target span and confidence."""
        found: dict[Span, tuple[Span, float]] = {}
        for name in self.pair.names:
            for r in name.renderings:
                if base_lang(name.term.lang) == self.pair.source.lang and r.text:
                    for a, b in zip(r.sources, r.occurrences, strict=True):
                        found.setdefault((a.start, a.end), ((b.start, b.end), r.confidence))
        return found

    def missing(self, bead: int) -> Iterator[Draft]:
        """The mentions in one bead that no approved term renders."""
        concepts: dict[str, list[tuple[Hit, Standing]]] = {}
        for hit, one in self.source[bead]:
            if self._ordinary(hit, one):
                continue
            mine = concepts.setdefault(one.concept.id, [])
            if not any(hit.start < other.end and other.start < hit.end for other, _ in mine):
                mine.append((hit, one))
        for concept, mentions in concepts.items():
            if self.held.approved(concept, self.pair.target.lang):
                yield from self._of_concept(bead, concept, mentions)

    def _ordinary(self, hit: Hit, one: Standing) -> bool:
        """Whether an ordinary word stands there that is only spelt like a name of one word."""
        surface = self.pair.source.text[hit.start : hit.end]
        name = one.concept.kind in NAMED and " " not in one.term.text and is_capital(one.term.text)
        return name and surface.islower() and is_common(surface, self.pair.source.lang)

    def _of_concept(
        self, bead: int, concept: str, mentions: Sequence[tuple[Hit, Standing]]
    ) -> Iterator[Draft]:
        here = self.spans(bead, concept)
        spare = sum(self._spare(bead + step, concept) for step in (-1, 1))
        lacking = len(mentions) - len(here) - spare
        if lacking <= 0 or self._left_alone(bead, concept, mentions):
            return
        odd = [
            (mention, place) for mention in mentions if (place := self._instead(bead, mention, here, concept))
        ]
        for (hit, one), place in odd[:lacking]:
            yield self._draft(hit, one, Place(self.pair.target.name, *place), "warning")
        if odd or (not here and self._worded(bead, concept)):
            return
        if stray := self._stray(bead, mentions):
            yield self._draft(*mentions[-1], Place(self.pair.target.name, *stray), "note")
        elif not here and not self._pronoun(bead, concept) and not self._in_name(bead, mentions[0]):
            whole = self.pair.span("target", bead)
            if whole is not None:
                yield self._draft(*mentions[0], Place(self.pair.target.name, *whole), "note")

    def _stray(self, bead: int, mentions: Sequence[tuple[Hit, Standing]]) -> Span | None:
        """A name that renders nothing else, where the term is one too."""
        hit = mentions[0][0]
        if not is_capital(self.pair.source.text[hit.start : hit.end]):
            return None
        span = self.pair.span("target", bead)
        terms = [(found.start, found.end) for found, _ in self.target.get(bead, ())]
        near = [one for one in self.renderings if span and span[0] <= one[0] < span[1]]
        return stray_name(self.pair, bead, [*terms, *near])

    @cached_property
    def renderings(self) -> tuple[Span, ...]:
        """All places in the translation that render a name of the original, however surely."""
        found = {span for span, _ in self.rendered.values()}
        for name in self.pair.names:
            if base_lang(name.term.lang) == self.pair.target.lang:
                for r in name.renderings:
                    if r.text:
                        pairs = zip(r.sources, r.occurrences, strict=True)
                        found |= {(own.start, own.end) for own, _ in pairs}
        return tuple(sorted(found))

    def _in_name(self, bead: int, mention: tuple[Hit, Standing]) -> bool:
        """Whether a term of one word is only a part of a longer name there: "South" in "South Wales"."""
        hit, one = mention
        text = self.pair.source.text
        return " " not in one.term.text and any(
            a <= hit.start
            and hit.end <= b
            and any(is_capital(word) for word in (text[a : hit.start] + text[hit.end : b]).split())
            for a, b in self.named.get(bead, ())
        )

    @cached_property
    def named(self) -> Mapping[int, list[Span]]:
        """Bead → where names of the original stand in it."""
        found: dict[int, list[Span]] = {}
        for name in self.pair.names:
            for at in name.occurrences:
                if at.document == self.pair.source.name:
                    found.setdefault(self.pair.bead_of("source", at.segment), []).append((at.start, at.end))
        return found

    def spans(self, bead: int, concept: str) -> list[Span]:
        """Where accepted terms of a concept stand in the translation's side of a bead, overlapping ones once."""
        accepted = self.held.accepted(concept, self.pair.target.lang)
        found: list[Span] = []
        for hit, one in self.target.get(bead, ()):
            if one.number in accepted and not any(hit.start < b and a < hit.end for a, b in found):
                found.append((hit.start, hit.end))
        return found

    def _spare(self, bead: int, concept: str) -> int:
        """How many accepted terms a neighbouring bead has more than its original asks for."""
        if not 0 <= bead < len(self.pair.beads):
            return 0
        asked = sum(one.concept.id == concept for _, one in self.source.get(bead, ()))
        free = [span for span in self.spans(bead, concept) if asked or span not in self.named_there]
        return max(0, len(free) - asked)

    @cached_property
    def named_there(self) -> frozenset[Span]:
        """Places in the translation that are known to render a name of their own bead."""
        return frozenset(span for span, score in self.rendered.values() if score >= _SURE)

    def _left_alone(self, bead: int, concept: str, mentions: Sequence[tuple[Hit, Standing]]) -> bool:
        """Whether another rule speaks: an unwanted term of the concept stands there, or the original's own words."""
        if any(one.concept.id == concept and one.status in UNWANTED for _, one in self.target.get(bead, ())):
            return True
        span = self.pair.span("target", bead)
        text = fold(self.pair.target.text[slice(*span)]) if span else ""
        source = self.pair.source
        approved = {fold(one.term.text) for one in self.held.approved(concept, self.pair.target.lang)}
        own = {fold(source.text[hit.start : hit.end]) for hit, _ in mentions}
        return any(form in text for form in own - approved)

    def _instead(
        self, bead: int, mention: tuple[Hit, Standing], here: Sequence[Span], concept: str
    ) -> Span | None:
        """The words that stand in the place of a mention, None where that is not known or they are a short form."""
        hit, one = mention
        span, score = self.rendered.get((hit.start, hit.end), (None, 0.0))
        span = self._widened(bead, span, one) if span else self._partly(bead, one)
        if span is None or (score and score < _SURE) or any(a < span[1] and span[0] < b for a, b in here):
            return None
        others = [(h.start, h.end) for h, o in self.target.get(bead, ()) if o.concept.id != concept]
        if any(a < span[1] and span[0] < b for a, b in others):
            return None
        lang = self.pair.target.lang
        found = set(name_words(self.pair.target.text[slice(*span)], lang))
        person = one.concept.kind == "person"
        words = [word for word in self.pair.words("target", bead) if span[0] <= word.start < span[1]]
        for own in self.held.approved(concept, lang):
            known = set(name_words(own.term.text, lang))
            if found <= known or has_words(words, own.term.text, lang, person=person):
                return None
            if known_otherwise(words, own.term.text, lang, one.concept.kind):
                return None
            if shortened(words, [own.term.text], lang) and len(found) < 2:
                return None
        return span

    def _widened(self, bead: int, span: Span, one: Standing) -> Span:
        """The rendering with the other words of the run of capitals that it is part of."""
        partly = self._partly(bead, one)
        return partly if partly and partly[0] <= span[0] and span[1] <= partly[1] else span

    def _partly(self, bead: int, one: Standing) -> Span | None:
        """A run of words with capitals that has a word of an approved term among others."""
        lang = self.pair.target.lang
        wanted = {
            word
            for own in self.held.approved(one.concept.id, lang)
            if " " in own.term.text and own.term.text[:1].isupper()
            for word in name_words(own.term.text, lang)
        }
        words = self.pair.words("target", bead)
        for i, word in enumerate(words):
            if is_capital(word.text) and fold(word.text) in wanted:
                first, last = i, i
                while first and is_capital(words[first - 1].text) and words[first].gap in (" ", "-"):
                    first -= 1
                while (
                    last + 1 < len(words)
                    and is_capital(words[last + 1].text)
                    and words[last + 1].gap in (" ", "-")
                ):
                    last += 1
                run = [w for w in words[first : last + 1] if w.place != 2 or len(w.text) > 3]
                if len(run) > 1 and not {fold(w.text) for w in run} <= wanted:
                    return run[0].start, run[-1].end
        return None

    def _worded(self, bead: int, concept: str) -> bool:
        """Whether the words of an approved term stand apart, or a part of it, or it under another name."""
        lang = self.pair.target.lang
        words = self.pair.words("target", bead)
        approved = self.held.approved(concept, lang)
        kind = approved[0].concept.kind
        texts = [one.term.text for one in approved]
        return shortened(words, texts, lang) or any(
            has_words(words, text, lang, person=kind == "person") or known_otherwise(words, text, lang, kind)
            for text in texts
        )

    def _pronoun(self, bead: int, concept: str) -> bool:
        """Whether a pronoun can stand for the term, which was named shortly before."""
        lang = self.pair.target.lang
        words = self.pair.words("target", bead)
        person = self.held.approved(concept, lang)[0].concept.kind == "person"
        before = any(self.spans(number, concept) for number in range(max(0, bead - _BACK), bead))
        if not before:
            return False
        ours = pronouns(words, lang, self._text("target", bead), person=person)
        theirs = pronouns(
            self.pair.words("source", bead), self.pair.source.lang, self._text("source", bead), person=person
        )
        return ours > theirs or (may_be_silent(lang) and ours >= theirs)

    def _text(self, side: str, bead: int) -> str:
        span = self.pair.span("target" if side == "target" else "source", bead)
        return self.pair.view("target" if side == "target" else "source").text[slice(*span)] if span else ""

    def _draft(self, hit: Hit, one: Standing, place: Place, severity: str) -> Draft:
        source, target = self.pair.source, self.pair.target
        surface = source.text[hit.start : hit.end]
        wanted = self.held.preferred(one.concept.id, target.lang)
        there = target.text[place.start : place.end]
        message = f"“{surface}” is “{there}” here; approved is “{wanted}”."
        if severity == "note":
            message = f"“{surface}” stands in the original, and “{wanted}” does not stand here."
        return Draft(
            place, message, (Place(source.name, hit.start, hit.end, "original"),),
            f"Use “{wanted}”, or admit what stands here in the glossary.",
            match=match_of(hit, one, source.text), concept=one.concept.id,
            severity="note" if severity == "note" else None,
        )  # fmt: skip


RULE = Rule(
    "T003",
    "approved-term-not-used",
    "A term of the glossary stands in the original, none of its approved renderings in the translation.",
    "warning",
    "pair",
    check,
    page=__doc__ or "",
)
