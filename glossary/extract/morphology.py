"""Lemmas and what a dictionary knows of a word: pymorphy3 for Russian and Ukrainian, simplemma, endings by rule.

Dictionaries are loaded at the first word that needs them. Everything is cached by word and language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from glossary.dictionary import analyser
from glossary.extract.cues import listed
from glossary.extract.words import UNSPACED, without_genitive

Proper = Literal["", "person", "place", "organisation"]
_MORE = 400_000


class Reading(NamedTuple):
    """One reading of a word form: its lemma (folded), part of speech, grammar, and what sort of name it is."""

    lemma: str
    pos: str  # "noun", "adjective", "other"; "" where nobody knows
    case: str = ""  # "nomn", "gent", "datv", "accs", "ablt", "loct"
    gender: str = ""
    number: str = ""
    proper: Proper = ""
    known: bool = False
    fixed: bool = False
    score: float = 1.0
    role: str = ""  # "Name", "Surn", "Patr"


@lru_cache(maxsize=_MORE)
def fold(word: str) -> str:
    """The word for comparison: NFC, small letters, «ё» as «е», no accents that mark stress, plain apostrophes."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFC", word).casefold()
    return plain.replace("ё", "е").replace("\u0301", "").replace("’", "'").replace("ʼ", "'").replace("‑", "-")


_POS = {"NOUN": "noun", "ADJF": "adjective", "PRTF": "adjective"}
_NAMES: tuple[tuple[str, Proper], ...] = (
    ("Geox", "place"), ("Orgn", "organisation"), ("Name", "person"), ("Surn", "person"), ("Patr", "person"),
)  # fmt: skip


@lru_cache(maxsize=_MORE)
def readings(word: str, lang: str) -> tuple[Reading, ...]:
    """What the word form can be, the likeliest first; never empty."""
    if lang in ("ru", "uk") and not word.isascii():
        return _slavic(word, lang)
    return (_ruled(word, lang),)


def _slavic(word: str, lang: str) -> tuple[Reading, ...]:
    found: list[Reading] = []
    for parse in analyser(lang).parse(word.replace("’", "'")):
        tag = parse.tag
        grammemes = tag.grammemes
        sort, role = "", ""
        for name, kind in _NAMES:
            if name in grammemes:
                sort, role = kind, name
                break
        found.append(
            Reading(
                fold(parse.normal_form), _POS.get(str(tag.POS), "other"), str(tag.case or ""),
                str(tag.gender or ""), str(tag.number or ""), sort,  # type: ignore[arg-type]
                parse.is_known, "Fixd" in grammemes, parse.score, role if role in ("Name", "Surn", "Patr") else "",
            )
        )  # fmt: skip
    return tuple(found)


@lru_cache(maxsize=_MORE)
def _ruled(word: str, lang: str) -> Reading:
    bare = without_genitive(word, lang)
    known, lemma = _looked_up(bare, lang)
    return Reading(fold(lemma), "", known=known)


_SIMPLEMMA = listed(
    "ast bg ca cs cy da de el en enm es et fa fi fr ga gd gl hbs hi hu hy id is it ka la lb lt lv mk ms "
    "nb nl nn pl pt ro ru se sk sl sq sv sw tl tr uk"
)
_ALIAS = {"no": "nb", "sr": "hbs", "hr": "hbs", "bs": "hbs", "sr-latn": "hbs"}


def _looked_up(word: str, lang: str) -> tuple[bool, str]:
    code = _ALIAS.get(lang, lang)
    if code not in _SIMPLEMMA or (lang in ("ru", "uk")):
        return False, word
    import simplemma

    known = bool(simplemma.is_known(word, lang=code))
    return known, str(simplemma.lemmatize(word, lang=code)) if known else word


@lru_cache(maxsize=_MORE)
def lemma(word: str, lang: str) -> str:
    """The likeliest dictionary form, folded; of an unknown word its own folded form without a clitic."""
    return readings(word, lang)[0].lemma if lang not in UNSPACED else fold(word)


@lru_cache(maxsize=_MORE)
def is_common(word: str, lang: str) -> bool:
    """Whether the dictionary has the word as an ordinary one, which is written small in mid-sentence."""
    if lang in ("ru", "uk") and not word.isascii():
        known = [r for r in readings(word, lang) if r.known]
        named = sum(r.score for r in known if r.proper)
        return bool(known) and named < 0.5 * sum(r.score for r in known)
    bare = without_genitive(word, lang)
    small = bare.lower()
    found, base = _looked_up(small, lang)
    return found and base[:1].islower()


_DERIVED = re.compile(
    r"(?:ung|heit|keit|schaft|ion|ität|nis|tum|ment|ismus|enz|anz|ling|chen|lein|erei|zeug|werk|wesen|stoff)(?:en|s|e|es)?$"
)


