"""Words and signs of a line with their offsets; which quotation marks and brackets belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from glossary.annotations.lexicon import Lexicon

_PATTERN = (
    r"\w+\([^\W\d]{1,2}\)|\w+\(-[^\W\d]{1,2}\)"  # признан(а), признан(-а)
    r"|\d+(?:[.,/:]\d+)+"  # 10.06.2019
    r"|(?:[UuЮ]\.\s?[SsК]\.)"
    r"|\w+(?:[-‑’'ʼ]\w+)*"
    r"|\*+|[^\w\s]"
)
_WORD = re.compile(_PATTERN)
_FRENCH_WORD = re.compile(
    r"\b(?:[ldjnsctm]|qu|jusqu)['’]|" + _PATTERN, re.IGNORECASE
)  # an elided article is a word
_OPENERS = {
    "«": "»",
    "“": "”",
    "„": "“”",
    "‘": "’",
    "‹": "›",
    '"': '"',
    "'": "'",
    "»": "«",
    "”": "”",
    "’": "’",
}
_QUOTES = frozenset("«»“”„‘’‹›\"'")
_BRACKETS = {"(": ")", "[": "]"}
_ARTICLED = re.compile(r"[^\W\d_]{2,4}[-‑'’]([^\W\d_])")  # al-Nusra, ан-Нусра
DASHES = frozenset("—–-−")
_STATUS_WORDS = frozenset(("FOR", "AGT", "INO", "UND", "EXT", "TER", "NOUN"))
_LONGEST, _DEEPEST = 400, 30  # tokens in a bracket; quotation marks left open
STOPS = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign; ``norm`` is what the lexicon reads, ``classes`` what it says."""

    text: str
    start: int
    end: int
    norm: str
    classes: frozenset[str]
    possessive: bool = False
    word: bool = True

    def has(self, *names: str) -> bool:
        """Whether the word is of one of these classes."""
        return any(name in self.classes for name in names)

    @property
    def capital(self) -> bool:
        """Whether the word begins with a capital letter (or a number stands in a name)."""
        return self.word and (self.text[0].isupper() or _articled(self.text))

    @property
    def lower(self) -> bool:
        """Whether the word begins with a small letter."""
        return self.word and self.text[0].islower() and not self.capital


def _articled(word: str) -> bool:
    """Whether an article of Arabic names stands before a capital letter ("al-Nusra")."""
    found = _ARTICLED.match(word)
    return found is not None and found.group(1).isupper()


def unquote_statuses(tokens: list[Token]) -> list[Token]:
    """The tokens without quotation marks around a bare status (a "foreign agent")."""
    drop: set[int] = set()
    for last, first in quotes(tokens).items():
        inside = tokens[first + 1 : last]
        named = inside and all(t.classes & _STATUS_WORDS for t in inside)
        if named and inside[0].lower and any(t.classes & {"AGT", "INO", "UND", "EXT", "TER"} for t in inside):
            drop |= {first, last}
    return [t for n, t in enumerate(tokens) if n not in drop]


def tokenise(text: str, start: int, end: int, lex: Lexicon) -> list[Token]:
    """The tokens of ``text[start:end]``; offsets are those of ``text``."""
    words = _FRENCH_WORD if lex.lang == "fr" else _WORD
    return [_token(m.group(), m.start(), m.end(), lex) for m in words.finditer(text, start, end)]


def _token(word: str, start: int, end: int, lex: Lexicon) -> Token:
    is_word = word[0].isalnum() or word[0] == "_"
    norm = word.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'").replace("‑", "-")
    possessive = lex.lang == "en" and norm.endswith(("'s", "s'")) and len(norm) > 2
    if possessive:
        norm = norm[:-2] if norm.endswith("'s") else norm[:-1]
    classes = lex.classes(norm) if is_word else frozenset()
    return Token(word, start, end, norm, classes, possessive, is_word)


def touching(tokens: Sequence[Token], i: int) -> bool:
    """Whether token ``i`` follows the one before without a space."""
    return i > 0 and tokens[i - 1].end == tokens[i].start


def brackets(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Positions of the brackets that belong together, outer ones first; the unclosed and the endless are left out."""
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for i, token in enumerate(tokens):
        if token.text in _BRACKETS:
            stack.append(i)
        elif token.text in (")", "]") and stack and _BRACKETS[tokens[stack[-1]].text] == token.text:
            pairs.append((stack.pop(), i))
    return sorted((a, b) for a, b in pairs if b - a <= _LONGEST)


def quotes(tokens: Sequence[Token]) -> dict[int, int]:
    """For each closing quotation mark the position of its opening one.

    A mark opens where a word follows it and none stands before, whatever its shape (German »so«, French « so »).
    """
    stack: list[int] = []
    pairs: dict[int, int] = {}
    for i, token in enumerate(tokens):
        if token.text not in _QUOTES:
            continue
        partner = next(
            (n for n in range(len(stack) - 1, -1, -1) if token.text in _OPENERS[tokens[stack[n]].text]), None
        )
        if partner is not None and not _opens(tokens, i):
            pairs[i] = stack[partner]
            del stack[partner:]
        elif token.text in _OPENERS and not _only_closes(tokens, i):
            stack = [*stack[-_DEEPEST:], i]
    return pairs


def _opens(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark looks like the first of a pair: a word after it, none touching it on the left."""
    after = i + 1 < len(tokens) and touching(tokens, i + 1) and tokens[i + 1].word
    elided = i > 0 and len(tokens[i - 1].text) > 1 and tokens[i - 1].text[-1] in "'’"
    before = touching(tokens, i) and tokens[i - 1].text not in "([{—–-" and not elided
    if tokens[i].text == "«":
        return not (before and tokens[i - 1].word)
    return tokens[i].text == "„" or (after and not before)


def _only_closes(tokens: Sequence[Token], i: int) -> bool:
    """Whether a mark cannot be the first of a pair."""
    if tokens[i].text in "”’'" + '"':
        return not _opens(tokens, i)
    return tokens[i].text == "»" and not _opens(tokens, i)
