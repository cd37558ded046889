"""Archives of made-up pairs whose beads have given confidences, for tests of samples and audits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from align.archive.packed import pack
from align.archive.store import Listed, PairRecord, open_archive
from align.model import Alignment, Bead, Block, Document, Segment, Signature
from align.store.rows import signature_json

SIGNATURE = Signature("1", "model", "r", "segmenter")


def document(name: str, sentences: Sequence[str], lang: str) -> Document:
    """One paragraph of these sentences."""
    text, segments = "", []
    for number, sentence in enumerate(sentences):
        start = len(text) + bool(text)
        text = f"{text} {sentence}" if text else sentence
        segments.append(Segment(number, start, start + len(sentence), 0))
    return Document(name, text, lang, (Block(0, 0, len(text)),), tuple(segments))


def alignment(name: str, confidences: Sequence[float]) -> Alignment:
    """A pair of as many sentences as there are figures, one to one, and a null bead on either side at its end."""
    n = len(confidences)
    beads = [Bead((i,), (i,), 0.0, c) for i, c in enumerate(confidences)]
    beads += [Bead((n,), (), 0.0, 0.9), Bead((), (n,), 0.0, 0.9)]
    source = document(f"{name}.ru", [f"{name}, предложение {i}." for i in range(n + 1)], "ru")
    target = document(f"{name}.en", [f"{name}, sentence {i}." for i in range(n + 1)], "en")
    return Alignment(source, target, tuple(beads), SIGNATURE, 0.5)


def archive_of(path: Path, pairs: Sequence[Sequence[float]]) -> Path:
    """An archive of such pairs."""
    with open_archive(path, create=True) as archive:
        archive.list_pairs([Listed(f"ru/{i}.txt", f"en/{i}.txt") for i in range(len(pairs))])
        run = archive.begin(
            engine="local", workers=1, signature=signature_json(SIGNATURE), text=str(SIGNATURE), settings={}
        )
        for number, confidences in enumerate(pairs, start=1):
            record = PairRecord(
                number, f"ru/{number - 1}.txt", f"en/{number - 1}.txt", state="done", run=run, source_lang="ru",
                target_lang="en", beads=len(confidences) + 2,
            )  # fmt: skip
            archive.put(record, pack(alignment(f"d{number - 1}", confidences)))
    return path
