"""From texts, aligned or alone, to candidates: names with all their forms, and what they became in translation.

``extract`` reads every document once for how words are written, once for names, and then goes through the beads of
each alignment twice: once to see which names keep company, once to decide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from align.model import Alignment, Document
from glossary.aliases import Aliases, packaged
from glossary.evidence import Evidence, gather
from glossary.kinds import kind_of
from glossary.mentions import Found, Mention, read_mentions
from glossary.model import Candidate, Kind, Link, Occurrence, Part, Rendering, Term
from glossary.morphology import lemma
from glossary.naming import base_form
from glossary.pairing import Line, Memory, Pair, Side, find_span, grouped_renderings, pair_names, remember
from glossary.phrases import recurring_phrases
from glossary.variants import Form, Key, Relation
from glossary.vectors import Vectors
from glossary.words import UNCASED, Word, words

if TYPE_CHECKING:
    from align.embed import Embedder

Span = tuple[int, int]
Progress = Callable[[int, int], None]
NAMED: tuple[Kind, ...] = ("organisation", "person", "place", "programme")


class _Row(NamedTuple):
    """One mention in one bead: what renders it (None: nothing), how surely."""

    bead: int
    source: Occurrence
    target: Occurrence | None
    score: float


@dataclass(slots=True)
class _Concept:
    """A proposed concept over all documents of a language."""

    number: int
    lang: str
    head: Key
    forms: dict[Key, Form] = field(default_factory=dict)
    relations: dict[Key, Relation] = field(default_factory=dict)
    linked: set[tuple[Key, Key, str]] = field(default_factory=set)
    votes: Counter[Kind] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    mentions: list[tuple[int, Mention]] = field(default_factory=list)
    sure: bool = False
    renderings: dict[str, list[_Row]] = field(default_factory=dict)
    bridged: bool = False


@dataclass(slots=True)
class _Text:
    """A document with its mentions: (concept, mention) by segment."""

    document: Document
    by_segment: dict[int, list[tuple[int, Mention]]] = field(default_factory=dict)


def extract(
    documents: Sequence[Document] = (),
    alignments: Sequence[Alignment] = (),
    embedder: Embedder | None = None,
    *,
    aliases: Aliases | None = None,
    ignore: Mapping[str, Sequence[Span]] | None = None,
    least: int = 2,
    phrases: bool = True,
    progress: Progress | None = None,
) -> list[Candidate]:
    """Candidates of all documents and both sides of all alignments, best first; the same for the same input.

    ``ignore`` gives spans by document name that are read as if they were not there (legal marks). ``least`` is the
    number of mentions from which a name is a candidate. Without ``embedder`` renderings are found by sound, company
    and place alone. ``progress`` is called with (steps done, steps).
    """
    texts = _texts(documents, alignments)
    known = aliases or packaged()
    steps = 2 * len(texts) + 2 * len(alignments)
    tick = _ticker(progress, steps)
    evidence = _evidence(texts, ignore or {}, tick)
    concepts: list[_Concept] = []
    index: dict[tuple[str, Key], int] = {}
    read: dict[str, _Text] = {}
    for number, document in enumerate(texts):
        units = [(s.start, s.end) for s in document.segments]
        spans = sorted((ignore or {}).get(document.name, ()))
        found = read_mentions(document.text, units, document.lang, evidence[document.lang], known, spans)
        read[_identity(document)] = _take(document, number, found, concepts, index)
        tick()
    by_lang = _pair_all(alignments, read, concepts, known, embedder, tick)
    del by_lang
    names = [
        c for concept in concepts if (c := _candidate(concept, concepts, texts, known, least)) is not None
    ]
    if phrases:
        names += recurring_phrases(texts, names, least=max(least, 2 + len(texts) // 50))
    return sorted(names, key=lambda c: (-c.score, c.term.lang, c.key))


def _identity(document: Document) -> str:
    return f"{document.lang}\n{document.name}\n{document.sha256}"


def _texts(documents: Sequence[Document], alignments: Sequence[Alignment]) -> list[Document]:
    """All documents, each once, in order."""
    found: dict[str, Document] = {}
    for document in (*documents, *(side for a in alignments for side in (a.source, a.target))):
        found.setdefault(_identity(document), document)
    return list(found.values())


def _ticker(progress: Progress | None, steps: int) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, steps)

    return tick


def _evidence(
    texts: Sequence[Document], ignore: Mapping[str, Sequence[Span]], tick: Callable[[], None]
) -> dict[str, Evidence]:
    def segments(lang: str) -> Iterable[str]:
        for document in texts:
            if document.lang == lang:
                yield from document.texts()
                tick()

    return {lang: gather(segments(lang), lang) for lang in sorted({d.lang for d in texts})}


def _take(
    document: Document,
    number: int,
    found: Sequence[Found],
    concepts: list[_Concept],
    index: dict[tuple[str, Key], int],
) -> _Text:
    """Adds one document's names to the concepts of all, by the head's lemma."""
    text = _Text(document)
    starts = [segment.start for segment in document.segments]
    for one in found:
        key = (document.lang, one.grouped.head)
        if key not in index:
            index[key] = len(concepts)
            concepts.append(_Concept(len(concepts), document.lang, one.grouped.head))
        concept = concepts[index[key]]
        concept.kinds[one.kind] += len(one.mentions)
        concept.votes.update(one.votes)
        concept.sure |= one.sure
        for form_key, form in one.forms.items():
            mine = concept.forms.get(form_key)
            if mine is None:
                concept.forms[form_key] = form
            else:
                mine.count += form.count
                mine.sure += form.sure
                mine.quoted += form.quoted
                mine.roles += form.roles
                mine.surfaces.update(form.surfaces)
                mine.spellings.update(form.spellings)
                mine.before.update(form.before)
                mine.after.update(form.after)
        for form_key, relation in one.grouped.members.items():
            if relation is not None:
                concept.relations.setdefault(form_key, relation)
        concept.linked.update((r.short, r.long, r.reason) for r in one.grouped.linked)
        for mention in one.mentions:
            concept.mentions.append((number, mention))
            segment = max(0, bisect_right(starts, mention.start) - 1)
            text.by_segment.setdefault(segment, []).append((concept.number, mention))
    for rows in text.by_segment.values():
        rows.sort(key=lambda row: (row[1].start, -row[1].end))
    return text


# Renderings


def _pair_all(
    alignments: Sequence[Alignment],
    read: Mapping[str, _Text],
    concepts: list[_Concept],
    aliases: Aliases,
    embedder: Embedder | None,
    tick: Callable[[], None],
) -> dict[tuple[str, str], Memory]:
    vectors = Vectors(embedder) if embedder is not None else None
    memories: dict[tuple[str, str], Memory] = {}
    for alignment in alignments:
        langs = (alignment.source.lang, alignment.target.lang)
        memory = memories.setdefault(langs, Memory(*langs, aliases, vectors))
        for _, source, target in _beads(alignment, read, memory):
            if source or target:
                remember(
                    pair_names(source, target, memory) if source and target else [], source, target, memory
                )
        tick()
    for memory in memories.values():
        memory.settle()
    for alignment in alignments:
        memory = memories[alignment.source.lang, alignment.target.lang]
        for number, source, target in _beads(alignment, read, memory):
            if source or target:
                _render(alignment, number, source, target, memory, concepts)
        tick()
    return memories


def _beads(
    alignment: Alignment, read: Mapping[str, _Text], memory: Memory
) -> Iterable[tuple[int, list[Side], list[Side]]]:
    source, target = read[_identity(alignment.source)], read[_identity(alignment.target)]
    if memory.vectors is not None:
        memory.vectors.prepare(_name_words(source) | _name_words(target))
    for number, bead in enumerate(alignment.beads):
        if bead.source and bead.target:
            yield number, _sides(source, bead.source), _sides(target, bead.target)


def _name_words(text: _Text) -> set[str]:
    return {
        word
        for rows in text.by_segment.values()
        for _, mention in rows
        for word in _own_words(text.document, mention)
    }


def _own_words(document: Document, mention: Mention) -> tuple[str, ...]:
    surface = document.text[mention.start : mention.end]
    return tuple(word.text for word in words(surface, document.lang)) or (surface,)


def _sides(text: _Text, segments: Sequence[int]) -> list[Side]:
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
    source: Sequence[Side],
    target: Sequence[Side],
    memory: Memory,
    concepts: Sequence[_Concept],
) -> None:
    """Both directions of one bead: pairs of names, then what is left among all words of the other side."""
    bead = alignment.beads[number]
    pairs = pair_names(source, target, memory) if source and target else []
    back = [Pair(p.target, p.source, source[p.source].start, source[p.source].end, p.score) for p in pairs]
    lines: list[Line] = []
    for mine, others, found, here, there, flip in (
        (source, target, pairs, alignment.source, alignment.target, False),
        (target, source, back, alignment.target, alignment.source, True),
    ):
        done = {p.source: p for p in found}
        blocked = [(p.start, p.end) for p in found]
        segments = bead.source if flip else bead.target
        for i, side in enumerate(mine):
            pair = done.get(i)
            if pair is None:
                if not lines:
                    lines = [
                        Line(_words_of(alignment.source, bead.source), alignment.source.lang),
                        Line(_words_of(alignment.target, bead.target), alignment.target.lang),
                    ]
                pair = _found_among_words(side, i, mine, lines, flip, blocked, done, memory)
                if pair is not None:
                    done[i] = pair
                    blocked.append((pair.start, pair.end))
            rows = concepts[side.concept].renderings.setdefault(there.lang, [])
            own = _occurrence(here, bead.target if flip else bead.source, side.start, side.end)
            if pair is None:
                rows.append(_Row(number, own, None, 0.0))
                continue
            if pair.target >= 0:
                concepts[side.concept].bridged |= concepts[others[pair.target].concept].sure
                _share_kind(concepts[side.concept], concepts[others[pair.target].concept])
            rows.append(_Row(number, own, _occurrence(there, segments, pair.start, pair.end), pair.score))


def _share_kind(mine: _Concept, other: _Concept) -> None:
    """What dictionaries say of a name in one language, they say of its counterpart."""
    for kind in NAMED:
        if other.kinds[kind]:
            mine.votes[f"other {kind}"] += 1  # type: ignore[index]


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
    view = Memory(memory.target_lang, memory.source_lang, memory.aliases, memory.vectors) if flip else memory
    span = find_span(side, here, there, free, view)
    return None if span is None else Pair(i, -1, span[0], span[1], 0.9 * span[2])


def _within(inner: Side, outer: Side) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _occurrence(document: Document, segments: Sequence[int], start: int, end: int) -> Occurrence:
    held = (n for n in segments if document.segments[n].start <= start < document.segments[n].end)
    return Occurrence(document.name, next(held, segments[0]), start, end, document.text[start:end])


# Candidates


def _candidate(
    concept: _Concept, concepts: Sequence[_Concept], texts: Sequence[Document], aliases: Aliases, least: int
) -> Candidate | None:
    mentions = sorted(set(concept.mentions))
    if len(mentions) < least or not concept.forms:
        return None
    kind = _kind(concept)
    if not concept.sure and not concept.bridged:
        kind = "other"
    lang, head = concept.lang, concept.forms[concept.head]
    occurrences = []
    for number, mention in mentions:
        document = texts[number]
        segment = max(0, bisect_right([s.start for s in document.segments], mention.start) - 1)
        text = document.text[mention.start : mention.end]
        occurrences.append(Occurrence(document.name, segment, mention.start, mention.end, text))
    variants = Counter(at.text for at in occurrences)
    name = base_form(head, lang)
    key = f"{lang}:{kind}:{' '.join(concept.head)}"
    term = Term(
        name,
        lang,
        " ".join(lemma(word, lang) for word in head.words),
        variants=dict(variants.most_common()),
        case="as written" if name.isupper() else "any",
    )
    renderings = tuple(
        r for other in sorted(concept.renderings) for r in _renderings(concept.renderings[other], other)
    )
    sureness = 1.0 if concept.sure else 0.4
    documents = len({number for number, _ in mentions})
    score = min(1.0, sureness * (0.5 + 0.1 * min(4, len(mentions) / 5) + 0.02 * min(5, documents)))
    return Candidate(
        key,
        term,
        kind,
        len(mentions),
        round(score, 4),
        tuple(occurrences),
        renderings,
        _links(concept, concepts, kind),
        _reason(concept),
        _parts(concept, mentions, texts),
    )


def _kind(concept: _Concept) -> Kind:
    own = Counter({kind: concept.kinds[kind] for kind in NAMED})
    there = Counter({kind: concept.votes[f"other {kind}"] for kind in NAMED})  # type: ignore[index]
    first, _ = kind_of(concept.forms.values())
    if sum(there.values()) and not _firm(concept):
        own = there
    best = max(NAMED, key=lambda kind: (own[kind], kind == first))
    return best if own[best] else "other"


def _firm(concept: _Concept) -> bool:
    """Whether the concept's own language says clearly what it is."""
    strong = sorted((concept.votes[kind] for kind in NAMED), reverse=True)
    return strong[0] > 8 and strong[0] > 2 * strong[1]


