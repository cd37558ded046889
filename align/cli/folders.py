"""``concord align`` with two folders, patterns or zip archives: every pair by their names, into the project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from align.cli import options
from align.console import Messages, say, shielded, written
from align.errors import ConcordError, StoreError, UsageError

if TYPE_CHECKING:
    from align.folders import Pairs
    from align.model import Alignment
    from align.store import Store

FAILED = 1
FORMATS = ("table", "json", "jsonl")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the pairs are read and aligned, as asked for on the command line."""

    langs: tuple[str | None, ...]
    encodings: tuple[str | None, str | None]
    read_as: str | None
    segmented: bool
    srx: Path | None
    model: str | None
    doubtful_below: float | None
    force: bool
    author: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a pair: the alignment with its number, or an error."""

    source: str
    target: str
    number: int = 0
    alignment: Alignment | None = None
    error: str = ""

    def as_object(self) -> dict[str, object]:
        """The pair as in the JSON output."""
        found: dict[str, object] = {"source": self.source, "target": self.target}
        if self.alignment is None:
            return {**found, "error": self.error}
        beads, doubtful = _counts(self.alignment)
        similarity = round(self.alignment.similarity, 4)
        return {
            **found,
            "alignment": self.number,
            "beads": beads,
            "doubtful": doubtful,
            "similarity": similarity,
        }

    def as_line(self) -> str:
        """The pair as in the table: its number, names and counts."""
        names = f"{self.source} – {self.target}"
        if self.alignment is None:
            return f"  –  {names}: failed"
        beads, doubtful = _counts(self.alignment)
        counts = f"{beads} beads, {doubtful} doubtful, similarity {self.alignment.similarity:.2f}"
        return f"{self.number:>3}  {names}: {counts}"


def looks_so(files: Sequence[str]) -> bool:
    """Whether any of these is a folder, an archive or a pattern rather than a document."""
    return any(
        Path(file).is_dir()
        or (file.lower().endswith(".zip") and Path(file).is_file())
        or (any(sign in file for sign in "*?[") and not Path(file).exists())
        for file in files
        if file != "-"
    )


def align_all(
    files: Sequence[str],
    wanted: Wanted,
    targets: Sequence[options.Destination],
    *,
    db: Path | None,
    messages: Messages,
) -> None:
    """Aligns all pairs; one that fails is reported and does not stop the others. Exits with 1 where one failed.

    Raises UsageError where the files are not two collections or nothing pairs up, StoreError without a project.
    """
    from align import pipeline
    from align.folders import collect, described, pair_up

    form = _format(files, targets)
    project = pipeline.find_project(db)
    if project is None:
        raise StoreError(
            "many documents are aligned into a project, and there is none here",
            hint="Make one with `concord init`, or give --db FILE",
        )
    source, target = collect(files[0]), collect(files[1])
    pairs = pair_up(source, target, langs=(wanted.langs[0], wanted.langs[1]))
    passed_over = tuple(dict.fromkeys((*source.passed_over, *target.passed_over)))
    with pipeline.opened(project, create=db is not None) as store:
        done = []
        for pair in pairs.pairs:
            done.append(_one(pair, wanted, store, messages))
            if form == "table":
                typer.echo(done[-1].as_line())
            elif form == "jsonl":
                typer.echo(_dumps(done[-1].as_object()))
    if form == "json":
        typer.echo(_dumps(_summary(str(project), done, pairs, passed_over)))
    for line in _left(pairs):
        messages.warn(line)
    failed = sum(1 for each in done if each.alignment is None)
    counts = f"{len(done)} pair{'' if len(done) == 1 else 's'}: {len(done) - failed} aligned, {failed} failed"
    if passed_over:
        counts += f"; passed over {described(passed_over)}"
    messages.note(f"{counts}. Kept in {project}")
    if failed:
        raise typer.Exit(FAILED)


def _format(files: Sequence[str], targets: Sequence[options.Destination]) -> str:
    """The format of what is printed. Raises UsageError for what cannot be done with many documents."""
    from align.folders import is_collection

    if len(files) != 2 or not all(is_collection(file) for file in files):
        raise UsageError(
            "folders, archives and patterns are aligned two by two",
            where=", ".join(files[:4]),
            hint="Give one with the originals and one with the translations",
        )
    if any(target.path is not None for target in targets):
        raise UsageError(
            "-o is for one alignment",
            hint="Align into the project, then write each with `concord export --alignment N -o FILE`",
        )
    (form,) = {target.format for target in targets}
    if form not in FORMATS:
        raise UsageError(
            f"{form} is for one alignment", where="--format", hint=f"Choose from: {', '.join(FORMATS)}"
        )
    return form


def _one(pair: tuple[str, str], wanted: Wanted, store: Store, messages: Messages) -> Done:
    """Aligns and keeps one pair; what goes wrong with it is said and kept as its result."""
    from align import pipeline

    try:
        given = pipeline.inputs(
            pair,
            langs=wanted.langs,
            encodings=wanted.encodings,
            format=wanted.read_as,
            segmented=wanted.segmented,
            srx=wanted.srx,
        )
        with messages.progress() as progress:
            alignments = pipeline.align_versions(
                [pipeline.read_document(one) for one in given],
                model=wanted.model,
                doubtful_below=wanted.doubtful_below,
                force=wanted.force,
                progress=progress,
            )
        with shielded(), store.transaction():
            (alignment,), (report,) = pipeline.keep(store, alignments, pair, wanted.author)
        if str(store.path) not in written:
            written.append(str(store.path))
    except StoreError:
        raise
    except ConcordError as error:
        say(f"Error: {error}")
        return Done(*pair, error=str(error))
    for warning in alignment.warnings:
        messages.warn(warning)
    return Done(*pair, report.alignment_id, alignment)


def _counts(alignment: Alignment) -> tuple[int, int]:
    return len(alignment.beads), sum(1 for bead in alignment.beads if alignment.is_doubtful(bead))


def _left(pairs: Pairs) -> list[str]:
    """A line for each file that has no counterpart, or several."""
    lines = [f"{path} has no translation of its name" for path in pairs.sources]
    lines += [f"{path} has no original of its name" for path in pairs.targets]
    return lines + [f"{path} was left out: several files have its name" for path in pairs.ambiguous]


def _summary(
    project: str, done: Sequence[Done], pairs: Pairs, passed_over: Sequence[str]
) -> dict[str, object]:
    return {
        "project": project,
        "pairs": [each.as_object() for each in done],
        "unmatched": {"source": list(pairs.sources), "target": list(pairs.targets)},
        "ambiguous": list(pairs.ambiguous),
        "passed_over": list(passed_over),
    }


def _dumps(value: object) -> str:
    from align.formats.jsonl import dumps

    return dumps(value)
