"""Reads every document once and keeps what matching needs of it: a few vectors, signs of its words, its length.

A document is cut into thirds of as many characters. The vector of a third is the sum of its tokens' vectors (of an
encoder that is not additive: of its pieces' unit vectors by length). All are divided by the length of the whole's, so
that float16 holds them. Signs are the 32-bit names of ``align.lexical`` for numbers and for words in a rough common
spelling, and those of dates; of many, those with the least names are kept: the same ones in every document.

Several processes read; what comes out does not depend on how many.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.archive.match_listing import Listed, record_at
from align.archive.match_score import PARTS, Contents
from align.errors import ConcordError, InputError
from align.machine import divided

if TYPE_CHECKING:
    from align.embed import Embedder

CHUNK = 64  # documents that a process reads at a time
MOST_SIGNS = 2000
MOST_CHARACTERS = 2_000_000  # that are embedded of a document; a book has a million
_PIECE = 1200  # characters that an encoder which is not additive reads at a time
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_DAY = re.compile(r"(?<!\d)(?:(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?!\d)")
_LINK = re.compile(rb"<link\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""\b(rel|href|hreflang)\s*=\s*["']([^"']{1,2000})["']""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class How:
    """How documents are read: the model, and format and encoding where they are known."""

    model: str | None = None
    format: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What was kept of one document. ``vectors`` is float16 (PARTS, dimension), ``signs`` sorted uint32.

    ``url`` is its own address and ``others`` those of its versions in other languages, as the page declares them.
    """

    path: str
    vectors: NDArray[np.float16] | None = None
    signs: NDArray[np.uint32] | None = None
    length: int = 0
    url: str = ""
    others: tuple[str, ...] = ()
    error: str = ""


def read_all(
    documents: Sequence[Listed],
    how: How,
    embedder: Embedder,
    *,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Read]:
    """What is kept of each document, in their order; ``progress(done, total)`` is called after every few.

    ``embedder`` is the one that ``how.model`` names; one that is not additive takes all cores for itself, so that
    this process alone reads. Raises ConcordError where a process ends before its time.
    """
    chunks = [documents[at : at + CHUNK] for at in range(0, len(documents), CHUNK)]
    done = 0

    def counted(chunks: Iterable[list[Read]]) -> Iterator[Read]:
        nonlocal done
        for chunk in chunks:
            done += len(chunk)
            if progress is not None:
                progress(done, len(documents))
            yield from chunk

    if workers <= 1 or len(chunks) < 2 or not embedder.additive:
        yield from counted(_read_chunk(chunk, embedder, how) for chunk in chunks)
        return
    lost = ConcordError(
        "a process that reads documents ended before its time",
        hint="If memory is short, give fewer --workers",
    )
    parts = ((chunk, how) for chunk in chunks)
    processes = min(workers, len(chunks))
    yield from counted(
        divided(_in_process, parts, processes, ahead=3 * workers, begin=_begin, given=(how.model,), lost=lost)
    )


_EMBEDDER: list[Embedder] = []  # of this process


def _begin(model: str | None) -> None:
    """Once in every process."""
    from align.embed import load_embedder

    _EMBEDDER.append(load_embedder(model))


def _in_process(chunk: Sequence[Listed], how: How) -> list[Read]:
    return _read_chunk(chunk, _EMBEDDER[0], how)


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text with the date and the addresses that come with it, or the reason why there is none."""

    text: str
    date: str = ""
    url: str = ""
    others: tuple[str, ...] = ()
    error: str = ""


def _read_chunk(chunk: Sequence[Listed], embedder: Embedder, how: How) -> list[Read]:
    """Reads some documents and embeds them together."""
    texts = [_text(document, how) for document in chunk]
    return [replace(read, path=each.path) for read, each in zip(kept_of(texts, embedder), chunk, strict=True)]


def kept_of(texts: Sequence[Text], embedder: Embedder) -> list[Read]:
    """What is kept of texts that are at hand; their paths are left empty."""
    vectors = _vectors([text.text for text in texts], embedder)
    return [
        Read("", None, None, 0, text.url, text.others, text.error)
        if text.error
        else Read("", rows, _signs(text), len(text.text), text.url, text.others)
        for text, rows in zip(texts, vectors, strict=True)
    ]


def _text(document: Listed, how: How) -> Text:
    """A document's text, or why there is none: whatever a reader stumbles over must not stop the others."""
    try:
        if document.offset >= 0:
            record = record_at(document)
            found = Text(record["text"], str(record.get("date") or ""), document.url)
        else:
            from align.formats.read import read_path

            extract, data = read_path(document.path, format=how.format, encoding=how.encoding)
            url, others = _addresses(data) if extract.format in ("html", "mhtml") else ("", ())
            found = Text(extract.text, str(extract.metadata.get("date", "")), url, others)
        if not found.text.strip():
            raise InputError("there is no text in it", where=document.path)
    except ConcordError as error:
        return Text("", error=str(error))
    except Exception as error:
        return Text("", error=f"{document.path}: cannot be read ({type(error).__name__}: {error})")
    return found


