"""From files or a project to candidates: read, align, extract, keep. What is heavy is imported where it is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import UsageError
from align.model import Alignment, Document
from glossary.model import Candidate

if TYPE_CHECKING:
    from align.console import Messages
    from align.store import Store
    from glossary.store import BuildReport, Glossary


@dataclass(frozen=True, slots=True)
class Texts:
    """What terms are looked for in. Documents of a project are named by their keys and have ``ids`` there."""

    documents: tuple[Document, ...]
    alignments: tuple[Alignment, ...] = ()
    ids: Mapping[str, int] | None = None


def texts(
    files: Sequence[str],
    *,
    langs: Sequence[str | None] = (),
    encoding: str | None = None,
    format: str | None = None,
    segmented: bool = False,
    srx: Path | None = None,
    db: Path | None = None,
    force: bool = False,
) -> Texts:
    """One file is one text, two are an original and its translation, none means the project.

    An alignment that somebody made (TMX, XLIFF, PO …) is an original and its translation in one file.

    Raises UsageError for more, and whatever reading and aligning raise.
    """
    from align import pipeline

    if len(files) > 2:
        raise UsageError(
            f"{len(files)} files",
            hint="Give one text, or an original and its translation. For more, make a project: `concord init`, "
            "then `concord align` each pair, then run this without files",
        )
    if not files:
        return project_texts(db)
    if len(files) == 1 and is_bitext(files[0], format):
        return bitext_texts(files[0], langs=langs, encoding=encoding, format=format)
    if len(langs) > len(files):
        raise UsageError(f"{len(langs)} languages for 1 file", where="--langs", hint="Give one")
    given = pipeline.inputs(
        files,
        langs=langs or [None] * len(files),
        encodings=[encoding] * len(files),
        format=format,
        segmented=segmented,
        srx=srx,
    )
    documents = tuple(pipeline.read_document(one) for one in given)
    if len(documents) == 2 and documents[0].name == documents[1].name:
        documents = tuple(replace(d, name=path) for d, path in zip(documents, files, strict=True))
    if len(documents) == 1:
        return Texts(documents)
    return Texts(documents, pipeline.align_versions(documents, force=force))


def is_bitext(file: str, format: str | None) -> bool:
    """Whether a file is an alignment and no text: by ``--from``, else by its name and how it begins."""
    from align.formats import read
    from align.formats.bitext import registry
    from align.formats.bitext.files import head_of_file

    if format is not None:
        return format in registry.READ and format not in read.FORMATS
    return file != "-" and registry.is_bitext(file, head_of_file(file))


def bitext_texts(
    file: str, *, langs: Sequence[str | None], encoding: str | None, format: str | None
) -> Texts:
    """Both texts of an alignment that somebody made. Raises UsageError where it has more, and none was chosen."""
    from align import pipeline

    wanted = [lang for lang in langs if lang] if len(langs) > 1 else None
    bitext, _ = pipeline.read_alignment([file], format=format, langs=wanted, encoding=encoding)
    if len(bitext.documents) > 2:
        there = ", ".join(document.lang for document in bitext.documents)
        raise UsageError(
            f"it has more than two languages: {there}", where=file, hint="Choose two with --langs"
        )
    return Texts(bitext.documents, bitext.alignments)


def project_texts(db: Path | None) -> Texts:
    """All texts of the project given or found. Raises StoreError, UsageError where it holds none."""
    from align import pipeline
    from glossary.store import Glossary

    with pipeline.opened(pipeline.existing_project(db)) as store:
        return stored_texts(Glossary(store))


def stored_texts(glossary: Glossary) -> Texts:
    """All texts of an open project, each named by its key."""
    with glossary.store.snapshot():
        documents, numbers = glossary.documents()
        alignments = tuple(_aligned(glossary.store, number, documents) for number in numbers)
    if not documents:
        raise UsageError(
            "there is no text in it",
            where=str(glossary.store.path),
            hint="`concord align ORIGINAL TRANSLATION` puts a pair in; or give files",
        )
    ids = {document.name: number for number, document in documents.items()}
    return Texts(tuple(documents.values()), alignments, ids)


def _aligned(store: Store, number: int, documents: Mapping[int, Document]) -> Alignment:
    """An alignment with the very documents of the list, so that no text is held twice."""
    from align.model import Signature
    from align.store.rows import get_beads

    row = next(store.db.query("SELECT source, target, doubtful_below FROM alignments WHERE id = ?", [number]))
    beads, _ = get_beads(store.db, number)
    source, target = documents[row["source"]], documents[row["target"]]
    return Alignment(source, target, beads, Signature("", "", "", ""), row["doubtful_below"])


def candidates(found: Texts) -> list[Candidate]:
    """The terms that the texts propose, the surest first."""
    from align.embed import load_embedder
    from glossary.extract import extract

    embedder = load_embedder() if found.alignments else None
    return extract(found.documents, found.alignments, embedder, ignore=legal_marks(found.documents))


def legal_marks(documents: Sequence[Document]) -> dict[str, list[tuple[int, int]]]:
    """Where legal marks stand, by document: their words are no terms."""
    from glossary.annotations import LANGUAGES, find_annotations

    return {
        document.name: [(mark.start, mark.end) for mark in find_annotations(document.text, document.lang)]
        for document in documents
        if document.lang.partition("-")[0] in LANGUAGES
    }


def build(glossary: Glossary, author: str, messages: Messages) -> BuildReport:
    """Extract the terms of a project's texts and keep them."""
    from align import __version__

    found = stored_texts(glossary)
    proposed = candidates(found)
    assert found.ids is not None
    documents = {found.ids[document.name]: document for document in found.documents}
    return glossary.build(proposed, documents, author=author, signature=f"concord:{__version__}|terms")
