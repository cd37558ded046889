"""Where sentences end inside a block: rules over the characters around each closing mark. Pure, linear time.

Every run of marks that may end a sentence is looked at once, in order, with at most some dozens of characters on
either side of it. Nothing is copied, normalised or searched for, so that offsets are exact by construction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from align.segment.abbreviations import (
    AFTER_ORDINAL,
    BEFORE_ORDINAL,
    CALENDAR,
    DATE_OPENERS,
    DATED,
    ORDINALS,
    ordinary,
    sorts,
)
from align.segment.libraries import is_abbreviation
from align.segment.marks import QUOTES, STRONG, UNSPACED, Mark, Parentheses, marks
from align.text.function_words import WORDS, words
from align.text.languages import script_of

_ALNUM = re.compile(r"[^\W_]")
_SPACE = re.compile(r"\s*")
_BEHIND = 48  # characters looked at for an abbreviation
_WORD = re.compile(r"[^\s!?…,;:\"«»„“”‹›()\[\]{}—–。，、]*$")
_PARTS_BEHIND = 28
_PARTS = re.compile(r"(?<![\w.])((?:[^\W\d_]{1,5}\.[ \u00a0\u202f]?-?){1,3})([^\W\d_]{1,5})$")
_PIECE = 5  # letters of a part of an abbreviation, of an abbreviation that only the libraries know
_NUMBER = re.compile(r"[\d.,:–—-]*\d$")
_ORDINAL = re.compile(r"\d{1,2}$")
_ENUMERATOR = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,4}|[^\W\d_]|[ivx]{1,5}|[IVXLC]{1,6})$")
_ROMAN = re.compile(r"[IVXLCDM]{1,7}$")
_ACRONYM = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.[ \u00a0\u202f]?-?)+[^\W\d_]$")
_DIGRAPHS = words("Дж Дз Вс Вл Ст Ал Ев Th Ch Sh Yu Ya Zh Ph Ju Ja Jo Ie Ll")
_NUMBER_BEFORE = re.compile(r"(?:\d[\d–—/-]*|\b[IVXLCDM]+)[ \u00a0\u202f]?$")
_FIGURE_BEFORE = re.compile(r"\d[ \u00a0\u202f]?$")
_NUMERAL_AFTER = re.compile(r"[\s\u00a0]*(?:№ ?)?(?:\d|[IVXLCDM]+\b)")
_ELIDING = frozenset(("fr", "it", "ca"))  # "l’art. 5"
_DASHES = frozenset("-–—―‒−")
_LETTERS_STAND_FOR_WORDS = frozenset(("arabic", "hebrew"))  # when alone; a Korean syllable is a word
_GOES_ON = frozenset(",;:،؛、，；：")
_CASELESS_LOWER = ("\u10d0", "\u10ff")  # Georgian letters are lower case to Unicode, and to nobody else

_SAID = re.compile(
    r"\s*(?:I|[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,3})\s+(?:said|says|asked|asks|replied|answered|added|shouted"
    r"|cried|whispered|called|told|exclaimed|explained|wondered|murmured|muttered|insisted|warned|laughed|yelled|screamed"
    r"|sighed|went on|continued|demanded|repeated)\b"
)
_TAGS = {
    "zh": re.compile(r"[^，。！？；：“”「」『』\s没沒不无無]{0,6}(?:说|說|问|問|道|回答|喊|叫|表示|写|寫)"),
    "ja": re.compile(
        r"\s?[^。！？「」『』]{1,8}[はが][^。！？「」『』]{0,6}(?:言った|言う|尋ねた|答えた|叫んだ|聞いた|つぶやいた)"
        r"|\s?(?:と|って|という|といった|など|の|が|は|を|に|も|で)"
    ),
    "ko": re.compile(r"\s?(?:라고|이라고|하고|라며|라는|고 |며 )"),
    "ar": re.compile(r"\s*(?:قال|قالت|سأل|سألت|أجاب|أجابت|صاح|هتف|أضاف)\b"),
    "fa": re.compile(r"\s*(?:گفت|پرسید|پاسخ|فریاد)\b"),
    "he": re.compile(r"\s*(?:אמר|אמרה|שאל|שאלה|ענה|צעק)\b"),
}
# Languages that put a colon, comma or dash before direct speech: without one the quotation is a name.
_COLON_BEFORE_SPEECH = frozenset(("ru", "uk", "be", "bg", "sr", "mk", "de", "pl", "cs", "sk"))
_TITLE_WORDS = 5
_SHORT = 3  # letters, of articles, prepositions and units
_OPENERS = '«“„"‘‚»「『'


def sentences(text: str, start: int, end: int, lang: str, body: int = 0) -> Iterator[tuple[int, int]]:
    """The sentences of ``text[start:end]``: spans in ``text``, trimmed, in order, covering all but white space.

    ``lang`` is an ISO 639-1 code in lower case. ``body`` is where the text behind a turn's name or mark begins: no
    sentence ends before it. Nothing is yielded for a stretch of white space.
    """
    begin = _SPACE.match(text, start, end).end()  # type: ignore[union-attr]
    stop = end
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    if begin == stop:
        return
    cutter = _Cutter(text, begin, stop, lang)
    for mark in marks(text, max(begin, body), stop, lang):
        if cutter.ends(mark, begin):
            yield begin, mark.end
            begin = mark.after
    yield begin, stop


@cache
def _small_words(lang: str) -> frozenset[str]:
    return words(WORDS.get(lang, ""))


class _Cutter:
    """The rules for one block; ``stop`` is the end of its text."""

    def __init__(self, text: str, begin: int, stop: int, lang: str) -> None:
        self.text = text
        self.stop = stop
        self.lang = lang
        self.sorts = sorts(lang)
        self.small = _small_words(lang)
        self.first_letter = -1  # of the sentence that is being read
        self.parentheses = Parentheses(text, begin, stop)

    def ends(self, mark: Mark, begin: int) -> bool:
        """Whether the sentence that began at ``begin`` ends with this mark."""
        text = self.text
        if self.first_letter < begin:
            found = _ALNUM.search(text, begin, self.stop)
            self.first_letter = found.start() if found else self.stop
        if self.first_letter >= mark.start or not mark.word or text[mark.after] in _GOES_ON:
            return False
        if mark.after == mark.end and not self._may_be_joined(mark):
            return False
        held = self.parentheses.holding(mark.start)
        if held is not None:
            inside = held[1] >= mark.end
            if inside or self.first_letter < held[0]:
                return not inside and self._closes_sloppily(mark, begin)
        return self._decide(mark, begin)

    def _may_be_joined(self, mark: Mark) -> bool:
        """Whether a sentence can begin here without a space before it."""
        marks = self.text[mark.start : mark.marks_end]
        if any(char in UNSPACED for char in marks):
            return True
        return self.lang in ("zh", "ja") and marks[-1] in "!?" and ord(self.text[mark.after]) > 0x2E7F

    def _closes_sloppily(self, mark: Mark, begin: int) -> bool:
        """A parenthesis whose own full stop is the only one: "He left (he was tired.) Then …"."""
        if self.text[mark.start] != "." or mark.word.lower() not in self.small:
            return False
        return self._upper(mark.word) and self._full_stop(mark, begin)

    def _decide(self, mark: Mark, begin: int) -> bool:
        text = self.text
        marks = text[mark.start : mark.marks_end]
        quoted = mark.marks_end < mark.end and any(char in QUOTES for char in text[mark.marks_end : mark.end])
        if marks == ".":
            if quoted and self._is_tagged(mark, begin, capital=False):
                return False
            return not self._goes_on(mark) and self._full_stop(mark, begin)
        if any(char in STRONG or char == ";" for char in marks):
            return not self._goes_on(mark) and not (quoted and self._is_tagged(mark, begin))
        if len(marks) > 1 or marks in "…‥":
            return self._ellipsis(mark, begin)
        if quoted and self._is_tagged(mark, begin, capital=False):
            return False
        return not self._goes_on(mark) and self._full_stop(mark, begin)

    def _goes_on(self, mark: Mark) -> bool:
        """Whether what follows begins with a small letter: «!» — крикнул … Not so an "@name"."""
        if self.text[mark.start] in UNSPACED or mark.ahead.endswith("@"):
            return False
        if len(mark.word) == 1 and mark.ahead.endswith("(") and self._stands_behind(mark, ")"):
            return False  # (b) opens the next point
        return self._lower(mark.word)

    def _lower(self, word: str) -> bool:
        low, high = _CASELESS_LOWER
        return word[0].islower() and not low <= word[0] <= high

    def _upper(self, word: str) -> bool:
        return word[0].isupper() or word[0].istitle()

    def _ellipsis(self, mark: Mark, begin: int) -> bool:
        """It ends a sentence before a capital, not before a small letter, figure or a script without capitals."""
        text = self.text
        opening = text[mark.start - 1] if mark.start > begin else ""
        if opening in ("(", "[", "（") and text[mark.marks_end : mark.marks_end + 1] in (")", "]", "）"):
            return False  # […]: something was left out
        return self._upper(mark.word)

    def _is_tagged(self, mark: Mark, begin: int, capital: bool = True) -> bool:
        """Whether direct speech is followed by who says it, or the quotation is a name in the sentence."""
        text = self.text
        tag = _TAGS.get(self.lang)
        if tag is not None and tag.match(text, mark.end, self.stop):
            return True
        if not capital or mark.after == mark.end:
            return False
        if self.lang == "en" and (found := _SAID.match(text, mark.end, self.stop)):
            first = found.group().split()[0]
            return first == "I" or first.lower() not in self.small
        return self.lang in _COLON_BEFORE_SPEECH and self._is_title(mark, begin)

    def _is_title(self, mark: Mark, begin: int) -> bool:
        """Роман «Кто виноват?» Герцена: a short quotation in the run of the sentence, no colon before it."""
        text = self.text
        if mark.word.lower() in self.small:
            return False
        low = max(begin, mark.start - 60)
        opener = max(text.rfind(char, low, mark.start) for char in _OPENERS)
        if opener <= begin or len(text[opener : mark.start].split()) > _TITLE_WORDS:
            return False
        before = text[max(begin, opener - 3) : opener].rstrip()
        return bool(before) and before[-1].isalnum()

    def _full_stop(self, mark: Mark, begin: int) -> bool:
        """A single full stop before a capital, a figure or a letter of a script without capitals."""
        text = self.text
        low = max(begin, mark.start - _BEHIND)
        behind = text[low : mark.start]
        if behind[-1].isspace():
            return True
        word = behind.rsplit(None, 1)[-1]
        if word.isalpha():
            if len(word) > _PIECE and word.islower() and self.lang != "de":
                return self._after_word(mark, word, behind, begin)
        else:
            word = _WORD.search(word).group()  # type: ignore[union-attr]
        if not _ALNUM.search(word):
            return True  # behind a closing quotation mark, a parenthesis, a sign
        opens = low + len(behind) - len(word) <= self.first_letter
        if _NUMBER.match(word):
            return self._after_number(mark, word, opens, begin)
        last = word if "@" in word or "/" in word else word.rpartition(".")[2].lstrip("-")
        if self.lang in _ELIDING:
            last = re.split("['’]", last)[-1]
        keys = self._keys(behind, word, last)
        for key in keys:
            kinds = self.sorts.get(key)
            if kinds is not None:
                decided = self._after_abbreviation(mark, key, kinds, behind, begin)
                if decided is not None:
                    return decided
        if opens and _ENUMERATOR.match(word):
            return False
        if _ROMAN.match(word) and len(word) > 1:
            return self.lang not in ORDINALS or self._small_word_follows(mark)
        if self.lang == "de" and last.lower().endswith("str"):
            return self._small_word_follows(mark)  # Bahnhofstr.
        if len(last) <= _SHORT and last.islower() and _FIGURE_BEFORE.search(behind[: -len(last)]):
            return not mark.word.isdigit()  # a unit of measurement
        if len(last) == 1 or last in _DIGRAPHS or _ACRONYM.search(behind):
            return self._after_initial(mark, last)
        return not self._unknown_abbreviation(last) or self._small_word_follows(mark)

    def _after_word(self, mark: Mark, word: str, behind: str, begin: int) -> bool:
        """``_full_stop`` for a word in small letters that is too long for an initial, a numeral or a part."""
        kinds = self.sorts.get(word)
        decided = self._after_abbreviation(mark, word, kinds, behind, begin) if kinds is not None else None
        return decided is not False

    def _keys(self, behind: str, word: str, last: str) -> list[str]:
        """What to look up, longest first: "т. е" → "т.е", "е"."""
        keys = []
        parts = _PARTS.search(behind, max(0, len(behind) - _PARTS_BEHIND))
        if parts:
            pieces = re.sub(r"\s", "", parts.group()).lower().split(".")
            keys += [".".join(pieces[i:]) for i in range(len(pieces) - 1)]
        keys += [word.lower(), last.lower()]
        initial = len(last) == 1 and last.isupper()
        return [key for key in dict.fromkeys(keys) if not (initial and len(key) == 1)]

    def _after_number(self, mark: Mark, word: str, opens: bool, begin: int) -> bool:
        text = self.text
        dashed = text[begin] in _DASHES
        if opens and not dashed and _ENUMERATOR.match(word):
            return False
        if self.lang in ORDINALS and _ORDINAL.match(word):
            if mark.word.isdigit() or mark.word.lower() in AFTER_ORDINAL:
                return False
            before = text[max(begin, mark.start - _BEHIND) : mark.start - len(word)].split()
            can_be = not before or len(before[-1]) <= _SHORT or before[-1].lower() in BEFORE_ORDINAL
            return not can_be or self._small_word_follows(mark)
        return True

    def _after_abbreviation(
        self, mark: Mark, key: str, kinds: frozenset[str], behind: str, begin: int
    ) -> bool | None:
        """None where the abbreviation says nothing about this place."""
        figure = bool(_NUMERAL_AFTER.match(self.text, mark.end, self.stop))
        if "number" in kinds and figure:
            return False
        if "head" in kinds and "tail" in kinds:
            kind = "tail" if _NUMBER_BEFORE.search(behind[: len(behind) - len(key)]) else "head"
        else:
            kind = next((k for k in ("head", "tail", "soft") if k in kinds), "")
        if kind == "head":
            return False
        if kind == "tail":
            if mark.word.isdigit() or (mark.word.lower() in CALENDAR and key in ("a.m", "p.m")):
                return False
            opens = key in DATED and self._date_opens(mark, begin)
            return not opens or self._small_word_follows(mark)
        if kind == "soft":
            return self._small_word_follows(mark)
        return None

    def _date_opens(self, mark: Mark, begin: int) -> bool:
        """Whether the sentence has only begun: «В 2021 г.», «12 января 1998 г.»"""
        words = self.text[max(begin, mark.start - _BEHIND) : mark.start].split()
        if mark.start - begin > _BEHIND or len(words) > 5:
            return False
        while words and not words[0][0].isalnum():
            words.pop(0)
        return bool(words) and (words[0].lower() in DATE_OPENERS or words[0][0].isdigit())

    def _after_initial(self, mark: Mark, last: str) -> bool:
        """«А. С. Пушкин» goes on; «Сидоров П. К. Его …» does not, as a small word follows."""
        if not last[:1].isupper() and not last[:1].islower():
            return script_of(last[:1]) not in _LETTERS_STAND_FOR_WORDS
        return self._small_word_follows(mark) or any(char in _OPENERS for char in mark.ahead)

    def _small_word_follows(self, mark: Mark) -> bool:
        """Whether the next word is one that begins sentences rather than names: a pronoun, an article …"""
        if len(mark.word) == 1 and self._stands_behind(mark, "."):
            return False
        return mark.word.lower() in self.small and "(" not in mark.ahead

    def _stands_behind(self, mark: Mark, char: str) -> bool:
        """Whether this character stands behind a next word of one letter."""
        return self.text.startswith(char, mark.after + len(mark.ahead) + 1, self.stop)

    def _unknown_abbreviation(self, word: str) -> bool:
        """Whether the library for the language knows this short word as an abbreviation."""
        if not 1 < len(word) <= 5 or not word.isalpha():
            return False
        low = word.lower()
        if low in self.small or low in ordinary(self.lang):
            return False
        return is_abbreviation(word, self.lang)
