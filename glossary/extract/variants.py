"""Which names of one text are forms of one concept: spellings, short forms, acronyms, well-known aliases.

All of it is a proposal with a reason. What could be short for two different names stays on its own and is only
linked. Keys are tuples of lemmas, one for each word; spellings of one word have been given one lemma before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from glossary.extract.acronyms import stands_for
from glossary.extract.aliases import Aliases
from glossary.extract.cues import PARTICLES, is_people, listed, words_of
from glossary.extract.morphology import is_common, proper, readings
from glossary.extract.spelling import rough, same_name, skeleton
from glossary.extract.standing import heads
from glossary.extract.words import is_acronym

Key = tuple[str, ...]


@dataclass(slots=True)
class Form:
    """What is known of all mentions of one key: how often, how written, among which words."""

    key: Key
    lang: str
    words: tuple[str, ...]  # one way to write it, the first seen
    count: int = 0
    sure: int = 0
    quoted: int = 0
    roles: int = 0
    surfaces: Counter[str] = field(default_factory=Counter)
    spellings: dict[str, Key] = field(
        default_factory=dict
    )  # surface → its lemmas before spellings were made one
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    base: int = 0
    first: int = 0

    def add(self, other: Form) -> None:
        """Adds what is known of the same name elsewhere."""
        self.count += other.count
        self.sure += other.sure
        self.quoted += other.quoted
        self.roles += other.roles
        self.surfaces.update(other.surfaces)
        self.spellings.update(other.spellings)
        self.before.update(other.before)
        self.after.update(other.after)

    @property
    def article(self) -> bool:
        """Whether it mostly stands behind an article, as no person does."""
        articles = words_of("ARTICLES", self.lang)
        return 3 * sum(n for word, n in self.before.items() if word in articles) > self.count

    @property
    def code(self) -> bool:
        """Whether the name is a single word with a digit."""
        return len(self.words) == 1 and any(sign.isdigit() for sign in self.words[0])


@dataclass(frozen=True, slots=True)
class Relation:
    """``short`` is proposed to name the same as ``long``; ``sort``: "short form", "acronym", "alias", "spelling"."""

    short: Key
    long: Key
    sort: str
    reason: str


def one_spelling(tokens: Iterable[tuple[str, str]], lang: str) -> dict[str, str]:
    """Lemma → the lemma that stands for all its spellings; ``tokens`` are lemmas with one form of each.

    Spelling is an equivalence: chains of likeness end in one lemma, the first in alphabetical order.
    """
    shapes: dict[str, list[str]] = defaultdict(list)
    form_of = dict(tokens)
    for base in sorted(form_of):
        form = form_of[base]
        if (
            len(base) < 4
            or is_acronym(form)
            or not form[:1].isupper()
            or is_common(form, lang)
            or is_people(base, lang)
        ):
            continue
        shapes[skeleton(rough(base))].append(base)
    parent = {base: base for base in form_of}
    for alike in shapes.values():
        for i, one in enumerate(alike):
            for other in alike[i + 1 :]:
                if (
                    one.isascii() == other.isascii()
                    and same_name(one, other)
                    and not _both_known(one, other, lang)
                ):
                    a, b = _root(parent, one), _root(parent, other)
                    parent[max(a, b)] = min(a, b)
    return {base: _root(parent, base) for base in form_of}


def _both_known(one: str, other: str, lang: str) -> bool:
    if lang not in ("ru", "uk"):
        return False
    return all(any(r.known for r in readings(word.capitalize(), lang)) for word in (one, other))


def _root(parent: dict[str, str], base: str) -> str:
    while parent[base] != base:
        base = parent[base]
    return base


def relate(
    forms: Mapping[Key, Form], pairs: Iterable[tuple[Key, Key, str, str]], aliases: Aliases, lang: str
) -> list[Relation]:
    """All proposals among the names of one text; ``pairs`` are those that the text itself explains."""
    found: list[Relation] = []
    by_word: dict[str, list[Key]] = defaultdict(list)
    for key in forms:
        for word in set(key):
            by_word[word].append(key)
    explained = set()
    for short, long, sort, reason in pairs:
        if short in forms and long in forms and short != long:
            explained.add(short)
            found.append(Relation(short, long, sort, reason))
    long_ones = [form for form in forms.values() if len(form.key) > 1 or "-" in form.words[0]]
    for key, form in forms.items():
        if len(form.words) == 1 and is_acronym(form.words[0]) and key not in explained:
            for whole in long_ones:
                parts = tuple(part for word in whole.words for part in word.split("-"))
                if stands_for(form.words[0], parts, lang) and not whole.roles:
                    found.append(Relation(key, whole.key, "acronym", "made of its initials"))
        found.extend(_with_acronym(form, forms, by_word, lang))
        for other in sorted(
            {k for k in by_word[key[0]] + by_word[key[-1]] if len(k) >= len(key) and k != key}
        ):
            reason = _shortens(form, forms[other], lang)
            if reason:
                found.append(Relation(key, other, "short form", reason))
        if len(form.words[0].rstrip(".")) == 1 and len(key) > 1:
            found.extend(_initials(form, [forms[k] for k in by_word[key[-1]]]))
    found.extend(_aliases(forms, aliases, lang))
    return found


def _with_acronym(
    form: Form, forms: Mapping[Key, Form], by_word: Mapping[str, Sequence[Key]], lang: str
) -> Iterable[Relation]:
    """«День ВМФ» and «День Военно-морского флота»: the same but for an acronym that one has spelt out."""
    size = len(form.key)
    if size < 2:
        return
    for i, word in enumerate(form.words):
        if not is_acronym(word):
            continue
        around = form.key[:i], form.key[i + 1 :]
        for other in sorted(set(by_word[form.key[0] if i else form.key[-1]])):
            stop = len(other) - len(around[1])
            if other != form.key and other[:i] == around[0] and other[stop:] == around[1] and stop > i:
                parts = tuple(part for w in forms[other].words[i:stop] for part in w.split("-"))
                if stands_for(word, parts, lang):
                    yield Relation(form.key, other, "acronym", "the same with an acronym spelt out")


def _initials(form: Form, others: Sequence[Form]) -> Iterable[Relation]:
    for other in others:
        full = len(other.key) == len(form.key) and other.key != form.key and len(other.words[0]) > 1
        if full and other.words[0][0] == form.words[0][0] and other.key[1:] == form.key[1:]:
            yield Relation(form.key, other.key, "short form", "initial of the first name")


def _aliases(forms: Mapping[Key, Form], aliases: Aliases, lang: str) -> Iterable[Relation]:
    groups: dict[int, list[Key]] = defaultdict(list)
    for key, form in forms.items():
        number = aliases.group_of(form.words, lang)
        if number is not None:
            groups[number].append(key)
    for keys in groups.values():
        head = max(keys, key=lambda key: (len(key), forms[key].count, key))
        for key in keys:
            if key != head:
                yield Relation(key, head, "alias", "list of well-known aliases")


_STATES = listed(
    "republic kingdom federation emirate emirates state city river lake mount island islands islamic "
    "democratic people республика королевство федерация эмират исламский народный демократический город "
    "река остров озеро гора республіка королівство федерація місто річка острів озеро republik königreich "
    "stadt république royaume ville república reino ciudad"
)


def person_like(form: Form, lang: str) -> bool:
    """Whether a name of two to four words has the shape of a person's: no heads, numbers or common last word."""
    words = [word for word in form.words if word.casefold() not in PARTICLES]
    if not 2 <= len(words) <= 4 or any(any(sign.isdigit() for sign in word) for word in words):
        return False
    if (
        any(word.islower() for word in words)
        or form.quoted
        or any(is_acronym(word) and len(word) < 4 for word in words)
    ):
        return False
    if is_acronym(words[0]) and len(words[0]) > 1:
        return False
    if lang in ("ru", "uk") and any(_person_word(word, lang) for word in words):
        return True
    if any(heads(word, lang) for word in words) or (form.article and not form.roles):
        return False
    if form.roles:
        return True
    if words[0].casefold() in COMPASS or is_people(words[0].casefold(), lang):
        return False
    if lang in ("ru", "uk") and not words[-1].isascii():
        first = readings(words[0], lang)[0]
        return first.pos != "adjective" and not common(words[0], lang) and first.proper != "place"
    return not common(words[-1], lang)


