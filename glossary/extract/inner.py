"""Names that stand within longer ones, or have a head in small letters: found by looking at all names of a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from glossary.extract.acronyms import stands_for
from glossary.extract.aliases import Aliases
from glossary.extract.cues import is_people, listed, words_of
from glossary.extract.found import Reading
from glossary.extract.morphology import fold, is_common, lemma, readings
from glossary.extract.standing import heads
from glossary.extract.variants import (
    Form,
    Key,
    person_like,
)
from glossary.extract.words import Name, Word, is_acronym, is_capital


def add_shared_parts(reading: Reading) -> None:
    """Names that only stand within longer ones, at the beginning of two different ones ("Airbus", "Nizhny …")."""
    starts: dict[Key, set[Key]] = defaultdict(set)
    for key, form in reading.forms.items():
        if len(key) < 2 or person_like(form, reading.lang) or form.quoted:
            continue
        for n in range(1, min(3, len(key))):
            part = form.words[:n]
            if not any(word.islower() or word[0].isdigit() for word in part):
                starts[key[:n]].add(key)
    _add_shared_words(reading)
    for part, longer in sorted(starts.items()):
        if len(longer) < 2 or part in reading.forms:
            continue
        example = reading.forms[min(longer)].words[: len(part)]
        if all(
            is_common(w, reading.lang) or is_people(fold(w), reading.lang) or heads(w, reading.lang)
            for w in example
        ):
            continue
        if any(heads(word, reading.lang) for word in example) or any(
            is_people(fold(w), reading.lang) for w in example[:1]
        ):
            continue
        if len(part) == 1 and any(len(p) == 2 and p[:1] == part and starts[p] == longer for p in starts):
            continue  # the longer common beginning is the name
        reading.forms[part] = Form(
            part, reading.lang, example, first=reading.forms[min(longer)].first, sure=1
        )


def add_spelt_out(reading: Reading) -> None:
    """What an acronym stands for where that stands only within a longer name («Дня Военно-морского флота»)."""
    short = [
        form.words[0] for form in reading.forms.values() if len(form.words) == 1 and is_acronym(form.words[0])
    ]
    whole = [form for form in reading.forms.values() if len(form.words) > 1]
    for acronym in sorted(short):
        if any(stands_for(acronym, form.words, reading.lang) for form in whole):
            continue
        for form in whole:
            for a in range(len(form.words)):
                for b in range(a + 1, len(form.words) + 1):
                    part = form.words[a:b]
                    key = form.key[a:b]
                    if (
                        b - a < len(form.words)
                        and stands_for(acronym, part, reading.lang)
                        and key not in reading.forms
                    ):
                        reading.forms[key] = Form(key, reading.lang, part, first=form.first, sure=1)
    for form in whole:
        rest = form.key[1:]
        if (
            is_people(fold(form.words[0]), reading.lang)
            and rest not in reading.forms
            and heads(form.words[-1], reading.lang)
        ):
            reading.forms[rest] = Form(rest, reading.lang, form.words[1:], first=form.first, sure=1)


def add_listed(reading: Reading, aliases: Aliases) -> None:
    """Well-known places within longer names («Министерство … КНР»), where the text names them elsewhere too."""
    known = {aliases.group_of(form.words, reading.lang) for form in reading.forms.values()} - {None}
    for form in [form for form in reading.forms.values() if len(form.words) > 1]:
        for a in range(len(form.words)):
            for b in range(a + 1, min(len(form.words), a + 3) + 1):
                part, key = form.words[a:b], form.key[a:b]
                new = b - a < len(form.words) and key not in reading.forms and is_capital(part[0])
                if new and aliases.group_of(part, reading.lang) in known:
                    reading.forms[key] = Form(key, reading.lang, part, first=form.first, sure=1)


def _beside(key: Key, base: str) -> set[tuple[int, str]]:
    """The neighbours of a word in a name: (-1, the one before), (1, the one behind)."""
    if base not in key:
        return set()
    i = key.index(base)
    return {(side, key[i + side]) for side in (-1, 1) if 0 <= i + side < len(key)}


def _add_shared_words(reading: Reading) -> None:
    """A word that no dictionary has, in two different names, neither a person's ("Tuzan Pass", "Upper …")."""
    holders: dict[str, set[Key]] = defaultdict(set)
    example: dict[str, str] = {}
    for key, form in reading.forms.items():
        if form.quoted or person_like(form, reading.lang):
            continue
        for word in form.words:
            parts = (
                word.split("-")
                if "-" in word and len(form.words) > 1
                else [word]
                if len(form.words) > 1
                else []
            )
            for part in parts:
                if (
                    part[:1].isupper()
                    and len(part) > 3
                    and not is_acronym(part)
                    and not is_common(part, reading.lang)
                ):
                    base = reading.key((part,))[0]
                    holders[base].add(key)
                    example.setdefault(base, part)
    for base, keys in sorted(holders.items()):
        word = example[base]
        beside = [_beside(key, base) for key in keys]
        if (
            len(keys) < 2
            or set.intersection(*beside)
            or (base,) in reading.forms
            or heads(word, reading.lang)
            or is_people(fold(word), reading.lang)
        ):
            continue
        if (
            any(r.role for r in readings(word, reading.lang)[:3])
            or readings(word, reading.lang)[0].pos == "adjective"
        ):
            continue
        reading.forms[base,] = Form(
            (base,), reading.lang, (word,), first=min(reading.forms[k].first for k in keys), sure=1
        )


