"""All mentions of the names of one text, grouped into proposed concepts.

First the names as capitals and quotation marks show them (``names.py``), then what only the text as a whole tells:
which forms are of one word, names within longer names, names in small letters, and an institution by its bare head.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from glossary.acronyms import find_acronyms, stands_for
from glossary.aliases import Aliases
from glossary.cues import PARTICLES, is_people, words_of
from glossary.evidence import Evidence
from glossary.kinds import kind_of
from glossary.model import Kind
from glossary.morphology import fold, group_forms, is_common, lemma, readings
from glossary.names import Name, heads, read_names
from glossary.variants import Form, Grouped, Key, Relation, group, one_spelling, person_like, relate
from glossary.words import UNSPACED, Word, is_acronym, is_capital, without_genitive, words

Span = tuple[int, int]


class Mention(NamedTuple):
    """``text[start:end]`` is a mention under ``key``; ``nested``: within a longer name."""

    start: int
    end: int
    key: Key
    nested: bool = False


@dataclass(slots=True)
class Found:
    """A proposed concept of one text: its forms, the head's key, its mentions in order, its kind."""

    lang: str
    grouped: Grouped
    forms: dict[Key, Form]
    mentions: list[Mention] = field(default_factory=list)
    kind: Kind = "other"
    votes: Counter[Kind] = field(default_factory=Counter)
    sure: bool = True

    @property
    def head(self) -> Form:
        """The form that stands for the concept."""
        return self.forms[self.grouped.head]


@dataclass(slots=True)
class _Reading:
    """What is being found out about one text."""

    text: str
    lang: str
    units: Sequence[Span]
    evidence: Evidence
    base: dict[str, str]
    forms: dict[Key, Form] = field(default_factory=dict)
    spans: dict[Span, Key] = field(default_factory=dict)
    names: dict[Span, Name] = field(default_factory=dict)

    def plain(self, span: Span) -> Key:
        """The lemmas of all words of a span."""
        return tuple(lemma(word.text, self.lang) for word in words(self.text, self.lang, *span))

    def key(self, found: Sequence[str]) -> Key:
        """The words' common lemmas."""
        return tuple(self.base.get(word) or lemma(word, self.lang) for word in found)


def read_mentions(
    text: str,
    units: Sequence[Span],
    lang: str,
    evidence: Evidence,
    aliases: Aliases,
    ignore: Sequence[Span] = (),
) -> list[Found]:
    """The names of one text and their mentions; ``units`` are its segments, ``ignore`` spans to leave out (sorted)."""
    lines = [_line(text, lang, a, b, ignore) for a, b in units]
    names = [
        name
        for (a, b), line in zip(units, lines, strict=True)
        for name in read_names(text, lang, evidence, a, b, line)
    ]
    reading = _Reading(text, lang, units, evidence, _bases(names, lang))
    for name in _without_rare_tails(names, reading):
        _add(reading, name)
    pairs = _explained(reading, ignore)
    _add_shared_parts(reading)
    _add_headed_small(reading, lines)
    _add_spelt_out(reading)
    _add_listed(reading, aliases)
    relations = relate(reading.forms, pairs, aliases, lang)
    found = [_found(reading, grouped, aliases) for grouped in group(reading.forms, relations)]
    _place_mentions(reading, found, lines, aliases)
    return [concept for concept in found if concept.mentions]


def _touching(ignore: Sequence[Span], a: int, b: int) -> Sequence[Span]:
    return [span for span in ignore if span[0] < b and span[1] > a] if ignore else ()


def _line(text: str, lang: str, a: int, b: int, ignore: Sequence[Span]) -> list[Word]:
    line = words(text, lang, a, b)
    for first, last in _touching(ignore, a, b):
        line = [word for word in line if word.end <= first or word.start >= last]
    return line


def _bases(names: Sequence[Name], lang: str) -> dict[str, str]:
    """Word form → lemma, over all names: forms of one unknown word get one lemma, spellings of one name too."""
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
    return {word: spelling[lemma_] for word, lemma_ in base.items()}


def _add(reading: _Reading, name: Name, counted: bool = True) -> None:
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
    form.spellings[tuple(fold(word) for word in name.words)] += 1
    if name.before:
        form.before[name.before] += 1
    if name.after:
        form.after[name.after] += 1


def _without_rare_tails(names: Sequence[Name], reading: _Reading) -> Iterable[Name]:
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


