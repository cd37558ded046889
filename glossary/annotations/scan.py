"""Marks inside one line: in brackets, between commas or dashes, before the name, by owner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.annotations import morphology
from glossary.annotations.chunks import Reader
from glossary.annotations.drafts import Draft, stands_alone
from glossary.annotations.lexicon import Lexicon
from glossary.annotations.name_lists import Namer
from glossary.annotations.name_runs import is_acronym
from glossary.annotations.names import Hit
from glossary.annotations.patterns import Pattern
from glossary.annotations.reading import Reading
from glossary.annotations.tokens import DASHES, Token, brackets, quotes, tokenise, unquote_statuses

_SEPARATORS = frozenset((",", ";", ".", ":", *DASHES))
_ENDS = frozenset((",", ";", ".", ":", "!", "?", "…", ")", "]", "»", "”", "“", '"', "'", "’", "*", *DASHES))
_PLURAL = {
    "ru": re.compile(r".*(?:[нм]ы|ые|ых|ыми|ют|ят|ся-)"),
    "uk": re.compile(r".*(?:ні|них|ним[иі]|ють)"),
    "fr": re.compile(r".*[^ou]s"),
}
_MANY_OWNED = re.compile(r"принадлежат|належать|belong|owned|gehören|appartiennent")
_LONG_DATIVE = re.compile(r".*нным")


class Line:
    """One line of a text, read once."""

    def __init__(
        self, text: str, start: int, end: int, lex: Lexicon, patterns: Sequence[Pattern] = ()
    ) -> None:
        self.text, self.start, self.end, self.lex, self.patterns = text, start, end, lex, patterns
        self.tokens: list[Token] = unquote_statuses(tokenise(text, start, end, lex))
        self.brackets = brackets(self.tokens)
        self.quotes = quotes(self.tokens)
        self.namer = Namer(text, self.tokens, lex, self.quotes)
        self.reader = Reader(self.tokens, lex, patterns)
        self.drafts: list[Draft] = []
        self.nameless: list[Draft] = []  # in a bracket behind a country, which is no name
        self.covered: set[int] = set()
        self.limits = [len(self.tokens)] * len(self.tokens)
        for opening, closing in self.brackets:
            self.limits[opening + 1 : closing] = [closing] * (closing - opening - 1)

    def taken(self, i: int) -> bool:
        """Whether token ``i`` belongs to a mark already."""
        return i in self.covered

    def find(self) -> list[Draft]:
        """All marks of the line, in order."""
        for opening, closing in self.brackets:
            if not self.taken(opening) and (draft := self.in_bracket(opening, closing)):
                self._keep(draft)
        for i, token in enumerate(self.tokens):
            if self.taken(i):
                continue
            draft = None
            if token.text == "," or (token.text in DASHES and not self._hyphen(i)):
                draft = self.apposition(i)
            elif token.word:
                draft = self.attribute(i) or self.behind_noun(i)
            if draft is not None:
                self._keep(draft)
        return sorted(self.drafts, key=lambda d: d.first)

    def _keep(self, draft: Draft) -> None:
        if not any(self.taken(n) for n in range(draft.first, draft.end)):
            self.drafts.append(draft)
            self.covered.update(range(draft.first, draft.end))

    def _hyphen(self, i: int) -> bool:
        tokens = self.tokens
        return (
            0 < i < len(tokens) - 1
            and tokens[i - 1].end == tokens[i].start
            and tokens[i].end == tokens[i + 1].start
        )

    # -- brackets -----------------------------------------------------------------------------------------

    def in_bracket(self, opening: int, closing: int) -> Draft | None:
        """A mark in the bracket, perhaps behind an acronym or other facts."""
        if not self._may_mark(opening + 1, closing):
            return None
        reader = Reader(self.tokens, self.lex, self.patterns, limit=closing)
        first, acronym = self._acronym(opening + 1, closing)
        starts = [first] + [
            n + 1
            for n in range(first, closing - 1)
            if self.tokens[n].text in _SEPARATORS
            or (n in self.quotes and self.tokens[self.quotes[n] - 1].has("NOUN"))
        ]
        inner = [(a, b) for a, b in self.brackets if opening < a and b < closing]
        for i in starts:
            if any(a < i <= b for a, b in inner):
                continue
            draft = self._owned(i, reader) or self._plain(i, reader)
            if draft is None or not self._ends(draft, closing):
                continue
            draft.place = "owner" if draft.owner else "parenthesis"
            draft.bracket = (opening, closing)
            if i - 1 in self.quotes and (named := self.namer.left(i - 1)):
                draft.names = [named]
                return draft
            return self._named(draft, opening - 1, acronym)
        return None

    def _may_mark(self, i: int, end: int) -> bool:
        span = self.text[self.tokens[i].start : self.tokens[end].start] if i < end else ""
        return bool(self.lex.trigger.search(span)) or any(p.first.search(span.lower()) for p in self.patterns)

    def _acronym(self, i: int, closing: int) -> tuple[int, tuple[int, int] | None]:
        """The acronym that a bracket begins with, and where the rest begins."""
        acronym = None
        while (
            i + 1 < closing
            and is_acronym(self.tokens[i].text)
            and not self.tokens[i].has("NOUN", "INO")
            and self.tokens[i + 1].text in _SEPARATORS
        ):
            acronym, i = acronym or (i, i), i + 2
        return i, acronym

    def _plain(self, i: int, reader: Reader) -> Draft | None:
        reading = reader.read(i)
        return Draft(i, reading.end, reading, "") if reading else None

    def _ends(self, draft: Draft, closing: int) -> bool:
        """Whether the mark ends where a statement may end; what follows unread is flagged."""
        if draft.end >= closing or self.tokens[draft.end].text in _ENDS:
            return True
        after = self.tokens[draft.end]
        if after.has("UNTIL", "NEG") or "place" not in draft.reading.kinds:
            return False
        draft.flags += ("unread-tail",)
        return True

    def _named(self, draft: Draft, j: int, acronym: tuple[int, int] | None) -> Draft | None:
        """The draft with the names that end at token ``j``."""
        letters = self.tokens[acronym[0]].text if acronym else ""
        joined = not draft.reading.plural and not draft.reading.count
        hit = self.namer.left(j, joined=joined, weak=True, letters=letters) or self._further(j, draft)
        if hit is None:
            if acronym is None:
                if draft.bracket and self.namer.country_left(j) is not None:
                    self.nameless.append(draft)
                return None
            token = self.tokens[acronym[0]]
            draft.names = [Hit(acronym[0], acronym[1], token.start, token.end, False)]
            return draft
        if (
            self.namer.thing(hit)
            or self._only_illegal(draft, hit)
            or (self._killed(hit) and draft.reading.statuses == ["liquidated"])
        ):
            return None
        draft.acronym = acronym or hit.acronym
        if acronym is not None and draft.place == "parenthesis":
            draft.place = "acronym"
        return self._joint(draft, hit)

    def _further(self, j: int, draft: Draft) -> Hit | None:
        """The name before words that part it from its bracket („der »Taliban« gesehen (eine Organisation …)“)."""
        if not draft.reading.kinds & {"place", "rec"}:
            return None
        if (country := self.namer.country_left(j)) is not None:
            return self.namer.before_place(country)
        for k in range(j, max(-1, j - 6), -1):
            token = self.tokens[k]
            if k in self.quotes or (token.capital and self.lex.lang == "de"):
                return self.namer.left(k)
            if not token.lower or token.has("NOUN", "THING"):
                return None
        return None

    def _killed(self, hit: Hit) -> bool:
        """Whether "liquidated" may be said of a person rather than of an organisation."""
        return (
            not hit.quoted and not is_acronym(self.tokens[hit.first].text) and self.lex.lang in ("ru", "uk")
        )

    def _only_illegal(self, draft: Draft, hit: Hit) -> bool:
        """Whether "illegal" is said of a single word at the beginning: "Surrogacy, illegal in Italy, …"."""
        main = draft.reading.main
        single = (
            hit.first == hit.last
            and self.namer.initial(hit.first)
            and not is_acronym(self.tokens[hit.first].text)
        )
        return main is not None and single and self.tokens[main].norm.startswith(("illegal", "illéga"))

    def _joint(self, draft: Draft, hit: Hit) -> Draft:
        reading = draft.reading
        draft.names = [hit]
        if draft.owner is not None:
            if reading.plural:
                draft.names = self.namer.list_left(hit, 0)
            return draft
        count = reading.count
        if count is None and (reading.plural or self._plural(reading)):
            count = 0
        if count is None and self._dative_or_instrumental(reading, hit):
            count = 0
        if count is not None:
            draft.names = self.namer.list_left(hit, count)
        if len(draft.names) > 1:
            draft.place = "joint"
        return draft

    def _plural(self, reading: Reading) -> bool:
        pattern = _PLURAL.get(self.lex.lang)
        if pattern is None or reading.main is None or "activity" in reading.kinds:
            return False
        return bool(pattern.fullmatch(self.tokens[reading.main].norm))

    def _dative_or_instrumental(self, reading: Reading, hit: Hit) -> bool:
        """«запрещённым»: plural in the dative, unless the name is a singular in the instrumental."""
        if (
            self.lex.lang != "ru"
            or reading.main is None
            or not _LONG_DATIVE.fullmatch(self.tokens[reading.main].norm)
        ):
            return False
        word = self.tokens[hit.first + hit.quoted].text
        return not any(r.case == "ablt" and r.number == "sing" for r in morphology.readings(word))

    # -- commas and dashes --------------------------------------------------------------------------------

    def apposition(self, i: int) -> Draft | None:
        """A mark between commas or dashes that begins behind token ``i``."""
        if i == 0 or i + 1 >= len(self.tokens):
            return None
        limit = self.limits[i]
        reader = Reader(self.tokens, self.lex, self.patterns, limit=limit)
        draft = self._owned(i + 1, reader) or self._plain(i + 1, reader)
        if draft is None:
            return None
        while draft.end < limit and self.tokens[draft.end].text not in _ENDS:
            return None
        if not stands_alone(draft.reading):
            return None
        draft.place = "owner" if draft.owner else "apposition"
        return self._beside(draft, i - 1)

    def _beside(self, draft: Draft, j: int) -> Draft | None:
        placed = "place" in draft.reading.kinds
        hit = self.namer.left(j, joined=not draft.reading.plural and not draft.reading.count, weak=placed)
        if hit is None or self.namer.thing(hit) or self._only_illegal(draft, hit):
            return None
        draft.acronym = hit.acronym
        return self._joint(draft, hit)

    def behind_noun(self, i: int) -> Draft | None:
        """A mark right behind a name and its generic noun ("the … movement banned in Russia"), without a comma."""
        lang = self.lex.lang
        if i == 0 or not self.tokens[i].has("BAN", "REC") or lang not in ("en", "ru", "uk"):
            return None
        quoted = i - 1 in self.quotes
        if lang == "en" and not (self.tokens[i - 1].has("NOUN") and self.tokens[i - 1].lower):
            return None
        if lang != "en" and not (quoted and self.reader.long(i)):
            return None
        draft = self._plain(i, self.reader)
        if draft is None or "place" not in draft.reading.kinds or draft.reading.statuses == ["liquidated"]:
            return None
        if draft.end < len(self.tokens) and (
            self.tokens[draft.end].has("UNTIL", "NEG") or self.namer.right(draft.end, 2)
        ):
            return None
        draft.place = "apposition"
        return self._beside(draft, i - 1)

    # -- before the name ----------------------------------------------------------------------------------

    def attribute(self, i: int) -> Draft | None:
        """A mark before the name («запрещённая в РФ группировка …», "the Russian-banned …")."""
        lang = self.lex.lang
        token = self.tokens[i]
        if lang in ("ru", "uk"):
            begins = token.has("BAN", "REC", "ENTER", "LIQ") and self.reader.long(i)
        elif lang == "de":
            begins = token.has("PREP") or (token.has("AS") and token.norm in ("als", "für"))
        else:
            begins = lang == "en" and (("-" in token.norm) or (token.has("BAN") and self._after_article(i)))
        draft = self._plain(i, self.reader) if begins else None
        if draft is None or not self._attributive(draft):
            return None
        kinds = draft.reading.kinds
        if not kinds & {"place", "agency", "law", "register", "rec", "pattern"}:
            return None
        hit = self._name_behind(draft)
        if hit is None:
            return None
        draft.place = "apposition"
        draft.names = [hit]
        if self._plural(draft.reading):
            draft.names = self.namer.list_right(hit)
            draft.place = "joint" if len(draft.names) > 1 else "apposition"
        return draft

    def _after_article(self, i: int) -> bool:
        return (
            i > 0
            and self.tokens[i - 1].has("DET")
            and i + 1 < len(self.tokens)
            and self.tokens[i + 1].has("PREP")
        )

    def _attributive(self, draft: Draft) -> bool:
        reading = draft.reading
        if self.lex.lang == "en":
            return "compound" in reading.kinds or ("place" in reading.kinds and reading.form == "participle")
        if self.lex.lang == "de":
            return reading.main is not None and self.reader.long(reading.main)
        return reading.form == "participle" and not reading.full

    def _name_behind(self, draft: Draft) -> Hit | None:
        """The name behind an attribute; a generic noun before it is taken back out of the mark."""
        reading = draft.reading
        noun = reading.noun[1] if reading.noun and reading.noun[1] == draft.end - 1 else None
        hit = self.namer.right(draft.end, 4)
        if hit is None or (draft.end < hit.first and not self._only_nominal(draft.end, hit.first)):
            return None
        if noun is not None and not (self._is_complement(noun, reading)):
            draft.end = noun
            if reading.form == "noun":
                reading.form = "participle"
        if any(t.has("THING") and not t.has("NOUN") for t in self.tokens[draft.end : hit.first]):
            return None
        return hit

    def _is_complement(self, noun: int, reading: Reading) -> bool:
        """Whether a noun completes "recognised as" (instrumental) rather than being what is recognised."""
        if "rec" not in reading.kinds or reading.main is None or self.lex.lang not in ("ru", "uk"):
            return False
        instrumental = re.compile(r".*(?:ей|ом|ем|ами|ями|ою|єю|ею)")
        main = self.tokens[reading.main].norm
        return bool(instrumental.fullmatch(self.tokens[noun].norm)) and not re.fullmatch(
            r".*(?:ым|ыми|ою|им|ими)", main
        )

    def _only_nominal(self, i: int, end: int) -> bool:
        """Whether only nouns and adjectives stand between a mark and its name."""
        words = self.tokens[i:end]
        if self.lex.lang == "ru":
            return all(t.has("NOUN", "ADJ", "TER", "EXT") or morphology.is_nominal(t.text) for t in words)
        if self.lex.lang == "en":
            return all(t.has("NOUN", "ADJ", "TER", "EXT") for t in words)
        return len(words) <= 3

    # -- owners -------------------------------------------------------------------------------------------

    def _owned(self, i: int, reader: Reader) -> Draft | None:
        """«принадлежит компании «…», признанной …»: the mark begins with the word that says whose it is."""
        k = reader.skip(i, "REL", "DET", "PRON", "COP", "BOTH", "ALL", "NUM2", "NUM3")
        k = reader.skip(k, "NOUN") if not reader.at(k, "OWN") else k
        if not reader.at(k, "OWN"):
            return None
        many = bool(_MANY_OWNED.fullmatch(self.tokens[k].norm)) or reader.at(i, "BOTH", "ALL")
        k += 1
        before = reader.read(k) if self.lex.lang == "de" else None
        if before is not None and (before.main is None or not reader.long(before.main)):
            before = None
        k = before.end if before is not None else reader.skip(k, "OF", "BY", "PREP")
        if k < reader.limit and self.tokens[k].text in DASHES:
            k += 1
        hit = self.namer.right(k, 5)
        if hit is None or hit.last >= reader.limit - (before is None):
            return None
        if before is not None and k == before.end:
            before.form = "participle"
            before.plural = many
            return Draft(i, hit.last + 1, before, "owner", owner=hit) if stands_alone(before) else None
        k = hit.last + 1
        k += k < reader.limit and (self.tokens[k].text == "," or self.tokens[k].text in DASHES)
        reading = reader.read(k)
        if reading is None:
            return None
        if (
            "cop" in reading.kinds
            and "np" in reading.kinds
            and reading.form == "verb"
            and reading.main is None
        ):
            reading.form = "noun"
        if (
            "cop" in reading.kinds
            and reading.noun is not None
            and "np" in reading.kinds
            and "rel" not in reading.kinds
        ):
            reading.form = "noun"
        reading.plural, reading.count = many, None
        return Draft(i, reading.end, reading, "owner", owner=hit)
