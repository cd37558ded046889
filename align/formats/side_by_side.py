"""A Word document for people: a table with a row for each bead, a column for each version.

Beads to look at have a coloured number, and the last column says why; right-to-left languages run from the right.
There is no date in it: the same alignment gives the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from align.formats.bitext.carry import NOT_XML, Losses
from align.formats.comments_new import parts_of
from align.formats.rows import Row, joined, rows
from align.model import Alignment, Document
from align.multi import versions
from align.text import direction

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PAGE = 14570  # twentieths of a point between the margins of a landscape A4 page
_NARROW, _NOTE = 620, 1700
_STATES = {"confirmed": "confirmed", "edited": "edited", "stale": "text changed"}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write(
    alignments: Sequence[Alignment], stream: BinaryIO, *, only_doubtful: bool = False
) -> tuple[str, ...]:
    """Writes the document. Warns of characters that XML cannot hold."""
    documents = versions(alignments)
    losses = Losses("DOCX")
    title = " – ".join(document.name for document in documents)
    pivot = documents[0]
    empty = Document(pivot.name, "", pivot.lang, (), (), metadata={"title": title})
    parts = parts_of(empty, [])
    comments = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    types = parts["[Content_Types].xml"].decode()
    parts["[Content_Types].xml"] = types.replace(
        f'<Override PartName="/word/comments.xml" ContentType="{comments}"/>', ""
    ).encode()
    relations = parts["word/_rels/document.xml.rels"].decode()
    start = relations.index('<Relationship Id="comments"')
    end = relations.index("/>", start) + 2
    parts["word/_rels/document.xml.rels"] = (relations[:start] + relations[end:]).encode()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if name != "word/document.xml":
                archive.writestr(_member(name), data)
        with archive.open(_member("word/document.xml"), "w", force_zip64=True) as body:
            for piece in _body(alignments, documents, only_doubtful, losses):
                body.write(piece.encode())
    count = sum(losses.characters.values())
    return (
        (f"DOCX: {count} characters that XML cannot hold became U+FFFD: {losses.which()}",) if count else ()
    )


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _body(
    alignments: Sequence[Alignment], documents: Sequence[Document], only_doubtful: bool, losses: Losses
) -> Iterator[str]:
    width = (_PAGE - _NARROW - _NOTE) // len(documents)
    widths = [_NARROW, *[width] * len(documents), _NOTE]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    yield (
        f"{_HEAD}<w:document {_W}><w:body><w:tbl><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )
    names = ["", *(f"{document.name} ({document.lang})" for document in documents), ""]
    cells = "".join(_cell(name, size, losses, bold=True) for name, size in zip(names, widths, strict=True))
    yield f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"
    for row in rows(alignments):
        if row.doubtful or not only_doubtful:
            yield _row(row, documents, widths, losses)
    yield (
        '</w:tbl><w:p/><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567"'
        ' w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _row(row: Row, documents: Sequence[Document], widths: Sequence[int], losses: Losses) -> str:
    cells = [_cell(str(row.number), widths[0], losses, shade="FFE699" if row.to_look_at else "")]
    for document, side, width in zip(documents, row.sides, widths[1:], strict=False):
        cells.append(_cell(joined(document, side) if side else "∅", width, losses, lang=document.lang))
    cells.append(_cell(_note(row), widths[-1], losses))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _note(row: Row) -> str:
    parts = [f"{row.confidence:.2f}", "doubtful" if row.doubtful else "", "moved" if row.moved else ""]
    return ", ".join(part for part in [*parts, _STATES.get(row.state, "")] if part)


def _cell(
    text: str, width: int, losses: Losses, *, lang: str = "", shade: str = "", bold: bool = False
) -> str:
    right_to_left = bool(lang) and direction(lang) == "rtl"
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    run = "<w:b/><w:bCs/>" if bold else ""
    run += "<w:rtl/>" if right_to_left else ""
    if lang and lang != "und":
        kind = "bidi" if right_to_left else "eastAsia" if lang.startswith(("zh", "ja", "ko")) else "val"
        run += f"<w:lang w:{kind}={quoteattr(lang)}/>"
    paragraph = "<w:pPr><w:bidi/></w:pPr>" if right_to_left else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr><w:p>{paragraph}<w:r>'
        f"{f'<w:rPr>{run}</w:rPr>' if run else ''}{_text(text, losses)}</w:r></w:p></w:tc>"
    )


def _text(text: str, losses: Losses) -> str:
    """Runs of text; line breaks and tabs as Word has them."""
    losses.characters.update(NOT_XML.findall(text))
    text = NOT_XML.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    parts = []
    for number, line in enumerate(text.split("\n")):
        parts.append("<w:br/>" if number else "")
        for place, piece in enumerate(line.split("\t")):
            parts.append("<w:tab/>" if place else "")
            parts.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "")
    return "".join(parts)
