"""What people decided about terms, as it holds for one document: which term may stand, which may not. Pure.

A scope that names an edition holds for the documents of that edition (``[policy.editions]``); decisions for a client
or a field hold nowhere here, since a text does not say whom it is for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from glossary.checks.base import Unchecked
from glossary.checks.settings import Settings, Terminology, base_lang
from glossary.checks.terms.wording import is_expansion, name_words
from glossary.checks.views import PairView, Side, Span, TextView
from glossary.extract.match import Hit
from glossary.extract.morphology import paradigms
from glossary.extract.words import UNSPACED, is_acronym
from glossary.model import Concept, Match, Status, Term
from glossary.review.layers import ACCEPTED, Scope, parse_scope, resolve

UNWANTED: tuple[Status, ...] = ("forbidden", "deprecated", "superseded")
_RULED = frozenset({"en", "es", "fr", "it", "pt", "nl", "ca", "ro", "ru", "uk", "de", "sv", "da", "no"})
_UNBENT = frozenset({"vi", "id", "ms"}) | UNSPACED


@dataclass(frozen=True, slots=True)
class Standing:
    """A term at its position in ``Terminology.terms``: its concept, and the status that holds here."""

    number: int
    concept: Concept
    term: Term
    status: Status | None

    @property
    def lang(self) -> str:
        """The term's base language."""
        return base_lang(self.term.lang)


@dataclass(frozen=True)
class Decided:
    """All terms of a terminology that hold in one context. ``by_number`` leaves out those that do not."""

    by_number: Mapping[int, Standing]
    by_concept: Mapping[str, tuple[Standing, ...]]
    elsewhere: bool = False

    def terms(self, concept: str, lang: str) -> tuple[Standing, ...]:
        """A concept's terms in one language."""
        return tuple(one for one in self.by_concept.get(concept, ()) if one.lang == base_lang(lang))

    def approved(self, concept: str, lang: str) -> tuple[Standing, ...]:
        """Its preferred and admitted terms in one language, the preferred first."""
        found = [one for one in self.terms(concept, lang) if one.status in ACCEPTED]
        return tuple(sorted(found, key=lambda one: one.status != "preferred"))

    def accepted(self, concept: str, lang: str) -> frozenset[int]:
        """The numbers of the terms that may stand: approved ones, and undecided ones that are short for them."""
        approved = self.approved(concept, lang)
        short = [
            one
            for one in self.terms(concept, lang)
            if one.status is None and any(_short_for(one.term.text, a.term.text, a.lang) for a in approved)
        ]
        return frozenset(one.number for one in (*approved, *short))

    def preferred(self, concept: str, lang: str) -> str:
        """The text of the preferred term, else of the first admitted one, "" where there is none."""
        return next((one.term.text for one in self.approved(concept, lang)), "")


def _short_for(short: str, long: str, lang: str) -> bool:
    if is_acronym(short) or is_expansion(long, short, lang):
        return True
    return set(name_words(short, lang)) <= set(name_words(long, lang))


def decided(view: TextView) -> Decided:
    """What holds for a document."""
    settings = view.settings
    return _decided(settings.terminology, settings.edition(view.document).name)


@lru_cache(maxsize=16)
def _decided(terminology: Terminology, edition: str) -> Decided:
    context = Scope(edition=edition)
    numbers: dict[int, Standing] = {}
    concepts: dict[str, list[Standing]] = {}
    at = 0
    elsewhere = False
    for concept in terminology.concepts:
        held = {} if concept.state == "rejected" else {
            (layer.term.lang, layer.term.text): layer for layer in resolve(concept, context)
        }  # fmt: skip
        for term in concept.terms:
            layer = held.get((term.lang, term.text))
            elsewhere |= bool(term.scope) and not parse_scope(term.scope).holds_in(context)
            if layer is not None and layer.term == term:
                numbers[at] = Standing(at, concept, term, layer.status)
                concepts.setdefault(concept.id, []).append(numbers[at])
                held.pop((term.lang, term.text))
            at += 1
    return Decided(numbers, {name: tuple(own) for name, own in concepts.items()}, elsewhere)


def standing(view: TextView) -> list[tuple[Hit, Standing]]:
    """Where terms that hold stand in a text, in order.

    What is part of a longer term is left out: an unwanted term only if the longer one is approved.
    """
    held = decided(view)
    found = [(hit, held.by_number[hit.term]) for hit in view.hits if hit.term in held.by_number]
    wanted = [(hit.start, hit.end) for hit, one in found if one.status not in UNWANTED]
    approved = [(hit.start, hit.end) for hit, one in found if one.status in ACCEPTED]
    return [
        (hit, one)
        for hit, one in found
        if not _inside((hit.start, hit.end), approved if one.status in UNWANTED else wanted)
    ]


def _inside(span: Span, wide: Sequence[Span]) -> bool:
    at = bisect_right(wide, (span[0], span[1]))
    near = wide[max(0, at - 12) : at + 12]
    return any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in near)


def in_beads(pair: PairView, side: Side) -> dict[int, list[tuple[Hit, Standing]]]:
    """``standing`` of one side by bead; hits in legal marks are left out."""
    view = pair.view(side)
    found: dict[int, list[tuple[Hit, Standing]]] = {}
    for hit, one in standing(view):
        if not view.in_mark(hit.start, hit.end):
            found.setdefault(pair.bead_of(side, view.segment_at(hit.start)), []).append((hit, one))
    return found


def is_decided(settings: Settings, name: str, source_lang: str, target_lang: str) -> bool:
    """Whether somebody decided what a name of the original is to be in the other language."""
    terminology = settings.terminology
    if not terminology.terms:
        return False
    for hit in terminology.matcher(source_lang).find(name):
        concept = terminology.terms[hit.term][0]
        if (hit.start, hit.end) == (0, len(name)) and concept.state != "rejected":
            targets = (t for t in concept.terms if base_lang(t.lang) == base_lang(target_lang))
            if any(term.status in ACCEPTED for term in targets):
                return True
    return False


def match_of(hit: Hit, one: Standing, text: str) -> Match:
    """How a term was recognised."""
    surface = text[hit.start : hit.end]
    if surface == one.term.text:
        why = "as written in the glossary"
    elif hit.exact:
        why = f"a known form of “{one.term.text}”"
    else:
        why = f"an inflected form of “{one.term.text}”"
    return Match(surface, one.term.lemma or one.term.text, why)


def unbent(lang: str) -> bool:
    """Whether words of the language do not change their form."""
    return base_lang(lang) in _UNBENT


def gaps(view: TextView, held: Decided) -> Iterator[Unchecked]:
    """What could not be looked for in this text."""
    lang = view.lang
    if any(one.lang == lang for one in held.by_number.values()):
        known = lang in _RULED or unbent(lang) or bool(paradigms(lang)) or lang in ("ar", "he")
        if not known:
            yield Unchecked(f"Terms in “{lang}” are found only as written.", view.name)
    if held.elsewhere:
        yield Unchecked("Decisions for a client, a field or another edition do not hold here.", view.name)
