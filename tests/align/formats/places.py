"""What must hold for any extract, and corrections written back through its pieces."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from align.model import Extract, Piece


def assert_sound(extract: Extract) -> None:
    """Blocks are trimmed, in order, a blank line apart, and pieces cover all but what the reader put in."""
    assert extract.blocks is not None
    texts = [extract.text[block.start : block.end] for block in extract.blocks]
    assert "\n\n".join(texts) == extract.text
    assert all(text == text.strip() and text for text in texts)
    assert [block.id for block in extract.blocks] == list(range(len(texts)))
    assert_ordered(extract)
    covered = "".join(extract.text[piece.start : piece.end] for piece in extract.pieces)
    assert "".join(covered.split()) == "".join(extract.text.split())


def assert_ordered(extract: Extract) -> None:
    """Pieces are not empty, in order, and do not overlap."""
    ends = [0, *(piece.end for piece in extract.pieces)]
    for piece, end in zip(extract.pieces, ends, strict=False):
        assert end <= piece.start < piece.end <= len(extract.text)


def assert_exact(extract: Extract, file: str) -> None:
    """Every piece says where in ``file`` it stands: verbatim ones read the same there."""
    for piece in extract.pieces:
        if piece.verbatim:
            assert source_of(piece, file) == extract.text[piece.start : piece.end]
            assert piece.source_length is None
        else:
            assert piece.source_length is not None
            assert 0 <= piece.offset <= piece.offset + piece.source_length <= len(file)


def source_of(piece: Piece, file: str) -> str:
    """The stretch of the file that a piece was read from."""
    length = piece.end - piece.start if piece.source_length is None else piece.source_length
    return file[piece.offset : piece.offset + length]


@dataclass(frozen=True)
class Word:
    """A word of an extract that one verbatim piece holds whole, and its offset in the file (or node)."""

    start: int
    end: int
    offset: int
    node: int | None


def words(extract: Extract) -> list[Word]:
    """All words of letters that can be replaced in the file without a look at their surroundings."""
    found = []
    for piece in extract.pieces:
        if not piece.verbatim:
            continue
        for match in re.finditer(r"[^\W\d_]+", extract.text[piece.start : piece.end]):
            start, end = piece.start + match.start(), piece.start + match.end()
            found.append(Word(start, end, piece.offset + match.start(), piece.node))
    return found


def replaced(text: str, start: int, end: int, by: str) -> str:
    """``text`` with ``by`` in place of ``text[start:end]``."""
    return text[:start] + by + text[end:]


def non_verbatim(extract: Extract, file: str) -> list[tuple[str, str]]:
    """What each piece that is not verbatim reads as, and what stands for it in the file."""
    return [
        (extract.text[piece.start : piece.end], source_of(piece, file))
        for piece in extract.pieces
        if not piece.verbatim
    ]


def texts(extract: Extract) -> list[str]:
    """The texts of the blocks."""
    return [extract.text[block.start : block.end] for block in extract.blocks or ()]


def kinds(extract: Extract) -> list[str]:
    """The kinds of the blocks."""
    return [block.kind for block in extract.blocks or ()]


def questions(extract: Extract) -> list[str]:
    """The texts of the blocks that are marked as questions."""
    return [extract.text[block.start : block.end] for block in extract.blocks or () if block.question]


def gaps(extract: Extract) -> list[str]:
    """The stretches of the text that no piece covers."""
    bounds = [(0, 0), *((piece.start, piece.end) for piece in extract.pieces), (len(extract.text),) * 2]
    found = (extract.text[end:start] for (_, end), (start, _) in itertools.pairwise(bounds))
    return [gap for gap in found if gap]
