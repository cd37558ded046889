"""From files to a kept alignment: read, segment, embed, align, save.

The only module that knows all stages. What is heavy (numpy, the model, the database) is imported by the
function that needs it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from align import __version__
from align.errors import EmptyInputError, InputError, StoreError, TooLargeError, UnrelatedError, UsageError
from align.model import Alignment, Bead, Document, Extract, Signature

if TYPE_CHECKING:
    from align.anchor.splice import Realign
    from align.embed import Embedder, Encoded
    from align.formats.bitext.collect import Bitext
    from align.formats.rewrite import Rewritten
    from align.parameters import Parameters
    from align.segment.srx import Srx
    from align.store import SaveReport, Store

Progress = Callable[[int, int], None]

STDIN, STDIN_NAME = "-", "standard input"
UNDETERMINED = "und"
LONGEST_SEGMENT = 50_000
"""Code points. A longer "sentence" is data, or a text of which every full stop was lost."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read ("-": standard input) and what is known about it; None is to be found.

    ``name`` is what messages and results call it.
    """

    path: str
    name: str
    lang: str | None = None
    encoding: str | None = None
    format: str | None = None
    segmented: bool = False
    srx: Srx | None = None


def inputs(
    paths: Sequence[str],
    *,
    langs: Sequence[str | None],
    encodings: Sequence[str | None],
    format: str | None = None,
    segmented: bool = False,
    srx: Path | None = None,
) -> tuple[Input, ...]:
    """One Input for each path; languages and encodings in the same order. ``srx`` is a file of segmentation rules.

    Raises UsageError for two "-", and for rules where the lines are segments already; what reading the rules raises.
    """
    if list(paths).count(STDIN) > 1:
        raise UsageError(
            "only one of the texts can come from standard input", hint="Give files for the others"
        )
    rules = None
    if srx is not None:
        from align.formats.rules import read_rules

        rules = read_rules(srx, segmented=segmented)
    known = zip(paths, names(paths), langs, encodings, strict=True)
    return tuple(
        Input(path, name, lang, encoding, format, segmented, rules) for path, name, lang, encoding in known
    )


def names(paths: Sequence[str]) -> list[str]:
    """A name for each path: the file's, with its folder's where several files have the same."""
    short = [STDIN_NAME if path == STDIN else Path(path).name for path in paths]
    longer = ["/".join(Path(path).absolute().parts[-2:]) for path in paths]
    return [a if short.count(a) == 1 else b for a, b in zip(short, longer, strict=True)]


def read_document(given: Input) -> Document:
    """Reads a file and cuts it into blocks and segments; ``warnings`` say what may have gone wrong.

    Raises InputError and its kinds: no such file, empty, not text, too large, a wrong encoding.
    """
    from align.formats.read import read_path

    return cut_document(given, *read_path(given.path, format=given.format, encoding=given.encoding))


def cut_document(given: Input, extract: Extract, data: bytes) -> Document:
    """What was read, cut into segments. Raises EmptyInputError, TooLargeError."""
    from align.segment import build_document
    from align.text import detect_language

    lang = given.lang or detect_language(extract.text)
    document = build_document(
        extract,
        name=given.name,
        lang=lang,
        sha256=hashlib.sha256(data).hexdigest(),
        segmented=given.segmented,
        srx=given.srx,
    )
    if not document.segments:
        raise EmptyInputError(
            "there is no sentence in it", where=given.name, hint="Give a file with text in it"
        )
    _check_lengths(document)
    if lang == UNDETERMINED:
        warning = "its language cannot be told; say it with --source-lang, --target-lang or --langs"
        document = replace(document, warnings=(*document.warnings, warning))
    return document


def _check_lengths(document: Document) -> None:
    """Raises TooLargeError for a segment that is no sentence: the aligner could do nothing sensible with it."""
    for segment in document.segments:
        if segment.end - segment.start > LONGEST_SEGMENT:
            line = document.text.count("\n", 0, segment.start) + 1
            raise TooLargeError(
                f"{segment.end - segment.start:,} characters without the end of a sentence",
                where=f"{document.name}, line {line}",
                hint="Put line breaks in, a sentence a line, and use --segmented",
            )


def read_alignment(
    files: Sequence[str],
    *,
    format: str | None = None,
    langs: Sequence[str] | None = None,
    encoding: str | None = None,
) -> tuple[Bitext, tuple[str, ...]]:
    """What another program aligned, and a key for each document: its own file, else "memory.tmx#ru".

    ``langs`` are the languages to take, None all. Raises what ``bitext.files.read_bitext`` raises.
    """
    from align.formats.bitext.files import keys, read_bitext

    bitext = read_bitext(files, format=format, langs=langs, encoding=encoding)
    for document in bitext.documents:
        _check_lengths(document)
    return bitext, keys(files, bitext)


def align_versions(
    documents: Sequence[Document],
    *,
    model: str | None = None,
    doubtful_below: float | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> tuple[Alignment, ...]:
    """Aligns every further version with the first.

    ``model`` is None for the embedded default, else a sentence-transformers model by name or folder.
    ``progress(done, total)`` counts the texts embedded. Raises UnrelatedError where two texts do not look like
    translations of each other (``force`` makes that a warning), ModelError, UsageError for a single document.
    """
    from align.embed import load_embedder
    from align.parameters import default_parameters

    if len(documents) < 2:
        raise UsageError("one text alone cannot be aligned", hint="Give an original and its translation")
    embedder = load_embedder(model)
    parameters = default_parameters()
    if doubtful_below is not None:
        parameters = replace(parameters, doubtful_below=doubtful_below)
    pivot, *others = documents
    how = (embedder, parameters, force, progress)
    return tuple(align_pair(pivot, other, *how) for other in others)


def align_pair(
    source: Document,
    target: Document,
    embedder: Embedder,
    parameters: Parameters,
    force: bool = False,
    progress: Progress | None = None,
    encoded: Encoded | None = None,
) -> Alignment:
    """Aligns two documents; ``encoded`` are the vectors of all segments, the source's first, if at hand.

    Raises UnrelatedError where they do not look like translations of each other (``force``: a warning).
    """
    from align.aligner import align_documents, greatest_likeness

    expected = parameters.unrelated_below
    most = greatest_likeness(source, target)
    if most < expected and not force:  # no search could find otherwise, and a long one would take a minute
        raise unrelated(source, target, f"at most {most:.2f}", expected)
    result = align_documents(
        source, target, embedder, parameters=parameters, progress=progress, encoded=encoded
    )
    warnings = [f"{d.name}: {warning}" for d in (source, target) for warning in d.warnings]
    if source.lang == target.lang != UNDETERMINED:
        warnings.append(f"{source.name} and {target.name} are in the same language ({source.lang})")
    if result.similarity < expected:
        error = unrelated(source, target, f"{result.similarity:.2f}", expected)
        if not force:
            raise error
        warnings.append(f"{error.where}: {error.what}")
    return Alignment(
        source,
        target,
        result.beads,
        signature(embedder, parameters, source.metadata.get("segmenter")),
        parameters.doubtful_below,
        similarity=result.similarity,
        warnings=(*warnings, *result.warnings),
    )


def unrelated(source: Document, target: Document, similarity: str, expected: float) -> UnrelatedError:
    """The error that says with which figure two texts failed to look like translations."""
    odd = [
        f"{document.name} was read as {encoding}"
        for document in (source, target)
        if not (encoding := str(document.metadata.get("encoding", "utf-8"))).startswith(("utf-", "ascii"))
    ]
    check = f"files, their languages and encodings ({', '.join(odd)})" if odd else "files and their languages"
    return UnrelatedError(
        "these do not look like translations of each other "
        f"(similarity {similarity}, expected above {expected:.2f})",
        where=f"{source.name}, {target.name}",
        hint=f"Check the {check}; --force aligns them all the same",
    )


def signature(embedder: Embedder, parameters: Parameters, segmenter: str | None = None) -> Signature:
    """What every score was made with; learnt weights by their hash, a user's rules for sentences as ``segmenter``."""
    from align.segment import SEGMENTER

    return Signature(
        version=__version__,
        model=embedder.name,
        revision=embedder.revision,
        segmenter=f"{segmenter}+{SEGMENTER}" if segmenter else SEGMENTER,
        parameters=(("weights", parameters.digest), ("doubtful_below", parameters.doubtful_below)),
    )


