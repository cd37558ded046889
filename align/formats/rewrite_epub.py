"""Writing back into EPUB: stretches of chapters, all other members of the archive byte by byte."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.formats.epub import Book
from align.formats.html import decode_page
from align.formats.rewrite_places import RefusedError, Stretch
from align.formats.rewrite_text import Splice, TextFile
from align.formats.rewrite_zip import repacked
from align.model import Extract, Piece


@dataclass(frozen=True, slots=True)
class ChapterSplice:
    """A splice of one chapter."""

    part: str
    splice: Splice


class EpubFile:
    """A book that is read; ``extract`` is what was read from ``data``, ``encoding`` what had been given for it."""

    def __init__(self, data: bytes, extract: Extract, encoding: str | None) -> None:
        self.data, self.extract, self.encoding = data, extract, encoding
        self.archive = Book.of(data, "").archive
        self.pieces: dict[str, list[Piece]] = defaultdict(list)
        for piece in extract.pieces:
            self.pieces[piece.part].append(piece)
        self.files: dict[str, TextFile] = {}

    def chapter(self, part: str) -> TextFile:
        """One chapter as a file of HTML."""
        if part not in self.files:
            data = self.archive.read(part)
            metadata = {"encoding": decode_page(data, part, self.encoding).encoding}
            pieces = tuple(self.pieces[part])
            own = replace(self.extract, format="html", pieces=pieces, metadata=metadata)
            file = TextFile(data, own)
            file.line_break = file.line_break if file.line_break.endswith("/>") else "<br/>"
            self.files[part] = file
        return self.files[part]

    def ways(self, options: Sequence[Sequence[Sequence[Stretch]]]) -> list[list[ChapterSplice]]:
        """The ways to make an edit, best first. Raises ``RefusedError`` where there is none."""
        parts = {s.piece.part for changes in options for stretches in changes for s in stretches}
        if not parts:
            return [[]]
        if len(parts) > 1:
            raise RefusedError("it reaches from one chapter into another")
        (part,) = parts
        return [[ChapterSplice(part, splice) for splice in way] for way in self.chapter(part).ways(options)]

    def write(self, splices: Sequence[ChapterSplice]) -> bytes | None:
        """The book with these splices, None where they get into each other's way."""
        by_part: dict[str, list[Splice]] = defaultdict(list)
        for each in splices:
            by_part[each.part].append(each.splice)
        written = {part: self.chapter(part).write(own) for part, own in by_part.items()}
        found = {part: data for part, data in written.items() if data is not None}
        return repacked(self.archive, self.data, found) if len(found) == len(written) else None
