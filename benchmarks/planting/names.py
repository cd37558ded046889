"""Names that stand on both sides of a row, found by spelling alone. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from benchmarks.planting.model import Bitext, Mention, Row
from benchmarks.planting.words import ADJECTIVE, CYRILLIC, PARTICLES, RESPELLINGS, ROMAN, TIMES

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
ALIKE, VARIANT = 0.74, 0.8
ENDING = 3  # letters that a language of the same script may put behind a name
FURTHEST = 4  # letters by which two spellings of one name can differ in length


@dataclass(frozen=True, slots=True)
class Name:
    """A name of one word in the translation: where it stands there, and its counterparts in the original, row
    by row.
    """

    text: str
    mentions: tuple[Mention, ...]
    counterparts: tuple[Mention, ...]


def ends(name: str, behind: str) -> bool:
    """Whether the name is whole and a noun, so that a mark can follow: ``behind`` is the text that comes
    after it.
    """
    words = behind.split()
    goes_on = words and (words[0][:1].isupper() or words[0] in PARTICLES)
    fits = behind[:1] in ("", " ", ",", ".") and not goes_on
    return fits and name not in TIMES and not re.search(ADJECTIVE, name)


def romanised(word: str) -> str:
    """A Cyrillic word in Latin letters; any other as it is, in small letters."""
    return "".join(ROMAN.get(letter, letter).strip() for letter in word.casefold())


def likeness(one: str, other: str) -> float:
    """How alike two words are, 0..1, letter by letter, after romanisation."""
    return SequenceMatcher(None, romanised(one), romanised(other), autojunk=False).ratio()


def opening(text: str) -> int:
    """Where the first word of a text begins, behind dashes, quotation marks and brackets."""
    found = WORD.search(text)
    return found.start() if found else len(text)


def capitalised(text: str) -> list[re.Match[str]]:
    """Words with a capital first letter and small ones after it, of five letters or more."""
    return [m for m in WORD.finditer(text) if len(m[0]) >= 5 and m[0].istitle() and "-" not in m[0]]


def counterpart(word: str, row: Row, lang: str) -> Mention | None:
    """The word of the row's original that a name of the translation comes from, None if there is none or
    there are two.
    """
    found = []
    for match in capitalised(row.source):
        alike = (
            likeness(word, match[0]) >= ALIKE
            if lang in CYRILLIC
            else match[0].casefold().startswith(word.casefold()[: max(4, len(word) - 1)])
            and len(match[0]) <= len(word) + ENDING
        )
        if alike and romanised(match[0])[0] == romanised(word)[0]:
            found.append(Mention(row.id, match.start(), match.end(), "source"))
    return found[0] if len(found) == 1 else None


def names(bitext: Bitext, at_least: int = 2) -> list[Name]:
    """Names of one word with that many mentions, spelt in one way only, each mention with its counterpart.

    A row in which the name stands twice on one side counts, with its first mention. Names that resemble
    another word of the translation ("Russia", "Russian") are left out: a change there could be either.
    """
    found: dict[str, list[Mention]] = defaultdict(list)
    words: set[str] = set()
    inside: set[str] = set()
    for row in bitext.rows:
        words |= {m[0] for m in WORD.finditer(row.target)}
        for match in capitalised(row.target):
            mentions = found[match[0]]
            if not mentions or mentions[-1].row != row.id:
                mentions.append(Mention(row.id, match.start(), match.end()))
            if match.start() > opening(row.target):
                inside.add(match[0])
    by_id = {row.id: row for row in bitext.rows}
    result = []
    for text, mentions in found.items():
        if len(mentions) < at_least or text not in inside or text.lower() in words:
            continue
        others = [counterpart(text, by_id[m.row], bitext.source_lang) for m in mentions]
        both = [(m, o) for m, o in zip(mentions, others, strict=True) if o is not None]
        if len(both) < at_least or has_variant(text, words):
            continue
        result.append(Name(text, tuple(m for m, _ in both), tuple(o for _, o in both)))
    return sorted(result, key=lambda name: name.text)


def has_variant(name: str, words: Iterable[str]) -> bool:
    """Whether another capitalised word is so like this one that it could be the same name in another
    spelling.
    """
    return any(
        word != name
        and word[:1] == name[:1]
        and abs(len(word) - len(name)) <= FURTHEST
        and likeness(word, name) >= VARIANT
        for word in words
    )


def respellings(name: str, taken: Iterable[str]) -> list[str]:
    """Spellings that another transliterator would give the name, without those that are words of the text
    already.
    """
    found = []
    for pattern, replacement in RESPELLINGS:
        for match in re.finditer(pattern, name):
            if match.start() == 0 and len(match[0]) == 1:
                continue
            new = name[: match.start()] + match.expand(replacement) + name[match.end() :]
            if new not in found and new != name:
                found.append(new)
    small = {word.casefold() for word in taken}
    return [new for new in found if new.casefold() not in small]
