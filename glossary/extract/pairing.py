"""Which words of the translation render a name, mention by mention, inside the beads.

Four kinds of evidence: names that keep turning up in the same beads (Dice over beads, counted after a first round),
words that sound alike in any two alphabets (``spelling.py``), vectors of the embedding model that are each other's
nearest (Jalili Sabet et al. 2020, "SimAlign": mutual arg-max), and the place in the sentence. A name is first looked
for among the names of the other side, then among all its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from align.spans import unit
from align.text.function_words import WORDS
from glossary.extract.aliases import Aliases
from glossary.extract.cues import words_of
from glossary.extract.morphology import fold, is_common, lemma
from glossary.extract.spelling import likeness, phrase_likeness, rough
from glossary.extract.vectors import Vectors
from glossary.extract.words import Word, is_acronym, is_capital, without_genitive

GOOD = 0.42  # score from which a pair of names counts
FOUND = 0.5  # likeness from which a word of the other side renders a word of the name


class Side(NamedTuple):
    """A mention on one side of a bead: its concept's number, its span, its words, where it stands (0 to 1)."""

    concept: int
    start: int
    end: int
    words: tuple[str, ...]
    place: float
    nested: bool = False


class Pair(NamedTuple):
    """``source`` (index in the bead's mentions) is rendered by ``start``–``end`` of the other text; score 0 to 1.

    ``target`` is the index of the other side's mention, -1 where the span is no name there.
    """

    source: int
    target: int
    start: int
    end: int
    score: float


@dataclass(slots=True)
class Memory:
    """What has been seen so far: likeness of two names, and how often two concepts render each other."""

    source_lang: str
    target_lang: str
    aliases: Aliases
    vectors: Vectors | None
    together: Counter[tuple[int, int]] = field(default_factory=Counter)
    source: Counter[int] = field(default_factory=Counter)
    target: Counter[int] = field(default_factory=Counter)
    company: Counter[tuple[int, int]] = field(default_factory=Counter)
    best: dict[int, int] = field(default_factory=dict)
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = field(default_factory=dict)

    def likeness(self, a: tuple[str, ...], b: tuple[str, ...]) -> float:
        """How much two names look like translations of each other, 0 to 1, whatever the texts say."""
        key = (a, b)
        found = self.known.get(key)
        if found is None:
            if len(self.known) > 300_000:
                self.known.clear()
            found = self.known[key] = self._likeness(a, b)
        return found

    def _likeness(self, a: tuple[str, ...], b: tuple[str, ...]) -> float:
        first = self.aliases.group_of(a, self.source_lang)
        if first is not None and first == self.aliases.group_of(b, self.target_lang):
            return 1.0
        if tuple(map(fold, a)) == tuple(map(fold, b)):
            return 1.0
        sound = phrase_likeness(_spoken(a, self.source_lang), _spoken(b, self.target_lang))
        meaning = 0.0
        if self.vectors is not None:
            meaning = float(self.vectors.of(a) @ self.vectors.of(b))
        both = len(a) == len(b) == 1 and is_acronym(a[0]) and is_acronym(b[0])
        if both and sound < 1:
            sound = 0.5 * sound + 0.3
        elif sound < 0.5:
            sound *= 0.5
        best, other = max(sound, min(1.0, 1.3 * meaning)), min(sound, max(0.0, meaning))
        return min(1.0, best + 0.25 * other)

    def turned(self) -> Memory:
        """The same knowledge of words for the other direction, without counts."""
        return Memory(self.target_lang, self.source_lang, self.aliases, self.vectors)

    def common(self, word: str) -> bool:
        """Whether a word of the source is an ordinary one in spite of its capital."""
        return not is_acronym(word) and is_common(word, self.source_lang)

    def dice(self, a: int, b: int) -> float:
        """Share of the mentions of two concepts that render each other, one counted off for chance; 0 to 1."""
        joint = self.together[a, b]
        return 2 * (joint - 0.5) / (self.source[a] + self.target[b]) if joint > 1 else 0.0

    def closest(self, a: int, b: int) -> float:
        """Dice over beads of two concepts that keep each other company more than any other, else 0."""
        return 0.75 * self._share(a, b) if self.best.get(a) == b else 0.0

    def _share(self, a: int, b: int) -> float:
        return 2 * (self.company[a, b] - 0.5) / (self.source[a] + self.target[b])

    def settle(self) -> None:
        """For every source concept the target concept whose best company it is too."""
        mine: dict[int, tuple[float, int]] = {}
        theirs: dict[int, tuple[float, int]] = {}
        for (a, b), joint in sorted(self.company.items()):
            if joint > 1:
                share = self._share(a, b)
                mine[a] = max(mine.get(a, (0.0, 0)), (share, -b))
                theirs[b] = max(theirs.get(b, (0.0, 0)), (share, -a))
        self.best = {a: -b for a, (_, b) in mine.items() if -theirs[-b][1] == a}


