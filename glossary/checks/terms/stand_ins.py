"""What may stand for a term without being it: a pronoun, a part of it, an adjective made from it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from glossary.checks.terms.wording import bent, derived, is_expansion, name_words, small_words
from glossary.extract.aliases import packaged
from glossary.extract.cues import listed, words_of
from glossary.extract.morphology import bases, fold
from glossary.extract.words import UNSPACED, Word, is_acronym, is_capital, without_genitive

PRONOUNS = {
    "en": listed("he him his she her hers it its they them their theirs"),
    "ru": listed(
        "он его него ему нему им ним нём нем она ее её неё нее ей ней ею они их них ими ними этот эта это эти того "
        "этого тот та те свой своя свое свои своих своей своего который которая которые которого которой которых"
    ),
    "uk": listed(
        "він його нього йому ньому ним нім вона її неї їй ній нею вони їх них ними цей ця це ці той та те ті свій "
        "своя своє свої своїх який яка які якого якої яких"
    ),
    "de": listed(
        "er ihn ihm sein seine seinen seinem seiner seines sie ihr ihre ihren ihrem ihrer ihres ihnen es dieser "
        "diese dieses diesen diesem jener jene der die das deren dessen denen welche welcher dessen"
    ),
    "fr": listed("il elle ils elles lui leur leurs son sa ses le la les ce cet cette ces celui celle ceux qui que y"),
    "es": listed("él ella ellos ellas lo la los las le les su sus este esta estos estas ese esa que quien se"),
    "it": listed("lui lei loro esso essa essi esse lo la li le gli suo sua suoi sue questo questa che ne"),
    "pl": listed("on ona ono oni one jego jej ich jemu nim nią nimi go mu ten ta to ci te który która które swój"),
    "cs": listed("on ona ono oni ony jeho její jejich jemu ním ní nimi ho mu ten ta to ti ty který která které svůj"),
    "tr": listed("o onu ona onun onlar onları onların bu bunu bunun kendi"),
    "zh": listed("他 她 它 他们 她们 它们 其 该 这 此"),
    "ja": listed("彼 彼女 それ これ その この 同"),
}  # fmt: skip
"""Words that point back to what was named before, by language."""
_COMPOUNDS = frozenset({"de", "nl", "sv", "da", "no", "fi", "hu", "et", "is"})
_DROPS = frozenset(
    {"es", "it", "pt", "pl", "cs", "sk", "uk", "tr", "ja", "zh", "ko", "fa", "ar", "hu", "fi", "el"}
)


_THINGS, _PEOPLE = listed("it its"), listed("he him his she her hers")


def pronouns(words: Iterable[Word], lang: str, text: str = "", *, person: bool = False) -> int:
    """How many words point back; in languages without spaces in how many ways the text does.

    In English only those that can stand for a person, or for something else.
    """
    known = PRONOUNS.get(lang, frozenset())
    if lang == "en":
        known -= _THINGS if person else _PEOPLE
    if lang in UNSPACED:
        return sum(one in text for one in known)
    return sum(fold(word.text) in known for word in words)


def may_be_silent(lang: str) -> bool:
    """Whether the language says nothing where others have a pronoun."""
    return lang in _DROPS


def known_otherwise(words: Sequence[Word], term: str, lang: str, kind: str) -> bool:
    """Whether an acronym of the term, what it stands for, or another well-known name of the place is here."""
    if lang in UNSPACED:
        return False
    if any(is_expansion(word.text, term, lang) for word in words):
        return True
    group = packaged().group_of(term.split(), lang) if kind == "place" else None
    for i in range(len(words)):
        for size in range(1, min(7, len(words) - i) + 1):
            run = tuple(without_genitive(word.text, lang) for word in words[i : i + size])
            if size > 1 and is_capital(run[0]) and is_expansion(term, " ".join(run), lang):
                return True
            if group is not None and packaged().group_of(run, lang) == group:
                return True
    return False


def has_words(words: Sequence[Word], term: str, lang: str, *, person: bool) -> bool:
    """Whether every word of a term stands among these, in any order and form, or as an adjective made from it."""
    wanted = name_words(term, lang)
    if lang in UNSPACED or not wanted:
        return False
    if is_acronym(term):
        bare = term.replace(".", "")
        return any(bare in re.split(r"[-‐‑]", word.text.replace(".", "")) for word in words)
    return all(any(_is_form(word.text, one, lang, person=person) for word in words) for one in wanted)


def _is_form(word: str, wanted: str, lang: str, *, person: bool) -> bool:
    parts = re.split(r"[-‐‑]", word)
    return any(
        _is_plain_form(part, wanted, lang, person=person) for part in (word, *parts[:-1], *parts[1:]) if part
    )


def _is_plain_form(word: str, wanted: str, lang: str, *, person: bool) -> bool:
    own = fold(without_genitive(word, lang))
    if own == wanted:
        return True
    if lang in _COMPOUNDS and len(wanted) > 3 and len(own) > len(wanted) + 2:
        stem = wanted.removesuffix("en").removesuffix("e") if lang == "de" else wanted
        if own.endswith(wanted) or (len(stem) > 3 and own.startswith(stem)):
            return True
    if own[:2] != wanted[:2]:
        return False
    if len(wanted) > 2 and bent(own, wanted, lang):
        return True
    return bool(set(bases(word, lang)) & set(bases(wanted, lang))) or (
        not person and derived(own, wanted, lang)
    )


def shortened(words: Sequence[Word], terms: Iterable[str], lang: str) -> bool:
    """Whether a part of one of the terms stands alone among these words: "the Front" of "Renewal Front".

    It does not stand alone where another word that could belong to a name stands in the place of what is missing.
    """
    small = small_words(lang) | words_of("ARTICLES", lang) | words_of("LINKS", lang)
    for term in terms:
        parts = name_words(term, lang)
        if len(parts) < 2:
            continue
        own = [any(len(p) > 2 and _is_form(w.text, p, lang, person=False) for p in parts) for w in words]
        for i, fits in enumerate(own):
            if fits and _alone(words, i, own, small):
                return True
    return False


def _alone(words: Sequence[Word], i: int, own: Sequence[bool], small: frozenset[str]) -> bool:
    first, last = i, i
    while first > 0 and own[first - 1]:
        first -= 1
    while last + 1 < len(words) and own[last + 1]:
        last += 1
    before = words[first - 1] if first > 0 and words[first].place != 2 else None
    after = words[last + 1] if last + 1 < len(words) and words[last + 1].place != 2 else None
    if before is not None and fold(before.text) not in small and words[first].gap.strip() == "":
        return False
    return not (after is not None and is_capital(after.text) and after.gap.strip() == "")
