"""A stream of units → documents of their segments and alignments between them; signatures out of text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from align import __version__
from align.errors import EmptyInputError, FormatError
from align.formats.bitext.units import Head, Source, Unit
from align.model import Alignment, Bead, Block, Document, Scalar, Segment, Signature
from align.text import join_segments

SEGMENTER = "as given"
_SIGNATURE = re.compile(
    r"concord:([^|]*)\|model:([^|]*)@([^|@]*)\|segmenter:([^|]*)(?:\|(.*))?\|seed:(-?\d+)", re.S
)


@dataclass(frozen=True, slots=True)
class Bitext:
    """What was read of an alignment that somebody made: one for each version but the first, which all share."""

    alignments: tuple[Alignment, ...]
    warnings: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """The first version and then the others."""
        return (self.alignments[0].source, *(alignment.target for alignment in self.alignments))


def collect(source: Source, *, name: str, format: str, sha256: str = "") -> Bitext:
    """Documents and alignments of all units.

    A segment stands on a line of its own, the segments of a unit's side are a block. Where units say the places of
    their segments, these are kept (a block that changed its place), else they follow each other as the units do.
    Confidences that the file does not say count as 1: nothing in it is doubtful; the signature says so.
    Raises EmptyInputError where there is no text.
    """
    versions = [_Version() for _ in source.head.langs]
    units = list(source.units)
    for unit in units:
        for k, side in enumerate(unit.sides):
            versions[k].add(side, unit.ids[k] if unit.ids else ())
    if not any(version.texts for version in versions):
        raise EmptyInputError("there is no text in it", where=name, hint="Give a file with translated units")
    head = source.head
    documents = [
        version.document(_name(head, k, name), head.langs[k], format, sha256)
        for k, version in enumerate(versions)
    ]
    places = [version.places for version in versions]
    alignments = [
        _alignment(documents, places, units, k, head, format, name) for k in range(1, len(documents))
    ]
    return Bitext(tuple(alignments), tuple(source.warnings))


def _name(head: Head, version: int, name: str) -> str:
    """The document's name in the file, or the file's with the language: "memory.tmx#ru"."""
    lang = head.langs[version]
    again = head.langs[:version].count(lang)
    return head.name(version) or f"{name}#{lang}{f'.{again + 1}' if again else ''}"


class _Version:
    """The segments of one version as they come, and where each ends up in the document."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.keys: list[tuple[int, int]] = []
        self.units: list[tuple[int, int]] = []  # beginning and number of the segments of each unit
        self.places: list[tuple[int, ...]] = []

    def add(self, side: Sequence[str], ids: Sequence[int]) -> None:
        first = len(self.texts)
        for position, raw in enumerate(side):
            text = raw.strip()
            if text:
                last = self.keys[-1][0] if self.keys else -1
                self.keys.append((ids[position] if position < len(ids) else last + 1, len(self.texts)))
                self.texts.append(text)
        self.units.append((first, len(self.texts) - first))

    def document(self, name: str, lang: str, format: str, sha256: str) -> Document:
        order = sorted(range(len(self.texts)), key=self.keys.__getitem__)
        place = [0] * len(order)
        for number, at in enumerate(order):
            place[at] = number
        self.places = [tuple(sorted(place[a : a + n])) for a, n in self.units]
        block_of = {}
        for number, (a, n) in enumerate(self.units):
            for at in range(a, a + n):
                block_of[place[at]] = number
        return _document([self.texts[at] for at in order], block_of, name, lang, format, sha256)


def _document(
    texts: Sequence[str], unit_of: dict[int, int], name: str, lang: str, format: str, sha256: str
) -> Document:
    """The segments one after the other, those of one unit in a block of their own."""
    glue = join_segments(["", ""], lang)
    parts: list[str] = []
    blocks: list[Block] = []
    segments: list[Segment] = []
    at = 0
    for number, text in enumerate(texts):
        same = number > 0 and unit_of[number] == unit_of[number - 1]
        if number:
            parts.append(glue if same else "\n")
            at += len(parts[-1])
        end = at + len(text)
        if same:
            blocks[-1] = Block(blocks[-1].id, blocks[-1].start, end)
        else:
            blocks.append(Block(len(blocks), at, end))
        segments.append(Segment(number, at, end, len(blocks) - 1))
        parts.append(text)
        at = end
    return Document(name, "".join(parts), lang, tuple(blocks), tuple(segments), format, sha256)