@lru_cache(maxsize=_MORE)
def is_noun(word: str, lang: str) -> bool:
    """Whether a German word with a capital is an ordinary noun: it has a plural or a noun's suffix, or is another
    word written small. A word that English writes with a capital too is none."""
    if not _looked_up(word, lang)[0]:
        return _DERIVED.search(word) is not None or _compound(word, lang)
    known, base = _looked_up(word, "en")
    if known and base[:1].isupper():
        return False
    if _looked_up(word.lower(), lang)[0] and _looked_up(word.lower(), lang)[1].islower():
        return True
    stem = _looked_up(word, lang)[1]
    return (
        (stem != word and not word.startswith(stem + "s"))
        or _DERIVED.search(word) is not None
        or _plural(stem, lang)
    )


def _plural(stem: str, lang: str) -> bool:
    bent = re.sub(r"(a|o|u)(?=[^aeiouäöü]*$)", lambda m: {"a": "ä", "o": "ö", "u": "ü"}[m.group()], stem)
    forms = [stem + "e", stem + "en", stem + "n", bent + "e", bent + "er", bent, stem + "ern", stem + "se"]
    return any(form != stem and _looked_up(form, lang) == (True, stem) for form in forms)


def _compound(word: str, lang: str) -> bool:
    """Whether an unknown word ends in a known ordinary noun, after another known word."""
    if len(word) < 9:
        return False
    for cut in range(4, len(word) - 3):
        tail = word[cut:].capitalize()
        if _looked_up(tail, lang)[0] and len(tail) > 3 and is_noun(tail, lang):
            head = word[:cut].rstrip("-")
            if any(_looked_up(h, lang)[0] for h in (head, head.removesuffix("s"), head.lower(), head + "e")):
                return True
    return False


@lru_cache(maxsize=_MORE)
def is_adjective_like(word: str, lang: str) -> bool:
    """Whether a German word with a capital is an inflected adjective: known when written small, and ending as one."""
    return (
        word[:1].isupper()
        and re.search(r"e[rsnm]?$", word) is not None
        and _looked_up(word.lower(), lang)[0]
        and (not _looked_up(word, lang)[0] or _looked_up(word.lower(), lang)[1] != word.lower())
        and _looked_up(word.lower(), lang)[1].islower()
    )


@lru_cache(maxsize=_MORE)
def proper(word: str, lang: str) -> tuple[Proper, float]:
    """The sort of name that a dictionary takes the word for, and the share of its readings (0 to 1)."""
    shares: dict[Proper, float] = {}
    total = 0.0
    for reading in readings(word, lang):
        total += reading.score
        shares[reading.proper] = shares.get(reading.proper, 0.0) + reading.score
    named = [kind for kind in shares if kind]
    if not named or not total:
        return "", 0.0
    best = max(named, key=lambda kind: (shares[kind], kind))
    return best, shares[best] / total


# Endings of names that no dictionary has. Two forms are of one name when they are a stem with two of one list.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "ru": (
        " а у ом ем е ы и ов ам ами ах ым ым ой ою", "а ы и у ой ою е ей", "я и ю ей ею е", "ь я ю ем ём е и ью",
        "й я ю ем е и", "ий ого его ому ему им ым ом ем ая ую ой ое ые ых ими", "ия ии ию ией", "о а у ом е",
    ),
    "uk": (
        " а у ові ом ем еві і и ів ам ами ах ою е ю єм єві", "а и і у ою е ею", "я і ї ю ею єю", "ь я ю ем еві і",
        "й я ю єм єві ї", "ий ого ому им ім а ої ій у ою і их ими", "ія ії ію ією", "о а у ом ові і",
    ),
    "be": (" а у ам е ы і аў амі ах", "а ы у ай е ою", "я і ю яй", "ь я ю ем і", "скі скага скаму скім ская скай"),
    "bg": (" а ът ия те ите о", "ия ия ията", "а ата о"),
    "sr": (" a u om e i ov ova ima", "a e i u om o", " а у ом е и ов ова има", "а е и у ом о"),
    "hr": (" a u om em e i ov ova ima", "a e i u om o", "o a u om", "ski skog skom skim ska sku ske"),
    "sl": (" a u om em e i ov ova ih", "a e i o u", "o a u om"),
    "mk": (" от та то и ите", "а ата"),
    "pl": (
        " a owi em ie u e ów om ami ach y i iem", "a y ę ą ie i o e ze dze ce", "ia ii ię ią", "o a u em ie",
        "ski skiego skiemu skim ska ską skie skich skimi skiej", "ek ka kowi kiem ku", "iec ca cowi cem cu",
    ),
    "cs": (
        " a u ovi em e y ů ům ech i ě ou", "a y u ou ě e ovi o", "ie ii", "o a u em",
        "ský ského skému ským ská skou ské ských skými ském", "ek ka kovi kem ku", "ec ce ci cem", "á é ou",
    ),
    "sk": (
        " a u ovi om e y ov om och i", "a y u ou e ovi o", "ia ie ii iu iou", "o a u om",
        "ský ského skému ským ská skou ské ských skými skej skom", "ek ka kovi kom ku", "ec ca covi com",
    ),
    "lt": ("as o ui ą u e ai", "is io iui į iu yje", "ė ės ei ę e ėje", "a os ai ą oje", "us aus ui ų umi uje"),
    "lv": ("s a am u ā i", "is a im i ī", "a as ai u ā", "e es ei i ē", "š a am u ā"),
    "de": (" s es n en", "e er em en es"),
    "sv": (" s",), "da": (" s",), "no": (" s",), "nl": (" s",),
    "el": ("ος ου ο ε", "ας α", "ης η", "α ας", "η ης"),
    "fi": (" n a ä ssa ssä sta stä lla llä lta ltä lle na nä ksi in an en on än ön un yn seen ta tä",),
    "et": (" i a e u s st le l lt ga ni ks sse t d",),
    "hu": (
        " t ot et öt at nak nek ban ben ból ből ba be ra re on en ön n tól től ról ről val vel hoz hez höz ig ért i",
    ),
    "tr": (" da de ta te dan den tan ten ın in un ün nın nin nun nün a e ya ye ı i u ü yı yi yu yü la le",),
    "ro": (" ul ului", "a ei", "ia iei"),
    "hy": (" ի ին ում ից ով ը ն",), "ka": ("ი ის ს მა ში ზე იდან ით", "ა ას ამ აში"),
    "fa": (" ی‌ ها های",), "ko": (" 은 는 이 가 을 를 의 에 에서 와 과 도 로 으로",),
    "hi": (" ों",),
}  # fmt: skip
_CLITICS = {
    "ar": re.compile(r"^(?:[وفبلك]{0,2}ال|لل|[وبل](?=\w{3}))"),
    "he": re.compile(r"^[ושכמבלה]{1,2}(?=\w{3})"),
}


