"""Files of term pairs from one language to another: Weblate's CSV, DeepL, Google, OmegaT and UTX.

Columns and rules are those of each tool's documentation. None but UTX can say that a term is unwanted: those are left
out. ``Format`` of ``registry.py`` says what each is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from align.errors import FormatError
from glossary.formats import cells
from glossary.formats.carry import How, Quote, Room, language, one_line
from glossary.formats.cells import Found, Line, Row
from glossary.model import Entry, Status, Term
from glossary.review.valid import LANG

# DeepL and Google: two columns, one target for each source


DEEPL_LONGEST = 1024
"""Bytes of a term."""
DEEPL = Room(
    pair=True, apart=True, one_target=True, fits=lambda text: len(text.encode("utf-8")) <= DEEPL_LONGEST
)
GOOGLE = Room(pair=True, apart=True, one_target=True)


def write_pairs(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """Two columns without a header; of concepts with one source term the first."""
    found = _first_of_each(entries, how)
    return cells.tabbed(found) if how.tabs else cells.separated(found)


def _first_of_each(entries: Iterable[Entry], how: How) -> Iterator[list[str]]:
    seen: set[str] = set()
    for entry in entries:
        for left, right in cells.pairs(entry, how):
            if right is not None and left.text not in seen:
                seen.add(left.text)
                yield [left.text, right.text]


def read_pairs(data: bytes, *, name: str, how: How) -> Found:
    """Two columns, or four with the languages in the third and fourth (DeepL). Raises FormatError."""
    return Found(_by_languages(_two_columns(cells.text_of(data, name=name, how=how), name), how, name))


def _two_columns(text: str, name: str) -> list[Line]:
    """The rows, cut by the first mark that gives two to four cells in each: terms may hold the other marks."""
    if name.lower().endswith(cells.TABBED):
        return list(cells.tabbed_rows(text))
    found = list(cells.separated_rows(text, ",", name=name))
    for mark in (";", "\t"):
        if all(2 <= len(line.cells) <= 4 for line in found):
            break
        other = list(cells.separated_rows(text, mark, name=name))
        found = other if all(2 <= len(line.cells) <= 4 for line in other) else found
    return found


def _by_languages(lines: Sequence[Line], how: How, name: str) -> list[Entry]:
    groups: dict[tuple[str, str], list[Row]] = {}
    if not lines:
        raise FormatError("there is nothing in it", where=name, hint="Give a glossary")
    for number, row in lines:
        if not 2 <= len(row) <= 4:
            raise FormatError(
                f"{len(row)} columns instead of two", where=f"{name}, line {number}", hint="Give --format"
            )
        given = [cell.strip() for cell in row[2:]]
        if not all(LANG.fullmatch(cell) for cell in given):
            raise FormatError(
                f"{given[0][:30]!r} is no language", where=f"{name}, line {number}", hint="Give --format"
            )
        pair = (given[0], given[1]) if len(given) == 2 else (how.source, how.target)
        found = Row(number, row[0].strip(), row[1].strip())
        groups.setdefault(pair, []).append(found)
    return [
        entry
        for (source, target), found_rows in groups.items()
        for entry in cells.from_pairs(found_rows, How(source, target), name=name)
    ]


# OmegaT: source, target, comment; lines with "#" are comments


def omegat_fits(text: str) -> bool:
    """Whether a term can begin a line."""
    return not text.startswith("#")


OMEGAT = Room(pair=True, apart=True, term=frozenset(["note"]), fits=omegat_fits, note=one_line)


def write_omegat(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """OmegaT's own glossary: three columns with tabs, without a header."""
    return cells.tabbed(
        [left.text, right.text, right.note]
        for entry in entries
        for left, right in cells.pairs(entry, how)
        if right is not None
    )


def read_omegat(data: bytes, *, name: str, how: How) -> Found:
    """OmegaT's own glossary. Raises FormatError."""
    found = []
    for number, row in cells.tabbed_rows(cells.text_of(data, name=name, how=how)):
        if row[0].startswith("#"):
            continue
        if not 2 <= len(row) <= 3:
            raise FormatError(
                f"{len(row)} columns instead of two or three",
                where=f"{name}, line {number}",
                hint="Cells have tabs between them: source, target, comment",
            )
        found.append(Row(number, row[0].strip(), row[1].strip(), note="".join(row[2:])))
    return Found(cells.from_pairs(found, how, name=name))


# Weblate's CSV


WEBLATE_COLUMNS = (
    "location", "source", "target", "ID", "fuzzy", "context", "translator_comments", "developer_comments",
)  # fmt: skip
WEBLATE = Room(
    pair=True,
    ids=True,
    evidence=True,
    concept=frozenset(["definition", "untranslated"]),
    term=frozenset(["note"]),
    statuses={None: None},
)