def _spoken(words_: tuple[str, ...], lang: str) -> tuple[str, ...]:
    small = words_of("LINKS", lang) | words_of("ARTICLES", lang)
    found = tuple(
        lemma(word, lang) if not is_acronym(word) else word for word in words_ if fold(word) not in small
    )
    return found or words_


def pair_names(source: Sequence[Side], target: Sequence[Side], memory: Memory) -> list[Pair]:
    """The best pairs of mentions of one bead, each mention in one pair at most; order of ``source``.

    Greedy by score: likeness, what the texts say so far, nearness of place, one level of nesting.
    """
    scored: list[tuple[float, float, int, int]] = []
    ranks, others = _ranks(source), _ranks(target)
    for i, a in enumerate(source):
        for j, b in enumerate(target):
            like = memory.likeness(a.words, b.words)
            kept = max(memory.dice(a.concept, b.concept), memory.closest(a.concept, b.concept))
            base = max(like, kept) + 0.15 * min(like, kept)
            near = 1 - abs(a.place - b.place)
            if ranks[i][1] == others[j][1] > 1:
                near = 1 - abs(ranks[i][0] - others[j][0]) / ranks[i][1]
            score = 0.85 * base + 0.15 * near - 0.05 * (a.nested != b.nested)
            if score >= GOOD and base >= 0.3:
                scored.append((score, near, i, j))
    scored.sort(key=lambda row: (-round(row[0], 3), -row[1], row[2], row[3]))
    used: set[int] = set()
    taken: set[int] = set()
    pairs: list[Pair] = []
    for score, _, i, j in scored:
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append(Pair(i, j, target[j].start, target[j].end, min(1.0, score)))
    return sorted(pairs)


def _ranks(sides: Sequence[Side]) -> list[tuple[int, int]]:
    """For each mention its rank among those of its concept in the bead, and how many those are."""
    count = Counter(side.concept for side in sides)
    seen: Counter[int] = Counter()
    found = []
    for side in sides:
        found.append((seen[side.concept], count[side.concept]))
        seen[side.concept] += 1
    return found


def remember(pairs: Sequence[Pair], source: Sequence[Side], target: Sequence[Side], memory: Memory) -> None:
    """Count the concepts of a bead and those that were paired."""
    memory.source.update(side.concept for side in source)
    memory.target.update(side.concept for side in target)
    if len(source) * len(target) < 400:
        ours, theirs = Counter(s.concept for s in source), Counter(t.concept for t in target)
        memory.company.update({(a, b): min(n, m) for a, n in ours.items() for b, m in theirs.items()})
    memory.together.update(
        (source[p.source].concept, target[p.target].concept) for p in pairs if p.target >= 0
    )


# Among all words


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one side of a bead."""

    words: Sequence[Word]
    lang: str

    def plain(self) -> list[str]:
        """The words without genitive 's."""
        return [without_genitive(word.text, self.lang) for word in self.words]


