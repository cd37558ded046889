"""What the names became in translation: through all beads of all alignments, twice.

The first time only to see which names keep company, the second time to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from align.model import Alignment, Document
from glossary.extract.aliases import Aliases
from glossary.extract.collected import Collected, Collection, Row, Text, identity
from glossary.extract.found import Mention
from glossary.extract.pairing import Line, Memory, Pair, Side, find_span, pair_names, remember
from glossary.extract.projection import places, project
from glossary.extract.vectors import Vectors
from glossary.extract.words import UNCASED, UNSPACED, Word, words
from glossary.model import Occurrence

if TYPE_CHECKING:
    from align.embed import Embedder

Span = tuple[int, int]


def render_all(
    alignments: Sequence[Alignment],
    collection: Collection,
    aliases: Aliases,
    embedder: Embedder | None,
    tick: Callable[[], None],
) -> None:
    """Adds to every concept what its mentions became in each bead; ``tick`` is called twice for each alignment."""
    vectors = Vectors(embedder) if embedder is not None else None
    memories: dict[tuple[str, str], Memory] = {}
    for alignment in alignments:
        langs = (alignment.source.lang, alignment.target.lang)
        memory = memories.setdefault(langs, Memory(*langs, aliases, vectors))
        for _, source, target in _beads(alignment, collection, memory):
            if source or target:
                pairs = pair_names(source, target, memory) if source and target else []
                remember(pairs, source, target, memory)
        tick()
    for memory in memories.values():
        memory.settle()
    strings = _projections(alignments, collection, memories)
    for alignment in alignments:
        memory = memories[alignment.source.lang, alignment.target.lang]
        for number, source, target in _beads(alignment, collection, memory):
            if source or target:
                _render(alignment, number, (source, target), memory, collection.concepts, strings)
        tick()


Strings = Mapping[tuple[str, int], str]


def _projections(
    alignments: Sequence[Alignment], collection: Collection, memories: Mapping[tuple[str, str], Memory]
) -> Strings:
    """(Language without capitals, concept) → the string that renders it."""
    found: dict[tuple[str, int], str] = {}
    pairs = {(a.source.lang, a.target.lang) for a in alignments}
    for langs in sorted(pairs):
        for side, lang in enumerate(langs):
            if lang not in UNCASED:
                continue
            texts: list[str] = []
            members: dict[int, list[int]] = {}
            for alignment in alignments:
                if (alignment.source.lang, alignment.target.lang) == langs:
                    _gather(alignment, collection, side, texts, members)
            memory = memories[langs] if side else memories[langs].turned()
            names = {number: collection.concepts[number].forms for number in members}
            words_ = {
                number: min(forms.values(), key=lambda f: (-f.count, f.key)).words
                for number, forms in names.items()
            }
            written = {number: " ".join(own) for number, own in words_.items()}

            def like(
                number: int, string: str, memory: Memory = memory, own: Mapping[int, tuple[str, ...]] = words_
            ) -> float:
                return memory.likeness(own[number], tuple(string.split()))

            found.update({(lang, n): s for n, s in project(texts, lang, members, like, written).items()})
    return found


def _gather(
    alignment: Alignment, collection: Collection, side: int, texts: list[str], members: dict[int, list[int]]
) -> None:
    mute = (alignment.source, alignment.target)[side]
    named = collection.texts[identity((alignment.target, alignment.source)[side])]
    for bead in alignment.beads:
        own, others = (bead.source, bead.target) if side == 0 else (bead.target, bead.source)
        if own and others:
            for concept in {c for number in others for c, _ in named.by_segment.get(number, ())}:
                members.setdefault(concept, []).append(len(texts))
            texts.append(" ".join(mute.segment_text(number) for number in own))


def _beads(
    alignment: Alignment, collection: Collection, memory: Memory
) -> Iterable[tuple[int, list[Side], list[Side]]]:
    source, target = (
        collection.texts[identity(alignment.source)],
        collection.texts[identity(alignment.target)],
    )
    if memory.vectors is not None:
        memory.vectors.prepare(_name_words(source) | _name_words(target))
    for number, bead in enumerate(alignment.beads):
        if bead.source and bead.target:
            yield number, _sides(source, bead.source), _sides(target, bead.target)


def _name_words(text: Text) -> set[str]:
    return {
        word
        for rows in text.by_segment.values()
        for _, mention in rows
        for word in _own_words(text.document, mention)
    }


def _own_words(document: Document, mention: Mention) -> tuple[str, ...]:
    surface = document.text[mention.start : mention.end]
    return tuple(word.text for word in words(surface, document.lang)) or (surface,)


def _sides(text: Text, segments: Sequence[int]) -> list[Side]:
    document = text.document
    length = sum(document.segments[s].end - document.segments[s].start for s in segments) or 1
    found: list[Side] = []
    before = 0
    for number in segments:
        segment = document.segments[number]
        for concept, mention in text.by_segment.get(number, ()):
            place = (before + mention.start - segment.start) / length
            found.append(
                Side(
                    concept, mention.start, mention.end, _own_words(document, mention), place, mention.nested
                )
            )
        before += segment.end - segment.start
    return found


def _words_of(document: Document, segments: Sequence[int]) -> list[Word]:
    return [
        word
        for number in segments
        for word in words(
            document.text, document.lang, document.segments[number].start, document.segments[number].end
        )
    ]


def _render(
    alignment: Alignment,
    number: int,
    sides: tuple[Sequence[Side], Sequence[Side]],
    memory: Memory,
    concepts: Sequence[Collected],
    strings: Strings,
) -> None:
    """Both directions of one bead: pairs of names, then what is left among all words of the other side."""
    source, target = sides
    bead = alignment.beads[number]
    pairs = pair_names(source, target, memory) if source and target else []
    back = [Pair(p.target, p.source, source[p.source].start, source[p.source].end, p.score) for p in pairs]
    lines: list[Line] = []
    for flip, found in ((False, pairs), (True, back)):
        mine, others = (target, source) if flip else (source, target)
        here, there = (alignment.target, alignment.source) if flip else (alignment.source, alignment.target)
        ours, theirs = (bead.target, bead.source) if flip else (bead.source, bead.target)
        done = {p.source: p for p in found}
        blocked = [(p.start, p.end) for p in found]
        for i, side in enumerate(mine):
            pair = done.get(i) or _projected(side, i, there, theirs, blocked, strings)
            if pair is None and there.lang not in UNSPACED and here.lang not in UNSPACED:
                if not lines:
                    lines = [
                        Line(_words_of(alignment.source, bead.source), alignment.source.lang),
                        Line(_words_of(alignment.target, bead.target), alignment.target.lang),
                    ]
                pair = _found_among_words(side, i, mine, lines, flip, blocked, done, memory)
            if pair is not None and i not in done:
                done[i] = pair
                blocked.append((pair.start, pair.end))
            rows = concepts[side.concept].renderings.setdefault(there.lang, [])
            own = _occurrence(here, ours, side.start, side.end)
            if pair is None:
                rows.append(Row(number, own, None, 0.0))
                continue
            if pair.target >= 0:
                _share(concepts[side.concept], concepts[others[pair.target].concept])
            rows.append(Row(number, own, _occurrence(there, theirs, pair.start, pair.end), pair.score))


def _share(mine: Collected, other: Collected) -> None:
    """What is known of a name in one language is known of its counterpart."""
    mine.bridged |= other.sure
    for kind, count in other.kinds.items():
        mine.there[kind] += count > 0


def _projected(
    side: Side, i: int, there: Document, segments: Sequence[int], blocked: Sequence[Span], strings: Strings
) -> Pair | None:
    """The first free place of the string that renders the name in a script without capitals."""
    string = strings.get((there.lang, side.concept))
    if not string:
        return None
    for number in segments:
        segment = there.segments[number]
        for a, b in places(there.text, string, there.lang, segment.start, segment.end):
            if not any(x < b and a < y for x, y in blocked):
                return Pair(i, -1, a, b, 0.8)
    return None


def _found_among_words(
    side: Side,
    i: int,
    mine: Sequence[Side],
    lines: Sequence[Line],
    flip: bool,
    blocked: Sequence[Span],
    done: Mapping[int, Pair],
    memory: Memory,
) -> Pair | None:
    here, there = (lines[1], lines[0]) if flip else (lines[0], lines[1])
    around = {
        (done[k].start, done[k].end)
        for k, other in enumerate(mine)
        if k in done and k != i and (_within(side, other) or _within(other, side))
    }
    free = [span for span in blocked if span not in around]
    view = memory.turned() if flip else memory
    span = find_span(side, here, there, free, view)
    return None if span is None else Pair(i, -1, span[0], span[1], 0.9 * span[2])


def _within(inner: Side, outer: Side) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _occurrence(document: Document, segments: Sequence[int], start: int, end: int) -> Occurrence:
    held = (n for n in segments if document.segments[n].start <= start < document.segments[n].end)
    return Occurrence(document.name, next(held, segments[0]), start, end, document.text[start:end])
