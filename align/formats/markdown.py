"""Markdown (CommonMark, with tables and ~~strikethrough~~). Places are offsets in the decoded file.

markdown-it-py says what the blocks and their inline markup are. Left out: front matter (title, date and language
in it become metadata), code fences (with a warning), addresses of links and images. An image's description
becomes a caption. Lines indented by four spaces are prose here, not code: that is how prose gets indented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from align.formats.assemble import Draft, Run, assemble, title_of, with_turns
from align.formats.markdown_places import Lines, LostError, Places, Walk, record_ends
from align.model import BlockKind, Extract
from align.text import decode

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT = re.compile(
    r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)(.*?)(?:\r\n|\r|\n)(?:\1|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.DOTALL
)
_FRONT_LINE = re.compile(r"\s*(?:#.*|[\w.-]+\s*[:=].*|-\s.*|[\]\[{}].*|\s+\S.*|)")
_FIELD = re.compile(
    r"""^(title|date|lang|language)\s*[:=]\s*(["']?)(.+?)\2\s*$""", re.MULTILINE | re.IGNORECASE
)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class _Reading:
    """What has been found so far. ``dashed`` holds the numbers of drafts that are items behind a "-"."""

    lines: Lines
    drafts: list[Draft] = field(default_factory=list)
    dashed: list[int] = field(default_factory=list)
    fences: int = 0
    lost_html: int = 0
    unplaced: int = 0


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """The text of a Markdown file without its markup. Raises ``EncodingError``."""
    decoded = decode(data, encoding, name=name)
    metadata, base = _front_matter(decoded.text)
    reading = _Reading(Lines(decoded.text, base))
    _read_blocks(_parser().parse(decoded.text[base:]), reading)
    drafts = with_turns(reading.drafts, reading.dashed)
    if "title" not in metadata and (title := title_of(drafts)):
        metadata["title"] = title
    return assemble(
        drafts,
        format="markdown",
        metadata=metadata | {"encoding": decoded.encoding},
        warnings=[*decoded.warnings, *_warnings(reading)],
    )


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = (
        MarkdownIt("commonmark", {"maxNesting": 100})
        .enable(["table", "strikethrough"])
        .disable(["code", "text_join"])
    )
    record_ends(parser)
    return parser


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """Metadata and the offset behind the front matter; ({}, 0) without one."""
    match = _FRONT.match(text)
    if match is None or not all(_FRONT_LINE.fullmatch(line) for line in match[2].splitlines()):
        return {}, 0
    found = {key.lower(): value for key, _, value in _FIELD.findall(match[2])}
    date = _ISO_DATE.match(found.get("date", ""))
    values = {
        "title": found.get("title", ""),
        "date": date[0] if date else "",
        "lang": found.get("lang", found.get("language", "")),
    }
    return {key: value for key, value in values.items() if value}, match.end()


def _read_blocks(tokens: Sequence[Token], reading: _Reading) -> None:
    items: list[str] = []  # the markers of the list items around
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "list_item_open":
            items.append(token.markup)
        elif token.type == "list_item_close":
            items.pop()
        elif token.type == "inline":
            opened = tokens[index - 1]
            kind: BlockKind = "heading" if opened.type == "heading_open" else "item" if items else "paragraph"
            if kind == "item" and items == ["-"] and tokens[index - 2].type == "list_item_open":
                reading.dashed.append(len(reading.drafts))
            _read_inline(token, opened, kind, reading)
        elif token.type == "tr_open":
            index = _read_row(tokens, index, reading)
        elif token.type == "fence":
            reading.fences += 1
        elif token.type == "html_block":
            _read_html(token, reading)
        index += 1


def _read_inline(token: Token, opened: Token, kind: BlockKind, reading: _Reading) -> None:
    first, last = token.map or opened.map or (0, 0)
    try:
        if opened.type == "heading_open" and opened.markup.startswith("#"):
            places = reading.lines.heading(token.content, first, opened.markup)
        else:
            places = reading.lines.paragraph(token.content, first)
    except LostError:
        _give_up(token, reading.lines.span(first, last), kind, reading)
    else:
        _walk(token, places, reading.lines.span(first, last), kind, reading)


def _read_row(tokens: Sequence[Token], index: int, reading: _Reading) -> int:
    """Read the cells of one table row; returns the number of its last token."""
    first, last = tokens[index].map or (0, 0)
    end = next(i for i in range(index, len(tokens)) if tokens[i].type == "tr_close")
    cells = [token for token in tokens[index:end] if token.type == "inline"]
    span = reading.lines.span(first, last)
    try:
        places = reading.lines.row([cell.content for cell in cells], first)
    except LostError:
        for cell in cells:
            _give_up(cell, span, "paragraph", reading)
    else:
        for cell, place in zip(cells, places, strict=True):
            _walk(cell, place, span, "paragraph", reading)
    return end


def _walk(token: Token, places: Places, span: tuple[int, int], kind: BlockKind, reading: _Reading) -> None:
    walk = Walk(places)
    try:
        walk.follow(token.children or [])
    except LostError:
        _give_up(token, span, kind, reading)
        return
    reading.drafts.append(Draft(walk.runs, kind))
    reading.drafts += [Draft(runs, "caption") for runs in walk.images]


def _give_up(token: Token, span: tuple[int, int], kind: BlockKind, reading: _Reading) -> None:
    """The text of a block whose places cannot be told apart: one piece for all of it, and a warning."""
    text = " ".join("".join(_plain(token.children or [])).split())
    if text:
        reading.unplaced += 1
        reading.drafts.append(Draft([Run(text, span[0], span[1] - span[0], verbatim=False)], kind))


def _plain(tokens: Sequence[Token]) -> list[str]:
    texts = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            texts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            texts.append(" ")
        elif token.type == "image":
            texts += _plain(token.children or [])
    return texts


def _read_html(token: Token, reading: _Reading) -> None:
    """HTML between the paragraphs, its places carried over line by line (it may stand in a quote or a list)."""
    from align.formats.html import drafts_of

    content = token.content.rstrip("\n")
    drafts = drafts_of(content)
    try:
        places = reading.lines.paragraph(content, (token.map or [0])[0])
    except LostError:
        reading.lost_html += bool(drafts)
        return
    for draft in drafts:
        runs = [
            places.run(run.offset, run.offset + run.length, run.text, bold=run.bold) for run in draft.runs
        ]
        reading.drafts.append(replace(draft, runs=runs))


def _warnings(reading: _Reading) -> list[str]:
    warnings = []
    if reading.fences:
        warnings.append(f"code left out: {reading.fences} fenced block(s)")
    if reading.lost_html:
        warnings.append(f"HTML left out, because its place is not clear: {reading.lost_html} block(s)")
    if reading.unplaced:
        warnings.append(
            f"{reading.unplaced} block(s) are only placed as a whole: their markup could not be followed"
        )
    return warnings
