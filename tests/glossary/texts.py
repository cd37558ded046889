"""Documents and alignments for the tests of names: a segment a line, beads line by line."""

from __future__ import annotations

from collections.abc import Sequence

from align.model import Alignment, Bead, Block, Document, Segment, Signature
from glossary.extract.aliases import packaged
from glossary.extract.evidence import gather
from glossary.extract.found import Found
from glossary.extract.mentions import read_mentions
from glossary.extract.names import read_names


def document(lines: Sequence[str], lang: str, name: str = "text") -> Document:
    segments, at = [], 0
    for number, line in enumerate(lines):
        segments.append(Segment(number, at, at + len(line), 0))
        at += len(line) + 1
    return Document(name, "\n".join(lines), lang, (Block(0, 0, max(0, at - 1)),), tuple(segments))


def aligned(source: Sequence[str], target: Sequence[str], langs: tuple[str, str] = ("ru", "en")) -> Alignment:
    beads = tuple(Bead((i,), (i,)) for i in range(min(len(source), len(target))))
    signature = Signature("0", "none", "", "lines")
    return Alignment(
        document(source, langs[0], "source"), document(target, langs[1], "target"), beads, signature, 0.0
    )


def names(text: str, lang: str) -> list[str]:
    """The names of one line, as they stand in it."""
    return [text[n.start : n.end] for n in read_names(text, lang, gather([text], lang))]


def concepts(lines: Sequence[str], lang: str, ignore: Sequence[tuple[int, int]] = ()) -> list[Found]:
    made = document(lines, lang)
    units = [(s.start, s.end) for s in made.segments]
    return read_mentions(made.text, units, lang, gather(lines, lang), packaged(), ignore)


def grouped(lines: Sequence[str], lang: str) -> list[list[str]]:
    """The mentions of every proposed concept, as they stand in the text."""
    text = "\n".join(lines)
    return [[text[m.start : m.end] for m in concept.mentions] for concept in concepts(lines, lang)]
