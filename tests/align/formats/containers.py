"""Small files of each format that holds its text in a container, built by hand, and the way back into them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from email import message_from_bytes
from html import escape
from typing import Any

from lxml import etree

from align.formats.odt import text_nodes
from align.model import Piece

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
ODT_SPACES = " ".join(
    f'xmlns:{short}="{OFFICE}:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "meta": "meta",
        "svg": "svg-compatible",
    }.items()
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def zipped(members: Mapping[str, str | bytes], *, stored: str = "mimetype") -> bytes:
    """An archive; the member ``stored`` is not packed, as OpenDocument and EPUB want their type."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            way = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, way)
    return buffer.getvalue()


def odt(body: str, *, styles: str = "", automatic: str = "", meta: str = "", **others: str) -> bytes:
    """An ODT file with this content; ``styles`` are its named styles, ``automatic`` those of the content."""
    return zipped(
        {
            "mimetype": ODT_TYPE,
            "content.xml": f"<office:document-content {ODT_SPACES}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {ODT_SPACES}><office:styles>{styles}</office:styles>"
            "</office:document-styles>",
            "meta.xml": f'<office:document-meta {ODT_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<office:meta>{meta}</office:meta></office:document-meta>",
            **others,
        }
    )


def epub(
    *chapters: str | bytes,
    spine: str = "",
    items: str = "",
    metadata: str = "",
    guide: str = "",
    **others: str,
) -> bytes:
    """A book of these chapters (c0.xhtml, c1.xhtml …) in their order, in a folder OPS."""
    own = "".join(
        f'<item id="c{i}" href="c{i}.xhtml" media-type="application/xhtml+xml"/>'
        for i in range(len(chapters))
    )
    order = spine or "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        f"<manifest>{own}{items}</manifest><spine>{order}</spine><guide>{guide}</guide></package>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OPS/book.opf": package,
            **{f"OPS/c{i}.xhtml": chapter for i, chapter in enumerate(chapters)},
            **others,
        }
    )


def chapter(*paragraphs: str) -> str:
    """A chapter of paragraphs of plain text."""
    inside = "".join(f"<p>{escape(text)}</p>\n" for text in paragraphs)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title/>'
        f"</head><body>{inside}</body></html>"
    )


def rtf(body: str, head: str = "") -> bytes:
    """An RTF file; what is not ASCII is escaped as Unicode with a fallback of one character."""
    return (
        f"{{\\rtf1\\ansi\\ansicpg1251\\deff0{{\\fonttbl{{\\f0\\fcharset204 Times;}}}}{head}\n{body}}}".encode(
            "ascii"
        )
    )


def rtf_escaped(text: str) -> str:
    """Plain text as RTF."""
    units = memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")
    signs = (chr(u) if 31 < u < 127 else f"\\u{u if u < 0x8000 else u - 0x10000}?" for u in units)
    return "".join(f"\\{sign}" if sign in "\\{}" else sign for sign in signs)


def mhtml(page: str, *, encoding: str = "utf-8", charset: str = "utf-8", more: str = "") -> bytes:
    """A page as Chromium saves it."""
    import quopri

    body = quopri.encodestring(page.encode(encoding)).decode("ascii")
    return (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/port\r\n"
        "Subject: =?utf-8?Q?=D0=9F=D0=BE=D1=80=D1=82?=\r\nDate: Tue, 5 Mar 2024 10:00:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--edge"\r\n\r\n'
        f"----edge\r\nContent-Type: text/css\r\n\r\np {{ color: red }}\r\n{more}"
        f"----edge\r\nContent-Type: text/html{f'; charset={charset}' if charset else ''}\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/port\r\n\r\n"
        f"{body}\r\n----edge--\r\n"
    ).encode("ascii")


def wordpress(*posts: tuple[str, str], **more: Any) -> bytes:
    """Titles and bodies as WordPress gives them."""
    found = [
        {
            "id": i,
            "date": "2024-03-05T10:00:00",
            "title": {"rendered": title},
            "content": {"rendered": body},
            **more,
        }
        for i, (title, body) in enumerate(posts)
    ]
    return json.dumps(found).encode()


