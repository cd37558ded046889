"""How a mark is worded: where it names its place, with which verb, and how a house's wording would read there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glossary.annotations import find_annotations, morphology
from glossary.annotations.lexicon import lexicon
from glossary.annotations.patterns import Pattern
from glossary.annotations.tokens import Token, tokenise
from glossary.checks.views import Span
from glossary.model import Annotation

_VERBS = ("BAN", "REC", "ENTER", "LIQ", "BANN")
_COUNTING = ("BOTH", "ALL", "NUM2", "NUM3", "NUM4", "NUM5")
_STEM = 6
BRACKETED = ("parenthesis", "joint", "acronym")
SAMPLE = {"ru": "«Слово»", "uk": "«Слово»", "de": "»Wort«", "fr": "« Mot »", "en": "“Word”"}


@dataclass(frozen=True, slots=True)
class Wording:
    """A mark's wording. ``phrase`` is its prepositional phrase of place, ``verbs`` its verbs, ``core`` all of it
    without a counting word; spans are of the text. ``key`` is the same for wordings that differ in grammar alone.
    """

    key: tuple[str, tuple[str, ...], bool]
    core: Span
    phrase: Span | None
    verbs: tuple[Span, ...]
    simple: bool


def wording(text: str, mark: Annotation) -> Wording | None:
    """The wording of a mark of ``text``; None where it has no verb, or a place that is no phrase of its own."""
    tokens = tokenise(text, mark.start, mark.end, lexicon(mark.lang))
    verbs = [n for n, token in enumerate(tokens) if token.has(*_VERBS)]
    if not verbs:
        return None
    found = _phrase(text, tokens, mark)
    if found is None and mark.place:
        return None
    first = 0
    while first < len(tokens) - 1 and (
        tokens[first].has(*_COUNTING) or (first and tokens[first].has("DET", "CONJ"))
    ):
        first += 1
    inside = set(range(*found)) if found else set()
    simple = len(verbs) == 1 and {*range(first, len(tokens))} == inside | {verbs[0]}
    words = tuple(_norm(token, mark.lang) for token in tokens[slice(*found)]) if found else ()
    phrase = (tokens[found[0]].start, tokens[found[1] - 1].end) if found else None
    key = (
        " ".join(w for w in words if w),
        tuple(_stem(tokens[n], mark.lang) for n in verbs),
        mark.form == "full",
    )
    spans = tuple((tokens[n].start, tokens[n].end) for n in verbs)
    return Wording(key, (tokens[first].start, mark.end), phrase, spans, simple)


def _phrase(text: str, tokens: Sequence[Token], mark: Annotation) -> Span | None:
    """Positions of the tokens of “in the Russian Federation”."""
    if not mark.place:
        return None
    at = text.rfind(mark.place, mark.start, mark.end)
    first = next((n for n, token in enumerate(tokens) if token.start == at), None)
    last = next((n for n, token in enumerate(tokens) if token.end == at + len(mark.place)), None)
    if first is None or last is None:
        return None
    while first > 0 and tokens[first - 1].has("TERRI", "OF", "DET") and not tokens[first - 1].has("PREP"):
        first -= 1
    if first == 0 or not tokens[first - 1].has("PREP"):
        return None
    return first - 1, last + 1


def _norm(token: Token, lang: str) -> str:
    if token.has("DET") and lang != "ru":
        return ""
    return "в" if token.norm in ("во", "у") else token.norm


def _stem(token: Token, lang: str) -> str:
    return token.norm.replace("nis", "niz")[:_STEM] if lang == "en" else token.norm[:_STEM]


def house(given: str, lang: str, patterns: Sequence[Pattern] = ()) -> tuple[str, Annotation, Wording] | None:
    """A house's wording as a mark in a sample text: text, mark and wording; None where it is not read as a mark."""
    text = f"{SAMPLE[lang]} ({given.strip()})"
    for mark in find_annotations(text, lang, patterns):
        own = wording(text, mark)
        if own is not None:
            return text, mark, own
    return None


def correction(
    text: str, mark: Annotation, own: Wording, wanted: tuple[str, Annotation, Wording]
) -> tuple[Span, str] | None:
    """A stretch of the mark and what the house's wording has there; None where that is not safe.

    A phrase of place agrees with nothing, so it is put in as it is. A verb is put in only for a bracket that has
    nothing but verb and place: as it is where verbs are not inflected, in the same gender and number in Russian.
    """
    sample, _, right = wanted
    same_verbs = own.key[1:] == right.key[1:]
    if same_verbs and own.phrase and right.phrase:
        return own.phrase, sample[slice(*right.phrase)]
    if not (own.simple and right.simple and mark.position in BRACKETED):
        return None
    core = sample[slice(*right.core)]
    if mark.lang in ("en", "de"):
        return own.core, core
    if mark.lang == "ru" and (mark.agreement is None or mark.agreement.ok):
        verb = sample[slice(*right.verbs[0])]
        form = _like(verb, text[slice(*own.verbs[0])])
        if form and "ё" not in text:
            form = form.replace("ё", "е")
        return (own.core, core.replace(verb, form)) if form else None
    return None


def _like(verb: str, model: str) -> str | None:
    """A Russian short participle in the gender and number of another."""
    found = next((r for r in morphology.readings(model) if r.pos == "PRTS"), None)
    if found is None or not any(r.pos == "PRTS" for r in morphology.readings(verb)):
        return None
    wanted = ["plur"] if found.number == "plur" else ["sing", found.gender or "masc"]
    return morphology.inflect(verb, *wanted)