def _explained(reading: _Reading, ignore: Sequence[Span]) -> list[Explained]:
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


Explained = tuple[Key, Key, str, str]


def _translated(reading: _Reading) -> list[Explained]:
    """«…» (…): a name and, in parentheses right behind it, the same in Latin letters."""
    ordered = sorted(reading.names)
    return [
        (reading.spans[second], reading.spans[first], "alias", "given in parentheses")
        for first, second in zip(ordered, ordered[1:], strict=False)
        if reading.text[first[1] : second[0]] in ("» (", '" (', "” (", " (")
        and reading.names[second].quoted
        and reading.text[second[0]].isascii()
        and not reading.text[first[0]].isascii()
    ]


def _add_shared_parts(reading: _Reading) -> None:
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


def _add_spelt_out(reading: _Reading) -> None:
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


def _add_listed(reading: _Reading, aliases: Aliases) -> None:
    """Well-known places within longer names («Министерство … КНР»), where the text names them elsewhere too."""
    known = {aliases.group_of(form.words, reading.lang) for form in reading.forms.values()} - {None}
    for form in [form for form in reading.forms.values() if len(form.words) > 1]:
        for a in range(len(form.words)):
            for b in range(a + 1, min(len(form.words), a + 3) + 1):
                part, key = form.words[a:b], form.key[a:b]
                if b - a < len(form.words) and key not in reading.forms and is_capital(part[0]):
                    if aliases.group_of(part, reading.lang) in known:
                        reading.forms[key] = Form(key, reading.lang, part, first=form.first, sure=1)


def _beside(key: Key, base: str) -> set[tuple[int, str]]:
    """The neighbours of a word in a name: (-1, the one before), (1, the one behind)."""
    if base not in key:
        return set()
    i = key.index(base)
    return {(side, key[i + side]) for side in (-1, 1) if 0 <= i + side < len(key)}


def _add_shared_words(reading: _Reading) -> None:
    """A word that no dictionary has, in two different names of which neither is a person's ("Tuzan Pass", "Upper …")."""
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
    "en": frozenset(
        "network police mission embassy parliament navy army clan valley river lake island mountains peninsula".split()
    ),
    "ru": frozenset("сеть полиция миссия посольство парламент клан".split()),
    "uk": frozenset("мережа поліція місія посольство парламент клан".split()),
}


def _add_headed_small(reading: _Reading, lines: Sequence[Sequence[Word]]) -> None:
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


def _register(reading: _Reading, key: Key, name: Name) -> None:
    form = reading.forms.get(key)
    if form is None:
        form = reading.forms[key] = Form(key, reading.lang, name.words, first=name.start)
    reading.spans[name.start, name.end] = key
    form.count += 1
    form.sure += 1
    form.surfaces[reading.text[name.start : name.end]] += 1


def _found(reading: _Reading, grouped: Grouped, aliases: Aliases) -> Found:
    forms = {key: reading.forms[key] for key in grouped.members}
    kind, total = kind_of(forms.values())
    listed = [aliases.kind_of(form.words, reading.lang) for form in forms.values()]
    kind = next((k for k in listed if k), kind)  # type: ignore[assignment]
    sure = any(form.sure for form in forms.values())
    return Found(reading.lang, grouped, forms, kind=kind, votes=total, sure=sure)


def _place_mentions(
    reading: _Reading, found: Sequence[Found], lines: Sequence[Sequence[Word]], aliases: Aliases
) -> None:
    owner = {key: concept for concept in found for key in concept.forms}
    spans = dict(reading.spans)
    _find_small(reading, owner, lines, spans)
    _find_bare_heads(reading, found, lines, spans)
    ordered = sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1]))
    for span, key in ordered:
        owner[key].mentions.append(Mention(*span, key))
    _find_nested(reading, owner, ordered)
    _drop_captive(found, [span for span, _ in ordered], owner, spans, reading, aliases)
    for concept in found:
        concept.mentions.sort()
        inside = _insiders([span for span, _ in ordered])
        concept.mentions = [
            m._replace(nested=m.nested or (m.start, m.end) in inside) for m in concept.mentions
        ]