def _addresses(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The address that a page gives as its own (rel="canonical") and those of its other languages (hreflang)."""
    own, others = "", []
    for link in _LINK.findall(data[:200_000]):
        found = {
            name.decode().lower(): value.decode("utf-8", "replace")
            for name, value in _ATTRIBUTE.findall(link)
        }
        rel = found.get("rel", "").lower().split()
        if "canonical" in rel:
            own = own or found.get("href", "")
        elif "alternate" in rel and "hreflang" in found:
            others.append(found.get("href", ""))
    return own, tuple(others)


def _signs(text: Text) -> NDArray[np.uint32]:
    """The names of its numbers, words and dates, sorted; the least ``MOST_SIGNS`` of them."""
    from align.lexical import features

    names = {name for word in _WORD.findall(text.text[:MOST_CHARACTERS]) for name in features(word)}
    days = [*_DAY.findall(text.text[:MOST_CHARACTERS]), *_DAY.findall(text.date[:10])]
    names |= {zlib.crc32(f"@{int(a or f)}-{int(b or e)}-{int(c or d)}".encode()) for a, b, c, d, e, f in days}
    return np.sort(np.fromiter(names, np.uint32, len(names)))[:MOST_SIGNS]


def _vectors(texts: Sequence[str], embedder: Embedder) -> NDArray[np.float16]:
    """float16 (texts, PARTS, dimension); see the module's docstring."""
    parts = [part for text in texts for part in thirds(text[:MOST_CHARACTERS])]
    sums = embedder.encode(parts).vectors if embedder.additive else _pieced(parts, embedder)
    rows = sums.reshape(len(texts), PARTS, -1)
    length = np.linalg.norm(rows.sum(axis=1), axis=1)[:, None, None]
    found: NDArray[np.float16] = (rows / np.maximum(length, 1e-9)).astype(np.float16)
    return found


def _pieced(parts: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
    """float32 (parts, dimension): unit vectors of pieces that the encoder can read whole, by their length."""
    pieces = [[part[at : at + _PIECE] for at in range(0, len(part), _PIECE)] or [""] for part in parts]
    flat = [piece for part in pieces for piece in part]
    vectors = embedder.encode(flat).vectors
    length = np.maximum(np.linalg.norm(vectors, axis=1), 1e-9)
    weighted = vectors * (np.array([len(piece) for piece in flat]) / length)[:, None]
    starts = np.concatenate([[0], np.cumsum([len(part) for part in pieces])[:-1]])
    sums: NDArray[np.float32] = np.add.reduceat(weighted, starts, axis=0).astype(np.float32)
    return sums


def thirds(text: str) -> list[str]:
    """The text in PARTS of about as many characters, cut at white space where there is some near."""
    cuts = [0]
    for part in range(1, PARTS):
        at = len(text) * part // PARTS
        space = re.compile(r"\s").search(text, at, min(at + 30, len(text)))
        cuts.append(max(space.start() if space else at, cuts[-1]))
    return [text[a:b] for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


@dataclass(frozen=True, slots=True)
class Collected:
    """One side as it was read: its documents' paths and contents, and what of the others is known.

    ``urls``: each page's own address. ``others``: which path each address of another language is on. ``errors``:
    why a document could not be read.
    """

    paths: tuple[str, ...]
    contents: Contents
    urls: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]
    errors: Mapping[str, str]

    def only(self, wanted: frozenset[str]) -> Collected:
        """The same with only these documents in it."""
        rows = np.array([row for row, path in enumerate(self.paths) if path in wanted], dtype=np.int64)
        if len(rows) == len(self.paths):
            return self
        return replace(self, paths=tuple(self.paths[row] for row in rows), contents=self.contents.only(rows))


def collected(found: Iterable[Read], most: int) -> Collected:
    """What was read, as the arrays that scoring works on; ``most`` is how many documents there can be."""
    paths: list[str] = []
    lengths: list[int] = []
    signs: list[NDArray[np.uint32]] = []
    urls, others, errors = {}, {}, {}
    vectors = np.zeros((0, PARTS, 1), dtype=np.float16)
    for each in found:
        if each.url:
            urls[each.path] = each.url
        if each.others:
            others[each.path] = each.others
        if each.vectors is None or each.signs is None:
            errors[each.path] = each.error
            continue
        if not paths:
            vectors = np.zeros((most, *each.vectors.shape), dtype=np.float16)
        vectors[len(paths)] = each.vectors
        paths.append(each.path)
        lengths.append(each.length)
        signs.append(each.signs)
    starts = np.zeros(len(signs) + 1, dtype=np.int64)
    np.cumsum([len(names) for names in signs], out=starts[1:])
    flat = np.concatenate(signs) if signs else np.zeros(0, dtype=np.uint32)
    contents = Contents(vectors[: len(paths)], np.array(lengths, dtype=np.float64), flat, starts)
    return Collected(tuple(paths), contents, urls, others, errors)