def _links(concept: _Concept, concepts: Sequence[_Concept], kind: Kind) -> tuple[Link, ...]:
    by_head = {c.head: c for c in concepts if c.lang == concept.lang} if concept.linked else {}
    found = {}
    for _, long, reason in sorted(concept.linked):
        other = by_head.get(long)
        if other is not None and other is not concept:
            target = f"{other.lang}:{_kind(other)}:{' '.join(other.head)}"
            found[target] = Link("short form of", target, f"could be: {reason}")
    return tuple(found.values())


def _reason(concept: _Concept) -> str:
    parts = []
    for key, relation in sorted(concept.relations.items(), key=lambda item: (item[1].sort, item[0])):
        form = concept.forms.get(key)
        if form is not None:
            shown = max(form.surfaces, key=lambda s: (form.surfaces[s], s), default=" ".join(form.words))
            parts.append(f"{relation.sort} {shown}: {relation.reason}")
    for form in concept.forms.values():
        spelt = {tuple(lemma(w, concept.lang) for w in words_) for words_ in form.spellings}
        if len(spelt) > 1:
            shown = sorted({" ".join(words_) for words_ in form.spellings})
            parts.append(f"spelling {', '.join(shown[:4])}: sounds alike")
    return "; ".join(parts)


def _parts(
    concept: _Concept, mentions: Sequence[tuple[int, Mention]], texts: Sequence[Document]
) -> tuple[Part, ...]:
    """The names joined in a candidate, its head first; none where it has one name in one spelling."""
    by_name: dict[tuple[Key, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
    for number, mention in mentions:
        surface = texts[number].text[mention.start : mention.end]
        spelt = tuple(lemma(word, concept.lang) for word in surface.split())
        by_name[mention.key, spelt if len(concept.forms[mention.key].spellings) > 1 else ()][surface] += 1
    found = []
    for (key, spelt), surfaces in by_name.items():
        relation = concept.relations.get(key)
        shown = surfaces.most_common(1)[0][0]
        sort, reason = (relation.sort, relation.reason) if relation else ("", "")
        found.append(Part(shown, " ".join(spelt or key), sort, reason, dict(surfaces.most_common())))
    found.sort(key=lambda part: (part.relation != "", -sum(part.variants.values()), part.text))
    return tuple(found) if len(found) > 1 else ()


def _renderings(rows: Sequence[_Row], lang: str) -> list[Rendering]:
    """What the mentions became, grouped, the commonest first; an empty one for those that were left out."""
    texts = Counter(row.target.text for row in rows if row.target is not None)
    shown = grouped_renderings(texts, lang)
    groups: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[shown[row.target.text] if row.target is not None else ""].append(row)
    found = []
    for text, members in groups.items():
        mean = sum(row.score for row in members) / len(members)
        targets = [row.target for row in members if row.target is not None]
        share = len(members) / len(rows)
        found.append(
            Rendering(
                text,
                lang,
                len(members),
                round(min(1.0, 0.8 * mean + 0.2 * share), 4) if text else 0.0,
                tuple(row.bead for row in members),
                tuple(targets),
                dict(Counter(at.text for at in targets).most_common()),
                tuple(row.source for row in members),
            )
        )
    return sorted(found, key=lambda r: (not r.text, -r.count, r.text))


__all__ = ["NAMED", "UNCASED", "extract"]