def _drop_captive(
    found: Sequence[Found],
    ordered: Sequence[Span],
    owner: dict[Key, Found],
    spans: dict[Span, Key],
    reading: _Reading,
    aliases: Aliases,
) -> None:
    """Leaves out names that only ever stand within one and the same longer name, well-known ones excepted."""
    for concept in found:
        if any(aliases.group_of(form.words, reading.lang) is not None for form in concept.forms.values()):
            continue
        outer = set()
        for mention in concept.mentions:
            at = bisect_left(ordered, (mention.start + 1, -1))
            around = {
                reading.plain(s)
                for s in ordered[max(0, at - 6) : at]
                if s[0] <= mention.start and mention.end <= s[1] and s != (mention.start, mention.end)
            }
            outer.add(min(around) if around else ())
        if len(outer) == 1 and outer != {()}:
            concept.mentions.clear()


def _insiders(ordered: Sequence[Span]) -> set[Span]:
    found, reach = set(), -1
    outer = (-1, -1)
    for span in ordered:
        if span[1] <= reach and span != outer:
            found.add(span)
        elif span[1] > reach:
            reach, outer = span[1], span
    return found


def _find_nested(reading: _Reading, owner: dict[Key, Found], ordered: Sequence[tuple[Span, Key]]) -> None:
    """Mentions of other names within longer ones, the longest first; none of a part of the concept's own name."""
    taken = {span for span, _ in ordered}
    for span, key in ordered:
        if len(key) < 2 and "-" not in reading.text[span[0] : span[1]]:
            continue
        inside = words(reading.text, reading.lang, *span)
        bare = [without_genitive(word.text, reading.lang) for word in inside]
        mine = owner[key]
        lemmas = reading.key(bare)
        size = len(lemmas)
        covered: list[Span] = []
        for length in range(size - 1, 0, -1):
            for i in range(size - length + 1):
                part = lemmas[i : i + length]
                other = owner.get(part)
                if (
                    other is None
                    or other is mine
                    or not _stands_alone(other, part, bare[i : i + length], reading.lang)
                ):
                    continue
                a, b = inside[i].start, inside[i + length - 1].start + len(bare[i + length - 1])
                if (a, b) in taken:
                    continue
                if any(x < a < y < b or a < x < b < y for x, y in covered):
                    continue
                if person_like(mine.forms[key], reading.lang) and length == 1:
                    continue
                covered.append((a, b))
                taken.add((a, b))
                other.mentions.append(Mention(a, b, part, True))
        for word, plain in zip(inside, bare, strict=True):
            at = word.start
            for piece in plain.split("-") if "-" in plain else ():
                part = reading.key((piece,))
                other = owner.get(part)
                span_ = (at, at + len(piece))
                at += len(piece) + 1
                if (
                    other is None
                    or other is mine
                    or span_ in taken
                    or not piece[:1].isupper()
                    or len(piece) < 4
                ):
                    continue
                if _stands_alone(other, part, (piece,), reading.lang):
                    taken.add(span_)
                    other.mentions.append(Mention(*span_, part, True))


def _stands_alone(other: Found, part: Key, bare: Sequence[str], lang: str) -> bool:
    form = other.forms[part]
    if not any(is_capital(word) for word in bare):
        return False
    return bool(form.sure) and not (
        len(part) == 1 and heads(bare[0], lang) and not is_acronym(bare[0]) and len(other.forms) == 1
    )


def _find_small(
    reading: _Reading, owner: dict[Key, Found], lines: Sequence[Sequence[Word]], spans: dict[Span, Key]
) -> None:
    """Names of several words that stand somewhere without their capitals ("the renewal front")."""
    longer: dict[str, list[Key]] = defaultdict(list)
    for key in owner:
        form = reading.forms[key]
        firm = (
            form.count > 1
            or form.quoted
            or len(key) > 2
            or any(is_acronym(k.words[0]) for k in owner[key].forms.values())
        )
        if len(key) > 1 and firm and not person_like(form, reading.lang):
            longer[key[0]].append(key)
    if not longer:
        return
    taken = sorted(spans)
    for line in lines:
        lemmas = [reading.base.get(word.text) or lemma(word.text, reading.lang) for word in line]
        for i, base in enumerate(lemmas):
            for key in sorted(longer.get(base, ()), key=lambda k: -len(k)):
                j = i + len(key) - 1
                if tuple(lemmas[i : j + 1]) != key or any(
                    "\n" in w.gap or w.place == 2 for w in line[i + 1 : j + 1]
                ):
                    continue
                last = without_genitive(line[j].text, reading.lang)
                span = line[i].start, line[j].start + len(last)
                if not _crossed(taken, span):
                    spans[span] = key
                    reading.forms[key].surfaces[reading.text[span[0] : span[1]]] += 1
                break
    # A name with capitals inside one found now is nested, and stays.


