"""Whether two renderings of one name are the same but for inflection, articles, length, or derivation. Pure.

What is compared are words: folded, in the base form that all forms of a concept can share, without articles, links
and genitive 's. Nothing here looks into a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from align.text.function_words import WORDS
from glossary.extract.acronyms import stands_for
from glossary.extract.aliases import packaged
from glossary.extract.cues import is_people, words_of
from glossary.extract.morphology import fold, group_forms
from glossary.extract.naming import base_form, sounded
from glossary.extract.spelling import likeness, rough, same_name
from glossary.extract.variants import Form
from glossary.extract.words import UNSPACED, is_acronym, without_genitive

Difference = Literal["", "spelling", "acronym", "words", "other"]
"""How two renderings differ: not at all; a word is spelt otherwise; two acronyms; some words; all words."""

_MARKS = "\"'“”„«»‘’()[]{},;:!?…—–-"
_ALIKE = 0.72  # likeness from which two words can be spellings of one
_CASES = r"ий|ый|ой|ая|яя|ое|ее|ого|его|ому|ему|им|ым|ом|ем|ую|юю|ою|ей|ых|их|ими|ыми|ою|[аеиоуыьэюяіїє]"
_CYRILLIC = (
    rf"(?:(?:[яеоиі]?н|[оеє]в|[иі]н|\w{{0,3}}[сцз]ь?к)?(?:{_CASES})"
    r"|[ое]в|ин|ов[іи]|е[вм]і|ами?|ах|ями?|ях|ів|ей)?"
)
_LATIN_CASES = r"ého|ému|ých|ými|ým|ého|ou|em|ech|ům|ovi|ové|ie|ího|ímu|ích|ími|ího|ho|mu|[aeiouyěéíýáůąęóu]"
_LATIN_SLAVIC = (
    rf"(?:(?:ov|in|sk|ck|n|ensk|ansk)?(?:{_LATIN_CASES})"
    r"|ův|em|om|m|ami|ach|ów|owi|iem|[aei]n|skie[jmg]o?)?"
)
_ROMANCE = (
    r"(?:[aoei]s?|e[oa]s?|ia|ie|io|ic[oa]s?|an[oa]s?|ians?|ien(?:ne)?s?|és|esas?|enses?|aise?s?|oise?s?)?"
)
_ENDINGS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("ru", "uk", "be", "bg"), re.compile(_CYRILLIC)),
    **dict.fromkeys(("cs", "sk", "pl", "sl", "hr"), re.compile(_LATIN_SLAVIC)),
    **dict.fromkeys(("es", "fr", "it", "pt", "ca", "ro"), re.compile(_ROMANCE)),
    "de": re.compile(r"(?:s|es|n|en|ns|'s|er[ns]?|e)?"),
}
_SLAVIC = r"\w{0,4}(?:ск|цк|ськ|цьк|зьк)\w{2,3}|н[иы]й|ец|[яа]нин|sk[ýáéíiya]\w{0,3}|ck[ýáéíiya]\w{0,3}|czyk|anin|an"
_LATIN = r"an[oai]?|ian[oai]?|és|esa|ense|aise?|ien(?:ne)?|oise?|aine?|ese|in[oa]|éen(?:ne)?|eñ[oa]|och[oa]"
_GENITIVES = frozenset({"de", "sv", "da", "no", "nl"})
_GERMAN = re.compile(r"(?:land|reich|ien|en|ei|e|a)$")
_GERMAN_ENDS = re.compile(r"(?:\w{0,3}i?sch(?:e[rsnm]?)?|er[ns]?|e[rsnm]?)?")
_SUFFIXES: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?:[ie]?an|(?<=a)n|i|ish|ese|ic|er|ite|al)s?"),
    **dict.fromkeys(("ru", "uk", "be", "bg", "cs", "pl", "sk", "sr", "hr", "sl"), re.compile(_SLAVIC)),
    **dict.fromkeys(("es", "fr", "it", "pt", "ca", "ro"), re.compile(f"(?:{_LATIN})s?")),
}


def plain(text: str, lang: str) -> str:
    """A rendering without the article before it and the genitive's ending behind it, its spaces single."""
    parts = [part.strip(_MARKS) for part in text.split() if part.strip(_MARKS)]
    articles = words_of("ARTICLES", lang)
    while len(parts) > 1 and fold(parts[0]) in articles:
        parts = parts[1:]
    if parts:
        parts[-1] = without_genitive(parts[-1], lang) or parts[-1]
    return " ".join(parts)


def bases(surfaces: Mapping[str, int], lang: str, *, person: bool = False) -> dict[str, tuple[str, ...]]:
    """Surface → its words' base forms, such that all these surfaces share as many as they can.

    «Саргузе», «Саргуз» and, unless it is a person's name, «Саргузская» are one; spellings are not.
    """
    if lang in UNSPACED:
        return {text: (text,) for text in surfaces}
    split = {text: [word for word in plain(text, lang).split() if word] for text in surfaces}
    counts: Counter[str] = Counter()
    for text, count in surfaces.items():
        counts.update({word: count for word in split[text] if not is_acronym(word)})
    given = group_forms(sorted(counts.items()), lang)
    nouns = {} if person else _nouns(set(given.values()), lang)

    def one(word: str) -> str:
        if is_acronym(word):
            return word.replace(".", "")
        return nouns.get(given[word], given[word])

    return {text: tuple(map(one, found)) for text, found in split.items()}


