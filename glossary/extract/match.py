"""Where a term stands in a text: in any inflection, as an acronym, with or without capitals, in any script.

A term is found by its lemmas. Forms that are known (a candidate's variants) are found as they are written, also where
no dictionary and no rule would have recognised them. In scripts without spaces a term is found as a string.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from align.model import Document
from glossary.extract.morphology import bases, fold, lemma, readings
from glossary.extract.words import UNSPACED, Word, is_acronym, is_capital, without_genitive, words
from glossary.model import Occurrence, Term

Lemmas = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """``text[start:end]`` is the term with this number; ``exact``: as it is written in the term or a known form."""

    term: int
    start: int
    end: int
    exact: bool


@dataclass(slots=True)
class Matcher:
    """Terms of one language, ready to be looked for in many texts (``matcher`` makes it)."""

    lang: str
    terms: Sequence[Term]
    _forms: dict[Lemmas, list[int]] = field(default_factory=dict)
    _lemmas: dict[Lemmas, list[int]] = field(default_factory=dict)
    _first: dict[str, int] = field(default_factory=dict)
    _strings: list[tuple[str, int]] = field(default_factory=list)

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """All places of all terms in ``text[start:end]``, by ``start``, the longer first; they may be nested.

        Of one term no two hits overlap. ``case`` "as written" asks for the capitals of the term or a known form.
        """
        stop = len(text) if end is None else end
        if self.lang in UNSPACED:
            return self._find_strings(text, start, stop)
        line = words(text, self.lang, start, stop)
        plain = [without_genitive(word.text, self.lang) for word in line]
        folded = [fold(word) for word in plain]
        roots = [self._roots(word) for word in plain]
        found: list[Hit] = []
        reach: dict[int, int] = defaultdict(int)
        for i in range(len(line)):
            longest = max((self._first.get(root, 0) for root in roots[i]), default=0)
            for size in range(min(longest, len(line) - i), 0, -1):
                if not _joined(line[i : i + size]):
                    continue
                for number, exact in self._at(plain, folded, roots, i, size):
                    span = line[i].start, line[i + size - 1].start + len(plain[i + size - 1])
                    if span[0] >= reach[number]:
                        reach[number] = span[1]
                        found.append(Hit(number, *span, exact))
        return sorted(found, key=lambda hit: (hit.start, -hit.end, hit.term))

    def _roots(self, word: str) -> tuple[str, ...]:
        """The lemmas that a word may be looked up by; an acronym is nothing but itself."""
        if is_acronym(word):
            return (fold(word),)
        own: tuple[str, ...] = (lemma(word, self.lang), fold(word))
        if (
            self.lang == "uk"
        ):  # its dictionary does not say which reading is the likelier: "війну" is a noun too
            own = (*own, *(r.lemma for r in readings(word, "uk") if r.known and r.pos == "noun"))
        return (
            tuple(dict.fromkeys((*own, *bases(word, self.lang))))
            if is_capital(word)
            else tuple(dict.fromkeys(own))
        )

    def _at(
        self, plain: Sequence[str], folded: Sequence[str], roots: Sequence[Lemmas], i: int, size: int
    ) -> Iterable[tuple[int, bool]]:
        exact = self._forms.get(tuple(folded[i : i + size]), ())
        yielded = set()
        for number in exact:
            if self._allowed(number, plain[i : i + size], True):
                yielded.add(number)
                yield number, True
        for key in _products(roots[i : i + size]):
            for number in self._lemmas.get(key, ()):
                if number not in yielded and self._allowed(number, plain[i : i + size], False):
                    yielded.add(number)
                    yield number, False

    def _allowed(self, number: int, found: Sequence[str], exact: bool) -> bool:
        """Whether the capitals fit: those of an acronym always, those of a word where the term asks for them."""
        term = self.terms[number]
        written = [w.text for w in words(term.text, self.lang)]
        for word, own in zip(found, written, strict=False):
            if is_acronym(own) and len(written) == 1:
                return is_acronym(word) or any(word == form for form in term.variants)
            if is_acronym(word) and not is_acronym(own) and len(word) < 4 and len(written) == 1:
                return False
        if term.case == "as written" and len(found) == len(written):
            return all(is_capital(w) >= is_capital(o) for w, o in zip(found, written, strict=True)) or (
                exact and " ".join(found) in term.variants
            )
        return True

    def _find_strings(self, text: str, start: int, stop: int) -> list[Hit]:
        found: list[Hit] = []
        low = text.casefold() if len(text.casefold()) == len(text) else text
        for string, number in self._strings:
            at = low.find(string, start, stop)
            while at >= 0:
                found.append(Hit(number, at, at + len(string), True))
                at = low.find(string, at + len(string), stop)
        found.sort(key=lambda hit: (hit.start, -hit.end, hit.term))
        reach: dict[int, int] = defaultdict(int)
        kept = []
        for hit in found:
            if hit.start >= reach[hit.term]:
                reach[hit.term] = hit.end
                kept.append(hit)
        return kept


def matcher(terms: Sequence[Term], lang: str) -> Matcher:
    """A matcher of these terms; those of other languages are not looked for. Numbers are positions in ``terms``."""
    made = Matcher(lang, terms)
    forms: dict[Lemmas, set[int]] = defaultdict(set)
    lemmas: dict[Lemmas, set[int]] = defaultdict(set)
    for number, term in enumerate(terms):
        if term.lang != lang:
            continue
        if lang in UNSPACED:
            made._strings += [
                (form.casefold(), number) for form in {term.text, *term.variants} if form.strip()
            ]
            continue
        for form in {term.text, *term.variants}:
            plain = [without_genitive(word.text, lang) for word in words(form, lang)]
            if plain:
                forms[tuple(fold(word) for word in plain)].add(number)
        plain = [without_genitive(word.text, lang) for word in words(term.text, lang)]
        for key in _products([made._roots(word) for word in plain]):
            lemmas[key].add(number)
    made._strings.sort()
    made._forms = {key: sorted(numbers) for key, numbers in forms.items()}
    made._lemmas = {key: sorted(numbers) for key, numbers in lemmas.items() if key}
    for table in (made._forms, made._lemmas):
        for key in table:
            made._first[key[0]] = max(made._first.get(key[0], 0), len(key))
    return made


def find_terms(document: Document, terms: Sequence[Term]) -> list[tuple[int, Occurrence]]:
    """Every place of the terms of the document's language: (position in ``terms``, occurrence), in order."""
    ready = matcher(terms, document.lang)
    return [
        (
            hit.term,
            Occurrence(document.name, segment.id, hit.start, hit.end, document.text[hit.start : hit.end]),
        )
        for segment in document.segments
        for hit in ready.find(document.text, segment.start, segment.end)
    ]


def _joined(line: Sequence[Word]) -> bool:
    """Whether nothing stands between these words but space, a hyphen, a full stop or an apostrophe."""
    return all(len(word.gap) <= 3 and not word.gap.strip(" \u00a0\u202f.-‐‑'’&\t") for word in line[1:])


def _products(roots: Sequence[Lemmas]) -> list[Lemmas]:
    """All ways to take one of each, up to a bound: likeliest first."""
    found: list[Lemmas] = [()]
    for row in roots:
        found = [(*head, root) for head in found for root in row][:64]
    return found
