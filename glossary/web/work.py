"""Work that the start page begins: align files, check the project, collect its terms. Each runs in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import ConcordError

if TYPE_CHECKING:
    from glossary.store import Glossary
    from glossary.web.app import Site
    from glossary.web.jobs import Progress, Work


def aligning(
    site: Site,
    paths: Sequence[Path],
    made: Sequence[Path],
    langs: Sequence[str | None],
    force: bool,
    author: str,
) -> Work:
    """Aligns the first of these files with each of the others and keeps the result, as ``concord align`` does.

    Where that is not possible the files that were ``made`` for it are taken away again.
    """

    def work(progress: Progress) -> str:
        from align import pipeline
        from align.cli.project import summary

        names = [str(path) for path in paths]
        try:
            given = pipeline.inputs(names, langs=langs, encodings=[None] * len(names))
            documents = [pipeline.read_document(one) for one in given]
            alignments = pipeline.align_versions(documents, force=force, progress=progress)
            with pipeline.opened(site.project) as store, store.transaction():
                alignments, _ = pipeline.keep(store, alignments, names, author)
        except ConcordError:
            for path in made:
                path.unlink(missing_ok=True)
            raise
        warnings = dict.fromkeys(warning for alignment in alignments for warning in alignment.warnings)
        said = [line for line in summary(alignments) if not line.startswith("Made with ")]
        return ". ".join([*said, *warnings])

    return work


def checking(site: Site) -> Work:
    """Checks the project, as ``concord check`` does; results are kept."""

    def work(progress: Progress) -> str:
        from glossary.checking import check_stored
        from glossary.configured import cores, prepare, with_project_terms

        ready = prepare(site.config)
        with site.opened() as glossary:
            settings = with_project_terms(ready.settings, glossary)
            found = check_stored(glossary, ready.rules, settings, workers=cores(), progress=progress)
        return f"Checked: {len(found.findings)} findings in {len(found.documents)} texts"

    return work


def collecting(site: Site, author: str) -> Work:
    """Collects the terms of the project's texts, as ``concord terms build`` does."""

    def work(progress: Progress) -> str:
        from align.console import Messages
        from glossary.pipeline import build

        with site.opened() as glossary:
            report = build(glossary, author, Messages(quiet=True))
        return f"Terms collected: {report.concepts} concepts from {report.documents} texts"

    return work


def findings(site: Site, glossary: Glossary) -> tuple[dict[str, int], int, int]:
    """How many findings of each severity still hold and are not dismissed; how many units wait, of how many."""
    from glossary.configured import prepare, with_project_terms
    from glossary.standing import standing
    from glossary.store.checked import Checks

    ready = prepare(site.config)
    settings = with_project_terms(ready.settings, glossary)
    held = standing(glossary, ready.rules, settings)
    quiet = Checks(glossary.store).dismissed()
    counts = dict.fromkeys(("error", "warning", "note"), 0)
    for one in held.findings:
        if one.fingerprint not in quiet:
            counts[one.severity] += 1
    return counts, held.waiting, held.total