def _nouns(words: set[str], lang: str) -> dict[str, str]:
    """Adjective → the noun among these words that it is made from."""
    found: dict[str, str] = {}
    for adjective in words:
        for noun in sorted(words, key=lambda word: (len(word), word)):
            if noun != adjective and noun not in found and derived(adjective, noun, lang):
                found[adjective] = noun
                break
    return found


@lru_cache(maxsize=100_000)
def derived(adjective: str, noun: str, lang: str) -> bool:
    """Whether a folded word is an adjective or a people's name made from another: "russian" from "russia"."""
    shared = 0
    for a, b in zip(adjective, noun, strict=False):
        if a != b:
            break
        shared += 1
    if is_people(adjective, lang) and shared >= 2 and not is_people(noun, lang):
        return True
    if lang == "en" and adjective.endswith("ic") and noun == adjective + "a":
        return True
    if lang == "de":
        stem = _GERMAN.sub("", noun)
        return (
            len(stem) > 2
            and adjective.startswith(stem)
            and bool(_GERMAN_ENDS.fullmatch(adjective[len(stem) :]))
        )
    pattern = _SUFFIXES.get(lang)
    if pattern is None or len(noun) > len(adjective) or shared < max(3, len(noun) - 2):
        return False
    if lang == "en" and (adjective[shared:] in ("i", "is") and noun[shared:] not in ("", "a", "e")):
        return False
    return pattern.fullmatch(adjective, shared) is not None


def shown(surfaces: Mapping[str, int], key: tuple[str, ...], lang: str, like: Sequence[str] = ()) -> str:
    """How a rendering is listed: in its base form, with the capitals that the texts give it.

    ``surfaces`` are its forms, all of the base words ``key``; ``like`` are names of the original that it renders.
    """
    found: Counter[str] = Counter()
    for text, count in surfaces.items():
        found[plain(text, lang)] += count
    whole = [text for text in found if tuple(map(fold, text.split())) == key] or sorted(found)
    best = max(whole, key=lambda text: (text[:1].isupper(), found[text], not text.isupper(), text))
    if lang in _GENITIVES:
        return " ".join(_nominative(word, key, like) for word in best.split())
    if lang in ("ru", "uk") and not best.isascii():
        same = {text: n for text, n in found.items() if len(text.split()) == len(key)} or dict(found)
        name = base_form(Form(key, lang, tuple(best.split()), surfaces=Counter(same)), lang)
        return sounded(name, lang, like) if len(key) == 1 else name
    return best


def _nominative(word: str, key: Sequence[str], like: Sequence[str]) -> str:
    """A word without the genitive's ending, where a base form says so or the original's name has no such sound."""
    for ending in ("s", "es"):
        bare = word.removesuffix(ending)
        if bare != word and len(bare) > 2:
            heard = [part for text in like for part in text.split()]
            if fold(bare) in key or (heard and closest(bare, heard) > max(0.8, closest(word, heard))):
                return bare
    return word


def difference(a: str, b: str, lang: str, kind: str) -> Difference:
    """How two renderings of one name differ, as far as that is an inconsistency.

    Not one: the order of words, a word more or less, case, articles, derivation, an acronym and what it stands for,
    an initial, the well-known names of a place.
    """
    if fold(a) == fold(b) or _well_known(a, b, lang, kind):
        return ""
    if lang in UNSPACED:
        return _unspaced(a, b)
    acronyms = [is_acronym(text) for text in (a, b)]
    if all(acronyms):
        return "" if _bare(a) == _bare(b) else "acronym"
    if any(acronyms):
        return ""
    base = bases({a: 1, b: 1}, lang, person=kind == "person")
    one, other = (_content(base[text], lang) for text in (a, b))
    left, right = one - other, other - one
    left, right = _unmatched(left, right, lang, kind), _unmatched(right, left, lang, kind)
    if not left or not right or (kind != "person" and (_of_people(left, lang) or _of_people(right, lang))):
        return ""
    if any(spelt_alike(x, y) for x in left for y in right):
        return "spelling"
    return "words" if one & other else "other"


def _of_people(words: frozenset[str], lang: str) -> bool:
    """Whether all are adjectives of peoples, as "British" is for the United Kingdom."""
    return all(is_people(word, lang) and not word.startswith("soviet") for word in words)


def _well_known(a: str, b: str, lang: str, kind: str) -> bool:
    if kind == "organisation":
        return False
    group = packaged().group_of(a.split(), lang)
    return group is not None and group == packaged().group_of(b.split(), lang)