def find_span(
    name: Side, source: Line, target: Line, blocked: Sequence[tuple[int, int]], memory: Memory
) -> tuple[int, int, float] | None:
    """The span of the target's words that render the name, with its score; None where no words do.

    ``blocked`` are spans that render other names already. Every word of the name takes its best counterpart, by
    sound or by vectors that are each other's nearest in the bead; the span is what they cover.
    """
    if not target.words or len(target.words) > 400:
        return None
    inside = [i for i, word in enumerate(source.words) if name.start <= word.start < name.end]
    if not inside:
        return None
    plain, other = source.plain(), target.plain()
    table = _table(plain, other, inside, memory)
    small = (
        set(WORDS.get(target.lang, "").split())
        | words_of("ARTICLES", target.lang)
        | words_of("LINKS", target.lang)
    )
    for j, word in enumerate(target.words):
        if (fold(other[j]) in small and not is_acronym(other[j])) or any(
            a < word.end and word.start < b for a, b in blocked
        ):
            table[:, j] = 0.0
    lasting = words_of("LINKS", source.lang) | words_of("ARTICLES", source.lang)
    chosen: list[int] = []
    weight = total = 0.0
    for row, i in enumerate(inside):
        if fold(plain[i]) in lasting:
            continue
        total += len(plain[i])
        place = i / max(1, len(plain) - 1)
        near = 1 - np.abs(np.arange(len(other)) / max(1, len(other) - 1) - place)
        scores = table[row] + 0.1 * near * (table[row] > 0)
        j = int(scores.argmax())
        named = is_capital(plain[i]) and other[j].islower() and not memory.common(plain[i])
        if table[row, j] >= FOUND + 0.25 * named:
            chosen.append(j)
            weight += len(plain[i]) * min(1.0, float(table[row, j]))
    if not chosen or weight < 0.3 * total:
        return None
    first, last = _densest(chosen, len(inside) + 3)
    span = (target.words[first].start, target.words[last].start + len(other[last]))
    if any(a < span[1] and span[0] < b for a, b in blocked):
        return None
    return (*span, min(0.9, weight / total))


def _densest(chosen: Sequence[int], most: int) -> tuple[int, int]:
    """The first and last position of the chosen words that lie close together; those far off are chance."""
    ordered = sorted(set(chosen))
    best = (ordered[0], ordered[0], 1)
    for a, first in enumerate(ordered):
        for last in ordered[a:]:
            inside = sum(first <= j <= last for j in ordered)
            if last - first < most and (inside, first - last) > (best[2], best[0] - best[1]):
                best = (first, last, inside)
    return best[0], best[1]


def _table(
    plain: Sequence[str], other: Sequence[str], inside: Sequence[int], memory: Memory
) -> NDArray[np.float32]:
    """Likeness of the name's words to all words of the other side: float32 (len(inside), len(other)), 0 to 1."""
    table = np.zeros((len(inside), len(other)), dtype=np.float32)
    if memory.vectors is not None:
        ours, theirs = unit(memory.vectors.rows(plain)), unit(memory.vectors.rows(other))
        every = ours @ theirs.T
        mutual = every >= every.max(axis=0, keepdims=True) - 1e-6
        own = every[inside]
        table = np.where(
            mutual[inside] & (own > 0.25), np.minimum(1.0, 0.35 + own), np.where(own > 0.5, own, 0.0)
        ).astype(np.float32)
    for row, i in enumerate(inside):
        spoken = lemma(plain[i], memory.source_lang)
        for j, word in enumerate(other):
            if fold(word) == fold(plain[i]):
                table[row, j] = 1.0
            elif len(word) > 2 and len(spoken) > 2 and rough(word)[:1] == rough(spoken)[:1]:
                sound = likeness(spoken, lemma(word, memory.target_lang))
                if sound > 0.7:
                    table[row, j] = max(table[row, j], sound)
    return table


def grouped_renderings(found: Mapping[str, int], lang: str) -> dict[str, str]:
    """Rendering → what it is shown under: inflection, articles, case and plural are no variants, spelling is.

    Among forms of one lemma the commonest stands for all, without capitals only where all are.
    """
    of: dict[tuple[str, ...], list[str]] = {}
    articles = words_of("ARTICLES", lang)
    for text in sorted(found):
        bare = text.split()
        while len(bare) > 1 and fold(bare[0]) in articles:
            bare = bare[1:]
        key = tuple(lemma(without_genitive(word, lang), lang) for word in bare)
        of.setdefault(key, []).append(text)
    out: dict[str, str] = {}
    for forms in of.values():
        best = max(forms, key=lambda form: (found[form], is_capital(form), -len(form), form))
        out.update(dict.fromkeys(forms, best))
    return out
