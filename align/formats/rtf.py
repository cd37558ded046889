"""RTF: its paragraphs. Places are offsets in bytes of the file.

A character that the file spells as an escape (``\\'ef``, ``\\u1087?``) has a piece that is not verbatim; plain ASCII
stands as it reads, and the escapes of a word are one piece. What each escape means depends on the code page of the
document and of the font.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from align.errors import FormatError
from align.formats import rtf_tokens as tokens
from align.formats.assemble import Draft, Run, assemble, title_of, verbatim
from align.model import BlockKind, Extract

MAX_DEPTH = 2000
_HINT = "Open it in a word processor and save it as .docx"
_HEADING = re.compile(r"(?:title|subtitle|heading(?: \d+)?|заголовок \d+|название)$", re.IGNORECASE)
_CAPTION = re.compile(r"(?:caption|название объекта)$", re.IGNORECASE)
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_HALF = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """The text of an RTF file; ``encoding`` overrules the code page that it declares.

    Left out, with a warning where there are any: footnotes, comments, headers and footers, hidden text, characters of
    symbol fonts. Raises ``FormatError`` with the line where the file ends inside a group.
    """
    source = data.decode("latin-1")
    reader = _Reader(source, name, encoding)
    reader.read()
    drafts = reader.drafts
    warnings = [f"{what} left out: {count}" for what, count in sorted(reader.left_out.items())]
    if reader.bad:
        warnings.append(
            f"{reader.bad} character(s) are not in the code page that the file declares: read as {_REPLACEMENT}"
        )
    metadata = {"title": reader.info.get("title") or title_of(drafts), "date": reader.info.get("date", "")}
    metadata = {key: value for key, value in metadata.items() if value}
    return assemble(drafts, format="rtf", metadata={**metadata, "encoding": reader.page}, warnings=warnings)


@dataclass(slots=True)
class _State:
    """What a group inherits from the one around it."""

    skip: str = ""
    bold: bool = False
    hidden: bool = False
    fallback: int = 1  # characters behind each \\u that stand for it in old programs
    page: str = ""
    first: bool = True  # nothing but {\\* has been read of the group yet
    optional: bool = False


@dataclass(slots=True)
class _Paragraph:
    """What is known of the paragraph being read."""

    runs: list[Run] = field(default_factory=list)
    style: int = 0
    outline: int = 9
    item: bool = False


class _Reader:
    """Goes through the file once."""

    def __init__(self, source: str, name: str, encoding: str | None) -> None:
        self.source, self.name = source, name
        self.page = _declared(source, name, encoding)
        self.state = _State(page=self.page)
        self.fixed = encoding is not None
        self.stack: list[_State] = []
        self.fonts: dict[int, str] = {}
        self.default_font = 0
        self.told = False  # whether any font names an alphabet: else 0 means the document's code page
        self.styles: dict[int, str] = {}
        self.font = self.style = 0  # of the table entry being read
        self.drafts: list[Draft] = []
        self.paragraph = _Paragraph()
        self.info: dict[str, str] = {}
        self.day: list[int] = [0, 0, 0]
        self.left_out: Counter[str] = Counter()
        self.bad = 0
        self.swallow = 0  # characters of a fallback still to be passed over
        self.bytes = bytearray()  # escaped bytes not decoded yet
        self.bytes_at = (0, 0)

    def read(self) -> None:
        position, opened = 0, False
        while position < len(self.source):
            token = tokens.TOKEN.match(self.source, position)
            assert token is not None  # every character belongs to one
            self.token(token)
            position = token.end()
            if token["word"] == "bin" and token["number"]:
                position += max(0, int(token["number"]))
            opened = opened or bool(self.stack)
            if opened and not self.stack:
                break  # some programs leave rubbish behind the end
        self.flush()
        if self.stack:
            line = self.source.count("\n") + 1
            raise FormatError(
                "the file ends in the middle: a brace is not closed",
                where=f"{self.name}, line {line}",
                hint=_HINT,
            )
        self.end_paragraph()

    def token(self, token: re.Match[str]) -> None:
        kind = token.lastgroup
        if kind == "number":
            kind = "word"
        if kind != "hex" and kind != "high":
            self.flush()
        if kind == "brace":
            self.brace(token[0], token.start())
        elif kind == "word":
            number = int(token["number"]) if token["number"] else None
            self.word(token["word"], number, token)
        elif kind == "hex" or kind == "high":
            self.raw(token)
        elif kind == "sign":
            self.sign(token["sign"], token)
        elif kind == "plain":
            self.plain(token[0], token.start())
        if kind != "end" and kind != "brace" and not (kind == "sign" and token["sign"] == "*"):
            self.state.first = False

    def brace(self, brace: str, at: int) -> None:
        self.swallow = 0
        if brace == "{":
            if len(self.stack) >= MAX_DEPTH:
                line = self.source.count("\n", 0, at) + 1
                raise FormatError(
                    "groups are nested too deeply", where=f"{self.name}, line {line}", hint=_HINT
                )
            self.stack.append(self.state)
            self.state = replace(self.state, first=True, optional=False)
        elif self.stack:
            self.state = self.stack.pop()

    # What a control word does

    def word(self, word: str, number: int | None, token: re.Match[str]) -> None:
        if self.swallow and word != "u":
            self.swallow -= 1
            return
        if self.opens(word):
            return
        if word == "u" and number is not None:
            self.unicode(number, token)
        elif self.state.skip:
            self.table(word, number)
        elif word in tokens.CHARACTERS:
            self.add(tokens.CHARACTERS[word], token.start(), token.end())
        elif word in tokens.PARAGRAPH_ENDS:
            self.end_paragraph()
        else:
            self.layout(word, number)
        self.character(word, number)

    def opens(self, word: str) -> bool:
        """Whether the word names the group that it stands in, and the group is passed over."""
        if not self.state.first:
            return False
        known = word in tokens.SKIPPED or (self.state.optional and word not in tokens.KEPT)
        if not known or (self.state.skip and self.state.skip not in ("info",)):
            return False
        if word in tokens.COUNTED and not self.state.skip:
            self.left_out[tokens.COUNTED[word]] += 1
        self.state.skip = f"info/{word}" if self.state.skip == "info" else word
        return True

    def table(self, word: str, number: int | None) -> None:
        """Font, style and information tables, which are not text but say how to read it."""
        kind = self.state.skip
        if kind == "info" and word in ("title", "creatim", "revtim") and self.state.first:
            self.state.skip = f"info/{word}"
        elif kind == "fonttbl" and word == "f":
            self.font = number or 0
        elif kind == "fonttbl" and word == "fcharset":
            self.fonts[self.font] = tokens.of_charset(number or 0, self.page)
            self.told = self.told or bool(number)
        elif kind == "fonttbl" and word == "cpg" and number:
            self.fonts[self.font] = tokens.of_page(number) or self.page
        elif kind == "stylesheet" and word in ("s", "cs", "ds", "ts"):
            self.style = number or 0 if word == "s" else -1
        elif kind == "info/creatim" and word in ("yr", "mo", "dy"):
            self.day[("yr", "mo", "dy").index(word)] = number or 0
            year, month, day = self.day
            if 1900 < year < 3000 and 0 < month < 13 and 0 < day < 32:
                self.info["date"] = f"{year:04}-{month:02}-{day:02}"

    def layout(self, word: str, number: int | None) -> None:
        paragraph = self.paragraph
        if word == "pard":
            paragraph.style, paragraph.outline, paragraph.item = 0, 9, False
        elif word == "s":
            paragraph.style = number or 0
        elif word == "outlinelevel":
            paragraph.outline = 9 if number is None else number
        elif word in ("ls", "pnlvlblt", "pnlvlbody"):
            paragraph.item = number != 0

    def character(self, word: str, number: int | None) -> None:
        """What a word says of the characters that follow."""
        state = self.state
        if word == "uc" and number is not None:
            state.fallback = max(0, min(number, 8))
        elif word == "b":
            state.bold = number != 0
        elif word == "v" or word == "deleted":
            if number != 0 and word == "v":
                self.left_out["hidden stretches of text"] += 1
            state.hidden = number != 0
        elif word == "plain":
            state.bold = state.hidden = False
            state.page = self.page_of(self.default_font)
        elif word == "deff":
            self.default_font = number or 0
        elif word == "f" and not state.skip:
            state.page = self.page_of(number or 0)

    def page_of(self, font: int) -> str:
        """The encoding of a font. Programs that name no alphabets write 0, and mean the document's code page."""
        page = self.fonts.get(font, self.page)
        return page if page == tokens.SYMBOLS or (self.told and not self.fixed) else self.page

    def sign(self, sign: str, token: re.Match[str]) -> None:
        if sign == "*":
            self.state.optional = self.state.first
        elif self.swallow:
            self.swallow -= 1
        elif sign in "\r\n":
            if not self.state.skip:
                self.end_paragraph()
        elif sign in tokens.SIGNS:
            self.add(tokens.SIGNS[sign], token.start(), token.end())

    # Text

    def plain(self, text: str, at: int) -> None:
        if self.swallow:
            passed = min(self.swallow, len(text))
            self.swallow -= passed
            self.extend(at + passed)
            text, at = text[passed:], at + passed
        if self.state.skip:
            self.named(text)
        elif text and not self.state.hidden:
            if self.state.page == tokens.SYMBOLS:
                self.left_out["characters of symbol fonts"] += len(text)
                return
            self.paragraph.runs.append(verbatim(text, at, bold=self.state.bold))

    def named(self, text: str) -> None:
        """Text in a table: the name of a style, the title of the document."""
        if self.state.skip == "info/title":
            self.info["title"] = " ".join((self.info.get("title", "") + text).split())
        elif self.state.skip == "stylesheet" and self.style >= 0:
            self.styles[self.style] = (self.styles.get(self.style, "") + text).split(";")[0].strip()

    def add(self, text: str, start: int, end: int) -> None:
        """A stretch that the file spells in another way."""
        if self.state.skip:
            self.named(text)
        elif not self.state.hidden:
            runs, bold = self.paragraph.runs, self.state.bold
            last = runs[-1] if runs and text.isalpha() and runs[-1].text[-1].isalpha() else None
            if last and not last.verbatim and (last.offset + last.length, last.bold) == (start, bold):
                # a word of escapes is one run: there may be millions of them
                runs[-1] = replace(last, text=last.text + text, length=end - last.offset)
                return
            runs.append(Run(text, start, end - start, False, bold))

    def extend(self, end: int) -> None:
        """Count the fallback behind an escape as part of its spelling."""
        runs = self.paragraph.runs
        if (
            runs
            and not runs[-1].verbatim
            and not self.state.skip
            and runs[-1].offset + runs[-1].length <= end
        ):
            runs[-1] = replace(runs[-1], length=end - runs[-1].offset)

    def raw(self, token: re.Match[str]) -> None:
        """An escaped byte, or bytes beyond ASCII that stand openly."""
        escaped = token["hex"] is not None
        data = bytes.fromhex(token[0].replace("\\'", "")) if escaped else token[0].encode("latin-1")
        passed = min(self.swallow, len(data))
        start = token.start() + passed * (4 if escaped else 1)
        if passed:
            self.swallow -= passed
            self.extend(start)
        if data[passed:]:
            self.bytes_at = (self.bytes_at[0] if self.bytes else start, token.end())
            self.bytes += data[passed:]

    def flush(self) -> None:
        """Decode the bytes read so far: in some encodings several make one character."""
        if not self.bytes:
            return
        data, (start, end) = bytes(self.bytes), self.bytes_at
        self.bytes.clear()
        if self.state.page == tokens.SYMBOLS:
            if not self.state.skip:
                self.left_out["characters of symbol fonts"] += len(data)
            return
        page = self.page_of(self.font) if self.state.skip == "fonttbl" else self.state.page
        text = data.decode(page if page != tokens.SYMBOLS else self.page, errors="replace")
        if not self.state.skip:
            self.bad += text.count(_REPLACEMENT)
        self.add(text.replace("\x00", _REPLACEMENT), start, end)

    def unicode(self, number: int, token: re.Match[str]) -> None:
        code = number % 0x10000
        self.swallow = self.state.fallback
        runs = self.paragraph.runs
        if (
            code in _LOW
            and runs
            and not self.state.skip
            and runs[-1].text
            and ord(runs[-1].text[-1]) in _HIGH
        ):
            high = runs[-1]
            whole = 0x10000 + ((ord(high.text[-1]) - 0xD800) << 10) + (code - 0xDC00)
            runs[-1] = replace(high, text=high.text[:-1] + chr(whole), length=token.end() - high.offset)
            return
        self.add(chr(code) if code else _REPLACEMENT, token.start(), token.end())

    def end_paragraph(self) -> None:
        paragraph = self.paragraph
        runs = [_sound(run) for run in paragraph.runs]
        self.drafts.append(Draft(runs, self.kind(paragraph)))
        self.paragraph = _Paragraph([], paragraph.style, paragraph.outline, paragraph.item)

    def kind(self, paragraph: _Paragraph) -> BlockKind:
        style = self.styles.get(paragraph.style, "")
        if paragraph.outline < 9 or (paragraph.style and _HEADING.match(style)):
            return "heading"
        if paragraph.style and _CAPTION.match(style):
            return "caption"
        return "item" if paragraph.item else "paragraph"


def _sound(run: Run) -> Run:
    """A half of a character that stood alone reads as U+FFFD."""
    return replace(run, text=_HALF.sub(_REPLACEMENT, run.text)) if _HALF.search(run.text) else run


def _declared(source: str, name: str, encoding: str | None) -> str:
    """The code page of the document. Raises ``FormatError`` for an unknown one."""
    import codecs

    if encoding:
        try:
            return codecs.lookup(encoding).name
        except LookupError as error:
            raise FormatError(
                f"unknown encoding {encoding!r}", where=name, hint="Give one as windows-1251"
            ) from error
    match = re.search(r"\\ansicpg(\d{1,6})", source[:4096])
    if match and int(match[1]):
        page = tokens.of_page(int(match[1]))
        if page is None:
            raise FormatError(
                f"its code page {match[1]} is not known", where=name, hint="Give it with --encoding"
            )
        return page
    head = source[:200]
    return "mac_roman" if "\\mac" in head else "cp437" if re.search(r"\\pc\b", head) else "cp1252"