COMPASS = listed(
    "great new north south east west northern southern eastern western upper lower central old saint st. "
    "st san los las el santa port mount lake black white red good big"
)


@lru_cache(maxsize=100_000)
def common(word: str, lang: str) -> bool:
    """``is_common``, of a Latin word in a text of another alphabet by the English dictionary."""
    return is_common(word, "en" if word.isascii() and lang in _OTHER_LETTERS else lang)


_OTHER_LETTERS = listed("ru uk be bg sr mk kk el ka hy")


def _person_word(word: str, lang: str) -> bool:
    kind, share = proper(word, lang)
    return kind == "person" and share >= 0.6 and any(r.known and r.role for r in readings(word, lang))


def head_position(form: Form, lang: str) -> int:
    """Where a longer name's head is: before "of" in English, the first noun in Slavic and Romance languages."""
    links = words_of("LINKS", lang)
    if lang in ("ru", "uk") and not form.words[-1].isascii():
        for i, word in enumerate(form.words):
            if readings(word, lang)[0].pos == "noun":
                return i
        return 0
    stop = next((i for i, word in enumerate(form.words) if i and word.casefold() in links), len(form.words))
    if lang in ("en", "de", "nl", "sv", "da", "no") or form.words[-1].isascii():
        return stop - 1
    return 0


