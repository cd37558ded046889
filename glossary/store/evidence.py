"""Evidence: the sentences that a concept stands in, those that translate them, and where its terms are in both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Segments of a document as one text. ``spans`` are the concept's terms in ``text``, in order."""

    document: str
    lang: str
    segments: tuple[int, ...]
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One occurrence: ``start`` and ``end`` count in the document. ``counterparts`` are its sentence in others.

    ``is_new`` says that it came after the last decision about the concept. ``stale``: the document has been read
    anew since the last build, so that only the words are known; ``sentence`` is empty then.
    """

    document: str
    lang: str
    segment: int
    start: int
    end: int
    text: str
    sentence: Sentence
    counterparts: tuple[Sentence, ...]
    is_new: bool
    stale: bool


def evidence(
    db: Database,
    n: int,
    *,
    seen: int,
    lang: str,
    prefer: str,
    limit: int,
    after: tuple[str, int],
    only_new: bool,
) -> list[Evidence]:
    """A concept's occurrences in one language, by document and place.

    Without ``lang`` it is ``prefer`` if the concept was found there, else that where it occurs most.
    """
    candidates = db.execute(
        """SELECT c.id, c.lang, c.count FROM concept_keys AS k JOIN candidates AS c ON c.key = k.key
        WHERE k.concept = ? ORDER BY c.count DESC, c.key""",
        [n],
    ).fetchall()
    lang = lang or (prefer if any(its == prefer for _, its, _ in candidates) else _commonest(candidates))
    own = [id for id, candidate_lang, _ in candidates if candidate_lang == lang]
    every = [id for id, _, _ in candidates]
    condition = f"candidate IN ({_list(own)}) AND rendering IS NULL"
    if not own:  # a language that it only occurs in as what another was rendered as
        condition = f"candidate IN ({_list(every)}) AND rendering IS NOT NULL AND d.lang = :lang"
    values = {"key": after[0], "start": after[1], "since": seen if only_new else 0, "limit": limit}
    if not own:
        values["lang"] = lang
    found = db.execute(
        f"""SELECT DISTINCT d.key, d.lang, d.document, d.id, o.segment, o.start, o.end, o.text, max(o.build)
        FROM occurrences AS o JOIN evidence_documents AS d ON d.id = o.document
        WHERE {condition} AND (d.key, o.start) > (:key, :start) AND o.build > :since
        GROUP BY d.key, o.start, o.end ORDER BY d.key, o.start LIMIT :limit""",
        values,
    ).fetchall()
    reader = Reader(db, every)
    return [reader.evidence(row, seen) for row in found]


def _commonest(candidates: Iterable[Sequence[Any]]) -> str:
    counts: dict[str, int] = {}
    for _, lang, count in candidates:
        counts[lang] = counts.get(lang, 0) + count
    return max(counts, key=lambda lang: counts[lang], default="")


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)


class Reader:
    """Reads sentences and their counterparts; keeps what several occurrences of one document share."""

    def __init__(self, db: Database, candidates: Sequence[int]) -> None:
        self._db = db
        self._candidates = _list(candidates)
        self._beads: dict[int, list[tuple[tuple[int, ...], tuple[int, ...]]]] = {}
        self._partners: dict[int, list[tuple[int, bool, int]]] = {}

    def evidence(self, row: Sequence[Any], seen: int) -> Evidence:
        """One occurrence with its sentences."""
        key, lang, document, place, segment, start, end, text, build = row
        sentence = self.sentence(document, place, key, lang, (segment,))
        others = [] if sentence is None else self.counterparts(document, segment)
        return Evidence(
            key,
            lang,
            segment,
            start,
            end,
            text,
            sentence or Sentence(key, lang, (segment,), "", ()),
            tuple(others),
            is_new=build > seen,
            stale=sentence is None,
        )

    def sentence(
        self, document: int, place: int, key: str, lang: str, segments: Sequence[int]
    ) -> Sentence | None:
        """Some segments as one text with the concept's terms marked; None where the document has gone."""
        if not segments:
            return Sentence(key, lang, (), "", ())
        found = self._db.execute(
            """SELECT min(s.start), max(s.end), substr(d.text, min(s.start) + 1, max(s.end) - min(s.start))
            FROM segments AS s JOIN documents AS d ON d.id = s.document
            WHERE s.document = ? AND s.n BETWEEN ? AND ?""",
            [document, min(segments), max(segments)],
        ).fetchone()
        if found[0] is None:
            return None
        start, end, text = found
        spans = self._db.execute(
            f"""SELECT DISTINCT start, end FROM occurrences WHERE document = ? AND segment BETWEEN ? AND ?
            AND candidate IN ({self._candidates}) AND start >= ? AND end <= ? ORDER BY start, end""",
            [place, min(segments), max(segments), start, end],
        ).fetchall()
        return Sentence(
            key, lang, tuple(segments), text, _disjoint([(a - start, b - start) for a, b in spans])
        )

    def counterparts(self, document: int, segment: int) -> list[Sentence]:
        """The sentence in every version that the document is aligned with; without text where it was left out."""
        result = []
        for alignment, is_source, other in self._aligned(document):
            mine = next((pair for pair in self._pairs(alignment) if segment in pair[not is_source]), None)
            if mine is None:
                continue
            row = self._db.execute(
                """SELECT e.id, d.key, d.lang FROM documents AS d
                LEFT JOIN evidence_documents AS e ON e.document = d.id WHERE d.id = ?""",
                [other],
            ).fetchone()
            place, key, lang = row
            sentence = self.sentence(other, place or 0, key, lang, mine[is_source])
            if sentence is not None:
                result.append(sentence)
        return result

    def _aligned(self, document: int) -> list[tuple[int, bool, int]]:
        if document not in self._partners:
            found = self._db.execute(
                "SELECT id, 1, target FROM alignments WHERE source = :d "
                "UNION ALL SELECT id, 0, source FROM alignments WHERE target = :d ORDER BY 1",
                {"d": document},
            ).fetchall()
            self._partners[document] = [(id, bool(is_source), other) for id, is_source, other in found]
        return self._partners[document]

    def _pairs(self, alignment: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        if alignment not in self._beads:
            found = self._db.execute(
                "SELECT source, target FROM beads WHERE alignment = ? ORDER BY n", [alignment]
            )
            self._beads[alignment] = [(tuple(json.loads(s)), tuple(json.loads(t))) for s, t in found]
        return self._beads[alignment]


def search(
    db: Database,
    words: str | Sequence[str],
    *,
    lang: str,
    limit: int,
    document: str = "",
    n: int | None = None,
    after: tuple[str, int] = ("", -1),
) -> list[Evidence]:
    """Where words stand in the texts of all alignments, in any case and with any white space between them.

    Several forms stand as words of their own. With ``n`` the counterparts have that concept's mentions marked.
    """
    pattern = _pattern(words)
    own = [] if n is None else db.execute(_KEYS, [n]).fetchall()
    reader = Reader(db, [candidate for (candidate,) in own])
    documents = db.execute(
        """SELECT id, key, lang FROM documents WHERE (:lang = '' OR lang = :lang OR lang LIKE :lang || '-%')
        AND (:document = '' OR key = :document) AND key >= :after
        AND id IN (SELECT source FROM alignments UNION SELECT target FROM alignments) ORDER BY key""",
        {"lang": lang, "document": document, "after": after[0]},
    ).fetchall()
    found: list[Evidence] = []
    for number, key, its_lang in documents:
        (text,) = db.execute("SELECT text FROM documents WHERE id = ?", [number]).fetchone()
        for match in pattern.finditer(text):
            if (key, match.start()) <= after:
                continue
            row = db.execute(
                "SELECT n, start, end FROM segments WHERE document = ? AND start <= ? AND end >= ?",
                [number, match.start(), match.end()],
            ).fetchone()
            if row is None:  # across the end of a sentence
                continue
            segment, start, end = row
            spans = tuple((m.start(), m.end()) for m in pattern.finditer(text[start:end]))
            sentence = Sentence(key, its_lang, (segment,), text[start:end], spans)
            others = tuple(reader.counterparts(number, segment))
            place = match.start(), match.end(), match[0]
            found.append(Evidence(key, its_lang, segment, *place, sentence, others, False, False))
            if len(found) == limit:
                return found
    return found


_KEYS = "SELECT c.id FROM concept_keys AS k JOIN candidates AS c ON c.key = k.key WHERE k.concept = ?"


def _pattern(words: str | Sequence[str]) -> re.Pattern[str]:
    forms = [words] if isinstance(words, str) else sorted(words, key=len, reverse=True)
    found = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms if form.split())
    if not found:
        return re.compile(r"(?!)")
    return re.compile(found if isinstance(words, str) else rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


def _disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Of spans that overlap the longest."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


def figures(db: Database, n: int) -> list[Mapping[str, Any]]:
    """What the last build knows of a concept's candidates: forms and renderings with counts."""
    found = db.query(
        """SELECT c.key, c.lang, c.text, c.lemma, c.count, c.variants, c.renderings, c.reason
        FROM concept_keys AS k JOIN candidates AS c ON c.key = k.key
        WHERE k.concept = ? ORDER BY c.count DESC, c.key""",
        [n],
    )
    return [
        {**row, "variants": json.loads(row["variants"]), "renderings": json.loads(row["renderings"])}
        for row in found
    ]
