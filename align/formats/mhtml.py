"""MHTML: a page that a browser saved with all its parts (RFC 2557), of which the page itself is read.

A piece's ``part`` is the address of the page inside the file (its Content-Location, else its Content-ID, else
"text/html"), its ``offset`` the code point in the decoded page.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import Message

from align.errors import EncodingError, FormatError, TooLargeError
from align.formats.html import read as read_html
from align.model import Extract

MAX_PAGE = 16 * 1024 * 1024
MAX_PARTS = 20_000
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_HINT = 'Save the page again, as "web page, HTML only" or as one file'


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """The article of the page, as for HTML. The page's title and the day it was saved are taken if it names none.

    ``encoding`` overrules what the file says. Raises ``FormatError`` where there is no page in it, and what reading
    HTML raises.
    """
    message, page = _page(data, name)
    body = page.get_payload(decode=True)
    if not isinstance(body, bytes) or not body.strip():
        raise FormatError("the page in this file is empty", where=name, hint=_HINT)
    if len(body) > MAX_PAGE:
        raise TooLargeError(
            f"the page is larger than {MAX_PAGE >> 20} MB", where=name, hint="Save it without images"
        )
    extract = _read(body, name, encoding, page.get_content_charset())
    part = page.get("Content-Location") or page.get("Content-ID") or "text/html"
    warnings = [f"{each.get_content_type()} in it is damaged" for each in [message, page] if each.defects]
    return replace(
        extract,
        format="mhtml",
        pieces=tuple(replace(piece, part=str(part).strip()) for piece in extract.pieces),
        metadata={**_said(message), **extract.metadata},
        warnings=(*extract.warnings, *dict.fromkeys(warnings)),
    )


def _read(body: bytes, name: str, encoding: str | None, charset: str | None) -> Extract:
    """By ``encoding``, else by what the part's header says if that holds, else by what the page says itself."""
    if encoding or not charset:
        return read_html(body, name=name, encoding=encoding)
    try:
        return read_html(body, name=name, encoding=charset)
    except EncodingError:
        extract = read_html(body, name=name)
        warning = (
            f"the page is not in {charset}, which its header declares: read as {extract.metadata['encoding']}"
        )
        return replace(extract, warnings=(*extract.warnings, warning))


def _page(data: bytes, name: str) -> tuple[Message, Message]:
    """The whole message and the part of it that is the page: the root of the related parts, else the first page."""
    from email import message_from_bytes

    if data.count(b"\n--") > MAX_PARTS:
        raise TooLargeError(f"the file has more than {MAX_PARTS:,} parts", where=name, hint=_HINT)
    try:
        message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
        parts = [part for part in message.walk() if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError) as error:
        raise FormatError("this is no saved page, or a damaged one", where=name, hint=_HINT) from error
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise FormatError("there is no web page in this file", where=name, hint=_HINT)
    address = message.get("Snapshot-Content-Location")
    start = message.get_param("start")
    for page in pages:
        if address and page.get("Content-Location") == address:
            return message, page
        if start and page.get("Content-ID") == start:
            return message, page
    return message, pages[0]


def _said(message: Message) -> dict[str, str]:
    """Title and day of saving from the header."""
    from email.errors import MessageError
    from email.header import decode_header, make_header
    from email.utils import parsedate_to_datetime

    found: dict[str, str] = {}
    try:
        title = " ".join(str(make_header(decode_header(message.get("Subject", "")))).split())
        if title:
            found["title"] = title
        if message.get("Date"):
            found["date"] = parsedate_to_datetime(message["Date"]).date().isoformat()
    except (MessageError, ValueError, TypeError, LookupError):  # a header that says nothing is no error
        pass
    return found