# The project


def find_project(db: Path | None) -> Path | None:
    """The project file given, or else the ``concord.db`` in this folder or above; None if there is none."""
    from align.store.file import find_store

    return db if db is not None else find_store(Path.cwd())


def existing_project(db: Path | None) -> Path:
    """The project file given or found. Raises StoreError where there is none."""
    project = find_project(db)
    if project is None:
        raise StoreError(
            "there is no project in this folder or above it",
            hint="Make one with `concord init`, or name its file with --db",
        )
    return project


@contextmanager
def opened(project: Path, *, create: bool = False) -> Iterator[Store]:
    """An open project file. One that was made here is removed again if an error leaves it empty."""
    from align.store import open_store

    made = create and not project.exists()
    with open_store(project, create=create) as store:
        try:
            yield store
        except BaseException:
            empty = made and not store.alignments()
            store.close()
            if empty:
                project.unlink(missing_ok=True)
            raise


def keep(
    store: Store, alignments: Sequence[Alignment], paths: Sequence[str], author: str
) -> tuple[tuple[Alignment, ...], tuple[SaveReport, ...]]:
    """Saves alignments around one pivot, inside the caller's transaction; ``paths`` are the documents' files.

    Gives them back as they stand now, people's earlier decisions among their beads, and what saving did.
    """
    reports = tuple(
        store.save_alignment(alignment, author=author, source_path=paths[0], target_path=path)
        for alignment, path in zip(alignments, paths[1:], strict=True)
    )
    return tuple(store.load_alignment(report.alignment_id) for report in reports), reports


