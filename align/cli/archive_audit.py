"""``concord archive sample`` and ``audit``: how good an archive's alignments are, by people's verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from align.cli import options
from align.console import Messages, written
from align.errors import ConcordError, FormatError, UsageError

if TYPE_CHECKING:
    from align.archive.audit import Audit, Stratum
    from align.archive.sample import Sample
    from align.archive.sample_sheet import Judged

ArchiveFile = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive file.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to ``concord archive``."""
    app.command("sample", short_help="Draw beads for people to judge.")(sample)
    app.command("audit", short_help="Estimate the precision from a judged sheet.")(audit)


def sample(
    archive: ArchiveFile,
    number: Annotated[
        int, typer.Option("-n", "--number", metavar="N", min=1, help="How many beads (default 200).")
    ] = 200,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="Another seed draws other beads (default 1).")
    ] = 1,
    strata: Annotated[
        int, typer.Option("--strata", metavar="N", min=1, help="Parts by confidence (default 5).")
    ] = 5,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to FILE (.csv or .xlsx)."),
    ] = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="csv (default) or xlsx.")
    ] = None,
    quiet: options.Quiet = False,
) -> None:
    """Draws beads at random from each stratum of confidence, with their neighbours and a column for the verdict.

    Write right, partly or wrong into it; `concord archive audit SHEET` then estimates the precision of the archive.
    """
    from align.archive import sample as drawing
    from align.archive import sample_sheet
    from align.archive.store import open_archive
    from align.formats.write import write_file

    form = sample_sheet.format_of(output, format)
    if output is not None:
        _spare(output)
    messages = Messages(quiet)
    with open_archive(archive) as held:
        with messages.progress() as progress:
            drawn = drawing.draw(held, number, seed=seed, strata=strata, progress=progress)
        drawing.keep(held, drawn)
    write_file(output or "-", lambda stream: sample_sheet.write(drawn, form, stream))
    if output is not None:
        written.append(str(output))
    for line in _drawn(drawn):
        messages.note(line)


def _spare(path: Path) -> None:
    """Raises UsageError where a sheet with verdicts would be lost."""
    from align.archive import sample_sheet

    if not path.exists() or str(path) == "-":
        return
    try:
        judged = any(sample_sheet.read(path).verdicts.values())
    except ConcordError:
        return
    if judged:
        raise UsageError("there are verdicts in it", where=str(path), hint="Choose another name for -o")


def _drawn(found: Sample) -> list[str]:
    strata = ", ".join(f"{s.low:.3f}–{s.high:.3f}: {s.drawn} of {s.beads:,}" for s in found.strata)
    return [
        f"{len(found.items)} of {found.beads:,} beads, by confidence: {strata}",
        f"{found.signature}|sample:{found.name}|seed:{found.seed}",
    ]


def audit(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="The judged sheet (.csv or .xlsx).")],
    archive: Annotated[
        Path | None,
        typer.Option(
            "--archive", metavar="ARCHIVE", help="The archive that it was drawn from, to see that it is so."
        ),
    ] = None,
    level: Annotated[
        float, typer.Option("--level", metavar="X", help="The interval's level (default 0.95).")
    ] = 0.95,
    format: options.StatusFormat = None,
    json: options.ShortJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Estimates the precision of all beads of an archive from the verdicts on a sample, with its interval.

    Strict counts beads that are right, lax those that are right or partly right. Rows without a verdict are named.
    """
    from align.archive import sample_sheet
    from align.archive.audit import audit as audited
    from align.archive.audit import counted

    form = options.one_of(("text", "json"), format, "json" if json else None)
    if not 0.5 <= level < 1:
        raise UsageError(f"{level} is no level", where="--level", hint="Give one from 0.5 to below 1")
    judged = sample_sheet.read(sheet)
    strata = _strata(judged, archive, sheet) if archive is not None else judged.strata
    filled = counted(strata, ((judged.homes[bead], verdict) for bead, verdict in judged.verdicts.items()))
    try:
        found = audited(filled, level)
    except ValueError:
        raise UsageError(
            "no bead in it was judged", where=str(sheet), hint="Write right, partly or wrong into “verdict”"
        ) from None
    messages = Messages(quiet)
    if form == "json":
        from align.formats.jsonl import dumps

        typer.echo(dumps(_object(found, judged)))
    else:
        typer.echo("\n".join(_lines(found, shown=archive is not None)))
    left = found.drawn - found.judged
    if left:
        messages.warn(f"{left} of {found.drawn} beads have no verdict; they are taken to be like the others")
    for number in found.pooled:
        messages.warn(f"stratum {number} has no verdict and was counted with its neighbour")
    messages.note(_signature(found, judged))


def _strata(judged: Judged, archive: Path, sheet: Path) -> tuple[Stratum, ...]:
    """The strata as the archive has them. Raises UsageError and FormatError where the sheet is not from there."""
    from align.archive.sample import kept
    from align.archive.store import open_archive

    with open_archive(archive) as held:
        strata, ids = kept(held, judged.sample)
    for bead, home in judged.homes.items():
        if ids.get(bead) != home:
            raise FormatError(
                f"the bead {bead[:40]} was not drawn for stratum {home}",
                where=str(sheet),
                hint="Leave the columns but “verdict” and “note” as they were written",
            )
    return strata


def _lines(found: Audit, *, shown: bool) -> list[str]:
    percent = f"{100 * found.level:g} %"
    lines = [f"precision  estimate  {percent} interval"]
    for name, one in (("strict", found.strict), ("lax", found.lax)):
        lines.append(f"{name:9s}  {one.value:8.4f}  {one.low:.4f} to {one.high:.4f}")
    lines += ["", "stratum  beads      drawn  judged  right  partly  wrong"]
    for each in found.strata:
        about = f"  ({each.low:.3f}–{each.high:.3f})" if shown else ""
        lines.append(
            f"{each.number:7d}  {each.beads:<9d}  {each.drawn:5d}  {each.judged:6d}  {each.right:5d}  "
            f"{each.partly:6d}  {each.wrong:5d}{about}"
        )
    return lines


def _object(found: Audit, judged: Judged) -> dict[str, Any]:
    return {
        **{
            name: {"precision": round(one.value, 4), "low": round(one.low, 4), "high": round(one.high, 4)}
            for name, one in (("strict", found.strict), ("lax", found.lax))
        },
        "level": found.level,
        "beads": found.beads,
        "drawn": found.drawn,
        "judged": found.judged,
        "unjudged": found.drawn - found.judged,
        "pooled": list(found.pooled),
        "strata": [
            {
                "stratum": each.number,
                "beads": each.beads,
                "drawn": each.drawn,
                "right": each.right,
                "partly": each.partly,
                "wrong": each.wrong,
            }
            for each in found.strata
        ],
        "signature": _signature(found, judged),
    }


def _signature(found: Audit, judged: Judged) -> str:
    return f"{judged.signature}|sample:{judged.sample}|judged:{found.judged}|interval:wilson, effective size"
