"""What ``concord terms extract`` prints: candidates with forms, renderings and evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from glossary.cli.common import dumps
from glossary.cli.view import plain_table

if TYPE_CHECKING:
    from align.model import Alignment, Document
    from glossary.model import Candidate, Occurrence
    from glossary.pipeline import Texts


def print_candidates(found: Sequence[Candidate], texts: Texts, format: str, evidence: int) -> None:
    """Prints candidates as a table, JSON Lines, or one JSON array."""
    if format == "table":
        typer.echo(table(found))
        return
    sentences = Sentences(texts)
    objects = [candidate_object(candidate, sentences, evidence) for candidate in found]
    if format == "json":
        typer.echo(dumps(objects))
    else:
        typer.echo("".join(dumps(value) + "\n" for value in objects), nl=False)


class Sentences:
    """The sentences of texts, and their counterparts in aligned ones."""

    def __init__(self, texts: Texts) -> None:
        self._documents = {document.name: document for document in texts.documents}
        self._beads: dict[tuple[str, int], list[tuple[Document, tuple[int, ...]]]] = {}
        for alignment in texts.alignments:
            self._add(alignment)

    def _add(self, alignment: Alignment) -> None:
        for bead in alignment.beads:
            for segment in bead.source:
                self._beads.setdefault((alignment.source.name, segment), []).append(
                    (alignment.target, bead.target)
                )
            for segment in bead.target:
                self._beads.setdefault((alignment.target.name, segment), []).append(
                    (alignment.source, bead.source)
                )

    def evidence(self, at: Occurrence, there: Sequence[Occurrence] = ()) -> dict[str, Any]:
        """One occurrence and what renders it: offsets count in the document, a sentence is as it stands there."""
        document = self._documents[at.document]
        others = self._beads.get((at.document, at.segment), [])
        return {
            "document": at.document,
            "segment": at.segment,
            "start": at.start,
            "end": at.end,
            "text": at.text,
            "sentence": document.segment_text(at.segment),
            "counterparts": [
                {
                    "document": other.name,
                    "segments": list(segments),
                    "text": " ".join(other.segment_text(segment) for segment in segments),
                    "terms": [
                        {"start": o.start, "end": o.end, "text": o.text}
                        for o in there
                        if o.document == other.name and o.segment in segments
                    ],
                }
                for other, segments in others
            ],
        }


def candidate_object(candidate: Candidate, sentences: Sentences, evidence: int) -> dict[str, Any]:
    """A candidate as JSON; the fields are in docs/terms.md."""
    term = candidate.term
    there: dict[Occurrence, list[Occurrence]] = {}
    for rendering in candidate.renderings:
        for source, target in zip(rendering.sources, rendering.occurrences, strict=False):
            there.setdefault(source, []).append(target)
    return {
        "term": term.text,
        "lemma": term.lemma,
        "kind": candidate.kind,
        "lang": term.lang,
        "count": candidate.count,
        "score": round(candidate.score, 4),
        "variants": by_count(term.variants),
        "renderings": [
            {
                "text": r.text,
                "lang": r.lang,
                "count": r.count,
                "confidence": round(r.confidence, 4),
                "variants": by_count(r.variants),
            }
            for r in candidate.renderings
        ],
        "links": [{"type": link.type, "key": link.target, "reason": link.reason} for link in candidate.links],
        "parts": [
            {"text": p.text, "relation": p.relation, "reason": p.reason, "variants": by_count(p.variants)}
            for p in candidate.parts
        ],
        "reason": candidate.reason,
        "key": candidate.key,
        "evidence": [sentences.evidence(at, there.get(at, ())) for at in candidate.occurrences[:evidence]],
    }


def by_count(forms: Mapping[str, int]) -> dict[str, int]:
    """Forms with their counts, the commonest first."""
    return dict(sorted(forms.items(), key=lambda item: (-item[1], item[0])))


def table(found: Sequence[Candidate]) -> str:
    """Candidates as a table: forms and renderings with their counts."""
    rows = []
    for candidate in found:
        term = candidate.term
        forms = ", ".join(f"{form} {count}" for form, count in by_count(term.variants).items())
        renderings = ", ".join(f"{r.text or '(left out)'} {r.count}" for r in candidate.renderings[:6])
        rows.append((term.text, candidate.kind, term.lang, str(candidate.count), forms, renderings))
    return plain_table(("term", "kind", "lang", "count", "variants", "renderings"), rows)
