"""Names of one text that are spelt in different ways: words of one sound, compared as names use them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from align.text import script_of
from glossary.checks.sentences.languages import main_script
from glossary.checks.views import TextView
from glossary.extract.morphology import bases, fold, group_forms, is_common, paradigms, readings
from glossary.extract.spelling import likeness, rough, same_name, skeleton
from glossary.extract.words import Word, is_acronym, without_genitive, words
from glossary.model import Candidate

_SYLLABLES = frozenset({"zh", "ja", "ko", "vi"})
"""Languages of which a vowel makes another name: Zhang and Zhong, Minami and Manami."""
LEAST = 5
"""Letters from which two words that never share a name are taken for spellings of one."""
_WOMAN = re.compile(r"(?:skaya|skaia|skaja|ska|cka|ova|eva|ina|yna|ая)$")
_MAN = re.compile(r"(?:sky|skiy|skii|skij|skyi|ski|cki|ov|ev|in|yn|ий|ый)$")
_GENITIVE = re.compile(r"['’]s?$")
_DERIVED = re.compile(r"(?:stan|shir|dad|ran|an)(i|ian|ese)$")


class Token(NamedTuple):
    """A word of a name: its place, its base form, and the words beside it in the name ("" at the ends)."""

    start: int
    end: int
    text: str
    base: str
    before: str
    after: str


@dataclass
class Ways:
    """The ways to spell one word: base form → its tokens, in order of the text."""

    tokens: dict[str, list[Token]] = field(default_factory=dict)

    def counts(self) -> list[tuple[str, int]]:
        """The spellings, the commonest first; among equals the one that comes first in the text."""
        return [(base, len(own)) for base, own in sorted(self.tokens.items(), key=_rank)]


def _rank(item: tuple[str, list[Token]]) -> tuple[int, bool, int]:
    return -len(item[1]), _DERIVED.search(item[0]) is not None, item[1][0].start


@lru_cache(maxsize=2)
def ways_of(view: TextView) -> tuple[Ways, ...]:
    """All words of names in a text that are spelt in more ways than one, in order of the text."""
    tokens = _tokens(view)
    by_base: dict[str, list[Token]] = defaultdict(list)
    for token in tokens:
        by_base[token.base].append(token)
    parent = {base: base for base in by_base}

    def root(base: str) -> str:
        while parent[base] != base:
            base = parent[base]
        return base

    for one, other in (*_within_names(view, by_base), *_across_names(view, by_base)):
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    groups: dict[str, Ways] = defaultdict(Ways)
    for base, own in by_base.items():
        groups[root(base)].tokens[base] = own
    found = [ways for ways in groups.values() if len(ways.tokens) > 1]
    return tuple(sorted(found, key=lambda ways: min(own[0].start for own in ways.tokens.values())))


def _tokens(view: TextView) -> list[Token]:
    """The words of all names, each once, with what stands beside it in the longest name that has it."""
    spans = sorted(
        {(at.start, at.end) for one in view.names for at in one.occurrences if at.document == view.name},
        key=lambda span: (span[0], -span[1]),
    )
    rows: list[tuple[Word, str, str]] = []
    reach = 0
    for start, end in spans:
        if start < reach:
            continue
        reach = end
        line = words(view.text, view.lang, start, end)
        plain = ["", *(fold(without_genitive(word.text, view.lang)) for word in line), ""]
        rows += [
            (word, plain[n], plain[n + 2]) for n, word in enumerate(line) if _counts(word.text, view.lang)
        ]
    script = main_script(view)
    rows = [row for row in rows if script_of(row[0].text[0]) == script]
    given = group_forms(((_bare(word.text, view.lang), 1) for word, _, _ in rows), view.lang)
    given = _rebased(given, view.lang)
    found = []
    for word, before, after in rows:
        bare = _bare(word.text, view.lang)
        found.append(Token(word.start, word.start + len(bare), bare, given[bare], before, after))
    return found


def _rebased(given: dict[str, str], lang: str) -> dict[str, str]:
    """Forms that are alone with a base form get the one that is another spelling of a name of this text.

    «Кейэла» alone would be its own base form; beside «Кэйел» it is one of «Кейэл».
    """
    if not paradigms(lang):
        return given
    forms: dict[str, list[str]] = defaultdict(list)
    for form, base in given.items():
        forms[base].append(form)
    shapes: dict[str, list[str]] = defaultdict(list)
    for base in sorted(forms):
        shapes[skeleton(rough(base))].append(base)
    found = dict(given)
    for base, own in forms.items():
        if len(own) > 1 or len(base) < LEAST:
            continue
        for other in bases(own[0], lang):
            near = shapes.get(skeleton(rough(other)), ()) if other not in forms else ()
            if other != base and any(g != base and rough(g) == rough(other) for g in near):
                found[own[0]] = other
                break
    return found


def _bare(word: str, lang: str) -> str:
    """The word without 's or a lone apostrophe, in every language: names bring them along."""
    return _GENITIVE.sub("", without_genitive(word, lang))


def _counts(word: str, lang: str) -> bool:
    """Whether a word of a name is spelt by sound: it has a capital, letters alone, and is no acronym."""
    plain = _bare(word, lang)
    letters = plain.replace("-", "").replace("’", "").replace("'", "")
    if len(letters) < 4 or not letters.isalpha() or not plain[0].isupper():
        return False
    return not (is_acronym(plain) and len(plain) < 6)


