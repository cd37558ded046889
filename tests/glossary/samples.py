"""A small aligned pair of our own and candidates made by hand, for tests of what comes after extraction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from align.model import Alignment, Bead, Document, Segment, Signature
from align.model import Block as TextBlock
from align.store import Store, open_store
from glossary.model import Candidate, Kind, Link, Occurrence, Rendering, Term
from glossary.store import Glossary

RU = (
    "Мельница стояла у брода.",
    "Цех мельников закрыл мельницу зимой.",
    "У мельницы ждал обоз.",
    "Дорога ушла под снег.",
)
EN = (
    "The mill stood by the ford.",
    "The Millers' Guild closed the windmill in winter.",
    "A train of carts waited at the mill.",
    "The road vanished under the snow.",
)
FORMS = {
    "ru": {"мельница": r"мельниц\w+", "цех мельников": "цех мельников"},
    "en": {"mill": "mill(?!er)", "windmill": "windmill", "Millers' Guild": "Millers' Guild"},
}


def document(name: str, lang: str, sentences: Sequence[str]) -> Document:
    """A document of one paragraph."""
    text, segments, at = " ".join(sentences), [], 0
    for number, sentence in enumerate(sentences):
        segments.append(Segment(number, at, at + len(sentence), 0))
        at += len(sentence) + 1
    return Document(name, text, lang, (TextBlock(0, 0, len(text)),), tuple(segments))


def aligned(ru: Sequence[str] = RU, en: Sequence[str] = EN, stem: str = "mill") -> Alignment:
    """The pair, sentence by sentence."""
    beads = tuple(Bead((n,), (n,), confidence=0.9) for n in range(len(ru)))
    signature = Signature("0", "none", "0", "none")
    source, target = document(f"{stem}.ru.txt", "ru", ru), document(f"{stem}.en.txt", "en", en)
    return Alignment(source, target, beads, signature, 0.5)


def occurrences(doc: Document, form: str) -> tuple[Occurrence, ...]:
    """Where a pattern stands in a document."""
    found = []
    for segment in doc.segments:
        for match in re.finditer(rf"\b(?:{form})\b", doc.text[segment.start : segment.end], re.IGNORECASE):
            start, end = segment.start + match.start(), segment.start + match.end()
            found.append(Occurrence(doc.name, segment.id, start, end, doc.text[start:end]))
    return tuple(found)


def candidate(
    lang: str, text: str, found: Sequence[Occurrence], *renderings: Rendering, kind: Kind = "other"
) -> Candidate:
    """A candidate with these occurrences."""
    variants = {o.text: sum(p.text == o.text for p in found) for o in found}
    term = Term(text, lang, lemma=text.lower(), variants=variants)
    key = f"{lang}/{kind}/{text.lower()}"
    return Candidate(key, term, kind, len(found), min(1.0, len(found) / 10), tuple(found), renderings)


def candidates(*alignments: Alignment) -> list[Candidate]:
    """What an extraction would propose for these pairs: a mill, a guild."""
    ru = [pair.source for pair in alignments]
    en = [pair.target for pair in alignments]

    def places(docs: Sequence[Document], form: str) -> tuple[Occurrence, ...]:
        return tuple(o for doc in docs for o in occurrences(doc, form))

    def rendering(text: str, lang: str, docs: Sequence[Document], form: str) -> Rendering:
        found = places(docs, form)
        return Rendering(text, lang, len(found), 0.9, occurrences=found, variants={text: len(found)})

    mill_en, wind_en = rendering("mill", "en", en, "mill"), rendering("windmill", "en", en, "windmill")
    guild_en = rendering("Millers' Guild", "en", en, "Millers' Guild")
    result = [
        candidate("ru", "мельница", places(ru, r"мельниц\w+"), mill_en, wind_en),
        candidate("ru", "цех мельников", places(ru, "цех мельников"), guild_en, kind="organisation"),
        candidate("en", "mill", places(en, "mill"), rendering("мельница", "ru", ru, r"мельниц[аы]")),
        candidate(
            "en",
            "Millers' Guild",
            places(en, "Millers' Guild"),
            rendering("цех мельников", "ru", ru, "цех мельников"),
            kind="organisation",
        ),
    ]
    link = Link("narrower", "ru/other/мельница", reason="likeness")
    result[1] = replace(result[1], links=(link,))
    return [found for found in result if found.count]


def project(folder: Path, *alignments: Alignment) -> Path:
    """A project with these pairs (the sample alone if none is given)."""
    path = folder / "concord.db"
    with open_store(path, create=True) as store:
        for pair in alignments or (aligned(),):
            store.save_alignment(pair, author="Ada")
    return path


def build(store: Store, *alignments: Alignment) -> Glossary:
    """The glossary of an open project, with the candidates of these pairs."""
    glossary = Glossary(store)
    documents, _ = glossary.documents()
    glossary.build(candidates(*(alignments or (aligned(),))), documents, author="Ada", signature="test")
    return glossary


def built(folder: Path) -> Path:
    """A project whose glossary has been built."""
    path = project(folder)
    with open_store(path) as store:
        build(store)
    return path
