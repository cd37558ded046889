"""From texts, aligned or alone, to candidates: names with all their forms, and what they became in translation.

``extract`` reads every document once for how words are written, once for names, and then goes through the beads of
each alignment twice: once to see which names keep company, once to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from align.model import Alignment, Document
from glossary.extract.aliases import Aliases, packaged
from glossary.extract.candidates import NAMED, candidates
from glossary.extract.collected import Collection, identity
from glossary.extract.evidence import Evidence, gather
from glossary.extract.mentions import read_mentions
from glossary.extract.phrases import recurring_phrases
from glossary.extract.render import render_all
from glossary.model import Candidate

if TYPE_CHECKING:
    from align.embed import Embedder

Span = tuple[int, int]
Progress = Callable[[int, int], None]


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
    left_out = ignore or {}
    tick = _ticker(progress, 2 * len(texts) + 2 * len(alignments))
    evidence = _evidence(texts, tick)
    collection = Collection()
    for number, document in enumerate(texts):
        units = [(s.start, s.end) for s in document.segments]
        spans = sorted(left_out.get(document.name, ()))
        found = read_mentions(document.text, units, document.lang, evidence[document.lang], known, spans)
        collection.add(document, number, found)
        tick()
    render_all(alignments, collection, known, embedder, tick)
    names = candidates(collection, texts, least)
    if phrases:
        names += recurring_phrases(texts, names, least=max(least, 2 + len(texts) // 50))
    return sorted(names, key=lambda c: (-c.score, c.term.lang, c.key))


def _texts(documents: Sequence[Document], alignments: Sequence[Alignment]) -> list[Document]:
    """All documents, each once, in order."""
    found: dict[str, Document] = {}
    for document in (*documents, *(side for a in alignments for side in (a.source, a.target))):
        found.setdefault(identity(document), document)
    return list(found.values())


def _ticker(progress: Progress | None, steps: int) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, steps)

    return tick


def _evidence(texts: Sequence[Document], tick: Callable[[], None]) -> dict[str, Evidence]:
    def segments(lang: str) -> Iterable[str]:
        for document in texts:
            if document.lang == lang:
                yield from document.texts()
                tick()

    return {lang: gather(segments(lang), lang) for lang in sorted({d.lang for d in texts})}


__all__ = ["NAMED", "extract"]
