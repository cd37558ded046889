"""A new, clean DOCX file of a document's blocks, with the marks of comments in its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from align.formats.comments_anchor import covered
from align.model import Block, Document
from align.text import direction

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLES = {"heading": "Heading1", "caption": "Caption", "item": "ListBullet"}
_ITEM = re.compile(r"\r\n|[\r\n\u2028]|\t|[^\r\n\u2028\t]+")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EAST = ("zh", "ja", "ko")
_PARTS = {"styles": "styles", "numbering": "numbering", "comments": "comments"}

Edges = Mapping[int, Sequence[int]]


def parts_of(document: Document, ranges: Sequence[tuple[int, int]]) -> dict[str, bytes]:
    """The parts of the file by name, but for word/comments.xml; the comments are numbered as ``ranges`` are."""
    blocks = document.blocks or (Block(0, 0, len(document.text)),)
    begins: dict[int, list[int]] = defaultdict(list)
    ends: dict[int, list[int]] = defaultdict(list)
    for number, (start, end) in enumerate(ranges):
        (first, at), (last, until) = covered(blocks, start, end)
        begins[_whole(document.text, first.start + at)].append(number)
        ends[_whole(document.text, last.start + until + 1)].append(number)
    right_to_left = direction(document.lang) == "rtl"
    paragraphs = (_paragraph(document.text, block, begins, ends, right_to_left) for block in blocks)
    section = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{"<w:bidi/>" if right_to_left else ""}</w:sectPr>'
    body = f"<w:document {_W}><w:body>{''.join(paragraphs)}{section}</w:body></w:document>"
    texts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            {"officeDocument": "word/document.xml"},
            f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties"'
            ' Target="docProps/core.xml"/>',
        ),
        "docProps/core.xml": _core(document),
        "word/document.xml": body,
        "word/_rels/document.xml.rels": _relationships(
            {kind: f"{part}.xml" for kind, part in _PARTS.items()}
        ),
        "word/styles.xml": _styles(document.lang),
        "word/numbering.xml": _numbering(),
    }
    return {name: (_HEAD + text).encode() for name, text in texts.items()}


def _whole(text: str, position: int) -> int:
    """A position that is not inside a line end of two characters."""
    return position + (text[position - 1 : position + 1] == "\r\n")


def _paragraph(text: str, block: Block, begins: Edges, ends: Edges, right_to_left: bool) -> str:
    style = _STYLES.get(block.kind)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += "<w:bidi/>" if right_to_left else ""
    run = "<w:r><w:rPr><w:rtl/></w:rPr>" if right_to_left else "<w:r>"
    inside = (at for edges in (begins, ends) for at in edges if block.start <= at <= block.end)
    bounds = sorted({block.start, block.end, *inside})
    parts = [f"<w:pPr>{properties}</w:pPr>" if properties else ""]
    for position, following in zip(bounds, [*bounds[1:], None], strict=True):
        parts += [_end(number) for number in (ends.get(position, ()) if position > block.start else ())]
        if following is None:
            break
        parts += [f'<w:commentRangeStart w:id="{number}"/>' for number in begins.get(position, ())]
        parts.append(f"{run}{''.join(_items(text[position:following]))}</w:r>")
    return f"<w:p>{''.join(parts)}</w:p>"


def _end(number: int) -> str:
    reference = f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    return f'<w:commentRangeEnd w:id="{number}"/>{reference}'


def _items(text: str) -> Iterator[str]:
    for match in _ITEM.finditer(text):
        if match[0] == "\t":
            yield "<w:tab/>"
        elif match[0] in ("\r\n", "\r", "\n", "\u2028"):
            yield "<w:br/>"
        else:
            yield f'<w:t xml:space="preserve">{_xml(match[0])}</w:t>'


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub(lambda match: " " if match[0].isspace() else "\ufffd", text))


def _content_types() -> str:
    parts = {"document.main": "document", **_PARTS}
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for kind, part in parts.items()
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )


def _relationships(targets: Mapping[str, str], more: str = "") -> str:
    entries = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}{more}</Relationships>'


def _core(document: Document) -> str:
    title = _xml(document.metadata.get("title", ""))
    lang = _language(document.lang)
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{f'<dc:title>{title}</dc:title>' if title else ''}"
        f"{f'<dc:language>{escape(lang)}</dc:language>' if lang else ''}</cp:coreProperties>"
    )


def _language(lang: str) -> str:
    return "" if lang in ("", "und") else lang


def _styles(lang: str) -> str:
    kind = "bidi" if direction(lang) == "rtl" else "eastAsia" if lang.startswith(_EAST) else "val"
    language = f"<w:lang w:{kind}={quoteattr(lang)}/>" if _language(lang) else ""
    fonts = (
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    )
    heading = '<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/>'
    item = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{language}</w:rPr></w:rPrDefault>"
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style>"
        + _style("Heading1", "heading 1", heading, '<w:b/><w:bCs/><w:sz w:val="30"/><w:szCs w:val="30"/>')
        + _style("Caption", "caption", "", "<w:i/><w:iCs/>")
        + _style("ListBullet", "List Bullet", item, "")
        + "</w:styles>"
    )


def _style(identifier: str, name: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


def _numbering() -> str:
    return (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