def _alignment(
    documents: Sequence[Document],
    places: Sequence[Sequence[tuple[int, ...]]],
    units: Sequence[Unit],
    k: int,
    head: Head,
    format: str,
    name: str,
) -> Alignment:
    beads = []
    unsure = 0
    for number, unit in enumerate(units):
        sides = places[0][number], places[k][number]
        if any(sides):
            known = unit.confidences[k - 1]
            unsure += known is None
            confidence = 1.0 if known is None else known
            score = unit.score if unit.score is not None and math.isfinite(unit.score) else 0.0
            beads.append(Bead(*sides, score, confidence, unit.moved, unit.state))
    made = _made_with(head, k, len(documents) - 1)
    signature = parse_signature(made) if made else None
    if signature is None:
        parameters: list[tuple[str, Scalar]] = [("format", format), ("file", name)]
        parameters += [("made-with", made)] if made else []
        parameters += [("confidence", "not given")] if unsure == len(beads) else []
        signature = Signature(__version__, "import", head.tool or "unknown", SEGMENTER, tuple(parameters))
    return Alignment(
        documents[0], documents[k], _ordered(beads), signature, _threshold(beads, units, signature, k)
    )


def _ordered(beads: list[Bead]) -> tuple[Bead, ...]:
    """In order of the source, each null of the target behind the bead that it followed."""
    at, keyed = -1, []
    for number, bead in enumerate(beads):
        if bead.source:
            at = bead.source[0]
        keyed.append((at, bool(not bead.source), number, bead))
    return tuple(bead for *_, bead in sorted(keyed, key=lambda item: item[:3]))


def _made_with(head: Head, k: int, pairs: int) -> str:
    """The signature of a pair; one signature is that of all pairs."""
    if len(head.signatures) == pairs:
        return head.signatures[k - 1]
    return head.signatures[0] if head.signatures else ""


def _threshold(beads: Iterable[Bead], units: Iterable[Unit], signature: Signature, k: int) -> float:
    """Below which confidence a bead is doubtful: as the signature has it, else just above what the file marks."""
    known = dict(signature.parameters).get("doubtful_below")
    if isinstance(known, float) and 0 <= known <= 1:
        return known
    doubtful = [1.0 if (c := unit.confidences[k - 1]) is None else c for unit in units if unit.doubtful]
    return math.nextafter(max(doubtful), 2.0) if doubtful else 0.0


def parse_signature(text: str) -> Signature | None:
    """The signature that is printed as this text; None where it is none of Concord's."""
    match = _SIGNATURE.fullmatch(text)
    if match is None:
        return None
    version, model, revision, segmenter, rest, seed = match.groups()
    parameters = []
    for part in (rest or "").split("|") if rest else ():
        key, colon, value = part.partition(":")
        if not colon:
            return None
        parameters.append((key, _scalar(value)))
    found = Signature(version, model, revision, segmenter, tuple(parameters), int(seed))
    return found if str(found) == text else None


def _scalar(text: str) -> Scalar:
    """The value that is printed as this text; a text where several are."""
    for value in (True, False, None):
        if text == str(value):
            return value
    for kind in (int, float):
        try:
            number = kind(text)
        except (ValueError, OverflowError):
            continue
        if str(number) == text and math.isfinite(number):
            return number
    return text


def confidence_of(text: str | None) -> float | None:
    """A confidence in [0, 1], None for anything else."""
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 <= found <= 1 else None


def nothing(name: str, what: str) -> FormatError:
    """The error of a file that is not what its name says."""
    return FormatError(f"this is no {what}", where=name, hint="Name its format with --from")