def stretch_aligner(alignment: Alignment) -> Realign:
    """What aligns a stretch of this alignment's texts anew. Raises UsageError where another model had made it."""
    from align.aligner import align_documents
    from align.embed import load_embedder
    from align.parameters import default_parameters

    embedder, parameters = load_embedder(None), default_parameters()
    if embedder.name != alignment.signature.model:
        raise UsageError(
            f"it was aligned with the model {alignment.signature.model}",
            where=f"{alignment.source.name}, {alignment.target.name}",
            hint="Align all of it again with `concord align --model`; what people decided stays",
        )

    def realign(source: range, target: range) -> list[Bead]:
        parts = _stretch(alignment.source, source), _stretch(alignment.target, target)
        return [
            replace(
                bead,
                source=tuple(s + source.start for s in bead.source),
                target=tuple(t + target.start for t in bead.target),
            )
            for bead in align_documents(*parts, embedder, parameters=parameters).beads
        ]

    return realign


def _stretch(document: Document, segments: range) -> Document:
    """Some segments of a document, counted from 0, as a document of their own."""
    chosen = document.segments[segments.start : segments.stop]
    return replace(
        document, segments=tuple(replace(segment, id=number) for number, segment in enumerate(chosen))
    )


def corrected(store: Store, document: int) -> tuple[str, Rewritten]:
    """A text's key, and its file with the corrections that people made in it (``align.store.notes``).

    Raises InputError where the file is not there or has changed since it was read; UsageError where there is no
    such text, or no correction that has a place in it.
    """
    from align.formats.rewrite import Edit, rewrite
    from align.store.notes import Notes
    from align.store.rows import get_document

    with store.snapshot():
        notes = Notes(store).corrections(document)
        read = get_document(store.db, document)
        (key,) = store.db.execute("SELECT key FROM documents WHERE id = ?", [document]).fetchone()
    edits = [
        Edit(read.segments[note.segment].start, read.segments[note.segment].end, note.new)
        for note in notes
        if note.segment is not None
    ]
    if not edits:
        raise UsageError("nothing is corrected in it", where=key, hint="Correct a sentence first")
    try:
        data = (store.path.absolute().parent / key).read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"cannot be read: {reason}", where=key, hint="Put the file back") from error
    return key, rewrite(data, read, edits)


FileState = Literal["same", "changed", "missing", "unknown"]
FileStates = tuple[FileState, FileState]


def file_states(store: Store) -> dict[int, FileStates]:
    """For each alignment whether its two files are still as they were when it was made.

    "unknown" is a text that came from standard input.
    """
    rows = store.db.execute(
        """SELECT a.id, a.source_key, s.sha256, a.target_key, t.sha256 FROM alignments AS a
        JOIN documents AS s ON s.id = a.source JOIN documents AS t ON t.id = a.target"""
    ).fetchall()
    folder = store.path.absolute().parent
    return {
        number: (_file_state(folder, source, source_hash), _file_state(folder, target, target_hash))
        for number, source, source_hash, target, target_hash in rows
    }


def _file_state(folder: Path, key: str, sha256: str) -> FileState:
    """One language of an imported alignment has the key "memory.tmx#ru", and the hash of the whole file."""
    from align.formats.zipped import file_bytes

    path = folder / key
    if "#" in key and not path.exists():
        path = folder / key.rpartition("#")[0]
    try:
        found = hashlib.sha256(file_bytes(path)).hexdigest()
    except OSError:
        return "unknown" if key == STDIN_NAME else "missing"
    return "same" if found == sha256 else "changed"
