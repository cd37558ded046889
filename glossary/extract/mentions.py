"""All mentions of the names of one text, grouped into proposed concepts.

First the names as capitals and quotation marks show them (``names.py``), then what only the text as a whole tells:
which forms are of one word, names within longer names, names in small letters, and an institution by its bare head.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from glossary.extract.acronyms import find_acronyms
from glossary.extract.aliases import Aliases
from glossary.extract.cues import is_people, words_of
from glossary.extract.evidence import Evidence
from glossary.extract.found import Explained, Found, Reading, Span
from glossary.extract.hidden import place_mentions
from glossary.extract.inner import add_headed_small, add_listed, add_shared_parts, add_spelt_out
from glossary.extract.kinds import kind_of
from glossary.extract.morphology import fold, group_forms, lemma
from glossary.extract.names import read_names
from glossary.extract.variants import (
    Form,
    Grouped,
    group,
    one_spelling,
    relate,
)
from glossary.extract.words import Name, Word, is_acronym, is_capital, without_genitive, words


def read_mentions(
    text: str,
    units: Sequence[Span],
    lang: str,
    evidence: Evidence,
    aliases: Aliases,
    ignore: Sequence[Span] = (),
) -> list[Found]:
    """The names of one text and their mentions; ``units`` are its segments, ``ignore`` is left out."""
    lines = [_line(text, lang, a, b, ignore) for a, b in units]
    names = [
        name
        for (a, b), line in zip(units, lines, strict=True)
        for name in read_names(text, lang, evidence, a, b, line)
    ]
    reading = Reading(text, lang, units, evidence, *_bases(names, lang))
    for name in _without_rare_tails(names, reading):
        _add(reading, name)
    pairs = _explained(reading, ignore)
    add_shared_parts(reading)
    add_headed_small(reading, lines)
    add_spelt_out(reading)
    add_listed(reading, aliases)
    relations = relate(reading.forms, pairs, aliases, lang)
    found = [_found(reading, grouped, aliases) for grouped in group(reading.forms, relations)]
    place_mentions(reading, found, lines, aliases)
    return [concept for concept in found if concept.mentions]


def _touching(ignore: Sequence[Span], a: int, b: int) -> Sequence[Span]:
    return [span for span in ignore if span[0] < b and span[1] > a] if ignore else ()


def _line(text: str, lang: str, a: int, b: int, ignore: Sequence[Span]) -> list[Word]:
    line = words(text, lang, a, b)
    for first, last in _touching(ignore, a, b):
        line = [word for word in line if word.end <= first or word.start >= last]
    return line


def _bases(names: Sequence[Name], lang: str) -> tuple[dict[str, str], dict[str, str]]:
    """Word form → lemma, over all names, with all spellings of a name made one, and without.

    Forms of an unknown word get one lemma in both.
    """
    counts = Counter(word for name in names for word in name.words if not word.islower())
    base = group_forms(
        ((word, n) for word, n in counts.items() if not is_acronym(word) or len(word) > 5), lang
    )
    for word in counts:
        base.setdefault(word, fold(word.replace(".", "")) if is_acronym(word) else lemma(word, lang))
    # A surname in capitals is the surname.
    lower = {fold(word): lemma_ for word, lemma_ in base.items() if not word.isupper()}
    for word in counts:
        if word.isupper() and fold(word) in lower:
            base[word] = lower[fold(word)]
    form_of: dict[str, str] = {}
    for word in sorted(counts):
        form_of.setdefault(base[word], word)
    spelling = one_spelling(form_of.items(), lang)
    return {word: spelling[lemma_] for word, lemma_ in base.items()}, base


def _add(reading: Reading, name: Name, counted: bool = True) -> None:
    key = reading.key(name.words)
    form = reading.forms.get(key)
    if form is None:
        form = reading.forms[key] = Form(key, reading.lang, name.words, first=name.start)
    if counted:
        reading.spans[name.start, name.end] = key
        reading.names[name.start, name.end] = name
    form.count += 1
    form.sure += name.sure
    form.quoted += name.quoted
    form.roles += name.role
    form.surfaces[reading.text[name.start : name.end]] += 1
    form.spellings[reading.text[name.start : name.end]] = reading.spelt(name.words)
    if name.before:
        form.before[name.before] += 1
    if name.after:
        form.after[name.after] += 1


def _without_rare_tails(names: Sequence[Name], reading: Reading) -> Iterable[Name]:
    """Cuts the genitives behind an adjective and its noun where the two alone are the name that recurs."""
    whole = Counter(reading.key(name.words) for name in names)
    short = Counter(reading.key(name.words[: name.base or len(name.words)]) for name in names)
    for name in names:
        key = reading.key(name.words)
        if name.base and whole[key] == 1 and short[key[: name.base]] > 1 and whole[key[: name.base]]:
            last = name.words[name.base - 1]
            end = reading.text.index(last, _offset(reading.text, name, name.base - 1)) + len(last)
            yield name._replace(end=end, words=name.words[: name.base], base=0)
            tail = name.words[name.base :]
            if is_capital(tail[-1]):
                start = reading.text.rindex(tail[-1], end, name.end)
                yield Name(start, name.end, tail[-1:])
        else:
            yield name


def _offset(text: str, name: Name, n: int) -> int:
    at = name.start
    for word in name.words[:n]:
        at = text.index(word, at) + len(word)
    return at


def _explained(reading: Reading, ignore: Sequence[Span]) -> list[Explained]:
    """Acronyms and originals as parentheses explain them; long forms with a capital become names."""
    pairs = _translated(reading)
    text, lang = reading.text, reading.lang
    for a, b in reading.units:
        for found in find_acronyms(text, a, b):
            if any(x < found.end and found.start < y for x, y in _touching(ignore, a, b)):
                continue
            span, long = (found.start, found.end), (found.long_start, found.long_end)
            own = tuple(without_genitive(w.text, lang) for w in words(text, lang, *long))
            if not own or not is_capital(own[0]) or (len(own) == 1 and is_people(fold(own[0]), lang)):
                continue
            if any(fold(word) in words_of("ROLES", lang) for word in own[0].split("-")):
                continue
            outer = next((s for s in reading.spans if s[0] <= long[0] and s[1] >= long[1]), None)
            if outer is None:
                inside = [s for s in reading.spans if s[0] < long[1] and s[1] > long[0]]
                for s in inside:
                    if s[0] >= long[0] and s[1] <= long[1]:
                        reading.forms[reading.spans.pop(s)].count -= 1
                for word in own:
                    reading.base.setdefault(word, lemma(word, lang))
                _add(reading, Name(*long, own))
                outer = long
            if span not in reading.spans:
                _add(reading, Name(*span, (text[span[0] : span[1]],)))
            pairs.append((reading.spans[span], reading.spans[outer], "acronym", "explained in the text"))
    for key in [key for key, form in reading.forms.items() if form.count <= 0]:
        del reading.forms[key]
    return pairs


def _translated(reading: Reading) -> list[Explained]:
    """«…» (…): a name and, in parentheses right behind it, the same in Latin letters."""
    ordered = sorted(reading.names)
    return [
        (reading.spans[second], reading.spans[first], "alias", "given in parentheses")
        for first, second in pairwise(ordered)
        if reading.text[first[1] : second[0]] in ("» (", '" (', "” (", " (")
        and reading.names[second].quoted
        and reading.text[second[0]].isascii()
        and not reading.text[first[0]].isascii()
    ]


def _found(reading: Reading, grouped: Grouped, aliases: Aliases) -> Found:
    forms = {key: reading.forms[key] for key in grouped.members}
    kind, total = kind_of(forms.values())
    listed = [aliases.kind_of(form.words, reading.lang) for form in forms.values()]
    kind = next((k for k in listed if k), kind)
    sure = any(form.sure for form in forms.values())
    return Found(reading.lang, grouped, forms, kind=kind, votes=total, sure=sure)
