"""Plain text: the decoded file itself, line ends kept. Its blocks are found by segmentation."""

from __future__ import annotations

from align.model import Extract, Piece
from align.text import decode


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """The text without its byte order mark, one piece that covers it all. Raises ``EncodingError``."""
    decoded = decode(data, encoding, name=name)
    pieces = (Piece(0, len(decoded.text), 0),) if decoded.text else ()
    return Extract(
        text=decoded.text,
        format="txt",
        pieces=pieces,
        metadata={"encoding": decoded.encoding},
        warnings=tuple(decoded.warnings),
    )
