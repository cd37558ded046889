"""Chunks that are noun phrases: organisations with a status before or behind, foreign agents."""

from __future__ import annotations

from glossary.annotations.reading import STATUS, Reading, Step
from glossary.annotations.surroundings import Surroundings
from glossary.annotations.tokens import DASHES


class Nouns(Surroundings):
    """Noun phrases; each method gives the end of its chunk at ``i`` and writes into the reading."""

    whose: Step
    under_ban: Step
    copula: Step

    def agent(self, i: int, r: Reading) -> int | None:
        """ "a foreign agent", «СМИ-иноагент», "a foreign-agent media outlet"."""
        first = self.skip(i, "DET")
        k = first
        while self.at(k, "ADJ", "NOUN") and not self.agent_words(k):
            k += 1
        if k - first > 2:
            return None
        end = self.agent_words(k)
        if end is None:
            return None
        country = self.adjective(first)
        plural = self.plural_noun(end - 1) or self.plural_noun(k)
        if self.lang == "en":
            while self.at(end, "NOUN"):
                end += 1
        r.add("foreign-agent")
        r.kinds |= {"core", "agent"}
        r.plural = r.plural or plural
        if country:
            r.places.append((country, country, first, first + 1))
        r.shape("noun")
        r.complement = k
        return end

    def noun_phrase(self, i: int, r: Reading) -> int | None:
        """ "a terrorist organisation", «организация»; without a status it needs one behind it."""
        k = self.skip(i, "DET")
        first, said, adjective = k, [], None
        while k < self.limit:
            if self.at(k, "TER", "EXT", "UND") and self._continues(k):
                said += [s for c, s in STATUS.items() if self.at(k, c)]
            elif self.at(k, "BAN", "LIQ") and self.lang in ("en", "de") and self._modifies(k, i):
                said.append("banned" if self.at(k, "BAN") else "liquidated")
                r.kinds.add("ban")
            elif self.at(k, "CONJ") and said and self.at(k + 1, "TER", "EXT", "UND"):
                pass
            elif self.adjective(k) and self.at(k + 1, "NOUN", "TER", "EXT", "UND", "ADJ"):
                adjective = (self.adjective(k) or "", k)
            elif not self.at(k, "ADJ", "FOR"):
                break
            k += 1
        if not self.at(k, "NOUN"):
            return None
        noun = k
        said += ["terrorist"] if self.at(k, "TERC") or "террор" in self.tokens[k].norm else []
        said += ["extremist"] if self.at(k, "EXTC") else []
        k += 1
        if self.lang == "en":
            while self.at(k, "NOUN") and not self.tokens[k].possessive:
                noun, k = k, k + 1
        if self.lang == "fr":
            k = self._french_tail(k, said)
        return self._close_noun(i, first, noun, k, said, adjective, r)

    def _close_noun(
        self, i: int, first: int, noun: int, k: int, said: list[str],
        adjective: tuple[str, int] | None, r: Reading,
    ) -> int | None:  # fmt: skip
        """Writes a noun phrase into the reading: as a statement, or as the subject of what follows."""
        after = self.tokens[k] if k < self.limit else None
        if not said and "core" not in r.kinds and not self._leads(k):
            return None
        named = "rec" in r.kinds and not r.statuses and self._leads(k)  # «признан СМИ, выполняющим функции …»
        if not said and "core" in r.kinds and not named and not self._complements(i, r):
            return None
        for status in said:
            r.add(status)
        subject = not said and after is not None and self._is_predicate(k)
        r.plural = r.plural or self.plural_noun(noun)
        r.noun = (first, noun)
        if said:
            r.kinds |= {"core", "np"}
        r.kinds.add("noun")
        if adjective:
            r.places.append((adjective[0], adjective[0], adjective[1], adjective[1] + 1))
        if not subject:
            r.shape("noun")
        if "core" in r.kinds and self.lang == "de" and r.form == "participle" and not said:
            r.form = "noun"
        return k

    def _complements(self, i: int, r: Reading) -> bool:
        """Whether a bare noun belongs to an attributive participle before it («запрещённая в РФ группировка»)."""
        return i == r.end and r.main is not None and self.long(r.main)

    def _leads(self, k: int) -> bool:
        """Whether a bare noun is followed by what says its status."""
        j = k + 1 if k < self.limit and self.tokens[k].text in (",", *DASHES) else k
        blank = Reading(j, j)
        steps = (self.place, self.agency, self.date, self.copula)
        for _ in range(4):
            if any(self.at(j, c) for c in ("BAN", "REC", "ENTER", "LIQ", "PERF", "REL")):
                return True
            if (
                (self.lang == "fr" and self.whose(j, blank))
                or self.whose(j, blank)
                or self.under_ban(j, blank)
            ):
                return True
            ends = [e for s in steps if (e := s(j, blank)) is not None and e > j]
            if not ends:
                return False
            j = max(ends)
        return False

    def _is_predicate(self, k: int) -> bool:
        """Whether a noun without a comma behind it is the subject of a verb."""
        j, blank = k, Reading(k, k)
        for _ in range(3):
            ends = [
                e for s in (self.place, self.agency, self.date) if (e := s(j, blank)) is not None and e > j
            ]
            if not ends:
                break
            j = max(ends)
        if self.lang in ("ru", "uk"):
            return self.at(j, "BAN", "REC", "ENTER", "LIQ", "COP") and (self.lang == "uk" or not self.long(j))
        return self.at(j, "COP")

    def _continues(self, k: int) -> bool:
        """Whether a status word at ``k`` is followed by more of a noun phrase (else it is a complement)."""
        j = k + 1
        while self.at(j, "TER", "EXT", "UND", "ADJ", "CONJ", "FOR", "BAN"):
            j += 1
        return self.at(j, "NOUN")

    def _modifies(self, k: int, i: int) -> bool:
        """Whether "banned" at ``k`` stands before its noun."""
        if self.lang == "de":
            return self.long(k) and self._continues(k) and k > i
        return self._continues(k)

    def _french_tail(self, k: int, said: list[str]) -> int:
        """French adjectives of status behind their noun."""
        while self.at(k, "TER", "EXT", "UND", "ADJ") or (
            self.at(k, "CONJ") and self.at(k + 1, "TER", "EXT", "UND")
        ):
            said += [s for c, s in STATUS.items() if self.at(k, c) and s not in said]
            k += 1
        return k
