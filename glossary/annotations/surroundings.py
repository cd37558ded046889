"""Chunks that go with a status: place, court, law, date, register, counting words."""

from __future__ import annotations

import re

from glossary.annotations.reading import STATUS, Reading, Words
from glossary.annotations.tokens import DASHES

_NUMBER = re.compile(r"\d[\d./:-]*(?:-?(?:го|й|м|st|nd|rd|th|er|е))?")
_COUNTS = {"NUM2": 2, "NUM3": 3, "NUM4": 4, "NUM5": 5}


class Surroundings(Words):
    """What stands beside a status; each method gives the end of its chunk at ``i`` and writes into the reading."""

    def counting(self, i: int, r: Reading) -> int | None:
        """ "both", «все три», "tous deux"; only at the beginning."""
        if r.kinds & {"core", "noun"} or r.count is not None:
            return None
        k = self.skip(i, "DET") if self.lang == "fr" else i
        if self.at(k, "BOTH"):
            r.count, k = 2, k + 1
        elif self.at(k, "ALL"):
            r.count, k = 0, k + 1
            k = self.skip(k, "DET") if self.lang == "fr" else k
        elif not (self.lang == "fr" and k > i and self.at(k, "NUM2", "NUM3", "NUM4", "NUM5")):
            return None
        number = next((n for c, n in _COUNTS.items() if self.at(k, c)), None)
        if number:
            r.count, k = number, k + 1
        if self.at(k, "OF") and self.at(k + 1, "REL", "PRON"):
            r.finite = True
            k += 2
        r.plural = True
        r.kinds.add("count")
        return k

    def register(self, i: int, r: Reading) -> int | None:
        """«в реестр иностранных агентов», "on the list of terrorists and extremists"."""
        if not r.kinds & {"enter", "rec"}:
            return None
        k = self.skip(i, "PREP", "AS", "DET")
        country = self.adjective(k) or ((found := self.country(k)) and found[0]) or None
        if country:
            found = self.country(k)
            r.places.append((country, found[1] if found else country, k, found[2] if found else k + 1))
            k = found[2] if found else k + 1
        k = self.skip(k, "ADJ", "FOR") if not self.at(k, "REG") else k
        if not self.at(k, "REG"):
            return None
        k = self.skip(k + 1, "OF", "DET")
        end, statuses = self._register_of(k)
        if end is None:
            return None
        for status in statuses:
            r.add(status)
        r.kinds |= {"core", "register"}
        return end

    def _register_of(self, k: int) -> tuple[int | None, list[str]]:
        """Whom a register lists."""
        said: list[str] = []
        end = None
        while k < self.limit:
            agents = self.agent_words(k)
            if agents is not None:
                said.append("foreign-agent")
                end = k = agents
                continue
            found = [s for c, s in STATUS.items() if self.at(k, c)]
            said += [s for s in found if s not in said]
            if found or (self.at(k, "NOUN") and said):
                end = k = k + 1
            elif (
                (self.at(k, "REC") and self.at(k + 1, "TER", "EXT", "UND"))
                or self.at(k, "NOUN", "ADJ", "CONJ", "FOR", "PERF", "FUNC", "OF", "DET")
                or (
                    self.tokens[k].text in (",", *DASHES)
                    and (self.at(k + 1, "PERF") or self._late_status(k + 1))
                )
            ):
                k += 1
            else:
                break
        return (end, said) if said else (None, [])

    def _late_status(self, k: int) -> bool:
        """Whether a status stands behind a sign inside a register's name («СМИ — иностранных агентов»)."""
        return self.agent_words(k) is not None or (self.at(k, "REC") and self.at(k + 1, "TER", "EXT", "UND"))

    def law(self, i: int, r: Reading) -> int | None:
        """«по законам РФ», "under Russian law"."""
        if not self.at(i, "LAWP"):
            return None
        k = self.skip(i + 1, "DET")
        code = self.adjective(k)
        at = k
        k += code is not None
        if not self.at(k, "LAW"):
            return None
        k += 1
        if code is None and self.lang == "fr" and (code := self.adjective(k)):
            at, k = k, k + 1
        if code:
            r.places.append((code, code, at, at + 1))
        elif found := self.country(self.skip(k, "OF", "DET")):
            r.places.append((found[0], found[1], found[2] - 1, found[2]))
            k = found[2]
        r.kinds.add("law")
        return k

    def place(self, i: int, r: Reading) -> int | None:
        """«на территории РФ», "in Russia and Kazakhstan", „hierzulande“."""
        if self.at(i, "HOME"):
            r.kinds.add("place")
            return i + 1
        k = self.skip(i, "PREP")
        if k == i:
            return self._subject_place(i, r)
        k = self.skip(k, "DET")
        code = self.adjective(k)
        if code and self.at(k + 1, "TERRI"):
            r.places.append((code, code, k, k + 1))
            r.kinds.add("place")
            return k + 2
        if self.at(k, "TERRI"):
            k = self.skip(k + 1, "OF", "DET")
        if self.at(k, "OUR") and self.at(self.skip(k + 1, "OUR"), "CTRY"):
            r.kinds.add("place")
            return self.skip(k + 1, "OUR") + 1
        return self._countries(k, r)

    def _countries(self, k: int, r: Reading) -> int | None:
        """One country or more, joined by commas and "and"."""
        end = None
        while (found := self.country(k)) is not None:
            start = k
            r.places.append((found[0], found[1], start, found[2]))
            r.kinds.add("place")
            end = k = found[2]
            k += k < self.limit and self.tokens[k].text == ","
            k = self.skip(k, "CONJ")
            if k == end:
                break
            k = self.skip(k, "PREP", "DET")
        return end

    def _subject_place(self, i: int, r: Reading) -> int | None:
        """A country as the subject of an active verb ("which Russia has declared")."""
        found = self.country(i)
        if found is None or "core" in r.kinds:
            return None
        k = self.skip(found[2], "COP")
        if not self.at(k, "ACTIVE"):
            return None
        r.places.append((found[0], found[1], i, found[2]))
        r.kinds.add("place")
        return k

    def agency(self, i: int, r: Reading) -> int | None:
        """«Верховным судом РФ», «по решению суда от 10.06.2019», "by Russia's Justice Ministry"."""
        k = self.skip(i, "BY", "DPREP", "LAWP", "DET")
        begun = k > i
        words, strangers, places = 0, 0, []
        while k < self.limit:
            if self.at(k, "AGW", "DEC"):
                words += 1
                k += 1
            elif (found := self.country(k)) is not None and (words or begun or self.tokens[k].possessive):
                places.append((found[0], found[1], k, found[2]))
                k = found[2]
                if begun and self.lang in ("en", "fr", "de"):
                    words += 1
                    k = self._more_countries(k, places)
            elif code := self.adjective(k):
                places.append((code, code, k, k + 1))
                k += 1
            elif (
                words
                and self.at(k, "OF", "DET")
                and (self.at(k + 1, "AGW", "DEC", "DET") or self.country(k + 1))
            ):
                k += 1
            elif strangers < 2 and self._stranger(k, words):
                strangers += 1
                k += 1
            else:
                break
        if not words:
            return None
        r.places += places
        r.kinds.add("agency")
        return k

    def _more_countries(self, k: int, places: list[tuple[str, str, int, int]]) -> int:
        """The end of further countries behind one ("by Turkey, the US and the EU")."""
        while True:
            j = k + 1 if k < self.limit and self.tokens[k].text == "," else k
            j = self.skip(j, "CONJ", "DET")
            found = self.country(j) if j > k else None
            if found is None:
                return k
            places.append((found[0], found[1], j, found[2]))
            k = found[2]

    def _stranger(self, k: int, words: int) -> bool:
        """An adjective or a town beside a court («Тверским районным судом Москвы»)."""
        token = self.tokens[k]
        if not token.word or token.classes & {
            "BAN",
            "REC",
            "ENTER",
            "LIQ",
            "TER",
            "EXT",
            "UND",
            "CONJ",
            "PREP",
            "NEG",
        }:
            return False
        if words:
            return token.capital and self.at(k - 1, "AGW")
        return token.capital and (self.at(k + 1, "AGW") or self.at(k + 2, "AGW"))

    def relative(self, i: int, r: Reading) -> int | None:
        """ "which", «который»; only at the beginning."""
        if not self.at(i, "REL") or r.kinds & {"core", "rel", "noun"}:
            return None
        if self.lang == "de" and not self._german_clause(i):
            return None
        r.kinds.add("rel")
        if self.lang not in ("ru", "uk"):
            r.finite = True
        return i + 1

    def _german_clause(self, i: int) -> bool:
        """Whether „der … ist“ encloses the mark: the verb stands last, before a sign."""
        for k in range(i + 1, min(i + 14, self.limit)):
            if self.tokens[k].text == ",":
                return False
            if self.at(k, "COP"):
                return k + 1 >= self.limit or not self.tokens[k + 1].word
        return False

    def date(self, i: int, r: Reading) -> int | None:
        """«с 2003 года», "on 10 June 2019", «от 10.06.2019»."""
        k = self.skip(i, "DPREP", "DET")
        lead, numbers = k > i, 0
        if not lead and not self.at(i - 1, "DEC", "AGW", "MONTH"):
            return None
        while k < self.limit:
            if _NUMBER.fullmatch(self.tokens[k].norm):
                numbers += 1
            elif not (
                self.at(k, "MONTH", "YEAR")
                or (self.tokens[k].text in ".," and numbers and self._dated(k + 1))
            ):
                break
            k += 1
        return k if numbers else None

    def _dated(self, k: int) -> bool:
        return self.at(k, "MONTH", "YEAR") or (
            k < self.limit and re.fullmatch(r"(?:19|20)\d\d", self.tokens[k].norm) is not None
        )

    def reason(self, i: int, r: Reading) -> int | None:
        """«за экстремизм», "for extremism"."""
        if not self.at(i, "WHY") or "core" not in r.kinds or i + 1 >= self.limit:
            return None
        stem = self.tokens[i + 1].norm
        return (
            i + 2
            if re.match(r"э?[ek]?[кx]?стреми[зс]|[тt][еe][рr]+[оo][рr]+[иi][зs]|екстремі|терори", stem)
            else None
        )

    def pronoun(self, i: int, r: Reading) -> int | None:
        """ "it", «она» before what is said of it."""
        if r.kinds & {"core"} or not self.at(i, "PRON"):
            return None
        return i + 1 if self.at(i + 1, "COP", "BAN", "REC", "ENTER", "LIQ", "PREP", "PERF") else None

    def article(self, i: int, r: Reading) -> int | None:
        """A German article before an attribute („eine in Russland verbotene Organisation“)."""
        if self.lang != "de" or "core" in r.kinds or not self.at(i, "DET"):
            return None
        k = i + 1
        blank = Reading(k, k)
        end = self.place(k, blank) or k
        return i + 1 if self.at(end, "BAN", "REC", "AS", "AGW", "ADJ") and end > k else None
