"""From files or a project to findings: read, align, run the rules, keep what was found, leave out what is known.

In a project every unit (a pair, or a text by itself) is checked once and its result kept under a digest of all it
depends on: texts, beads, rules, settings. A changed text makes its own units be checked again and no others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import ConcordError, UsageError
from align.machine import divided
from align.model import Alignment, Document, Signature
from glossary.checks import RULES
from glossary.checks.base import Rule
from glossary.checks.run import Source, check_pair, check_project, check_text, without_doubles
from glossary.checks.settings import Settings, Terminology
from glossary.checks.uses import uses_of
from glossary.checks.views import PairView, ProjectView, TextView
from glossary.formats.findings.report import Checked, Role
from glossary.model import Concept, Finding, Gap, Use
from glossary.store.checked import Result
from glossary.units import PROJECT, STAGES, TEXTS, Unit, digests_of, project_digest, stage_of, units_of

if TYPE_CHECKING:
    from sqlite_utils import Database

    from align.embed import Embedder
    from glossary.pipeline import Texts
    from glossary.store import Glossary

Progress = Callable[[int, int], None]
FEW = 12
"""Units that are checked here; for more it pays to start further processes."""
CHUNK = 8
AHEAD = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a check found, with the texts that it looked at."""

    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    uses: tuple[Use, ...]
    documents: tuple[Checked, ...]


# Files


def check_files(texts: Texts, rules: Sequence[Rule], settings: Settings) -> Outcome:
    """Checks one text, or an original and its translation."""
    found: list[Finding] = []
    gaps: list[Gap] = []
    uses: list[Use] = []
    model = embedder() if texts.alignments else None
    for alignment in texts.alignments:
        view = PairView(alignment, settings, model)
        _extend(found, gaps, check_pair(view, rules))
        uses += uses_of(view)
    if not texts.alignments:
        for document in texts.documents:
            _extend(found, gaps, check_text(TextView(document, settings), rules))
    sources = {document.name: Source(document) for document in texts.documents}
    _extend(found, gaps, check_project(ProjectView(uses, settings), rules, sources))
    roles: tuple[Role, ...] = ("original", "translation") if texts.alignments else ("text",)
    looked = tuple(_looked_at_file(d, role) for d, role in zip(texts.documents, roles, strict=False))
    return Outcome(ordered(found, looked), _once(gaps), tuple(uses), looked)


def _extend(found: list[Finding], gaps: list[Gap], more: tuple[list[Finding], list[Gap]]) -> None:
    found += more[0]
    gaps += more[1]


@lru_cache(maxsize=1)
def embedder() -> Embedder:
    """The embedded model, loaded once."""
    from align.embed import load_embedder

    return load_embedder()


def ordered(findings: Iterable[Finding], looked: Sequence[Checked]) -> tuple[Finding, ...]:
    """By document in the order given, then by place; each fingerprint once."""
    rank = {one.name: number for number, one in enumerate(looked)}
    once = {one.fingerprint: one for one in findings}
    return tuple(
        sorted(
            without_doubles(list(once.values()), RULES),
            key=lambda f: (
                rank.get(f.spot.document, len(rank)),
                f.spot.start,
                f.spot.end,
                f.code,
                f.fingerprint,
            ),
        )
    )


