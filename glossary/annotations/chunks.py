"""The grammar of a mark: a run of chunks (verb, status, place, court, date …) without any foreign word between.

``Reader.read`` starts at a token and goes as far as chunks follow each other, joined by commas and "and" where
another statement of status follows. What the run must be beside (a name, a bracket) is no concern of this module.
"""

from __future__ import annotations

from glossary.annotations.nouns import Nouns
from glossary.annotations.patterns import match_pattern
from glossary.annotations.reading import STATUS, Reading, Step
from glossary.annotations.tokens import DASHES


class Reader(Nouns):
    """Reads marks in one line of tokens; nothing is read at or behind ``limit``."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.core_steps: tuple[Step, ...] = (
            self.own_pattern, self.whose, self.performing, self.compound, self.agent, self.noun_phrase,
            self.participle, self.activity, self.status_word, self.under_ban, self.as_status, self.active,
        )  # fmt: skip
        self.other_steps: tuple[Step, ...] = (
            self.counting, self.register, self.law, self.place, self.agency, self.relative, self.copula,
            self.date, self.reason, self.pronoun, self.article,
        )  # fmt: skip

    def read(self, i: int) -> Reading | None:
        """The longest run of chunks from ``i`` on, or None where it says no status."""
        reading = Reading(i, i)
        while reading.end < self.limit:
            after = self.chunk(reading.end, reading) or self.joined(reading)
            if after is None:
                break
            reading = after
        if reading.full:
            reading.form = "full"
        return reading if reading.statuses and reading.form else None

    def chunk(self, i: int, reading: Reading, core: bool = False) -> Reading | None:
        """The reading with one more chunk from ``i`` on."""
        for step in self.core_steps if core else self.core_steps + self.other_steps:
            trial = reading.copy()
            end = step(i, trial)
            if end is not None and end > i:
                trial.end = end
                return trial
        return None

    def joined(self, reading: Reading) -> Reading | None:
        """One more statement of status behind a comma, "and" or (after a counting word) a dash."""
        i = reading.end
        if i == reading.start:
            return None
        begun = bool(reading.kinds & {"core", "noun"})
        if not begun:
            return (
                self.chunk(i + 1, reading, core=True)
                if self.tokens[i].text in DASHES and reading.kinds
                else None
            )
        k = i + 1 if self.tokens[i].text == "," else i
        k = self.skip(k, "CONJ")
        if k == i:
            return None
        for lead in (k, self.skip(k, "PRON"), self.skip(self.skip(k, "PRON"), "COP")):
            trial = self.chunk(lead, reading, core=True) or self._late(lead, reading)
            if trial is not None and (
                len(trial.statuses) > len(reading.statuses) or trial.kinds != reading.kinds
            ):
                bare = trial.end - 1 == (trial.noun or (0, -1))[1] and trial.statuses == reading.statuses
                if not bare:
                    return trial
        return None

    def _late(self, i: int, reading: Reading) -> Reading | None:
        """A place or court before the participle that it belongs to ("and in Russia banned")."""
        trial = reading.copy()
        for step in (self.place, self.agency, self.whose, self.relative):
            end = step(i, trial)
            if end is not None and end > i:
                trial.end = end
                return self.chunk(end, trial, core=True)
        return None

    def own_pattern(self, i: int, r: Reading) -> int | None:
        """A newsroom's own wording."""
        for pattern in self.patterns:
            end = match_pattern(pattern, self.tokens, i, self.limit, self)
            if end is not None:
                for status in pattern.status:
                    r.add(status)
                r.places += [(code, code, -1, -1) for code in pattern.jurisdiction]
                r.kinds |= {"core", "pattern"}
                r.shape(pattern.form)
                return end
        return None

    def whose(self, i: int, r: Reading) -> int | None:
        """«деятельность которой», "whose activities", "the organisation's activities": the full wording."""
        end = None
        if self.lang in ("ru", "uk"):
            end = i + 2 if self.at(i, "ACT") and self.at(i + 1, "RELGEN") else None
        elif self.at(i, "RELGEN"):
            k = self.skip(i + 1, "DET", "ADJ")
            end = k + 1 if self.at(k, "ACT") else None
        else:
            k = self.skip(i, "DET")
            if self.at(k, "NOUN") and self.tokens[k].possessive and self.at(k + 1, "ACT"):
                end = k + 2
        if end is not None:
            r.full = True
            r.kinds |= {"core", "activity"}
        return end

    def activity(self, i: int, r: Reading) -> int | None:
        """«её деятельность», "its activities" as what is banned."""
        k = self.skip(i, "DET", "PRON")
        if not self.at(k, "ACT"):
            return None
        k += 1
        while self.at(k, "NOUN", "DET", "OF") and not self.at(k, "BAN"):
            k += 1
        r.kinds |= {"core", "activity"}
        r.shape("verb")
        return k

    def performing(self, i: int, r: Reading) -> int | None:
        """«выполняющая функции иностранного агента», "performing the functions of a foreign agent"."""
        if not self.at(i, "PERF"):
            return None
        k = self.skip(i + 1, "DET")
        if not self.at(k, "FUNC"):
            return None
        k = self.skip(k + 1, "OF", "DET")
        end = self.agent_words(k)
        if end is None:
            return None
        word = self.tokens[i].norm
        active = word.endswith(
            ("ющий", "ющая", "ющее", "ющие", "ющих", "ющего", "ющей", "ющим", "ющими", "ющему", "ющую")
        )
        long = active or word.endswith(("ing", "ant")) or "юч" in word
        r.add("foreign-agent")
        r.kinds |= {"core", "agent"}
        r.shape("participle" if long else "verb")
        return end

    def compound(self, i: int, r: Reading) -> int | None:
        """ "Russian-banned", "banned-in-Russia": place and verb in one word."""
        parts = self.tokens[i].norm.split("-") if i < self.limit else []
        if self.lang != "en" or len(parts) < 2 or not any("BAN" in self.lex.classes(p) for p in parts):
            return None
        code = next((c for p in parts if (c := self.lex.adjective(p))), None)
        found = next((f for n in range(len(parts)) if (f := self.lex.country(parts[n:]))), None)
        if code is None and found is None:
            return None
        r.places.append(
            (code or "", code or "", i, i + 1) if found is None else (found[0].code, found[0].key, i, i + 1)
        )
        r.add("banned")
        r.kinds |= {"core", "ban", "place", "compound"}
        r.shape("participle")
        return i + 1

    def participle(self, i: int, r: Reading) -> int | None:
        """ "banned", «признан», «внесён», "dissolved"."""
        if not self.at(i, "BAN", "REC", "ENTER", "LIQ"):
            return None
        if self.at(i, "BAN"):
            r.add("banned")
            r.kinds |= {"ban"}
        elif self.at(i, "LIQ"):
            r.add("liquidated")
            r.kinds |= {"liq"}
        elif self.at(i, "REC"):
            r.kinds |= {"rec"}
        if self.at(i, "ENTER"):
            r.kinds |= {"enter"}
        if r.main is None:
            r.main = i
        r.kinds.add("core")
        if self.tokens[i].norm.endswith(")"):
            r.kinds.add("either")
        r.shape(self._participle_form(i, r))
        return i + 1

    def _participle_form(self, i: int, r: Reading) -> str:
        if self.lang == "ru":
            return "participle" if self.long(i) else "verb"
        if self.lang == "uk":
            return (
                "verb"
                if self.tokens[i].norm.endswith("но") or not self.at(i, "BAN", "REC", "LIQ", "ENTER")
                else "participle"
            )
        return "verb" if r.finite else "participle"

    def status_word(self, i: int, r: Reading) -> int | None:
        """«(признана) террористической», "(declared) undesirable", „(als) extremistisch“."""
        if not r.kinds & {"rec"} or not self.at(i, "TER", "EXT", "UND"):
            return None
        r.add(next(s for c, s in STATUS.items() if self.at(i, c)))
        r.complement = i
        return i + 1

    def as_status(self, i: int, r: Reading) -> int | None:
        """ "as extremist", «как террористические», „für unerwünscht“, "comme organisation terroriste"."""
        if not self.at(i, "AS"):
            return None
        k = self.skip(i + 1, "DET")
        if self.at(k, "BAN") and self.lang == "de":
            r.add("banned")
            r.kinds |= {"core", "ban"}
            r.shape("participle")
            return k + 1
        statuses = len(r.statuses)
        trial = r.copy()
        trial.form = trial.form or "participle"
        for step in (self.agent, self.noun_phrase):
            inner = trial.copy()
            end = step(k, inner)
            if end is not None and len(inner.statuses) > statuses:
                self._take(r, inner)
                return end
        if self.at(k, "TER", "EXT", "UND", "TERN", "EXTN"):
            if self._continues(k):
                return None
            r.add(next(s for c, s in STATUS.items() if self.at(k, c)))
            r.kinds.add("core")
            r.shape("participle")
            return k + 1
        return None

    @staticmethod
    def _take(r: Reading, other: Reading) -> None:
        r.statuses, r.places, r.form, r.kinds = other.statuses, other.places, other.form, other.kinds
        r.plural, r.noun, r.complement = other.plural, other.noun, other.complement

    def under_ban(self, i: int, r: Reading) -> int | None:
        """«под запретом»."""
        if not (self.at(i, "UNDER") and self.at(i + 1, "BANN")):
            return None
        r.add("banned")
        r.kinds |= {"core", "ban"}
        r.shape("verb")
        return i + 2

    def active(self, i: int, r: Reading) -> int | None:
        """«(Минюст) включил его», "(which Russia has) declared": an active verb with its authority before it."""
        before = {"agency", "place"} | ({"rel"} if self.lang in ("ru", "uk") else set())
        if not self.at(i, "ACTIVE") or not r.kinds & before or "core" in r.kinds:
            return None
        r.kinds |= {"core", "rec", "enter", "active"}
        r.shape("verb")
        return self.skip(i + 1, "PRON")

    def copula(self, i: int, r: Reading) -> int | None:
        """ "is", "has been"; a German one may stand last."""
        end = self.skip(i, "COP")
        if end == i or (self.lang in ("ru", "uk") and "core" in r.kinds):
            return None
        if "core" in r.kinds and r.main is not None and self.lang != "de" and "activity" not in r.kinds:
            return None
        if "core" not in r.kinds or r.form is None:
            r.finite = True
            if not r.kinds & {"core"}:
                r.kinds.add("cop")
                if not r.full and r.form is None and self._predicate_noun(end):
                    r.shape("verb")
        if self.tokens[i].norm in (
            "are",
            "were",
            "have",
            "sind",
            "werden",
            "ont",
            "sont",
            "являются",
            "были",
        ):
            r.plural = True
        return end

    def _predicate_noun(self, i: int) -> bool:
        blank = Reading(i, i)
        return self.noun_phrase(i, blank) is not None or self.agent(i, blank) is not None
