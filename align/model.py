"""The plain frozen objects that the stages hand to each other.

Offsets are Unicode code points into ``Document.text`` (the text as read), end exclusive. Identifiers of
segments and blocks are their 0-based positions in the document. Nothing here reads, writes or computes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "turn", "caption", "item"]
BeadState = Literal["proposed", "edited", "confirmed", "stale"]
Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the extracted text and the place in the file that it was read from.

    ``part`` names the member of a container ("" is the file itself, else e.g. "word/document.xml"), ``node``
    the 0-based text node in it where a part is a tree of nodes (None: the part is one string), ``offset`` the
    code point in that node or in the decoded part. ``verbatim`` is False where the file spells the stretch in
    another way (an entity, a folded line end), so that its length in the file is ``source_length``.
    """

    start: int
    end: int
    offset: int
    part: str = ""
    node: int | None = None
    verbatim: bool = True
    source_length: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, caption, list item or speaker turn: ``text[start:end]``, white space trimmed.

    ``speaker`` is the name or mark that opens a turn ("Q", "Иван Петров"; "" for a bare dash), None elsewhere.
    ``question`` is True for an interviewer's turn where the layout says so (bold, "Q:") or it ends in "?".
    """

    id: int
    start: int
    end: int
    kind: BlockKind = "paragraph"
    speaker: str | None = None
    question: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence (or line): ``document.text[start:end]``, never empty, no white space at either end."""

    id: int
    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader gets out of a file: text, its blocks where the format knows them, the way back.

    ``blocks`` is None for formats without structure of their own; segmentation then finds them. ``pieces`` are
    in order of ``start``, do not overlap, and cover everything but separators that the reader put in itself.
    ``metadata`` may hold "title", "date" (ISO 8601), "lang" (as the file declares it), "encoding".
    """

    text: str
    format: str
    blocks: tuple[Block, ...] | None = None
    pieces: tuple[Piece, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read, cut into blocks and segments. ``sha256`` is that of the file's bytes, in hex."""

    name: str
    text: str
    lang: str
    blocks: tuple[Block, ...]
    segments: tuple[Segment, ...]
    format: str = "txt"
    sha256: str = ""
    pieces: tuple[Piece, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def segment_text(self, segment_id: int) -> str:
        """The text of one segment, as it stands in the document."""
        segment = self.segments[segment_id]
        return self.text[segment.start : segment.end]

    def texts(self) -> list[str]:
        """The texts of all segments, in order."""
        return [self.text[s.start : s.end] for s in self.segments]


@dataclass(frozen=True, slots=True)
class Bead:
    """Source and target segments that translate each other; one side empty is a null bead.

    ``score`` is the aligner's own figure (any real), ``confidence`` the calibrated probability in [0, 1] that
    the bead is right as it stands. ``moved`` marks a bead off the main path, part of a block that changed place.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float = 0.0
    confidence: float = 0.0
    moved: bool = False
    state: BeadState = "proposed"

    @property
    def kind(self) -> str:
        """The bead's shape as the field writes it: "1-1", "2-1", "0-1" …"""
        return f"{len(self.source)}-{len(self.target)}"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a score or an alignment was made with; printed beside every figure."""

    version: str
    model: str
    revision: str
    segmenter: str
    parameters: tuple[tuple[str, Scalar], ...] = ()
    seed: int = 0

    def __str__(self) -> str:
        head = f"concord:{self.version}|model:{self.model}@{self.revision}|segmenter:{self.segmenter}"
        tail = "|".join(f"{key}:{value}" for key, value in self.parameters)
        return f"{head}|{tail}|seed:{self.seed}" if tail else f"{head}|seed:{self.seed}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads of one document pair, in order of the source (nulls of the target where they fall between).

    Every segment of either document is in exactly one bead. A bead is doubtful below ``doubtful_below``.
    ``similarity`` says how much the two texts look like translations of each other (see ``pipeline``).
    """

    source: Document
    target: Document
    beads: tuple[Bead, ...]
    signature: Signature
    doubtful_below: float
    similarity: float = 0.0
    warnings: tuple[str, ...] = ()

    def is_doubtful(self, bead: Bead) -> bool:
        """Whether a person should look at this bead; what a person has confirmed is never doubtful."""
        return bead.state not in ("confirmed", "edited") and bead.confidence < self.doubtful_below