@cache
def paradigms(lang: str) -> tuple[tuple[str, ...], ...]:
    """Lists of endings; the first of each list is the base form's."""
    return tuple(tuple(e for e in re.split(" ", row)) for row in _ENDINGS.get(lang, ()))


@lru_cache(maxsize=_MORE)
def bases(word: str, lang: str) -> tuple[str, ...]:
    """Folded base forms that this form of a name could have, its own form among them; at least one."""
    own = fold(without_genitive(word, lang))
    clitic = _CLITICS.get(lang)
    if clitic:
        own = clitic.sub("", own) or own
    found = {own}
    if lang in ("ru", "uk") and not word.isascii():
        found |= {r.lemma for r in readings(word, lang) if r.pos in ("noun", "adjective")}
    known = lang not in ("ru", "uk") and _looked_up(word, lang)[0]
    if known:
        found.add(lemma(word, lang))
    for endings in paradigms(lang):
        for ending in endings:
            if (
                ending
                and own.endswith(ending)
                and len(own) - len(ending) >= (2 if lang in ("ru", "uk") else 3)
            ):
                found.add(own[: len(own) - len(ending)] + endings[0])
            elif not ending:
                found.add(own + endings[0])
    return tuple(sorted(found, key=lambda base: (base != own, base)))


def group_forms(forms: Iterable[tuple[str, int]], lang: str) -> dict[str, str]:
    """Form → base form, so that forms of one name share it: the fewest bases that cover all forms.

    Greedy set cover: the base that most forms can have goes first; among equals the one that a dictionary has, then
    one that stands in the text itself, then the shortest. A form that nothing else shares keeps its likeliest lemma.
    """
    counts: dict[str, int] = {}
    for form, count in forms:
        counts[form] = counts.get(form, 0) + count
    could: dict[str, list[str]] = {}
    for form in sorted(counts):
        for base in bases(form, lang):
            could.setdefault(base, []).append(form)
    attested = {fold(without_genitive(form, lang)) for form in counts}
    likely = {form: lemma(form, lang) for form in counts}

    def rank(base: str) -> tuple[float, ...]:
        members = [form for form in could[base] if form not in given]
        trusted = sum(likely[form] == base and readings(form, lang)[0].known for form in members)
        return (len(members), trusted, base in attested, -len(base))

    given: dict[str, str] = {}
    heap = sorted(could)
    shared = sorted(
        (base for base in heap if len(could[base]) > 1), key=lambda base: (-len(could[base]), base)
    )
    while shared:
        best = max(shared, key=lambda base: (rank(base), base))
        members = [form for form in could[best] if form not in given]
        if len(members) < 2:
            break
        given.update(dict.fromkeys(members, best))
        shared = [base for base in shared if base != best and any(f not in given for f in could[base])]
    for form in counts:
        if form not in given:
            mine = bases(form, lang)
            given[form] = likely[form] if likely[form] in mine else mine[0]
    return given
