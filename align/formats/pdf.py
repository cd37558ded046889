"""PDF: the text layer, its lines put together to paragraphs again.

A PDF file holds characters and their places on pages, no words, lines or paragraphs. pdfminer.six (extra ``pdf``)
finds the characters and lines; here their order, the paragraphs, and what belongs to the pages rather than to the
text (``pdf_layout.py``) are found. A piece's ``part`` is "page N", counted from 1, its ``node`` the 0-based number of
the line on that page in reading order, its ``offset`` the code point in that line.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from align.errors import FormatError, InputError, TooLargeError
from align.formats.assemble import assemble, title_of
from align.formats.pdf_layout import Line, in_reading_order, paragraphs, without_margins
from align.model import Extract

MAX_PAGES = 5_000
MAX_CHARACTERS = 20_000_000
MAX_ON_PAGE = 200_000
MAX_STREAM = 64 * 1024 * 1024
"""Bytes of one stream in the file, unpacked."""

_HINT = "Open it in a PDF program and save (print) it as PDF again, or copy its text into a .txt file"
_SCAN = "Run a text recognition (OCR) over it, or give the text in another format"
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_MAX_UNKNOWN = 0.2  # share of characters without a meaning, from which the text layer is of no use
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """The text of a PDF file; ``encoding`` has no meaning here.

    Headers, footers and page numbers are left out, with a warning; words that were divided at the end of a line are
    joined. Raises ``FormatError`` (broken, protected by a password, no text layer), ``TooLargeError``, and
    ``InputError`` where pdfminer.six is not installed.
    """
    pages, metadata = _read(data, name)
    characters = sum(len(line.text) for page in pages for line in page)
    if not characters:
        raise FormatError("this PDF file has no text layer: its pages are images", where=name, hint=_SCAN)
    unknown = sum(len(_UNKNOWN.findall(line.text)) for page in pages for line in page)
    if unknown > _MAX_UNKNOWN * characters / 6:
        raise FormatError(
            "the fonts of this PDF file do not say which characters they show", where=name, hint=_SCAN
        )
    kept, dropped = without_margins(pages)
    drafts = paragraphs(kept)
    warnings = [f"{dropped} line(s) of headers, footers and page numbers left out"] if dropped else []
    if unknown:
        warnings.append(f"{unknown} character(s) whose meaning the file does not give: they read as (cid:…)")
    if any(_RIGHT_TO_LEFT.search(line.text) for page in kept for line in page):
        warnings.append("text from right to left may be in the wrong order in a PDF file: look at it")
    if encoding:
        warnings.append(f"the encoding {encoding} was not used: a PDF file has its own")
    if not metadata.get("title") and (title := title_of(drafts)):
        metadata = {**metadata, "title": title}
    return assemble(drafts, format="pdf", metadata=metadata, warnings=warnings)


def _read(data: bytes, name: str) -> tuple[list[list[Line]], dict[str, str]]:
    """The lines of all pages in reading order, and what the file says of itself."""
    try:
        import logging

        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
        from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
        from pdfminer.pdfparser import PDFParser
    except ImportError as error:
        raise InputError(
            "reading PDF files needs the package pdfminer.six",
            where=name,
            hint="Install it: pip install 'concord-align[pdf]'",
        ) from error
    with _bounded():
        try:
            document = PDFDocument(PDFParser(io.BytesIO(data)))
            return _pages(document, name), _metadata(document)
        except PDFPasswordIncorrect as error:
            raise FormatError(
                "this PDF file is protected by a password", where=name, hint="Save it without one"
            ) from error
        except (InputError, MemoryError):
            raise
        except Exception as error:  # pdfminer raises whatever a broken file makes its code stumble over
            reason = str(error).strip() or type(error).__name__
            raise FormatError(f"this PDF file is broken ({reason[:120]})", where=name, hint=_HINT) from error


def _pages(document: Any, name: str) -> list[list[Line]]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    class Counting(PDFPageAggregator):
        """Stops at more characters than a page of text can hold: each takes a kilobyte in memory."""

        on_page = total = 0

        def render_char(self, *given: Any, **named: Any) -> float:
            self.on_page += 1
            self.total += 1
            if self.on_page > MAX_ON_PAGE or self.total > MAX_CHARACTERS:
                raise TooLargeError("too many characters for a text", where=name, hint="Split it")
            return float(super().render_char(*given, **named))

    resources = PDFResourceManager()
    device = Counting(resources, laparams=LAParams(boxes_flow=None))
    interpreter = PDFPageInterpreter(resources, device)
    found: list[list[Line]] = []
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > MAX_PAGES:
            raise TooLargeError(f"the file has more than {MAX_PAGES:,} pages", where=name, hint="Split it")
        device.on_page = 0
        interpreter.process_page(page)
        layout = device.get_result()
        lines = in_reading_order(list(_lines(layout)))
        found.append([line.numbered(number, i) for i, line in enumerate(lines)])
    if not found:
        raise FormatError("this PDF file has no pages", where=name, hint=_HINT)
    return found


def _lines(layout: Any) -> Iterator[Line]:
    """The lines of text below a layout object."""
    from pdfminer.layout import LTChar, LTContainer, LTTextLine

    stack = [layout]
    while stack:
        item = stack.pop()
        if isinstance(item, LTTextLine):
            text = item.get_text().strip()
            characters = [each for each in item if isinstance(each, LTChar)]
            if text.strip() and characters:
                sizes = sorted(each.size for each in characters)
                bold = sum(
                    "bold" in each.fontname.lower() or "black" in each.fontname.lower() for each in characters
                )
                yield Line(
                    text, item.x0, item.y0, item.x1, item.y1, sizes[len(sizes) // 2], 2 * bold > len(characters),
                    layout.y0, layout.y1,
                )  # fmt: skip
        elif isinstance(item, LTContainer):
            stack.extend(reversed(list(item)))


def _metadata(document: Any) -> dict[str, str]:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    found: dict[str, str] = {}
    info = document.info[0] if document.info else {}
    values = [(key, info.get(name)) for key, name in (("title", "Title"), ("date", "CreationDate"))]
    for key, value in [*values, ("lang", document.catalog.get("Lang"))]:
        value = resolve1(value)
        text = decode_text(value) if isinstance(value, bytes) else str(value or "")
        text = " ".join(text.replace("\x00", "").split())
        if key == "date":
            match = _DATE.match(text)
            text = "-".join(match.groups()) if match else ""
        if text:
            found[key] = text
    return found


@contextmanager
def _bounded() -> Iterator[None]:
    """While it lasts, pdfminer unpacks no stream beyond ``MAX_STREAM``: it has no bound of its own."""
    from pdfminer import pdftypes

    def decompress(data: bytes) -> bytes:
        unpacker = zlib.decompressobj()
        unpacked = unpacker.decompress(data, MAX_STREAM)
        if unpacker.unconsumed_tail:
            raise TooLargeError(
                f"a stream in it unpacks to more than {MAX_STREAM >> 20} MB", hint="This looks like a bomb"
            )
        if not unpacker.eof:
            raise zlib.error("incomplete or truncated stream")
        return unpacked

    class Bounded:
        """An unpacker for damaged streams."""

        def __init__(self) -> None:
            self.inner, self.length = zlib.decompressobj(), 0

        def decompress(self, data: bytes) -> bytes:
            unpacked = self.inner.decompress(data, MAX_STREAM)
            self.length += len(unpacked)
            if self.length > MAX_STREAM or self.inner.unconsumed_tail:
                raise TooLargeError(f"a stream in it unpacks to more than {MAX_STREAM >> 20} MB")
            return unpacked

    module: Any = pdftypes
    before = module.zlib
    module.zlib = SimpleNamespace(decompress=decompress, decompressobj=Bounded, error=zlib.error)
    try:
        yield
    finally:
        module.zlib = before