_GOVERNED = {
    "en": listed(
        "network police mission embassy parliament navy army clan valley river lake island mountains "
        "peninsula"
    ),
    "ru": listed("сеть полиция миссия посольство парламент клан"),
    "uk": listed("мережа поліція місія посольство парламент клан"),
}


def add_headed_small(reading: Reading, lines: Sequence[Sequence[Word]]) -> None:
    """An institution whose head is small («сеть Тургани», "Norfolk county police"), where it recurs."""
    governed = _GOVERNED.get(reading.lang)
    if not governed:
        return
    found: dict[Key, list[Name]] = defaultdict(list)
    by_start = {span[0]: (span, name) for span, name in reading.names.items()}
    by_end = {span[1]: (span, name) for span, name in reading.names.items()}
    for line in lines:
        for i, word in enumerate(line):
            base = lemma(word.text, reading.lang)
            if base not in governed:
                continue
            if reading.lang == "en":
                for back in (1, 2):
                    other = by_end.get(line[i - back].end) if i >= back else None
                    if (
                        other
                        and not other[1].quoted
                        and all(w.gap == " " and w.text.islower() for w in line[i - back + 1 : i])
                    ):
                        span, name = other
                        key = (*reading.key(name.words), base)
                        found[key].append(Name(span[0], word.end, (*name.words, word.text)))
                        break
            elif word.text.islower() or word.place == 2:
                j = (
                    i + 2
                    if i + 2 < len(line)
                    and line[i + 1].text.islower()
                    and lemma(line[i + 1].text, reading.lang) in words_of("PLACES", reading.lang)
                    else i + 1
                )
                other = by_start.get(line[j].start) if j < len(line) else None
                if other and not other[1].quoted and line[j].gap == " ":
                    span, name = other
                    key = (base, *reading.key(name.words))
                    found[key].append(Name(word.start, span[1], (word.text, *name.words)))
    for key, mine in sorted(found.items()):
        others = sum(
            form.count for k, form in reading.forms.items() if k == key or (len(k) > 1 and set(k) >= set(key))
        )
        if len(mine) + others < 2:
            continue
        for name in mine:
            if (name.start, name.end) not in reading.spans:
                _register(reading, key, name)


def _register(reading: Reading, key: Key, name: Name) -> None:
    form = reading.forms.get(key)
    if form is None:
        form = reading.forms[key] = Form(key, reading.lang, name.words, first=name.start)
    reading.spans[name.start, name.end] = key
    form.count += 1
    form.sure += 1
    form.surfaces[reading.text[name.start : name.end]] += 1
