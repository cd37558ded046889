"""HTML: a saved page as its article, a fragment or plain page as a whole. Places are offsets in the decoded file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from align.errors import EmptyInputError, EncodingError, InputError
from align.formats.assemble import Draft, assemble
from align.formats.html_article import Found, article, ask_trafilatura, is_simple
from align.formats.html_blocks import HtmlBlock, blocks_of
from align.formats.html_tree import Page, parse
from align.model import Extract
from align.text import Decoded, decode

_META_BYTES = 4096  # the standard looks at 1024 bytes; real pages put comments and scripts first
_CHARSET = re.compile(rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9_:.\-]+)""")
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# https://encoding.spec.whatwg.org/#names-and-labels: what browsers take these labels for
_LABELS = {
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
    "iso-8859-9": "windows-1254",
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "unicode": "utf-8",
    "win-1251": "windows-1251",
    "x-cp1251": "windows-1251",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-mac-cyrillic": "mac-cyrillic",
}
_REPLACEMENT = "\ufffd"
_MAX_BAD = 0.001  # share of undecodable bytes up to which a page still is what it declares
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=\D|$)")
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d{2}-\d{2})')
_DATE_METAS = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "dc.date.issued",
    "dc.date",
    "pubdate",
    "publish-date",
    "date",
)


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """The article of a saved page, or all text of a page that has no menus.

    ``metadata`` holds "title", "date" (ISO 8601), "lang" where the page declares them, and "encoding".
    Raises ``EncodingError``, ``EmptyInputError``, or ``InputError`` when the page has no article.
    """
    decoded = decode_page(data, name, encoding)
    source = decoded.text
    page = parse(source)
    blocks = blocks_of(page, source)
    if not blocks:
        raise EmptyInputError(
            "there is no text on this page",
            where=name,
            hint="Pages that are built by scripts save as an empty shell: save the page as the browser shows it",
        )
    found, warnings = Found(()), list(decoded.warnings)
    if not is_simple(page, blocks):
        found, failures = ask_trafilatura(source)
        warnings += failures
        blocks = article(page, blocks, found)
    if not blocks:
        raise InputError(
            "no article was found on this page",
            where=name,
            hint="Save the page of the article itself, or give its text as a .txt file",
        )
    metadata = _metadata(page, found, blocks) | {"encoding": decoded.encoding}
    return assemble(_drafts(blocks), format="html", metadata=metadata, warnings=warnings)


def drafts_of(source: str) -> list[Draft]:
    """All blocks of a fragment, for HTML inside another format; places are offsets in ``source``."""
    return _drafts(blocks_of(parse(source), source))


def _drafts(blocks: Sequence[HtmlBlock]) -> list[Draft]:
    return [Draft(block.runs, block.kind, block.asks) for block in blocks]


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page names itself, as Python spells it; None without one that Python knows."""
    match = _CHARSET.search(data, 0, _META_BYTES) or _XML.search(data, 0, _META_BYTES)
    if match is None:
        return None
    label = match[1].decode("ascii").lower()
    try:
        return codecs.lookup(_LABELS.get(label, label)).name
    except LookupError:
        return None


def decode_page(data: bytes, name: str, encoding: str | None) -> Decoded:
    """By ``encoding``, else the byte order mark, else what the page declares, else what the bytes look like."""
    declared = declared_encoding(data)
    if encoding or declared is None or data.startswith(_BOMS):
        return decode(data, encoding, name=name)
    if declared != "utf-8" and _is_utf8(data):
        decoded = decode(data, "utf-8", name=name)
        warning = f"the page declares {declared}, but its bytes are UTF-8: read as UTF-8"
        return Decoded(decoded.text, decoded.encoding, (*decoded.warnings, warning))
    try:
        return decode(data, declared, name=name)
    except EncodingError:
        return _decode_misdeclared(data, name, declared)


def _decode_misdeclared(data: bytes, name: str, declared: str) -> Decoded:
    """A page that is not what it declares: few bad bytes are replaced, as browsers do; many mean another encoding."""
    text = data.decode(declared, errors="replace")
    bad = text.count(_REPLACEMENT) - data.count(_REPLACEMENT.encode()) * (declared == "utf-8")
    if bad <= _MAX_BAD * len(text):
        warning = f"{bad} byte(s) are not {declared}, which the page declares: read as {_REPLACEMENT}"
        return Decoded(text, declared, (warning,))
    decoded = decode(data, name=name)
    warning = f"the page declares {declared}, which its bytes are not: read as {decoded.encoding}"
    return Decoded(decoded.text, decoded.encoding, (*decoded.warnings, warning))


def _is_utf8(data: bytes) -> bool:
    """Whether there are letters beyond ASCII, and all of them are well-formed UTF-8."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _metadata(page: Page, found: Found, blocks: Sequence[HtmlBlock]) -> dict[str, str]:
    title = page.metas.get("og:title") or next((b.text for b in blocks if b.owner.tag == "h1"), "")
    values = {
        "title": title or found.title or page.title,
        "date": _date(page) or found.date,
        "lang": page.lang,
    }
    return {key: " ".join(value.split()) for key, value in values.items() if value.strip()}


def _date(page: Page) -> str:
    for key in _DATE_METAS:
        if match := _ISO_DATE.match(page.metas.get(key, "").strip()):
            return match[0]
    for script in page.scripts:
        if match := _JSON_DATE.search(script):
            return match[1]
    return ""
