"""The table of consistency as lines: concept, rendering, document; narrowed and sorted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from align.errors import UsageError
from glossary.checks.settings import base_lang
from glossary.checks.terms.consistency import ConceptRow, consistency
from glossary.model import Use
from glossary.review.valid import fold
from glossary.store import Glossary
from glossary.store.checked import Checks

ROWS = 50
UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Line:
    """One rendering of one concept in one translation.

    ``total`` counts the concept in this language, ``ways`` its renderings; ``forms`` are those that stand in the
    document. ``first`` is the first use.
    """

    key: str
    term: str
    kind: str
    source_lang: str
    lang: str
    rendering: str
    document: str
    count: int
    total: int
    ways: int
    deviates: bool
    forms: tuple[str, ...]
    first: Use

    @property
    def place(self) -> str:
        """What names the line among all: a cursor."""
        return "\x1f".join((self.key, self.lang, self.rendering, self.document))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the table is narrowed to and how it is sorted, as an address says it."""

    q: str = ""
    lang: str = ""
    kind: str = ""
    document: str = ""
    status: str = ""
    only: str = "differing"
    sort: str = "concept"
    down: str = ""

    def url(self, path: str = "/consistency", **more: str) -> str:
        """An address with these fields, some of them others."""
        asked = {f.name: getattr(self, f.name) for f in fields(self)} | more
        plain = {f.name: f.default for f in fields(self)}
        given = {name: value for name, value in asked.items() if value != plain.get(name, "")}
        return f"{path}?{urlencode(given)}" if given else path

    def sorted_by(self, column: str) -> str:
        """The address sorted by a column, the other way round if it is so already."""
        down = "" if column != self.sort else "" if self.down else "1"
        return self.url(sort=column, down=down)


def wanted_of(values: Mapping[str, Any]) -> Wanted:
    """What an address asks for. Raises UsageError for a column that is none."""
    found = Wanted(**{
        f.name: value.strip() for f in fields(Wanted) if isinstance(value := values.get(f.name), str)
    })  # fmt: skip
    if found.sort not in SORTS:
        raise UsageError(
            f"there is no column {found.sort[:40]!r}", where="sort", hint=f"Choose from: {', '.join(SORTS)}"
        )
    return found


SORTS: dict[str, Callable[[Line], Any]] = {
    "concept": lambda line: fold(line.term),
    "kind": lambda line: line.kind,
    "rendering": lambda line: fold(line.rendering),
    "document": lambda line: line.document,
    "count": lambda line: line.count,
    "total": lambda line: line.total,
    "ways": lambda line: line.ways,
}


def lines_of(concepts: Iterable[ConceptRow]) -> list[Line]:
    """Every rendering of every concept in every document."""
    found = []
    for concept in concepts:
        for row in concept.renderings:
            by_document: dict[str, list[Use]] = {}
            for use in row.uses:
                by_document.setdefault(use.target, []).append(use)
            for document, uses in sorted(by_document.items()):
                forms: Counter[str] = Counter()
                for use in uses:
                    forms.update(use.surfaces or {use.rendering: use.count})
                found.append(
                    Line(
                        concept.key, concept.term, concept.kind, concept.source_lang, concept.target_lang,
                        row.text, document, sum(use.count for use in uses), concept.count,
                        len(concept.renderings), row.deviates, tuple(form for form, _ in forms.most_common()),
                        uses[0],
                    )
                )  # fmt: skip
    return found


_KEPT: dict[str, tuple[str, list[Line]]] = {}


def kept_lines(glossary: Glossary) -> list[Line]:
    """The lines of what the last check kept; nothing is checked for it."""
    checks, path = Checks(glossary.store), str(glossary.store.path)
    with glossary.store.snapshot():
        mark = checks.kept()
        if _KEPT.get(path, ("", []))[0] != mark:
            _KEPT[path] = (mark, lines_of(consistency(checks.uses())))
    return _KEPT[path][1] if path in _KEPT else []


class Decisions:
    """What people decided about renderings: the approved concepts by their terms."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        self.concepts: dict[tuple[str, str], list[str]] = {}
        self.statuses: dict[tuple[str, str, str], str] = {}
        for number, lang, text, status in rows:
            self.concepts.setdefault((base_lang(lang), text), []).append(number)
            self.statuses[number, base_lang(lang), text] = status

    def status(self, line: Line) -> str:
        """The status of a line's rendering in its concept, "undecided" where nobody decided."""
        for number in self.concepts.get((line.source_lang, fold(line.term)), ()):
            for form in (line.rendering, *line.forms):
                if status := self.statuses.get((number, line.lang, fold(form))):
                    return status
        return UNDECIDED


def narrowed(lines: Sequence[Line], wanted: Wanted, decisions: Decisions) -> list[Line]:
    """The lines that are asked for, sorted."""
    text = fold(wanted.q)
    found = [
        line
        for line in lines
        if (wanted.only == "all" or (line.deviates if wanted.only == "deviating" else line.ways > 1))
        and wanted.lang in ("", line.lang)
        and wanted.kind in ("", line.kind)
        and wanted.document in ("", line.document)
        and (not text or text in fold(line.term) or text in fold(line.rendering))
        and wanted.status in ("", decisions.status(line) if wanted.status else "")
    ]
    found.sort(
        key=lambda line: (fold(line.term), line.key, line.lang, -line.count, line.rendering, line.document)
    )
    if wanted.sort != "concept" or wanted.down:
        found.sort(key=SORTS[wanted.sort], reverse=bool(wanted.down))
    return found


def after(lines: Sequence[Line], place: str) -> Sequence[Line]:
    """The lines behind the one at a cursor; all where there is none such."""
    at = next((n for n, line in enumerate(lines) if line.place == place), -1)
    return lines[at + 1 :]
