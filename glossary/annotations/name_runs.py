"""How far a name without quotation marks goes to the left, by language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from glossary.annotations import morphology
from glossary.annotations.lexicon import Lexicon
from glossary.annotations.tokens import STOPS, Token
from glossary.annotations.words_names import (
    INITIAL,
    INNER,
    ORGANISATION,
    RELATION_EN,
    RELATION_RU,
    TITLES_EN,
)

Run = tuple[int, int, bool]


@dataclass
class Runs:
    """Runs of capitalised words in one line; a run is its first and last token and whether it is a weak name."""

    text: str
    tokens: Sequence[Token]
    lex: Lexicon
    quotes: dict[int, int]

    def __post_init__(self) -> None:
        self.lang = self.lex.lang
        self.opening = {first: last for last, first in self.quotes.items()}

    def nearby(self, at: int) -> str:
        """The text around an offset, as far as it says how words are used."""
        return self.text[max(0, at - 20_000) : at + 20_000]

    def initial(self, k: int) -> bool:
        """Whether token ``k`` begins a sentence, a line or a quotation."""
        while k > 0 and self.tokens[k - 1].text in "\"'«“„‘([—–-»”":
            k -= 1
        return k == 0 or self.tokens[k - 1].text in STOPS or self.tokens[k - 1].text == ":"

    def _capitals(self, j: int) -> int:
        """The first of the adjacent capitalised words (and initials) that end at ``j``."""
        k = j
        while k > 0:
            p = k - 1
            if (
                self.tokens[p].text == "."
                and p > 0
                and self.tokens[p - 1].capital
                and len(self.tokens[p - 1].text) == 1
            ):
                p -= 1
            if (
                self.tokens[p].text in "'’"
                and p > 0
                and self.tokens[p - 1].text.endswith("s")
                and p not in self.quotes
            ):
                p -= 1  # the Workers' Party
            if not self.tokens[p].capital or self.tokens[p].text.isdigit():
                break
            if self.lang == "en" and self.tokens[p].possessive and self._is_country(p, p):
                break
            k = p
        return k

    def _is_country(self, first: int, last: int) -> bool:
        found = self.lex.country([t.norm for t in self.tokens[first : last + 1]])
        return found is not None and found[1] == last - first + 1

    def _english(self, j: int, joined: bool, weak: bool) -> Run | None:
        last = j
        if self.tokens[j].has("NET") and j > 0 and self.tokens[j - 1].capital:
            j -= 1
        if not self.tokens[j].capital:
            return None
        k = self._capitals(j)
        while k > 1:
            p = k - 1
            while p > 0 and self.tokens[p].norm in INNER["en"] and self.tokens[p].lower and k - p < 3:
                p -= 1
            bare_article = p == k - 2 and self.tokens[k - 1].norm == "the"
            if p < k - 1 and self.tokens[p].capital and not bare_article:
                start = self._capitals(p)
                if self._relation(start, p) or self.tokens[p].possessive:
                    break
                k = start
            elif joined and self.tokens[k - 1].norm == "and" and self._one_name_with_and(k):
                k -= 2
            else:
                break
        while k < j and (self._not_of_the_name(k) or self.tokens[k].norm in ("the", "a", "an")):
            k += 1
        if self._not_of_the_name(k) and self.tokens[k].norm in INITIAL["en"]:
            return None
        return k, last, False

    def _relation(self, first: int, last: int) -> bool:
        """Whether capitalised words before "of" are no part of the name ("Fighters of …")."""
        words = [self.tokens[n].norm for n in range(first, last + 1)]
        return (
            words[-1] in RELATION_EN
            or (words[0] in INITIAL["en"] and len(words) == 1)
            or words[-1] in TITLES_EN
        )

    def _not_of_the_name(self, k: int) -> bool:
        norm = self.tokens[k].norm
        shouting = self.tokens[k].text.isupper() and len(norm) > 1
        return norm in TITLES_EN or ((self.initial(k) or shouting) and norm in INITIAL["en"] | RELATION_EN)

    def _one_name_with_and(self, k: int) -> bool:
        """Whether "Ash and Salt" around the "and" before ``k`` is one name rather than two."""
        before, after = self.tokens[k - 2], self.tokens[k]
        if not before.capital or is_acronym(before.text) or is_acronym(after.text):
            return False
        if k > 2 and (self.tokens[k - 3].capital or self.tokens[k - 3].norm == "the"):
            return False
        single = k + 1 >= len(self.tokens) or not self.tokens[k + 1].capital
        pair = re.escape(before.text) + r"\s+and\s+" + re.escape(after.text)
        rest = re.sub(pair, " ", self.nearby(before.start))
        return single and not any(re.search(rf"\b{re.escape(t.text)}\b", rest) for t in (before, after))

    def _german(self, j: int, joined: bool, weak: bool) -> Run | None:
        if not self.tokens[j].capital and not (self.tokens[j].text.isdigit() and self.tokens[j - 1].capital):
            return None
        k = self._capitals(j)
        p = k - 1
        while p > 0 and self.tokens[p].norm in INNER["de"] and k - p < 3:
            p -= 1
        if (
            p < k - 1
            and p >= 0
            and self.tokens[p].capital
            and ORGANISATION["de"].fullmatch(self.tokens[p].norm)
        ):
            k = self._capitals(p)
        while k < j and self.tokens[k].norm in INITIAL["de"]:
            k += 1
        return None if self.tokens[k].norm in INITIAL["de"] or self.tokens[k].has("THING") else (k, j, False)

    def _french(self, j: int, joined: bool, weak: bool) -> Run | None:
        k = self._capitals(j) if self.tokens[j].capital else j + 1
        p, inner = k - 1, 0
        while p >= 0 and j - p < 7:
            token = self.tokens[p]
            if token.capital:
                if ORGANISATION["fr"].fullmatch(token.norm) or (
                    inner and p > 0 and self.tokens[p - 1].lower and not self.initial(p)
                ):
                    k = self._capitals(p)
                break
            if not token.lower or (
                token.norm not in INNER["fr"]
                and (k == j + 1) != (p == j)
                and self.tokens[p - 1].norm not in INNER["fr"]
            ):
                break
            inner += token.norm in INNER["fr"]
            p -= 1
        while k < j and self.tokens[k].norm in INITIAL["fr"]:
            k += 1
        if k <= j and self.tokens[k].capital and self.tokens[k].norm not in INITIAL["fr"]:
            return k, j, False
        article = j > 0 and self.tokens[j - 1].norm in ("les", "des", "aux", "ces")
        fits = (
            weak
            and article
            and self.tokens[j].lower
            and not self.tokens[j].classes & {"NOUN", "THING", "ADJ"}
        )
        return (j, j, True) if fits else None

    def _slavic(self, j: int, weak: bool) -> Run | None:
        if self.tokens[j].capital:
            k = self._capitals(j)
            while k < j and self._slavic_relation(k, j):
                k += 1
            if self.tokens[k].norm in INITIAL[self.lang]:
                return None
            k = self._only_the_person(k, j)
            longer = self._long_name(j, k - 1)
            k = k if longer is None else longer
            if k > 0 and self.tokens[k - 1].lower and self.tokens[k - 1].has("NET"):
                k -= 1
            return k, j, False
        if not self.tokens[j].lower:
            return None
        first = self._long_name(j, j)
        if first is not None:
            return first, j, False
        if (
            weak
            and self.lang == "ru"
            and not self.tokens[j].classes
            and morphology.is_plural_animate(self.tokens[j].text)
        ):
            return j, j, True
        return None

    def _slavic_relation(self, k: int, j: int) -> bool:
        """Whether a capitalised word before a name is no part of it («Бойцы Армии Востока», «Журналист …»)."""
        token = self.tokens[k]
        if token.norm in INITIAL[self.lang]:
            return True
        if self.lang != "ru":
            return False
        if not self.initial(k) and not token.text.isupper():
            return False
        if RELATION_RU.fullmatch(token.norm):
            return True
        if ORGANISATION["ru"].fullmatch(token.norm):
            return False
        return morphology.is_person_noun(token.text) or morphology.is_common_noun(token.text)

    def _only_the_person(self, k: int, j: int) -> int:
        """Cuts «Афганистана Амир Хан» to the person, where a country stands before a given name."""
        while k < j and self._is_country(k, k):
            k += 1
        return k

    def _long_name(self, j: int, p: int) -> int | None:
        """Where a name begins that goes on in small letters («Фронт освобождения Ладвы»), or None."""
        steps = 0
        while p >= 0 and steps < 6 and self.tokens[p].lower and self._inside_name(p):
            p, steps = p - 1, steps + 1
        if p < 0 or steps == 0 or not self.tokens[p].capital or self.tokens[p].norm in INITIAL[self.lang]:
            return None
        head = self.tokens[p].norm
        if not (ORGANISATION[self.lang].fullmatch(head) or self._adjective_name(p)):
            return None
        first = self._capitals(p)
        while first < p and self._slavic_relation(first, p):
            first += 1
        return None if self._slavic_relation(first, j) else first

    def _inside_name(self, p: int) -> bool:
        token = self.tokens[p]
        if token.norm in INNER[self.lang]:
            return self.tokens[p - 1].lower and p + 1 < len(self.tokens) and self.tokens[p + 1].lower
        if self.lang == "ru":
            return token.norm not in INITIAL["ru"] and morphology.is_nominal(token.text)
        return token.norm not in INITIAL["uk"]

    def _adjective_name(self, p: int) -> bool:
        """Whether a capitalised adjective begins a name («Стальной щит»)."""
        if self.lang == "ru":
            return morphology.is_adjective(self.tokens[p].text) and not self.tokens[p].has("ADJ")
        return bool(
            re.fullmatch(r".*(?:ий|а|е|і|ої|ого|ій|ому|им|ою|их|ими)", self.tokens[p].norm)
        ) and not self.initial(p)


def is_acronym(text: str) -> bool:
    """Whether a word looks like an acronym: two capital letters or more, few small ones."""
    capitals = sum(c.isupper() for c in text)
    return 2 <= len(text) <= 12 and capitals >= 2 and capitals * 2 >= len([c for c in text if c.isalpha()])


def is_namelike(text: str, lang: str) -> bool:
    """Whether a single word at the beginning of a sentence may be a name by its shape."""
    if lang == "ru":
        return not any(
            r.known and r.pos != "NOUN" for r in morphology.readings(text)[:1]
        ) and not morphology.is_person_noun(text)
    return text.lower() not in INITIAL.get(lang, frozenset()) | RELATION_EN
