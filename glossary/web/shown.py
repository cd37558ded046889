"""Text out of documents as it goes into a page: escaped, on one line, nothing in it unseen, places marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from align.formats.display import pieces

Span = tuple[int, int] | tuple[int, int, str]
"""A place to mark: code points into the text as it stands, end exclusive; the mark's class."""


def shown(text: str) -> Markup:
    """The text; characters that are obeyed but not seen (bidirectional controls and others) by their names."""
    if not text.strip():
        return Markup(" " if text else "")
    lead, tail = " " * text[0].isspace(), " " * text[-1].isspace()
    parts = [lead]
    for part, name in pieces(text):
        parts.append(escape(part))
        if name:
            parts.append(f'<span class="unseen">{escape(name)}</span>')
    return Markup("".join([*parts, tail]))


def marked(text: str, spans: Sequence[Span] = ()) -> Markup:
    """The text with ``<mark>`` around some places; of places that overlap the first (then the longest) is marked."""
    parts, at = [], 0
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        start, end = span[0], min(span[1], len(text))
        if start < at or start >= end:
            continue
        kind = f' class="{escape(span[2])}"' if len(span) > 2 else ""
        parts += [shown(text[at:start]), Markup(f"<mark{kind}>"), shown(text[start:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*parts, shown(text[at:])]).strip()
