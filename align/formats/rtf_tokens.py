"""RTF: its tokens, encodings and skipped groups (Rich Text Format Specification 1.9.1). Pure."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|(?P<hex>(?:\\'[0-9a-fA-F]{2})+)|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<end>[\r\n\x00]+)"
    r"|(?P<plain>[\x20-\x5b\x5d-\x7a\x7c\x7e\t]+)|(?P<high>[\x80-\xff]+)|(?P<other>.)",
    re.DOTALL,
)
"""One token of the file decoded as Latin-1; every character belongs to one. Escaped bytes in a row are one."""

CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
SIGNS = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
PARAGRAPH_ENDS = frozenset(("par", "sect", "page", "column", "cell", "nestcell", "row", "nestrow"))

_SKIPPED = """
    fonttbl colortbl stylesheet listtable listoverridetable listtext pntext pntxta pntxtb revtbl rsidtbl generator
    info pict object objdata header headerl headerr headerf footer footerl footerr footerf footnote annotation atnid
    atnauthor atntime atnref atndate fldinst xe tc bkmkstart bkmkend themedata colorschememapping datastore
    latentstyles xmlnstbl mmathPr shpinst sp sn sv nonshppict private template filetbl pgptbl ftnsep ftnsepc aftnsep
    aftnsepc objclass objname
"""
SKIPPED = frozenset(_SKIPPED.split())
"""Groups of these names hold no text of the document."""
KEPT = frozenset(("shptxt", "shppict", "do", "dptxbxtext", "rtlch", "ltrch"))
"""Groups that programs may pass over, but that hold text."""
COUNTED = {
    "footnote": "footnotes and endnotes",
    "annotation": "comments",
    "header": "headers and footers",
    "headerl": "headers and footers",
    "headerr": "headers and footers",
    "headerf": "headers and footers",
    "footer": "headers and footers",
    "footerl": "headers and footers",
    "footerr": "headers and footers",
    "footerf": "headers and footers",
}

# \fcharset → code page; 1 is that of the document, 2 are symbols.
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_PAGES = {
    10000: "mac_roman",
    10007: "mac_cyrillic",
    10006: "mac_greek",
    65001: "utf-8",
    1361: "johab",
    708: "iso8859_6",
}
SYMBOLS = "symbols"


def of_charset(number: int, default: str) -> str:
    """The encoding of a font's character set."""
    return SYMBOLS if number == 2 else _CHARSETS.get(number, default)


def of_page(number: int) -> str | None:
    """The encoding of a code page, None for one that Python does not know."""
    import codecs

    name = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