def _crossed(taken: Sequence[Span], span: Span) -> bool:
    """Whether a span lies within a known one or crosses it."""
    at = bisect_left(taken, (span[0], -1))
    near = taken[max(0, at - 3) : at + 6]
    return any(
        a < span[1] and span[0] < b and not (span[0] <= a and b <= span[1] and (a, b) != span)
        for a, b in near
    )


def _find_bare_heads(
    reading: _Reading, found: Sequence[Found], lines: Sequence[Sequence[Word]], spans: dict[Span, Key]
) -> None:
    """«комитет», "the front": an institution by its head noun, where one alone in the text has that head."""
    lang = reading.lang
    by_head: dict[str, list[tuple[Found, Key]]] = defaultdict(list)
    for concept in found:
        if concept.kind != "organisation":
            continue
        for key, form in concept.forms.items():
            base = _bare_head(form, lang)
            if base and all(
                base != k
                for c, k in ((c, _bare_head(f, lang)) for c, k2 in by_head[base] for f in (c.forms[k2],))
                if c is concept
            ):
                by_head[base].append((concept, key))
    taken = sorted(spans)
    places = defaultdict(list)
    for span, key in spans.items():
        places[key].append(span[0])
    for base, owners in by_head.items():
        if len(owners) != 1:
            continue
        concept, key = owners[0]
        begins = concept.forms[key].first
        single: Key = (base,)
        near = sorted(start for k in concept.forms for start in places[k])
        reach = 0
        for line in lines:
            if not line or line[-1].end < begins:
                continue
            reach = _NEAR if any(line[0].start <= start < line[-1].end for start in near) else reach - 1
            if reach < 0:
                continue
            for i, word in enumerate(line):
                if (
                    word.start > begins
                    and (word.text.islower() or word.place)
                    and lemma(word.text, lang) == base
                ):
                    span = (word.start, word.start + len(without_genitive(word.text, lang)))
                    if _definite(line, i, lang) and not _crossed(taken, span):
                        if single in concept.forms or single not in reading.forms:
                            target = single if single in concept.forms else key
                            spans[span] = target
                            reach = _NEAR
                            concept.forms[target].surfaces[word.text] += 1


_NEAR = 15  # segments after the last mention in which a bare head is still taken for it


def _bare_head(form: Form, lang: str) -> str:
    from glossary.variants import _head

    if len(form.words) < 2:
        return ""
    word = form.words[_head(form, lang)]
    base = lemma(word, lang)
    known = words_of("ORGANISATIONS", lang)
    return base if (base in known or fold(word) in known) and not word.isupper() else ""


_PRONOUNS = frozenset("сам который весь этот тот наш ваш свой сам цей той весь наш який".split())


def _definite(line: Sequence[Word], i: int, lang: str) -> bool:
    """Whether a small noun stands alone and can mean the one that was named."""
    before = line[i - 1] if i and line[i].gap == " " else None
    after = line[i + 1] if i + 1 < len(line) and line[i + 1].gap == " " else None
    if lang == "en":
        if before is None or fold(before.text) not in ("the", "our"):
            return False
        return after is None or (
            fold(after.text) not in ("of", "for", "line", "lines", "door") and not is_capital(after.text)
        )
    if lang in ("ru", "uk"):
        if before is not None and before.text[0].isdigit():
            return False
        described = before is not None and readings(before.text, lang)[0].pos == "adjective"
        if described and before is not None and lemma(before.text, lang) not in _PRONOUNS:
            return False
        if before is not None and lemma(before.text, lang) in words_of("PROGRAMMES", lang):
            return False
        if after is None:
            return True
        nxt = readings(after.text, lang)[0]
        return (
            not is_capital(after.text)
            and not (nxt.pos in ("noun", "adjective") and nxt.case == "gent")
            and after.text not in ("на", "по")
        )
    if lang in ("de", "fr", "es", "it"):
        return (
            before is not None
            and fold(before.text) in words_of("ARTICLES", lang)
            and (after is None or not is_capital(after.text))
        )
    return False


__all__ = ["PARTICLES", "UNSPACED", "Found", "Mention", "Relation", "read_mentions"]
