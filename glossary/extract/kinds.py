"""What sort of thing a name names: by its own words, the words around it, and what dictionaries say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from glossary.extract.cues import COMPANIES, words_of
from glossary.extract.morphology import fold, lemma, proper, readings
from glossary.extract.variants import COMPASS, Form, person_like
from glossary.extract.words import is_acronym
from glossary.model import Kind

_COUNTRY = ("stan", "land", "стан", "лэнд", "ландия")
_SOUNDS = ("burg", "grad", "град", "бург", "ville", "polis", "поль")


def votes(form: Form) -> Counter[Kind]:
    """Weighted votes for the kind of one form of a name."""
    lang, words = form.lang, form.words
    found: Counter[Kind] = Counter()
    last = len(words) - 1
    for i, word in enumerate(words):
        low, base = fold(word), lemma(word, lang)
        weight = 4 if i in (0, last) else 2
        if low in COMPANIES and i == last:
            found["organisation"] += 6
        for table, kind in _TABLES:
            known = words_of(table, lang)
            if (low in known or base in known) and len(words) > 1:
                found[kind] += weight
                break
        if any(sign.isdigit() for sign in word):
            found["programme" if len(word) > 3 or len(words) > 1 else "organisation"] += 2
    if person_like(form, lang):
        found["person"] += 3
    if form.roles:
        found["person"] += 6
    _dictionary(form, found)
    _around(form, found)
    if len(words) == 1 and not sum(found.values()):
        if is_acronym(words[0]) or form.article:
            found["organisation"] += 2
        elif form.quoted:
            found["programme"] += 2
        elif words[0].isascii() and lang in ("ru", "uk", "bg", "sr", "be", "el"):
            found["programme"] += 1
        elif fold(words[0]).endswith(_COUNTRY + _SOUNDS):
            found["place"] += 2
        else:
            found["person" if lang in ("ru", "uk") else "place"] += 1
    if not sum(found.values()):
        compass = fold(words[0]) in COMPASS
        found["programme" if form.quoted else "place" if compass else "organisation"] += 1
    return found


_TABLES: tuple[tuple[str, Kind], ...] = (
    ("ORGANISATIONS", "organisation"),
    ("PLACES", "place"),
    ("PROGRAMMES", "programme"),
)


def _dictionary(form: Form, found: Counter[Kind]) -> None:
    for word in form.words if len(form.words) < 4 else ():
        kind, share = proper(word, form.lang)
        if kind and share >= 0.4:
            known = any(r.known for r in readings(word, form.lang))
            strong = 5 if known else 1
            if len(form.words) > 1 and kind == "place":
                strong = 1
            found[kind] += strong


def _around(form: Form, found: Counter[Kind]) -> None:
    lang = form.lang
    for word, count in form.before.items():
        for table, kind in _TABLES:
            if word in words_of(table, lang):
                found[kind] += min(3, count) * 2
                break
        if word in words_of("IN_PLACES", lang) and len(form.words) < 3:
            found["place"] += min(4, 2 * count) if lang == "en" else min(2, count)
    speech = words_of("SPEECH", lang)
    found["person"] += 2 * min(2, sum(count for word, count in form.after.items() if word in speech))
    for word, count in form.after.items():
        for table, kind in _TABLES:
            if word in words_of(table, lang) and kind != "place" and lang == "en":
                found[kind] += min(2, count)


def kind_of(forms: Iterable[Form]) -> tuple[Kind, Counter[Kind]]:
    """The kind of a group of forms and the votes for it; full forms count more than short ones."""
    total: Counter[Kind] = Counter()
    for form in forms:
        weight = 1 + len(form.words) * min(3, form.count)
        for kind, value in votes(form).items():
            total[kind] += value * weight
    order: tuple[Kind, ...] = ("organisation", "place", "person", "programme")
    best = max(order, key=lambda kind: (total[kind], -order.index(kind)))
    return (best if total[best] else "other"), total
