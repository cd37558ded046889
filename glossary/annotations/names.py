"""Names beside a mark: quoted, in capital letters, behind an acronym; found by walking over tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from glossary.annotations import morphology
from glossary.annotations.name_runs import Runs, is_acronym
from glossary.annotations.words_names import GENERIC_EN

MAX_NAME = 120
_MARKER = re.compile(r"\*+|[†‡¹²³⁴⁵]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name: ``first`` and ``last`` token of it with its quotation marks, ``start`` and ``end`` without them."""

    first: int
    last: int
    start: int
    end: int
    quoted: bool
    acronym: tuple[int, int] | None = None
    weak: bool = False


class Names(Runs):
    """Single names in one line of tokens."""

    def left(self, j: int, *, joined: bool = True, weak: bool = False, letters: str = "") -> Hit | None:
        """The name that ends at token ``j``, generic words behind it skipped.

        ``joined`` lets an English name hold an "and"; ``weak`` allows a name in small letters («талибы»);
        ``letters`` is the acronym of the name, where one follows it.
        """
        acronym = None
        j = self._skip_signs(j)
        if j >= 0 and self.tokens[j].text in ")]" and (found := self._acronym_bracket(j)):
            acronym, j = found
        letters = self.tokens[acronym[0]].text if acronym else letters
        hit = self._left(self._skip_generic(j), joined, weak) or self._left(j, joined, weak)
        if letters and (hit is None or not (hit.quoted or self._spells(hit.first, hit.last, letters))):
            hit = self._by_letters(j, letters) or hit
        if hit is None and acronym is not None:
            return Hit(
                acronym[0], acronym[1], self.tokens[acronym[0]].start, self.tokens[acronym[1]].end, False
            )
        if hit is None or acronym is None:
            return hit
        return Hit(hit.first, hit.last, hit.start, hit.end, hit.quoted, acronym)

    def country_left(self, j: int) -> int | None:
        """The first token of the country that ends at token ``j``, None where none does."""
        starts = range(max(0, j - 3), j + 1)
        return next((k for k in starts if self.tokens[k].capital and self._is_country(k, j)), None)

    def before_place(self, country: int) -> Hit | None:
        """The name right before the phrase that says where it is («…» в Сирии, "the … in Syria")."""
        k = country - 1
        while k > 0 and self.tokens[k].has("DET"):
            k -= 1
        if k < 1 or not self.tokens[k].has("PREP", "DPREP"):
            return None
        before = self.tokens[k - 1]
        return self.left(k - 1) if k - 1 in self.quotes or before.capital else None

    def _spells(self, first: int, last: int, letters: str) -> bool:
        """Whether the words' first letters give the acronym, small function words left out or not."""
        words = [
            re.sub(r"^[^\W\d_]{2,4}[-‑'’](?=[^\W\d_])", "", t.text)
            for t in self.tokens[first : last + 1]
            if t.word
        ]
        every = "".join(w[0] for w in words).lower()
        long = "".join(w[0] for w in words if len(w) > 3 or w[0].isupper()).lower()
        capital = "".join(w[0] for w in words if w[0].isupper()).lower()
        return letters.lower() in (every, long, capital)

    def _by_letters(self, j: int, letters: str) -> Hit | None:
        """The words before an acronym that spell it (after Schwartz and Hearst 2003)."""
        for k in range(j, max(-1, j - 2 * len(letters) - 2), -1):
            token = self.tokens[k]
            if not token.word:
                return None
            if token.text[0].upper() == letters[0].upper() and token.capital and self._spells(k, j, letters):
                return Hit(k, j, token.start, self.tokens[j].end, False)
        return None

    def _skip_signs(self, j: int) -> int:
        while j >= 0 and _MARKER.fullmatch(self.tokens[j].text):
            j -= 1
        return j

    def _acronym_bracket(self, j: int) -> tuple[tuple[int, int], int] | None:
        """The acronym in a bracket that closes at ``j``, and the token before the bracket."""
        if j >= 3 and self.tokens[j - 2].text in "([" and is_acronym(self.tokens[j - 1].text):
            return (j - 1, j - 1), self._skip_signs(j - 3)
        return None

    def _skip_generic(self, j: int) -> int:
        """The token before the generic words that end at ``j`` ("the … terrorist group")."""
        if self.lang != "en":
            return j
        k = j
        while k > 0 and self.tokens[k].lower and GENERIC_EN.fullmatch(self.tokens[k].norm) and j - k < 4:
            k -= 1
        if k < j and (self.tokens[k].capital or k in self.quotes):
            return k if k in self.quotes or not self.tokens[k + 1].has("NET") or k + 1 != j else j
        return j

    def _left(self, j: int, joined: bool, weak: bool) -> Hit | None:
        if j < 0:
            return None
        if j in self.quotes:
            return self._quoted(self.quotes[j], j)
        token = self.tokens[j]
        if not token.word:
            return None
        runs = {"en": self._english, "fr": self._french, "de": self._german}
        run = runs[self.lang](j, joined, weak) if self.lang in runs else self._slavic(j, weak)
        if run is None:
            return None
        first, last, is_weak = run
        if self._is_country(first, last) or (first == last and not is_weak and self._common_word(first)):
            return None
        return Hit(first, last, self.tokens[first].start, self.tokens[last].end, False, weak=is_weak)

    def _common_word(self, k: int) -> bool:
        """Whether a single capitalised word is no name: it only begins the sentence."""
        token = self.tokens[k]
        if token.has("THING") and not token.text.isupper():
            return True
        if not self.initial(k) or is_acronym(token.text):
            return False
        if self.lang == "ru":
            return morphology.is_common_noun(token.text) and not morphology.is_plural_animate(token.text)
        return (
            self.lang != "de"
            and re.search(rf"\b{re.escape(token.text.lower())}\b", self.nearby(token.start)) is not None
        )

    def _quoted(self, first: int, last: int) -> Hit | None:
        start, end = self.tokens[first].end, self.tokens[last].start
        inner = self.text[start:end]
        end -= len(inner) - len(inner.rstrip(" \u00a0\u202f*"))
        start += len(inner) - len(inner.lstrip(" \u00a0\u202f"))
        if not 0 < end - start <= MAX_NAME or re.search(r"[.!?…]\s", self.text[start:end]):
            return None
        return Hit(first, last, start, end, True)

    def thing(self, hit: Hit) -> bool:
        """Whether the word before a name calls it a film, a drug or another thing that marks do not speak of."""
        p = hit.first - 1
        if p < 0 or not self.tokens[p].has("THING") or self.tokens[p].has("NOUN", "NET"):
            return False
        word = next((t for t in self.tokens[hit.first : hit.last + 1] if t.word), None)
        return self.lang != "ru" or word is None or (hit.quoted and morphology.may_be_nominative(word.text))
