"""From what was collected to the candidates that people see."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from align.model import Document, Segment
from glossary.extract.collected import Collected, Collection, Row
from glossary.extract.found import Mention
from glossary.extract.kinds import kind_of
from glossary.extract.morphology import fold, lemma
from glossary.extract.naming import base_form, calm, sounded
from glossary.extract.pairing import grouped_renderings
from glossary.extract.variants import Form, Key
from glossary.extract.words import UNCASED
from glossary.model import Candidate, Kind, Link, Occurrence, Part, Rendering, Term

NAMED: tuple[Kind, ...] = ("organisation", "person", "place", "programme")


def candidates(collection: Collection, texts: Sequence[Document], least: int) -> list[Candidate]:
    """Candidates of all concepts with ``least`` mentions or more, those of scripts without capitals among them."""
    heads = {(c.lang, c.head): c for c in collection.concepts}
    found = (candidate(concept, heads, texts, least) for concept in collection.concepts)
    own = [one for one in found if one is not None]
    return own + projected(own, least)


def projected(own: Sequence[Candidate], least: int) -> list[Candidate]:
    """Candidates in scripts that show no names, from the renderings of names of other languages."""
    by_text: dict[tuple[str, str], list[tuple[Candidate, Rendering]]] = defaultdict(list)
    for one in own:
        for rendering in one.renderings:
            if (
                rendering.lang in UNCASED
                and rendering.text
                and rendering.count >= least
                and one.kind != "other"
            ):
                by_text[rendering.lang, rendering.text].append((one, rendering))
    taken = {(one.term.lang, form) for one in own for form in one.term.variants}
    found = []
    for (lang, text), rows in sorted(by_text.items(), key=lambda item: item[0]):
        if (lang, text) in taken:
            continue
        places = sorted(
            {at for _, r in rows for at in r.occurrences}, key=lambda at: (at.document, at.start, at.end)
        )
        if len(places) < least:
            continue
        first = max(rows, key=lambda row: (row[1].count, row[0].key))[0]
        variants = dict(Counter(at.text for at in places).most_common())
        back = tuple(
            Rendering(
                one.term.text, one.term.lang, r.count, r.confidence, r.beads, r.sources,
                dict(Counter(at.text for at in r.sources).most_common()), r.occurrences,
            )
            for one, r in rows
        )  # fmt: skip
        score = round(0.9 * first.score, 4)
        found.append(
            Candidate(
                f"{lang}:{first.kind}:{text}", Term(text, lang, text, variants=variants), first.kind, len(places),
                score, tuple(places), back, reason=f"renders {first.term.text}",
            )
        )  # fmt: skip
    return found


def candidate(
    concept: Collected, heads: Mapping[tuple[str, Key], Collected], texts: Sequence[Document], least: int
) -> Candidate | None:
    """The candidate of one concept, None where it has too few mentions."""
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
        segment = max(0, bisect_right(document.segments, mention.start, key=_begin) - 1)
        text = document.text[mention.start : mention.end]
        occurrences.append(Occurrence(document.name, segment, mention.start, mention.end, text))
    variants = Counter(at.text for at in occurrences)
    rendered = tuple(
        r for other in sorted(concept.renderings) for r in renderings(concept.renderings[other], other)
    )

    def shown(form: Form) -> str:
        name = base_form(form, lang)
        if kind == "person" or len(form.words) == 1:  # in other names what depends on the head stays as it is
            name = sounded(name, lang, [r.text for r in rendered])
        return calm(name) if kind == "person" else name

    name = shown(head)
    key = f"{lang}:{kind}:{' '.join(concept.head)}"
    term = Term(
        name,
        lang,
        _lemma(head, base_form(head, lang), name, lang),
        variants=dict(variants.most_common()),
        case="as written" if name.isupper() else "any",
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
        rendered,
        _links(concept, heads),
        _reason(concept),
        _parts(concept, mentions, texts, shown),
    )


def _lemma(form: Form, plain: str, name: str, lang: str) -> str:
    """The lemmas of a form's words; the name itself where that is the word's base form, or the dictionary errs."""
    if fold(plain) != fold(name) or (len(form.words) == 1 and lang in ("ru", "uk")):
        return fold(name)
    return " ".join(lemma(word, lang) for word in form.words)


def _begin(segment: Segment) -> int:
    return segment.start


def _kind(concept: Collected) -> Kind:
    own = Counter({kind: concept.kinds[kind] for kind in NAMED})
    there = Counter({kind: concept.there[kind] for kind in NAMED})
    first, _ = kind_of(concept.forms.values())
    if sum(there.values()) and not _firm(concept):
        own = there
    best = max(NAMED, key=lambda kind: (own[kind], kind == first))
    return best if own[best] else "other"


def _firm(concept: Collected) -> bool:
    """Whether the concept's own language says clearly what it is."""
    strong = sorted((concept.votes[kind] for kind in NAMED), reverse=True)
    return strong[0] > 8 and strong[0] > 2 * strong[1]