def pdf(*pages: str, info: str = "", extra: Sequence[bytes] = ()) -> bytes:
    """A PDF file of content streams, made by ``show``: one font that has every character of the basic plane."""
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + b"".join(
            b"%d beginbfrange\n" % len(block)
            + b"".join(b"<%02X00> <%02XFF> <%02X00>\n" % (high, high, high) for high in block)
            + b"endbfrange\n"
            for block in (range(0, 100), range(100, 200), range(200, 256))
        )
        + b"endcmap end end"
    )
    descriptor = (
        b"<< /Type /FontDescriptor /FontName /%s /Flags 4 /Ascent 800 /Descent -200 "
        b"/FontBBox [0 -200 1000 800] >>"
    )
    objects: list[bytes] = [
        b"",  # the catalog, object 1
        b"",  # the pages, object 2
        _stream(to_unicode),
    ]
    fonts = []
    for name in (b"Plain", b"Bold"):
        objects.append(descriptor % name)
        objects.append(
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 "
            b"/FontDescriptor %d 0 R >>" % (name, len(objects))
        )
        objects.append(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R]"
            b" /ToUnicode 3 0 R >>" % (name, len(objects))
        )
        fonts.append(len(objects))
    kids = []
    for content in pages:
        objects.append(_stream(content.encode("ascii")))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F %d 0 R"
            b" /B %d 0 R >> >> >>" % (len(objects), *fonts)
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
        b" ".join(b"%d 0 R" % kid for kid in kids),
        len(kids),
    )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R /Lang (ru) >>"
    objects.append(b"<< %s >>" % info.encode("ascii"))
    last = len(objects)
    return _pdf_file([*objects, *extra], last)


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _pdf_file(objects: Sequence[bytes], info: int) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        info,
        start,
    )
    return bytes(data)


def show(x: float, y: float, text: str, size: float = 10, font: str = "F") -> str:
    """One line of text on a page, its characters half as wide as high."""
    codes = text.encode("utf-16-be").hex()
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET\n"


def column(lines: Sequence[str], x: float = 60, y: float = 780, size: float = 10, pitch: float = 12) -> str:
    """Lines of text below each other."""
    return "".join(show(x, y - i * pitch, line, size) for i, line in enumerate(lines) if line)


def source_of(data: bytes, format: str, piece: Piece) -> str:
    """The stretch of the file that a piece was read from; for PDF, whose lines are made in reading, "" ."""
    length = piece.end - piece.start if piece.source_length is None else piece.source_length
    return _node(data, format, piece)[piece.offset : piece.offset + length]


def _node(data: bytes, format: str, piece: Piece) -> str:
    if format == "rtf":
        return data.decode("latin-1")
    if format == "odt":
        element, tail = list(text_nodes(etree.fromstring(member(data, piece.part))))[piece.node or 0]
        return (element.tail if tail else element.text) or ""
    if format == "epub":
        return member(data, piece.part).decode("utf-8-sig")
    if format == "mhtml":
        parts = message_from_bytes(data).walk()
        (page,) = (part for part in parts if part.get("Content-Location") == piece.part)
        body = page.get_payload(decode=True)
        assert isinstance(body, bytes)
        return body.decode(page.get_content_charset() or "utf-8")
    value = json.loads(data)
    for key in piece.part.split("/")[1:]:
        value = value[int(key)] if isinstance(value, list) else value[key]
    assert isinstance(value, str)
    return value


def member(data: bytes, name: str) -> bytes:
    """A member of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def changed(data: bytes, name: str, content: str | bytes) -> bytes:
    """The archive with another content of one member."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({**members, name: content})


def collapsed(text: str) -> str:
    """A text as formats give it that do not keep white space."""
    return re.sub(r"\s+", " ", text).strip()
