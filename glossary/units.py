"""What a project is checked by: its pairs and lone texts, and a digest of all that each one's result depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align import __version__
from glossary.checks.base import Rule
from glossary.checks.settings import Settings

if TYPE_CHECKING:
    from glossary.store import Glossary

TEXTS, TERMS, PROJECT = "texts", "terms", "project"
STAGES = (TEXTS, TERMS)
"""Every unit has a result for each; PROJECT is the stage of rules that look at all pairs together."""


def stage_of(rule: Rule) -> str:
    """Rules on terms go by the glossary; the others' results survive a decision about a term."""
    return TERMS if rule.family == "terms" else TEXTS


@dataclass(frozen=True, slots=True)
class Unit:
    """What is checked by itself: an alignment, or (``alignment`` 0) the text ``source``, by their ids.

    ``name`` is made of the texts' keys, ``version`` changes whenever texts or beads do.
    """

    name: str
    version: str
    alignment: int
    source: int
    target: int = 0
    doubtful_below: float = 0.0


def units_of(glossary: Glossary) -> Iterator[Unit]:
    """All pairs in the order in which they were made, then texts that are in none."""
    db = glossary.db
    aligned = set()
    rows = db.execute(
        """SELECT a.id, a.source_key, a.target_key, a.source, a.target, a.updated_at, a.doubtful_below,
        (SELECT max(id) FROM events AS e WHERE e.alignment = a.id) FROM alignments AS a ORDER BY a.id"""
    ).fetchall()
    for number, source_key, target_key, source, target, at, below, event in rows:
        aligned |= {source_key, target_key}
        yield Unit(
            f"{source_key}\n{target_key}",
            f"{source} {target} {at} {below} {event}",
            number,
            source,
            target,
            below,
        )
    for number, key in db.execute("SELECT max(id), key FROM documents GROUP BY key ORDER BY 1").fetchall():
        if key not in aligned:
            yield Unit(key, str(number), 0, number)


def digests_of(
    stage: str, units: Sequence[Unit], rules: Sequence[Rule], settings: Settings
) -> dict[str, str]:
    """For each unit, by name, a digest of all that its result of this stage depends on."""
    codes = " ".join(
        sorted(rule.code for rule in rules if stage_of(rule) == stage and rule.scope != "project")
    )
    common = "\x1f".join((__version__, stage, codes, settings_digest(settings, terms=stage == TERMS)))
    return {u.name: hashlib.sha256(f"{common}\x1f{u.version}".encode()).hexdigest()[:20] for u in units}


def project_digest(digests: Mapping[str, Mapping[str, str]], rules: Sequence[Rule]) -> str:
    """A digest of all that the rules over the whole project look at; ``digests`` are those of each stage's units."""
    codes = sorted(rule.code for rule in rules if rule.scope == "project")
    told = [codes, *(sorted(digests[stage].items()) for stage in STAGES)]
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def settings_digest(settings: Settings, *, terms: bool) -> str:
    """A digest of all settings that results depend on, the glossary among them where ``terms`` asks for it."""
    told = [
        repr(settings.editions), repr(settings.dated), repr(settings.on),
        repr([pattern.text for pattern in settings.patterns]),
        repr(sorted((code, sorted(own.items())) for code, own in settings.options.items())),
        repr(sorted(settings.severities.items())),
        *([repr(settings.terminology.concepts)] if terms else []),
    ]  # fmt: skip
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:20]
