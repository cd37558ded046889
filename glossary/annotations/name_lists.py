"""Names to the right of a mark, and the lists that joint marks speak of."""

from __future__ import annotations

import re
from itertools import pairwise

from glossary.annotations import morphology
from glossary.annotations.name_runs import is_namelike
from glossary.annotations.names import Hit, Names
from glossary.annotations.tokens import STOPS
from glossary.annotations.words_names import GENERIC_EN, INITIAL, INNER, TITLES_EN

_GAP = 7
_MARKER = re.compile(r"\*+|[†‡¹²³⁴⁵]+")
_WITH_WORDS = "с со with и и з із зі mit avec sowie plus"
_BETWEEN_WORDS = """then also in of from the at to a и в во на у о об с со же также затем потом та і з із зі
à aux au les le la l' d' de du des ainsi que an die der das dem den von für auch то"""
_WITH, _BETWEEN = frozenset(_WITH_WORDS.split()), frozenset(_BETWEEN_WORDS.split())


class Namer(Names):
    """Finds names in one line of tokens."""

    def right(self, i: int, reach: int = 4) -> Hit | None:
        """The name that begins at ``i`` or behind at most ``reach`` small-lettered words."""
        k = i
        while k < len(self.tokens) and k - i <= reach:
            token = self.tokens[k]
            if k in self.opening:
                return self._quoted(k, self.opening[k])
            if token.capital and not self._is_country(k, k) and not token.has("DET"):
                return self._right_capitals(k)
            if not (token.lower or token.has("DET")) or (
                token.classes & {"PREP", "COP", "REL", "NEG", "CONJ"} and not token.has("DET")
            ):
                return None
            k += 1
        return None

    def _right_capitals(self, k: int) -> Hit:
        first = k
        while (
            k < len(self.tokens) - 1
            and self.lang in ("en", "de")
            and self.tokens[k].norm in TITLES_EN | INITIAL["de"]
            and self.tokens[k + 1].capital
        ):
            first = k = k + 1
        last = k
        while k + 1 < len(self.tokens):
            after = self.tokens[k + 1]
            if after.capital and not after.text.isdigit():
                last = k = k + 1
            elif self.lang in ("en", "fr") and after.norm in INNER[self.lang] and self._capital_soon(k + 2):
                k += 1
            elif self.lang == "ru" and after.lower and last == first and self._russian_tail(first, k + 1):
                last = k = k + 1
                break
            else:
                break
        return Hit(first, last, self.tokens[first].start, self.tokens[last].end, False)

    def _capital_soon(self, k: int) -> bool:
        return k < len(self.tokens) and (
            self.tokens[k].capital
            or (
                self.tokens[k].norm in INNER[self.lang]
                and k + 1 < len(self.tokens)
                and self.tokens[k + 1].capital
            )
        )

    def _russian_tail(self, first: int, k: int) -> bool:
        """Whether a small-lettered noun belongs to a capitalised adjective («Исламское государство»)."""
        if not morphology.is_adjective(self.tokens[first].text):
            return False
        nouns = [r for r in morphology.readings(self.tokens[k].text) if r.pos == "NOUN"]
        return any(
            r.case == n.case and r.number == n.number
            for r in morphology.readings(self.tokens[first].text)
            for n in nouns
        )

    def list_left(self, hit: Hit, count: int) -> list[Hit]:
        """The names of a joint mark, in order; ``count`` 0 takes the whole list that ends with ``hit``."""
        hits = [hit]
        strict = self.lang != "en"
        while count == 0 or len(hits) < count + 3:
            found = self._before(hits[-1], joined=strict)
            if found is None:
                break
            hits.append(found)
        hits.reverse()
        if self.lang == "en":
            hits = self._merge_and(hits, count)
        if count and len(hits) < count:
            while len(hits) < count and (far := self._anywhere_left(hits[0].first - 1)):
                hits.insert(0, far)
        return hits[-count:] if count else hits

    def _before(self, hit: Hit, joined: bool) -> Hit | None:
        """The name before ``hit``, if only words of a list stand between."""
        p, separated = hit.first - 1, False
        while p >= 0 and hit.first - p <= _GAP:
            token = self.tokens[p]
            if p in self.quotes or (token.capital and not self._opens_gap(p)):
                return self.left(p, joined=joined) if separated else None
            if separated and self.lang == "fr" and (found := self._left(p, joined, True)):
                return found
            if token.text in ",&" or token.has("CONJ") or token.norm in _WITH:
                separated = True
            elif self._closing_acronym(p):
                return self.left(p, joined=joined) if separated else None
            elif not (_MARKER.fullmatch(token.text) or token.norm in _BETWEEN or self._generic(p)):
                if self.lang == "en" and token.lower and GENERIC_EN.fullmatch(token.norm):
                    return self.left(p, joined=joined) if separated else None
                return None
            p -= 1
        return None

    def _closing_acronym(self, p: int) -> bool:
        return self.tokens[p].text == ")" and self._acronym_bracket(p) is not None

    def _opens_gap(self, p: int) -> bool:
        return self.tokens[p].norm in INITIAL[self.lang] and self.initial(p)

    def _generic(self, p: int) -> bool:
        token = self.tokens[p]
        if self.lang == "en":
            return token.has("DET", "PREP", "OF")
        return token.lower and token.has("NOUN", "DET", "PREP", "ADJ", "OF", "TER", "EXT", "DPREP", "AS")

    def _merge_and(self, hits: list[Hit], count: int) -> list[Hit]:
        """Joins English names that hold an "and" themselves, as far as the list's own "and" is spoken for."""
        gaps = [self._gap(a, b) for a, b in pairwise(hits)]
        commas = "," in "".join(gaps)
        candidates = [n for n, gap in enumerate(gaps) if gap == "and" and not self._article(hits[n])]
        if commas and candidates and candidates[-1] == len(gaps) - 1:
            candidates.pop()
        if not commas and not count:
            candidates = candidates[1:] if len(candidates) > 1 else []
        for n in reversed(candidates):
            if count and len(hits) <= count:
                break
            a, b = hits[n], hits[n + 1]
            hits[n : n + 2] = [Hit(a.first, b.last, a.start, b.end, False)]
        return hits

    def _gap(self, a: Hit, b: Hit) -> str:
        return " ".join(t.norm for t in self.tokens[a.last + 1 : b.first])

    def _article(self, hit: Hit) -> bool:
        return hit.quoted or (hit.first > 0 and self.tokens[hit.first - 1].norm == "the")

    def _anywhere_left(self, p: int) -> Hit | None:
        """The nearest name further left in the sentence."""
        while p >= 0 and self.tokens[p].text not in STOPS:
            if p in self.quotes or (self.tokens[p].capital and not self._opens_gap(p)):
                found = self.left(p)
                if found is not None and found.first == found.last and self._names_kind(found.first):
                    p -= 1
                    continue
                if found is not None and not (
                    not found.quoted and self.initial(found.first) and found.first == found.last
                ):
                    return found
                if (
                    found is not None
                    and found.first == found.last
                    and is_namelike(self.tokens[found.first].text, self.lang)
                ):
                    return found
            p -= 1
        return None

    def _names_kind(self, k: int) -> bool:
        """Whether a word only says what the quoted name behind it is («Группировка «…»»)."""
        return self.lang in ("ru", "uk") and k + 1 in self.opening and self.tokens[k].has("NOUN")

    def list_right(self, hit: Hit) -> list[Hit]:
        """The names of a plural attribute that begin with ``hit``."""
        hits = [hit]
        while True:
            k, separated = hits[-1].last + 1, False
            while (
                k < len(self.tokens)
                and k - hits[-1].last <= 4
                and (self.tokens[k].text == "," or self.tokens[k].has("CONJ", "NOUN"))
            ):
                separated, k = True, k + 1
            if not separated or not (k in self.opening or (k < len(self.tokens) and self.tokens[k].capital)):
                return hits
            found = self.right(k, 0)
            if found is None:
                return hits
            hits.append(found)
