"""Classes of words by language, and the names of countries.

=========  ==============================================================================================
class      words
=========  ==============================================================================================
DET        articles and pointing words              BOTH, ALL, NUM2-5   counting words of joint marks
REL        "which", «который»                       RELGEN              "whose", «которой»
PRON       "it", «его»                              COP                 "is", «является»
BAN        "banned", «запрещена»                    BANN                «(под) запретом»
REC        "recognised", «признан»                  ENTER               "included", «внесён»
ACTIVE     «(Минюст) внёс»                          LIQ                 "liquidated"
TER EXT    "terrorist", "extremist"                 UND                 "undesirable"
TERN EXTN  "terrorists", "extremists"               FOR AGT INO         "foreign", "agent", «иноагент»
PERF FUNC  "performing", "functions"                NOUN ADJ            "organisation", "international"
REG        "register", "list"                       PREP TERRI          "in", "territory"
OUR CTRY   "our", "country"; HOME „hierzulande“     ACT                 "activities"
DEC AGW    "decision", "court"                      LAWP LAW            "under", "law"
AS CONJ    "as", "and"                              DPREP MONTH YEAR    words of dates
OWN WHY    "owned", "for"                           NEG UNTIL           what stops a mark
MAT PROD   "material", "produced" of banners        MENT                "mentions"
NET THING  "network"; "film", "drug"                OF BY               "of", "by"
=========  ==============================================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from glossary.annotations import words_de, words_en, words_fr, words_ru, words_uk

_TABLES = {"ru": words_ru, "en": words_en, "uk": words_uk, "de": words_de, "fr": words_fr}
LANGUAGES = tuple(_TABLES)
MEMORY = 100_000  # words whose classes are kept

# Cheap test of a line before its words are looked at: a stem that every mark of the language must have.
_TRIGGERS = {
    "ru": r"запре[щт]|призна[нлв]|объявлен|отнес[её]н|причислен|ликвидирован|распущен|нежелательн|агент"
    r"|экстремист|террорис",
    "uk": r"заборон|визна[нв]|оголошен|ліквідован|розпущен|небажан|іноагент|агент|екстреміст|терорис",
    "en": r"banned|outlaw|prohibit|proscrib|forbidden|illegal|barred|criminali[sz]ed|undesirable"
    r"|foreign[- ]agent|extremis|terroris|liquidated|dissolved|disbanded",
    "de": r"verbot|illegal|untersagt|geächtet|unerwünscht|ausländische\w* agent|auslandsagent|extremist"
    r"|terror|aufgelöst|liquidiert",
    "fr": r"interdit|prohibé|proscrit|bannie?|illéga|indésirable|agente?s?\s+(?:étrang|de l)|extrémiste"
    r"|terroriste|dissou|liquidé",
}
_ENDINGS = {
    "ru": {"~": "(?:|а|у|ом|е)", "@": "(?:я|и|ю|ей|ею)"},
    "uk": {"~": "(?:|а|у|ом|ові)", "@": "(?:я|ї|ю|єю)"},
}


@dataclass(frozen=True)
class Country:
    """A spelling of a country: ISO 3166-1 alpha-2, the key of the spelling ("RU:federation"), its words."""

    code: str
    key: str
    words: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Lexicon:
    """The words of one language."""

    lang: str
    trigger: re.Pattern[str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    countries: tuple[Country, ...]
    adjectives: tuple[tuple[str, re.Pattern[str]], ...]
    memory: dict[str, frozenset[str]] = field(default_factory=dict)
    beginnings: dict[str, tuple[Country, ...]] = field(default_factory=dict)

    def classes(self, norm: str) -> frozenset[str]:
        """The classes of a lower-case word."""
        known = self.memory.get(norm)
        if known is None:
            known = frozenset(name for name, pattern in self.patterns if pattern.fullmatch(norm))
            if len(self.memory) < MEMORY:
                self.memory[norm] = known
        return known

    def country(self, norms: list[str]) -> tuple[Country, int] | None:
        """The country that these words begin with, and how many words it takes; the longest spelling wins."""
        if not norms:
            return None
        candidates = self.beginnings.get(norms[0])
        if candidates is None:
            candidates = tuple(c for c in self.countries if c.words[0].fullmatch(norms[0]))
            if len(self.beginnings) < MEMORY:
                self.beginnings[norms[0]] = candidates
        best: tuple[Country, int] | None = None
        for country in candidates:
            n = len(country.words)
            fits = n <= len(norms) and all(w.fullmatch(x) for w, x in zip(country.words, norms, strict=False))
            if fits and (best is None or n > best[1]):
                best = (country, n)
        return best

    def adjective(self, norm: str) -> str | None:
        """The country of an adjective ("Russian"), or None."""
        return next((code for code, pattern in self.adjectives if pattern.fullmatch(norm)), None)


def base_language(lang: str) -> str:
    """ "en" of "en-GB"."""
    return lang.lower().replace("_", "-").split("-")[0]


@cache
def lexicon(lang: str) -> Lexicon:
    """The words of a language of LANGUAGES; patterns are compiled once."""
    table = _TABLES[lang]

    def compiled(pattern: str) -> re.Pattern[str]:
        for sign, endings in _ENDINGS.get(lang, {}).items():
            pattern = pattern.replace(sign, endings)
        return re.compile(pattern)

    countries = [
        Country(key.split(":")[0], key, tuple(compiled(word) for word in spelling.split()))
        for key, spellings in _rows(table.COUNTRIES)
        for spelling in spellings.split(" | ")
    ]
    return Lexicon(
        lang=lang,
        trigger=re.compile(_TRIGGERS[lang], re.IGNORECASE),
        patterns=tuple((name, compiled("|".join(words.split()))) for name, words in _rows(table.WORDS)),
        countries=tuple(countries),
        adjectives=tuple(
            (code, compiled(words.replace(" | ", "|"))) for code, words in _rows(table.ADJECTIVES)
        ),
    )


def _rows(table: str) -> list[tuple[str, str]]:
    """The rows of a table of words: a key at the start of a line, its words on it and on indented lines below."""
    rows = re.findall(r"^(\S+)[ ]+(.+(?:\n[ ].+)*)", table, re.MULTILINE)
    return [(key, " ".join(words.split())) for key, words in rows]