def _links(concept: Collected, heads: Mapping[tuple[str, Key], Collected]) -> tuple[Link, ...]:
    """Links to what the concept's ambiguous short forms could be short for."""
    found = {}
    for _, long, reason in sorted(concept.linked):
        other = heads.get((concept.lang, long))
        if other is not None and other is not concept:
            target = f"{other.lang}:{_kind(other)}:{' '.join(other.head)}"
            found[target] = Link("short form of", target, f"could be: {reason}")
    return tuple(found.values())


def _reason(concept: Collected) -> str:
    """Why the names are joined, in words."""
    parts = []
    for key, relation in sorted(concept.relations.items(), key=lambda item: (item[1].sort, item[0])):
        if key in concept.forms:
            form = concept.forms[key]
            shown = max(form.surfaces, key=lambda s: (form.surfaces[s], s), default=" ".join(form.words))
            parts.append(f"{relation.sort} {shown}: {relation.reason}")
    for form in concept.forms.values():
        if len(set(form.spellings.values())) > 1:
            ways = [
                min(s for s in form.spellings if form.spellings[s] == w)
                for w in sorted(set(form.spellings.values()))
            ]
            parts.append(f"spelling {', '.join(ways[:4])}: sounds alike")
    return "; ".join(parts)


def _parts(
    concept: Collected,
    mentions: Sequence[tuple[int, Mention]],
    texts: Sequence[Document],
    shown: Callable[[Form], str],
) -> tuple[Part, ...]:
    """The names joined in a candidate, its head first; none where it has one name in one spelling."""
    by_name: dict[tuple[Key, tuple[str, ...]], Counter[str]] = defaultdict(Counter)
    for number, mention in mentions:
        surface = texts[number].text[mention.start : mention.end]
        form = concept.forms[mention.key]
        spelt = form.spellings.get(surface, mention.key)
        if len(surface.split()) < len(spelt):  # of the whole name's mentions those that leave words out
            spelt = tuple(lemma(word, concept.lang) for word in surface.split())
        by_name[mention.key, spelt][surface] += 1
    found = []
    seen: set[Key] = set()
    for (key, spelt), surfaces in sorted(by_name.items(), key=lambda row: _rank(row[0], row[1])):
        relation = concept.relations.get(key)
        words = tuple(surfaces.most_common(1)[0][0].split())
        name = shown(replace(concept.forms[key], key=spelt, words=words, surfaces=surfaces))
        sort, reason = (relation.sort, relation.reason) if relation else ("", "")
        if len(spelt) < len(key):
            sort, reason = "short form", "the name without some of its words"
        elif not sort and key in seen:
            sort, reason = "spelling", "sounds alike"
        seen.add(key)
        found.append(Part(name, " ".join(spelt), sort, reason, dict(surfaces.most_common())))
    found.sort(key=lambda part: (part.relation != "", -sum(part.variants.values()), part.text))
    return tuple(found) if len(found) > 1 else ()


def _rank(name: tuple[Key, tuple[str, ...]], surfaces: Counter[str]) -> tuple[object, ...]:
    """Whole names before what leaves words out, the commonest first."""
    return len(name[1]) < len(name[0]), -surfaces.total(), name


def renderings(rows: Sequence[Row], lang: str) -> list[Rendering]:
    """What the mentions became, grouped, the commonest first; an empty one for those that were left out."""
    texts = Counter(row.target.text for row in rows if row.target is not None)
    shown = grouped_renderings(texts, lang)
    groups: dict[str, list[Row]] = defaultdict(list)
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