def write_weblate(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """A row for each pair; what waits for a decision is fuzzy, evidence is the location."""
    return cells.separated(_weblate_rows(entries, how))


def _weblate_rows(entries: Iterable[Entry], how: How) -> Iterator[Sequence[str]]:
    yield WEBLATE_COLUMNS
    for entry in entries:
        concept = entry.concept
        noted: set[str] = set()
        for n, (left, right) in enumerate(cells.pairs(entry, how)):
            location = " ".join(map(place, how.evidence(concept.id))) if n == 0 else ""
            note = right.note if right is not None and right.text not in noted else ""
            noted |= {right.text} if right is not None else set()
            yield (
                location,
                left.text,
                right.text if right is not None else "",
                f"{concept.id}/{n}" if n else concept.id,
                "True" if right is not None and right.status is None else "",
                f"{concept.id}/{n}" if n else "",  # Weblate tells entries by source and context
                note,
                "" if n else concept.definition,
            )


def place(quote: Quote) -> str:
    """A mention as a reference: file:number."""
    return f"{quote.document}:{quote.number}".replace(" ", "%20")


def read_weblate(data: bytes, *, name: str, how: How) -> Found:
    """Weblate's CSV, in any order of its columns. Raises FormatError."""
    lines = cells.rows(cells.text_of(data, name=name, how=how), name=name)
    header = [cell.strip().strip('"') for cell in cells.first_of(lines, name).cells]
    at = {column: n for n, column in enumerate(header)}
    if not {"source", "target"} <= set(at):
        raise FormatError(
            "its first line names no columns “source” and “target”",
            where=f"{name}, line 1",
            hint="Give --format",
        )
    found = []
    for number, row in lines:

        def cell(column: str, row: Sequence[str] = row) -> str:
            return row[at[column]] if column in at and at[column] < len(row) else ""

        fuzzy = cell("fuzzy").strip().lower() in ("true", "1", "yes", "fuzzy")
        found.append(
            Row(
                number,
                cell("source").strip(),
                cell("target").strip(),
                accepted=not fuzzy,
                id=cell("ID").strip(),
                definition=cell("developer_comments"),
                note=cell("translator_comments"),
            )
        )
    return Found(cells.from_pairs(found, how, name=name))


# UTX 1.11 (Asia-Pacific Association for Machine Translation)


UTX_STATUSES: dict[Status | None, Status | None] = {
    "deprecated": "deprecated",
    "superseded": "deprecated",
    "forbidden": "forbidden",
    None: None,
}
_UTX_WORDS: dict[Status | None, str] = {
    "preferred": "approved",
    "admitted": "approved",
    "deprecated": "non-standard",
    "forbidden": "forbidden",
    None: "provisional",
}
_UTX_COLUMNS = ("src", "tgt", "src:pos", "term status", "src:comment", "tgt:comment")
UTX = Room(
    pair=True,
    apart=True,
    term=frozenset(["note"]),
    statuses=UTX_STATUSES,
    fits=omegat_fits,
    note=one_line,
    source_note=True,
)


def write_utx(entries: Iterable[Entry], how: How) -> Iterator[bytes]:
    """A row for each pair with its status. The date is that of the last decision, so that it is the same again."""
    date = max((made.modified for made in how.made.values()), default="1970-01-01T00:00:00Z")
    yield f"#UTX 1.11; {language(how.source)}/{language(how.target)}; {date}\r\n".encode()
    yield ("#" + "\t".join(_UTX_COLUMNS) + "\r\n").encode()
    yield from cells.tabbed(
        (
            _utx_row(left, right)
            for entry in entries
            for left, right in cells.pairs(entry, how)
            if right is not None
        ),
        "\r\n",
        headed=True,
    )


def _utx_row(left: Term, right: Term) -> list[str]:
    return [left.text, right.text, "noun", _UTX_WORDS[right.status], left.note, right.note]


def read_utx(data: bytes, *, name: str, how: How) -> Found:
    """UTX; the languages and columns are those that its header names. Raises FormatError."""
    text = cells.text_of(data, name=name, how=how)
    at: dict[str, int] = {"src": 0, "tgt": 1}
    source, target = how.source, how.target
    found = []
    for number, row in cells.tabbed_rows(text):
        if row[0].startswith("#"):
            source, target = _utx_languages(row[0], source, target)
            if row[0].lstrip("#") == "src":
                at = {column.lstrip("#").strip(): n for n, column in enumerate(row)}
            continue
        found.append(_utx_pair(number, row, at, name))
    return Found(cells.from_pairs(found, How(source, target), name=name))


def _utx_languages(line: str, source: str, target: str) -> tuple[str, str]:
    parts = line.split(";")
    if not line.startswith("#UTX") or len(parts) < 2 or (source and target):
        return source, target
    left, _, right = parts[1].strip().partition("/")
    return source or left.strip(), target or right.strip()


def _utx_pair(number: int, row: Sequence[str], at: dict[str, int], name: str) -> Row:
    def cell(column: str) -> str:
        return row[at[column]] if column in at and at[column] < len(row) else ""

    word = cell("term status").strip().lower()
    words: dict[str, Status | None] = {said: status for status, said in _UTX_WORDS.items()} | {
        "": "preferred"
    }
    if word not in words:
        raise FormatError(
            f"there is no term status {word[:30]!r}",
            where=f"{name}, line {number}",
            hint="Statuses: approved, provisional, non-standard, forbidden",
        )
    accepted = word in ("", "approved")
    return Row(
        number,
        cell("src").strip(),
        cell("tgt").strip(),
        status=None if accepted else words[word],
        accepted=accepted,
        note=cell("tgt:comment"),
        source_note=cell("src:comment"),
    )
