"""Files of alignments: one file, or several that belong together, opened by their names."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from align.errors import InputError, UsageError
from align.formats import tsv
from align.formats.bitext import ladders, registry
from align.formats.bitext.collect import Bitext, collect
from align.formats.bitext.stream import SMALL, lines, peek, whole
from align.formats.bitext.units import Source
from align.model import Document
from align.text import decode, detect_language

STDIN = "-"
_SAMPLE = 200  # units that are looked at for their language


@contextmanager
def opened(
    files: Sequence[str],
    *,
    format: str | None = None,
    langs: Sequence[str] | None = None,
    encoding: str | None = None,
) -> Iterator[tuple[Source | Bitext, str]]:
    """What is in the files, and the name of their format; units can be taken as long as the files are open.

    One file, or a ladder with its two texts, or the files of Moses in the order of the languages. Raises UsageError,
    InputError, FormatError and their kinds.
    """
    with ExitStack() as stack:
        chosen = format or _detected(files, stack)
        if chosen == "moses":
            yield with_languages(_moses(files, langs, encoding, stack)), chosen
            return
        if chosen in registry.LADDERS:
            yield _ladder(files, chosen, langs, encoding), chosen
            return
        if len(files) > 1:
            raise UsageError(
                f"{registry.named(chosen).title} is one file", where=files[1], hint="Give one file at a time"
            )
        if chosen == "intertext":
            yield _intertext(files[0], langs), chosen
            return
        stream = stack.enter_context(open_file(files[0]))
        found = registry.named(chosen).read(stream, name=shown(files[0]), langs=langs, encoding=encoding)
        yield (with_languages(found) if isinstance(found, Source) else found), chosen


def read_bitext(
    files: Sequence[str],
    *,
    format: str | None = None,
    langs: Sequence[str] | None = None,
    encoding: str | None = None,
) -> Bitext:
    """The documents and alignments in the files, as :func:`opened` finds them; whole in memory.

    A document has the hash of its own file, or of the one that all are in.
    """
    with opened(files, format=format, langs=langs, encoding=encoding) as (found, name):
        if isinstance(found, Source):
            found = collect(found, name=Path(shown(files[0])).name, format=name)
    paths = _paths(files, found)
    digests = ["" if path == STDIN else _digest(path) for path in paths]
    source = replace(found.alignments[0].source, sha256=digests[0])
    alignments = [
        replace(one, source=source, target=replace(one.target, sha256=digest))
        for one, digest in zip(found.alignments, digests[1:], strict=True)
    ]
    return replace(found, alignments=tuple(alignments))


def keys(files: Sequence[str], bitext: Bitext) -> tuple[str, ...]:
    """What the project calls each document: its own file, else the file with the language: "memory.tmx#ru"."""
    paths = _paths(files, bitext)
    if len(set(paths)) == len(paths):
        return tuple(paths)
    langs = tsv.numbered([document.lang for document in bitext.documents])
    return tuple(f"{shown(path)}#{lang}" for path, lang in zip(paths, langs, strict=True))


def _paths(files: Sequence[str], bitext: Bitext) -> list[str]:
    """The file that each document stands in."""
    documents = bitext.documents
    format = documents[0].format
    if format == "intertext":
        return [str(Path(files[0]).parent / document.name) for document in documents]
    if format == "moses":
        return moses_paths(files, [document.lang for document in documents])
    if len(files) == len(documents) + 1:  # a ladder and its texts
        return list(files[1:])
    return [files[0]] * len(documents)


def _digest(path: str) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def shown(path: str) -> str:
    """What messages call a file."""
    return "standard input" if path == STDIN else path


@contextmanager
def open_file(path: str) -> Iterator[BinaryIO]:
    """A file or standard input, for reading. Raises InputError where that is not possible."""
    if path == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = Path(path).open("rb")  # noqa: SIM115  closed below
        stream.peek(1)
    except FileNotFoundError as error:
        raise InputError("there is no such file", where=path, hint="Check the name and the folder") from error
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise InputError(f"cannot be read: {reason}", where=path, hint="Check the path") from error
    with stream:
        yield stream


def head_of_file(path: str) -> bytes:
    """How a file begins; nothing for standard input and for what cannot be read."""
    try:
        with Path(path).open("rb") as stream:
            return stream.read(registry.SNIFFED)
    except (OSError, ValueError):
        return b""


def _detected(files: Sequence[str], stack: ExitStack) -> str:
    first = files[0]
    if first == STDIN:
        raise UsageError("what is on standard input?", where="--from", hint="Name its format with --from")
    if len(files) > 1 and registry.detect(first, b"") is None and _are_pairs(files):
        return "moses"
    found = registry.detect(first, head_of_file(first))
    if found is None and registry.ending(first) in (".moses", ".intertext"):
        found = registry.ending(first)[1:]
    if found is None:
        with open_file(first):  # a missing file is the better error
            pass
        raise UsageError(
            "neither its name nor its beginning says which format of alignments it is",
            where=first,
            hint=f"Name it with --from: {', '.join(registry.READ)}",
        )
    return found


def _are_pairs(files: Sequence[str]) -> bool:
    """Whether files differ in their endings only, and these look like language codes: corpus.ru, corpus.en."""
    stems = {str(Path(file).with_suffix("")) for file in files}
    ends = {Path(file).suffix[1:] for file in files}
    return len(stems) == 1 and len(ends) == len(files) and all(2 <= len(end) <= 3 for end in ends)


def _moses(
    files: Sequence[str], langs: Sequence[str] | None, encoding: str | None, stack: ExitStack
) -> Source:
    from align.formats.bitext import moses
    from align.formats.rows import language_tag

    if len(files) == 1 and (not langs or list(langs) == ["all"]):
        raise UsageError(
            "which languages?", where=files[0], hint="Name them: --langs ru,en reads NAME.ru and NAME.en"
        )
    paths = moses_paths(files, langs or ())
    codes = langs or [Path(path).suffix[1:] for path in paths]
    streams = [stack.enter_context(open_file(path)) for path in paths]
    names = [shown(path) for path in paths]
    source = moses.read(streams, names=names, langs=[language_tag(c) for c in codes], encoding=encoding)
    source.head = replace(source.head, names=tuple(Path(path).name for path in paths))
    return source


def moses_paths(files: Sequence[str], langs: Sequence[str]) -> list[str]:
    """The files given, or those that a name ending in .moses stands for."""
    if len(files) > 1:
        return list(files)
    return [f"{files[0].removesuffix('.moses')}.{lang}" for lang in langs]


def _ladder(files: Sequence[str], format: str, langs: Sequence[str] | None, encoding: str | None) -> Bitext:
    ladder, *texts = files
    name = shown(ladder)
    with open_file(ladder) as stream:
        head, stream = peek(stream, SMALL)
        first = next((line for line in head.decode("utf-8", "replace").splitlines() if line.strip()), "")
        if format == "hunalign" and not texts and ladders.is_text(first):
            warnings: list[str] = []
            found = lines(stream, name=name, encoding=encoding, warnings=warnings)
            codes = list(langs or ("und", "und"))
            source = ladders.read_text(found, name=name, langs=codes, warnings=warnings)
            return collect(with_languages(source), name=Path(name).name, format="hunalign")
        text = decode(whole(stream, 256 << 20, name), None, name=name).text
    documents = [
        _segmented(path, langs[k] if langs and k < len(langs) else None, encoding)
        for k, path in enumerate(texts)
    ]
    return Bitext((ladders.read(text, name=Path(name).name, format=format, documents=documents),))


def _segmented(path: str, lang: str | None, encoding: str | None) -> Document:
    """A text of a segment a line."""
    from align.formats.read import read_path
    from align.segment import build_document

    extract, data = read_path(path, format="txt", encoding=encoding)
    code = lang or detect_language(extract.text)
    digest = hashlib.sha256(data).hexdigest()
    return build_document(extract, name=Path(path).name, lang=code, sha256=digest, segmented=True)


def _intertext(path: str, langs: Sequence[str] | None) -> Bitext:
    from align.formats.bitext import intertext

    if path.endswith(".intertext"):
        if not langs or len(langs) != 2:
            raise UsageError(
                "which languages?", where=path, hint="Name them: --langs ru,en reads NAME.ru.en.xml"
            )
        path = intertext.files_of(path.removesuffix(".intertext"), list(langs))[0]

    def sibling(name: str) -> bytes:
        place = Path(path).parent / name
        with open_file(str(place)) as stream:
            return whole(stream, 256 << 20, str(place))

    with open_file(path) as stream:
        data = whole(stream, 256 << 20, path)
    found = intertext.read(data, name=Path(path).name, langs=langs, sibling=sibling)
    sides = (_spoken(found.source), _spoken(found.target))
    return Bitext((replace(found, source=sides[0], target=sides[1]),))


def _spoken(document: Document) -> Document:
    return document if document.lang != "und" else replace(document, lang=detect_language(document.text))


def with_languages(source: Source) -> Source:
    """The same with languages found out that the file does not name, and a warning that says so."""
    if "und" not in source.head.langs:
        return source
    first = list(islice(source.units, _SAMPLE))
    codes = []
    for k, lang in enumerate(source.head.langs):
        sample = "\n".join(text for unit in first for text in unit.sides[k])
        codes.append(detect_language(sample) if lang == "und" else lang)
    if "und" not in codes:
        source.warnings.append(
            f"its languages are not named; they look like {' and '.join(codes)} (--langs says)"
        )
    else:
        source.warnings.append("its languages are not named and cannot be told; name them with --langs")
    source.head = replace(source.head, langs=tuple(codes))
    source.units = chain(first, source.units)
    return source