def _once(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    return tuple(dict.fromkeys(gaps))


# The project


def check_stored(
    glossary: Glossary,
    rules: Sequence[Rule],
    settings: Settings,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> Outcome:
    """Checks all texts of an open project; results that still hold are taken as they were kept.

    Raises StoreError; UsageError where the project holds no text.
    """
    from glossary.store.checked import Checks

    kept = Checks(glossary.store)
    with glossary.store.snapshot():
        units = list(units_of(glossary))
        looked = looked_at(glossary)
    digests = {stage: digests_of(stage, units, rules, settings) for stage in STAGES}
    held = {stage: kept.digests(stage) for stage in STAGES}
    waiting = {
        unit: tuple(s for s in STAGES if held[s].get(unit.name) != digests[s][unit.name]) for unit in units
    }
    todo = [(unit, stages) for unit, stages in waiting.items() if stages]
    done = 0
    for part in _checked(glossary.store.path, todo, rules, settings, workers):
        for stage in STAGES:
            kept.keep(
                stage,
                [(unit.name, digests[stage][unit.name], r) for unit, s, r in part if s == stage],
            )
        done += len({unit for unit, _, _ in part})
        if progress is not None:
            progress(done, len(todo))
    kept.forget({name for names in held.values() for name in names} - {unit.name for unit in units})
    results = [r for stage in STAGES for r in kept.results(stage, digests[stage]).values()]
    findings = [finding for result in results for finding in result.findings]
    gaps = [gap for result in results for gap in result.gaps]
    uses = sorted(
        (use for result in results for use in result.uses),
        key=lambda u: (u.key, u.source, u.target, u.form, u.rendering),
    )
    now = {"": project_digest(digests, rules)}
    whole = kept.results(PROJECT, now).get("")
    if whole is None:
        more, open_ = check_project(ProjectView(uses, settings), rules, StoredSources(glossary))
        whole = Result(tuple(more), tuple(open_))
        kept.keep(PROJECT, [("", now[""], whole)])
    findings += whole.findings
    gaps += whole.gaps
    return Outcome(ordered(findings, looked), _once(gaps), tuple(uses), looked)


class StoredSources(Mapping[str, Source]):
    """The documents of a project by key, each read when it is asked for."""

    def __init__(self, glossary: Glossary) -> None:
        self._db = glossary.db
        self._held: dict[str, Source] = {}
        rows = glossary.db.execute(
            "SELECT key, max(id) FROM documents GROUP BY key "
            "UNION ALL SELECT d.key, d.id FROM alignments AS a JOIN documents AS d ON d.id IN (a.source, a.target)"
        )
        self._ids: dict[str, int] = dict(rows.fetchall())  # a text's aligned version counts, where it has one

    def __getitem__(self, key: str) -> Source:
        if key not in self._held:
            self._held[key] = Source(_document(self._db, self._ids[key], key))
        return self._held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def _document(db: Database, number: int, key: str) -> Document:
    from align.store.rows import get_document

    return replace(get_document(db, number), name=key)


def looked_at(glossary: Glossary) -> tuple[Checked, ...]:
    """The texts of a project, originals before their translations. Raises UsageError where there is none."""
    rows = glossary.db.execute(
        """SELECT d.key, d.lang, r.role, (SELECT count(*) FROM segments AS s WHERE s.document = d.id),
        d.metadata, d.format, d.sha256
        FROM (SELECT source AS id, 'original' AS role, min(id) AS n FROM alignments GROUP BY source
        UNION ALL SELECT target, 'translation', min(id) FROM alignments GROUP BY target
        UNION ALL SELECT max(id), 'text', 1 << 60 FROM documents
          WHERE key NOT IN (SELECT source_key FROM alignments UNION SELECT target_key FROM alignments) GROUP BY key
        ) AS r JOIN documents AS d ON d.id = r.id ORDER BY r.n, r.role, d.id"""
    ).fetchall()
    if not rows:
        raise UsageError(
            "there is no text in it",
            where=str(glossary.store.path),
            hint="`concord align ORIGINAL TRANSLATION` puts a pair in; or give files",
        )
    looked: dict[str, Checked] = {}
    for key, lang, role, count, metadata, format, sha256 in rows:
        held = json.loads(metadata)
        made = Checked(
            key, lang, role, count, key, held.get("title", ""), held.get("date", "")[:10], format, sha256
        )
        looked.setdefault(key, made)
    return tuple(looked.values())


def _looked_at_file(document: Document, role: Role) -> Checked:
    held = document.metadata
    return Checked(
        document.name, document.lang, role, len(document.segments), "", held.get("title", ""),
        held.get("date", "")[:10], document.format, document.sha256,
    )  # fmt: skip


# Running


Job = tuple[Unit, tuple[str, ...]]
Done = tuple[Unit, str, Result]


def _checked(
    path: Path, todo: Sequence[Job], rules: Sequence[Rule], settings: Settings, workers: int
) -> Iterator[list[Done]]:
    """Results in parts; by this process alone where there is little to do."""
    parts = [todo[at : at + CHUNK] for at in range(0, len(todo), CHUNK)]
    codes = tuple(rule.code for rule in rules)
    if len(todo) <= FEW or workers < 2:
        for part in parts:
            yield check_units(path, part, codes, settings)
        return
    lost = ConcordError(
        "a process was ended from outside; perhaps there was not enough memory",
        where=str(path),
        hint="What was checked is kept: run it again, with fewer --workers",
    )
    jobs = ((path, part, codes, settings) for part in parts)
    yield from divided(check_units, jobs, workers, ahead=AHEAD * workers, lost=lost)


def check_units(path: Path, jobs: Sequence[Job], codes: Sequence[str], settings: Settings) -> list[Done]:
    """Checks some units of the project at ``path``, each for the stages that it waits for."""
    from align.store import open_store

    rules = [rule for rule in RULES if rule.code in codes]
    done: list[Done] = []
    with open_store(path) as store:
        for unit, stages in jobs:
            with store.snapshot():
                view = _view(store.db, unit, settings)
            for stage in stages:  # one view for both: what they share is found out once
                own = [rule for rule in rules if stage_of(rule) == stage]
                done.append((unit, stage, _result(view, own, stage)))
    return done


def _view(db: Database, unit: Unit, settings: Settings) -> PairView | TextView:
    if not unit.alignment:
        return TextView(_document(db, unit.source, unit.name), settings)
    from align.store.rows import get_beads

    source_key, target_key = unit.name.split("\n")
    beads, _ = get_beads(db, unit.alignment)
    alignment = Alignment(
        _document(db, unit.source, source_key),
        _document(db, unit.target, target_key),
        beads,
        Signature("", "", "", ""),
        unit.doubtful_below,
    )
    return PairView(alignment, settings, embedder())


def _result(view: PairView | TextView, rules: Sequence[Rule], stage: str) -> Result:
    if isinstance(view, TextView):
        found, gaps = check_text(view, rules)
        return Result(tuple(found), tuple(gaps))
    found, gaps = check_pair(view, rules)
    return Result(tuple(found), tuple(gaps), tuple(uses_of(view)) if stage == TEXTS else ())


# What decided terms there are


def decided_terms(glossary: Glossary) -> Terminology:
    """The approved concepts of a project."""
    with glossary.store.snapshot():
        return terminology(held.entry.concept for held in glossary.decided() if not held.entry.merged_into)


def terminology(concepts: Iterable[Concept]) -> Terminology:
    """The approved ones of these concepts, ready to be looked for."""
    return Terminology([concept for concept in concepts if concept.state == "approved"])