def _shortens(short: Form, long: Form, lang: str) -> str:
    """Why one name can be a shortened form of the other; "" where it can't."""
    small = words_of("LINKS", lang) | words_of("ARTICLES", lang)
    a = tuple(word for word in short.key if word not in small)
    b = tuple(word for word in long.key if word not in small)
    if not a or (
        len(a) == len(b) > 1
        and sorted(a) == sorted(b)
        and (len(short.key), short.key) < (len(long.key), long.key)
    ):
        return "the same words in another order" if a and not person_like(long, lang) else ""
    if len(a) >= len(b) or not _within(a, b):
        return ""
    contiguous_end, contiguous_start = b[-len(a) :] == a, b[: len(a)] == a
    if person_like(long, lang) and not short.article and not short.quoted:
        if len(a) > 1:
            return "part of the full name" if a[-1] == b[-1] else ""
        if contiguous_end:
            return "surname"
        if contiguous_start and not any(w.isascii() != long.words[0].isascii() for w in long.words):
            return "first name"
        return ""
    position = head_position(long, lang)
    head = long.key[position]
    named = [word for word in b if word not in _STATES and word not in words_of("LINKS", lang)]
    if (
        named == list(a)
        and len(b) > len(a)
        and any(w in _STATES or _state(w) for w in b)
        and not is_common(short.words[0], lang)
    ):
        return "the same place without its sort"
    institutional = heads(long.words[position], lang)
    if all(is_acronym(word) for word in long.words):
        return ""
    if head in a and (institutional or is_acronym(long.words[position])):
        if len(a) == 1 and not institutional and b.index(head) and lang == "en":
            return ""
        rest = [long.words[i] for i, word in enumerate(b) if word not in a]
        if rest and len(a) == 1 and not institutional and not _country(rest, lang):
            return ""
        return "shortened, with its head"
    led = (
        is_acronym(long.words[0])
        or is_common(long.words[0], lang)
        or proper(long.words[0], lang)[0] == "place"
    )
    if led or any(heads(word, lang) for word in long.words) or position != len(long.key) - 1:
        return ""
    if contiguous_end and not short.code and short.sure and (not short.article or long.quoted):
        return (
            "the end of the longer name" if all(w[0].isupper() for w in long.words if w[0].isalpha()) else ""
        )
    return ""


def _state(word: str) -> bool:
    return word.rstrip("s") in _STATES


def _country(rest: Sequence[str], lang: str) -> bool:
    return len(rest) == 1 and (
        proper(rest[0], lang)[0] == "place" or is_people(rest[0].casefold(), lang) or is_acronym(rest[0])
    )


def _within(short: Key, long: Key) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


@dataclass(slots=True)
class Grouped:
    """Keys of one concept: the head first; why each other one belongs to it; what is only linked to it."""

    head: Key
    members: dict[Key, Relation | None]
    linked: list[Relation]


def group(forms: Mapping[Key, Form], relations: Sequence[Relation]) -> list[Grouped]:
    """The finest partition of the keys in which every unambiguous proposal joins its two names.

    A name that is short for two concepts is ambiguous. Proposals that join names of the same concept by another way
    do not count as different; the strongest sorts are looked at first.
    """
    parent = {key: key for key in forms}

    def root(key: Key) -> Key:
        while parent[key] != key:
            key = parent[key]
        return key

    used: dict[Key, Relation] = {}
    linked: list[Relation] = []
    for sorts in (("alias",), ("acronym",), ("short form",)):
        by_short: dict[Key, list[Relation]] = defaultdict(list)
        for relation in relations:
            if relation.sort in sorts:
                by_short[relation.short].append(relation)
        for short in sorted(by_short, key=lambda key: (-len(key), key)):
            targets = {root(relation.long) for relation in by_short[short]} - {root(short)}
            if len(targets) == 1:
                best = max(by_short[short], key=lambda r: (len(r.long), forms[r.long].count, r.long))
                used[short] = best
                parent[root(short)] = next(iter(targets))
            elif targets:
                linked.extend(by_short[short])
    clusters: dict[Key, list[Key]] = defaultdict(list)
    for key in forms:
        clusters[root(key)].append(key)
    out = []
    for keys in clusters.values():
        head = _headword(keys, forms, used)
        members = {key: used.get(key) for key in sorted(keys, key=lambda k: (k != head, -forms[k].count, k))}
        out.append(Grouped(head, members, [r for r in linked if r.short in members]))
    return sorted(out, key=lambda g: min(forms[key].first for key in g.members))


def _headword(keys: Sequence[Key], forms: Mapping[Key, Form], used: Mapping[Key, Relation]) -> Key:
    full = [key for key in keys if key not in used or used[key].sort == "alias"] or list(keys)
    plain = [key for key in full if not is_acronym(forms[key].words[0])] or full
    return max(plain, key=lambda key: (forms[key].count, len(key), key))
