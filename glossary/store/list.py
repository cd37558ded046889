"""Listing concepts page by page, by key and never by offset, and finding one by what people call it."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from align.errors import UsageError
from glossary.review.valid import fold

if TYPE_CHECKING:
    from sqlite_utils import Database

Sort = Literal["score", "count", "label"]
LARGEST_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Query:
    """Which concepts to list, and in which order. Empty fields leave nothing out.

    ``state`` "" is all that stand (not the merged ones); ``text`` is part of a term, in any case; ``status`` and
    ``lang`` together are those of one term; ``new`` are decided concepts with evidence that came since.
    """

    state: str = ""
    kind: str = ""
    lang: str = ""
    status: str = ""
    text: str = ""
    scope: str = ""
    document: str = ""
    min_count: int = 0
    new: bool = False
    sort: Sort = "score"
    min_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """A concept in a list. ``terms`` are (language, text, status), in order; ``reason`` is why it was rejected."""

    id: str
    state: str
    kind: str
    label: str
    score: float
    count: int
    version: int
    has_new: bool
    terms: tuple[tuple[str, str, str], ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the next page starts ("" after the last)."""

    rows: tuple[Row, ...]
    next: str


def page(db: Database, query: Query, after: str, limit: int, *, back: bool = False) -> Page:
    """Up to ``limit`` concepts after a cursor that an earlier page gave ("" is the beginning).

    With ``back`` it is those right before the cursor, in the list's order; ``next`` then leads further back.
    Raises UsageError for a cursor that is none.
    """
    limit = max(1, min(limit, LARGEST_PAGE))
    column = query.sort
    where, values = _where(query)
    falling = (query.sort != "label") is not back
    if after:
        value, n = _read_cursor(after, query.sort)
        sign, behind = "<" if falling else ">", "<" if back else ">"
        where.append(f"(c.{column} {sign} :value OR (c.{column} = :value AND c.n {behind} :n))")
        where.append(f"c.{column} {sign}= :value")  # which the index can use
        values |= {"value": value, "n": n}
    sql = f"SELECT c.n, c.{column} FROM concepts AS c WHERE {' AND '.join(where)}"
    sql += (
        f" ORDER BY c.{column} {'DESC' if falling else 'ASC'}, c.n {'DESC' if back else 'ASC'} LIMIT :limit"
    )
    found = db.execute(sql, {**values, "limit": limit + 1}).fetchall()
    rows = tuple(_row(db, n) for n, _ in found[:limit])
    following = _cursor(found[limit - 1][1], found[limit - 1][0]) if len(found) > limit else ""
    return Page(rows[::-1] if back else rows, following)


def ids(db: Database, query: Query) -> list[tuple[str, int]]:
    """All concepts that a query finds, in its order, each with its version."""
    where, values = _where(query)
    falling = "ASC" if query.sort == "label" else "DESC"
    return db.execute(
        f"SELECT c.id, c.version FROM concepts AS c WHERE {' AND '.join(where)} "
        f"ORDER BY c.{query.sort} {falling}, c.n",
        values,
    ).fetchall()


def count(db: Database, query: Query) -> int:
    """How many concepts a query finds in all."""
    where, values = _where(query)
    (total,) = db.execute(
        f"SELECT count(*) FROM concepts AS c WHERE {' AND '.join(where)}", values
    ).fetchone()
    return int(total)


def place_of(db: Database, number: str, query: Query) -> str:
    """The cursor right after a concept."""
    row = db.execute(f"SELECT n, {query.sort} FROM concepts WHERE id = ?", [number]).fetchone()
    return "" if row is None else _cursor(row[1], row[0])


def standing(db: Database) -> list[tuple[str, str, str, str]]:
    """The terms of approved concepts: id, language, text without differences of case, status."""
    return db.execute(
        """SELECT c.id, t.lang, t.folded, coalesce(t.status, '') FROM concepts AS c
        JOIN terms AS t ON t.concept = c.n WHERE c.state = 'approved' AND t.scope = '' ORDER BY c.n, t.rowid"""
    ).fetchall()


