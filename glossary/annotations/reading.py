"""What a run of chunks says, and the plain questions that chunks ask of their tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from glossary.annotations.lexicon import Lexicon
from glossary.annotations.patterns import Pattern
from glossary.annotations.tokens import Token

_LONG = {
    "ru": re.compile(r".*(?:нн|ем)(?:ый|ая|ое|ые|ого|ой|ою|ых|ому|ым|ую|ыми|ом)"),
    "uk": re.compile(r".*н(?:ий|а|е|і|ого|ої|их|ому|ій|им|ими|у|ою)"),
    "de": re.compile(r".*(?:t|en|al)e[rsmn]?"),
}
STATUS = {
    "TER": "terrorist",
    "EXT": "extremist",
    "UND": "undesirable",
    "TERN": "terrorist",
    "EXTN": "extremist",
}


@dataclass
class Reading:
    """What a run of chunks says. ``start`` and ``end`` are token positions, end exclusive."""

    start: int
    end: int
    statuses: list[str] = field(default_factory=list)
    places: list[tuple[str, str, int, int]] = field(default_factory=list)
    form: str | None = None
    full: bool = False
    count: int | None = None
    plural: bool = False
    kinds: set[str] = field(default_factory=set)
    main: int | None = None
    noun: tuple[int, int] | None = None
    finite: bool = False
    complement: int | None = None
    unread: bool = False

    def copy(self) -> Reading:
        """A copy that can be written to."""
        return Reading(
            self.start, self.end, list(self.statuses), list(self.places), self.form, self.full, self.count,
            self.plural, set(self.kinds), self.main, self.noun, self.finite, self.complement, self.unread,
        )  # fmt: skip

    def add(self, status: str) -> None:
        """Notes a status once."""
        if status not in self.statuses:
            self.statuses.append(status)

    def shape(self, form: str) -> None:
        """Notes the form; the first marking words give it."""
        if self.form is None:
            self.form = form


Step = Callable[[int, Reading], int | None]


@dataclass
class Words:
    """One line of tokens, of which nothing is read at or behind ``limit``; 0 stands for its end."""

    tokens: Sequence[Token]
    lex: Lexicon
    patterns: Sequence[Pattern] = ()
    limit: int = 0

    def __post_init__(self) -> None:
        self.limit = self.limit or len(self.tokens)
        self.lang = self.lex.lang

    def at(self, i: int, *names: str) -> bool:
        """Whether token ``i`` is there and of one of these classes."""
        return 0 <= i < self.limit and self.tokens[i].has(*names)

    def skip(self, i: int, *names: str) -> int:
        """The first position from ``i`` on that is of none of these classes."""
        while self.at(i, *names):
            i += 1
        return i

    def country(self, i: int) -> tuple[str, str, int] | None:
        """ISO code, key of the spelling and end of the country that begins at ``i``."""
        if not (0 <= i < self.limit) or not self.tokens[i].word:
            return None
        found = self.lex.country([t.norm for t in self.tokens[i : min(i + 4, self.limit)]])
        if found is None or (self.lang == "en" and self.tokens[i].text == "us"):
            return None
        return found[0].code, found[0].key, i + found[1]

    def adjective(self, i: int) -> str | None:
        """ISO code of an adjective of country at ``i``."""
        return (
            self.lex.adjective(self.tokens[i].norm) if 0 <= i < self.limit and self.tokens[i].word else None
        )

    def long(self, i: int) -> bool:
        """Whether the participle at ``i`` is an inflected (attributive) form."""
        pattern = _LONG.get(self.lang)
        return bool(pattern and pattern.fullmatch(self.tokens[i].norm))

    def agent_words(self, i: int) -> int | None:
        """End of "foreign agent(s)" from ``i`` on, its adjective before or behind it."""
        if self.at(i, "INO"):
            return i + 1
        if self.at(i, "FOR") and self.at(i + 1, "AGT"):
            return i + 2
        if self.lang == "fr" and self.at(i, "AGT"):
            k = self.skip(i + 1, "OF", "DET")
            return k + 1 if self.at(k, "FOR") else None
        return None

    def plural_noun(self, i: int) -> bool:
        """Whether a noun of organisations is in the plural, as far as its ending says."""
        word = self.tokens[i].norm
        endings = {
            "en": r"(?:.*[^s]s|media outlets|people)", "fr": r".*[^ou]s|.*aux", "de": r".*(?:en|e)n?|.*innen",
            "ru": r".*(?:и|ы|ами|ями|ах|ях|ов)", "uk": r".*(?:и|ами|ями|ах|ях|ів)",
        }  # fmt: skip
        singular = r"издани|медиа" if self.lang in ("ru", "uk") else r"medien-"
        return bool(re.fullmatch(endings[self.lang], word)) and not re.fullmatch(singular, word)