def _unspaced(a: str, b: str) -> Difference:
    if a in b or b in a:
        return ""
    if len(a) == len(b) >= 2 and sum(x != y for x, y in zip(a, b, strict=True)) * 2 <= len(a):
        return "spelling"
    return "other"


def _bare(text: str) -> str:
    return text.replace(".", "").replace("-", "").upper()


def _content(words: Iterable[str], lang: str) -> frozenset[str]:
    """The words of a name without small ones; compounds with a hyphen taken apart."""
    small = words_of("LINKS", lang) | words_of("ARTICLES", lang) | small_words(lang)
    parts = {fold(part) for word in words for part in re.split(r"[-‐‑]", word) if part}
    return frozenset(part for part in parts if part not in small) or frozenset(parts)


def name_words(text: str, lang: str) -> tuple[str, ...]:
    """The folded words of a rendering that carry its sense, in order."""
    kept = _content(plain(text, lang).split(), lang)
    parts = (fold(part) for word in plain(text, lang).split() for part in re.split(r"[-‐‑]", word))
    return tuple(dict.fromkeys(part for part in parts if part in kept))


def small_words(lang: str) -> frozenset[str]:
    """The commonest words of a language, which are no part of a name's sense."""
    return frozenset(WORDS.get(lang, "").split())


def _unmatched(left: frozenset[str], right: frozenset[str], lang: str, kind: str) -> frozenset[str]:
    """The words of ``left`` that no word of ``right`` is a derivation, an initial or an abbreviation of."""
    return frozenset(x for x in left if not any(_akin(x, y, lang, kind) for y in right))


def _akin(a: str, b: str, lang: str, kind: str) -> bool:
    if (a + "s" == b or b + "s" == a) and not (a.endswith("s") and b.endswith("s")):
        return True
    if bent(a, b, lang) or (
        kind != "person" and (derived(a, b, lang) or derived(b, a, lang))
    ):  # fmt: skip
        return True
    short, long = sorted((a.rstrip("."), b.rstrip(".")), key=len)
    if len(short) >= 5 and len(long) >= len(short) + 3 and (long.startswith(short) or long.endswith(short)):
        return True
    if short[:1] != long[:1]:
        return False
    return len(short) == 1 or (len(short) <= 4 and len(long) > len(short) + 1 and _within(short, long) and (
        a.endswith(".") or b.endswith(".") or long.startswith(short) or len(short) == 2
    ))  # fmt: skip


def bent(a: str, b: str, lang: str) -> bool:
    """Whether two words are one stem with two endings of the language."""
    pattern = _ENDINGS.get(lang)
    if pattern is None:
        return False
    if pattern is _ENDINGS["es"]:
        a, b = _unaccented(a), _unaccented(b)
    shared = 0
    while shared < min(len(a), len(b)) and a[shared] == b[shared]:
        shared += 1
    return any(
        pattern.fullmatch(a[stem:]) is not None and pattern.fullmatch(b[stem:]) is not None
        for stem in range(max(2, shared - 2), shared + 1)
    )


def _unaccented(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(sign in rest for sign in short)


@lru_cache(maxsize=100_000)
def spelt_alike(a: str, b: str) -> bool:
    """Whether two different folded words can be spellings of one name."""
    if a == b or min(len(a), len(b)) < 3 or a.isdigit() or b.isdigit():
        return False
    if same_name(a, b, loose=True):
        return True
    one, other = rough(a), rough(b)
    return likeness(a, b) >= _ALIKE and _distance(one, other) <= max(2, len(one) // 4)


def misspelt(a: str, b: str) -> bool:
    """Whether one word as written can be the other with a slip: another spelling, or an acronym one letter off."""
    if is_acronym(a) and is_acronym(b):
        return min(len(a), len(b)) > 1 and max(len(a), len(b)) > 2 and _distance(a, b) == 1
    return is_acronym(a) == is_acronym(b) and len(b) > 3 and spelt_alike(fold(a), fold(b))


def _distance(a: str, b: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(a, b))


def closest(word: str, words: Iterable[str]) -> float:
    """How much the most similar of these words sounds like a word, 0 to 1."""
    return max((likeness(word, other) for other in words), default=0.0)


def is_expansion(acronym: str, name: str, lang: str) -> bool:
    """Whether an acronym stands for a name."""
    return is_acronym(acronym) and stands_for(acronym.replace(".", ""), tuple(name.split()), lang)


def by_base(surfaces: Mapping[str, int], lang: str, *, person: bool = False) -> dict[str, Counter[str]]:
    """Base form as listed → its surfaces with their counts, the commonest first."""
    keys = bases(surfaces, lang, person=person)
    groups: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for text, count in surfaces.items():
        groups[keys[text]][text] += count
    ordered = sorted(groups.items(), key=lambda row: (-row[1].total(), row[0]))
    out: dict[str, Counter[str]] = {}
    for key, members in ordered:
        out.setdefault(shown(members, key, lang), Counter()).update(members)
    return out