def _where(query: Query) -> tuple[list[str], dict[str, Any]]:
    where = ["c.state = :state" if query.state else "c.state <> 'merged'"]
    found: dict[str, Any] = {"state": query.state} if query.state else {}
    if query.kind:
        where.append("c.kind = :kind")
        found["kind"] = query.kind
    if query.min_count:
        where.append("c.count >= :min_count")
        found["min_count"] = query.min_count
    if query.min_score:
        where.append("c.score >= :min_score")
        found["min_score"] = query.min_score
    if query.new:
        where.append("c.decided AND c.newest > c.seen")
    if query.lang and not (query.status or query.text or query.scope):
        where.append("c.langs LIKE :langs")
        found["langs"] = f"% {query.lang} %"
    elif query.lang or query.status or query.text or query.scope:
        where.append(_terms_where(query, found))
    if query.document:
        where.append(
            """c.n IN (SELECT k.concept FROM evidence_documents AS d
            JOIN occurrences AS o ON o.document = d.id JOIN candidates AS a ON a.id = o.candidate
            JOIN concept_keys AS k ON k.key = a.key WHERE d.key = :document)"""
        )
        found["document"] = query.document
    return where, found


def _terms_where(query: Query, found: dict[str, Any]) -> str:
    conditions = []
    if query.text:
        conditions.append("instr(t.folded, :folded) > 0")
        found["folded"] = fold(query.text)
    for name in ("lang", "status", "scope"):
        if value := getattr(query, name):
            conditions.append("t.status IS NULL" if value == "none" else f"t.{name} = :{name}")
            found[name] = value
    if found.get("status") == "none":
        del found["status"]
    return f"c.n IN (SELECT t.concept FROM terms AS t WHERE {' AND '.join(conditions)})"


def _row(db: Database, n: int) -> Row:
    row = db.execute(
        "SELECT id, state, kind, label, score, count, version, decided AND newest > seen "
        "FROM concepts WHERE n = ?",
        [n],
    ).fetchone()
    terms = db.execute(
        "SELECT lang, text, coalesce(status, '') FROM terms WHERE concept = ? ORDER BY rowid", [n]
    )
    id, state, kind, name, score, total, version, has_new = row
    why = _reason(db, n) if state == "rejected" else ""
    return Row(id, state, kind, name, score, total, version, bool(has_new), tuple(terms.fetchall()), why)


def _reason(db: Database, n: int) -> str:
    (data,) = db.execute("SELECT data FROM concept_data WHERE concept = ?", [n]).fetchone()
    return str(json.loads(data).get("reason", ""))


def _cursor(value: Any, n: int) -> str:
    data = json.dumps([value, n], ensure_ascii=False).encode("utf-8")
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def _read_cursor(text: str, sort: Sort) -> tuple[Any, int]:
    wanted = str if sort == "label" else (int, float)
    try:
        value, n = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if isinstance(value, wanted) and type(n) is int:
            return value, n
    except (ValueError, TypeError, binascii.Error):
        pass
    raise UsageError(
        "this is no place in such a list",
        where="--after",
        hint="Give what the page before printed, with --sort",
    )


def find(db: Database, name: str) -> list[str]:
    """The ids that a name may stand for: an id, the beginning of one, or the text of a term; at most ten."""
    if db.execute("SELECT 1 FROM concepts WHERE id = ?", [name]).fetchone():
        return [name]
    by_text = db.execute(
        """SELECT DISTINCT c.id FROM terms AS t JOIN concepts AS c ON c.n = t.concept
        WHERE t.folded = ? AND c.state <> 'merged' ORDER BY c.count DESC LIMIT 10""",
        [fold(name)],
    ).fetchall()
    if by_text:
        return [number for (number,) in by_text]
    if len(name) < 3 or not name.isascii():
        return []
    by_start = db.execute(
        "SELECT id FROM concepts WHERE id >= ? AND id < ? ORDER BY id LIMIT 10",
        [name.lower(), name.lower() + "\x7f"],
    )
    return [number for (number,) in by_start.fetchall()]