def _within_names(view: TextView, by_base: dict[str, list[Token]]) -> Iterator[tuple[str, str]]:
    """Pairs of bases that stand in the same place of what the extraction took for one name."""
    at = {token.start: token for own in by_base.values() for token in own}
    exact = _is_exact(view)
    for one in view.names:
        if not any(part.relation == "spelling" for part in one.parts):
            continue
        by_shape: dict[int, list[list[Token]]] = defaultdict(list)
        for row in _rows(one, view, at):
            by_shape[len(row)].append(row)
        for rows in by_shape.values():
            columns = zip(*rows, strict=True)
            for column in columns:
                own = sorted({token.base for token in column})
                for first, second in pairwise(own):
                    if _alike(first, second, view.lang) and not (exact and rough(first) != rough(second)):
                        yield first, second


def _rows(one: Candidate, view: TextView, at: dict[int, Token]) -> Iterator[list[Token]]:
    for place in one.occurrences:
        if place.document == view.name:
            row = [
                at[word.start]
                for word in words(view.text, view.lang, place.start, place.end)
                if word.start in at
            ]
            if row:
                yield row


def _alike(one: str, other: str, lang: str) -> bool:
    if one == other or _comes_from(one, other) or set(bases(one, lang)) & set(bases(other, lang)):
        return False
    return same_name(one, other, loose=True) or likeness(one, other) >= 0.85


def _across_names(view: TextView, by_base: dict[str, list[Token]]) -> Iterator[tuple[str, str]]:
    """Pairs of bases in different names that are spellings of one: alike in sound, and nothing speaks against it."""
    long = sorted(base for base, own in by_base.items() if len(base) >= LEAST and _is_name(own, view.lang))
    exact = _is_exact(view)
    by_first: dict[str, list[str]] = defaultdict(list)
    for base in long:
        by_first[_first(base)].append(base)
    for own in by_first.values():
        for n, one in enumerate(own):
            for other in own[n + 1 :]:
                if exact and rough(one) != rough(other):
                    continue
                if _same(one, other, view.lang) and _may_be_one(by_base[one], by_base[other]):
                    yield one, other


_MADE = frozenset({"i", "n", "ns", "an", "ian", "ans", "ians", "in", "ese", "er", "ers", "s", "is"})


def _comes_from(one: str, other: str) -> bool:
    """Whether one word is the other with the ending of what or who comes from there ("Turkestani")."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in _MADE


def _first(base: str) -> str:
    """What two spellings of a name begin with in common: a consonant's sound, or any vowel."""
    plain = fold(base)
    return plain[1:2] if plain[0] in "aeiouyаеиоуыэюяії" else plain[0]


def _is_exact(view: TextView) -> bool:
    """Whether names come from a language in which a vowel makes another name."""
    return view.pair is not None and view.pair.source.lang in _SYLLABLES


def _is_name(own: Sequence[Token], lang: str) -> bool:
    return not is_common(own[0].text, lang)


def _same(one: str, other: str, lang: str) -> bool:
    """Whether two bases are spellings of one word, neither an inflection of the other."""
    if set(bases(one, lang)) & set(bases(other, lang)):
        return False
    short, long = sorted((one, other), key=len)
    if _comes_from(one, other):
        return False
    if len(long) - len(short) > 1 and long.startswith(short[:-1]):
        return False
    if any(_MAN.search(a) and _WOMAN.search(b) for a, b in ((one, other), (other, one))):
        return False
    if lang not in ("ru", "uk") and all(readings(word.capitalize(), lang)[0].known for word in (one, other)):
        return False
    if lang == "en" and (one + "s" == other or other + "s" == one):
        return False
    return (
        same_name(one, other)
        or _even(one) == _even(other)
        or derived(one, other) is not None
        or derived(other, one) is not None
    )


def _even(word: str) -> str:
    """The word as if j, y and i were one letter: “Andrej”, “Andrey”."""
    return rough(re.sub(r"[jy]", "i", word)).replace("ii", "i")


def derived(long: str, short: str) -> str | None:
    """The suffix by which ``long`` comes from another spelling of ``short`` (“Turkistani”, “Turkestan”: “i”)."""
    match = _DERIVED.search(long)
    if not match:
        return None
    stem = long[: match.start(1)]
    if stem == short or short.endswith(match.group(1)) or not same_name(stem, short):
        return None
    return match.group(1)


def _may_be_one(one: Iterable[Token], other: Iterable[Token]) -> bool:
    """Whether two words can be of one name: not where each stands beside names that the other never has.

    “Maria Petrova” and “Mariya Orlova” are two people.
    """
    left, right = _company(one), _company(other)
    if not left or not right:
        return True
    return bool(set(left) & set(right)) or any(
        likeness(a, b) >= 0.9 for a in left for b in right if len(a) > 3 and len(b) > 3
    )


def _company(tokens: Iterable[Token]) -> Counter[str]:
    return Counter(word for token in tokens for word in (token.before, token.after) if len(word) > 2)


def respelt(token: Token, base: str, suffix: str = "") -> str | None:
    """The token in another base's spelling, its ending and capitals kept; None where that is not plain."""
    form, own, goal = token.text, token.base, base + suffix
    low = fold(form)
    if low == own:
        made = goal
    elif low.startswith(own):
        made = goal + form[len(own) :]
    else:
        cut = _shared(low, own)
        tail = own[cut:]
        if cut < 3 or len(tail) > 2 or (tail and not goal.endswith(tail)):
            return None
        made = goal[: len(goal) - len(tail)] + form[cut:]
    if form.isupper():
        return made.upper()
    return "-".join(part[:1].upper() + part[1:] for part in made.split("-")) if form[0].isupper() else made


def _shared(one: str, other: str) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count
