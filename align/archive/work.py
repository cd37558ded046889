"""What a worker does: read a few pairs, embed all their segments in one batch, align each, pack what came out.

Nothing here knows of other workers, of the archive or of the engine; a list of tasks goes in, an outcome for each
comes out. A pair that cannot be read or aligned has an outcome too: the line that says why.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any, Self

from align import pipeline
from align.archive.dates import iso
from align.archive.packed import pack
from align.archive.store import PairRecord
from align.errors import ConcordError, InputError
from align.model import Alignment, Document, Signature

if TYPE_CHECKING:
    from align.embed import Embedder, Encoded
    from align.parameters import Parameters
    from align.segment.srx import Srx

SHARDS = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides, beside the texts, what comes out; ``srx`` is the path of a file with rules for sentences.

    ``force`` aligns what looks unrelated too. Languages and encodings are the source's and the target's; None: found.
    """

    model: str | None = None
    langs: tuple[str | None, str | None] = (None, None)
    encodings: tuple[str | None, str | None] = (None, None)
    read_as: str | None = None
    segmented: bool = False
    srx: str | None = None
    doubtful_below: float | None = None
    force: bool = False

    def making(self, signature: Signature) -> dict[str, Any]:
        """What a result has to have been made with to be taken for this run's own, as JSON can hold it.

        Not ``force``: what it lets through does not change what is aligned without it.
        """
        found = json.loads(json.dumps(asdict(self)))
        del found["force"], found["model"], found["doubtful_below"]  # the signature has the last two
        if self.srx is not None:
            found["srx"] = hashlib.sha256(Path(self.srx).read_bytes()).hexdigest()
        return {**found, "signature": str(signature)}


@dataclass(frozen=True, slots=True)
class Task:
    """A pair to align. ``size``: bytes of both files, for shares of work; ``inputs``: texts that lie in no file,
    packed or not.

    ``dates``: as paths say them ("" for none). ``known``: the digests of the files when a result was last made in the
    same way; where they are still so, nothing is done.
    """

    number: int
    source: str
    target: str
    size: int = 0
    inputs: bytes | Mapping[str, str] | None = None
    dates: tuple[str, str] = ("", "")
    known: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: a record and the packed alignment (None where it failed); no record: as it was."""

    number: int
    record: PairRecord | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """What a process keeps from one chunk to the next: the model, the parameters, the rules."""

    settings: Settings
    embedder: Embedder
    parameters: Parameters
    rules: Srx | None

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Loads all that is heavy. Raises ModelError, and InputError for rules that cannot be read."""
        from align.embed import load_embedder
        from align.embed.cache import CachedEmbedder
        from align.formats.rules import read_rules
        from align.parameters import default_parameters

        embedder = load_embedder(settings.model)
        if isinstance(embedder, CachedEmbedder):
            embedder = (
                embedder.inner
            )  # an archive's sentences come once: keeping them would only crowd others out
        parameters = default_parameters()
        if settings.doubtful_below is not None:
            parameters = replace(parameters, doubtful_below=settings.doubtful_below)
        rules = read_rules(Path(settings.srx), segmented=settings.segmented) if settings.srx else None
        return cls(settings, embedder, parameters, rules)

    @property
    def signature(self) -> Signature:
        """What every result of this worker is made with."""
        return pipeline.signature(
            self.embedder, self.parameters, self.rules.signature if self.rules else None
        )

    def align(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """An outcome for each task, in any order; all segments of all pairs are embedded in one batch."""
        read: list[tuple[Task, Document, Document]] = []
        for task in tasks:
            digests = _digests(task) if task.known is not None else None
            if digests is not None and digests == task.known:
                yield Outcome(task.number)
                continue
            try:
                read.append((task, *self._documents(task)))
            except Exception as error:
                yield _failed(task, error, digests or _digests(task))
        for (task, source, target), encoded in zip(read, self._encoded(read), strict=True):
            yield self._pair(task, source, target, encoded)

    def _encoded(self, read: Sequence[tuple[Task, Document, Document]]) -> Iterator[Encoded | None]:
        """The vectors of each pair, out of one batch; None for all where the batch cannot be had: one by one then."""
        from align.embed import Encoded

        texts = [text for _, source, target in read for text in (*source.texts(), *target.texts())]
        try:
            whole = self.embedder.encode(texts) if texts else None
        except Exception:  # one text at fault must not take the others along
            whole = None
        start = 0
        for _, source, target in read:
            end = start + len(source.segments) + len(target.segments)
            if whole is None:
                yield None
            else:
                cut = tuple(k - start for k in whole.truncated if start <= k < end)
                yield Encoded(whole.vectors[start:end], cut)
            start = end

    def _documents(self, task: Task) -> tuple[Document, Document]:
        """Both documents, read and cut. Raises InputError."""
        paths, kept = (task.source, task.target), _inputs(task)
        given = pipeline.inputs(
            paths,
            langs=self.settings.langs,
            encodings=self.settings.encodings,
            format=self.settings.read_as,
            segmented=self.settings.segmented,
        )
        source, target = (
            _read(replace(one, srx=self.rules), side, kept, day)
            for one, side, day in zip(given, ("source", "target"), task.dates, strict=True)
        )
        return source, target

    def _pair(self, task: Task, source: Document, target: Document, encoded: Encoded | None) -> Outcome:
        digests = source.sha256, target.sha256
        try:
            found = pipeline.align_pair(
                source, target, self.embedder, self.parameters, self.settings.force, None, encoded
            )
            return Outcome(task.number, _record(task, found), pack(found))
        except Exception as error:  # a bad document, no memory, a defect: this pair's, not its neighbours'
            return _failed(task, error, digests)


def _record(task: Task, alignment: Alignment) -> PairRecord:
    source, target = alignment.source, alignment.target
    return PairRecord(
        task.number,
        task.source,
        task.target,
        state="done",
        source_sha256=source.sha256,
        target_sha256=target.sha256,
        source_lang=source.lang,
        target_lang=target.lang,
        source_date=iso(source.metadata.get("date", "")),
        target_date=iso(target.metadata.get("date", "")),
        source_segments=len(source.segments),
        target_segments=len(target.segments),
        beads=len(alignment.beads),
        doubtful=sum(map(alignment.is_doubtful, alignment.beads)),
        similarity=round(alignment.similarity, 4),
        confidence=round(fmean(bead.confidence for bead in alignment.beads), 4),
    )


def _failed(task: Task, error: Exception, digests: tuple[str, str]) -> Outcome:
    """The outcome of a task that came to nothing."""
    if isinstance(error, ConcordError):
        line = str(error)
    elif isinstance(error, MemoryError):
        line = "there is not enough memory for texts of this size. Give it fewer workers"
    else:
        line = " ".join(f"{type(error).__name__}: {error}".split())
    return failure(task, line, digests)


def failure(task: Task, line: str, digests: tuple[str, str] = ("", "")) -> Outcome:
    """The outcome that says in one line why there is no other."""
    record = PairRecord(
        task.number, task.source, task.target, state="failed", source_sha256=digests[0], target_sha256=digests[1],
        error=line,
    )  # fmt: skip
    return Outcome(task.number, record)


# Reading


def packed_inputs(**known: str | None) -> bytes:
    """Texts, languages and dates that came with the list: source_text, target_text, source_lang, source_date …"""
    held = {name: value for name, value in known.items() if value}
    return zlib.compress(json.dumps(held, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1)


def _inputs(task: Task) -> Mapping[str, str]:
    if not isinstance(task.inputs, bytes):
        return task.inputs or {}
    found: dict[str, str] = json.loads(zlib.decompress(task.inputs).decode("utf-8", "surrogatepass"))
    return found


def _read(given: pipeline.Input, side: str, kept: Mapping[str, str], day: str) -> Document:
    """A document: its text as it came with the list, its record in a shard, or its file."""
    from align.formats.read import read_bytes, read_path

    known = {name: kept.get(f"{side}_{name}", "") for name in ("text", "lang", "date")}
    if not known["text"] and (shard := shard_of(given.path)):
        known = _shard_record(*shard)
    if not known["text"] and "://" in given.path:
        data = _fetched(given.path)
        extract = read_bytes(data, name=given.path, format=given.format, encoding=given.encoding)
    elif known["text"]:
        data = known["text"].encode("utf-8", "replace")
        extract = read_bytes(data, name=given.name, format="txt", encoding="utf-8")
        given = replace(given, lang=given.lang or known["lang"] or None)
    else:
        extract, data = read_path(given.path, format=given.format, encoding=given.encoding)
    if published := known["date"] or day:
        extract = replace(extract, metadata={**extract.metadata, "date": published})
    return pipeline.cut_document(given, extract, data)


def _fetched(url: str) -> bytes:
    """The bytes of a document on a storage that fsspec knows. Raises what ``storage.opened`` raises."""
    from align.archive.storage import opened
    from align.formats.read import MAX_BYTES

    with opened(url) as stream:
        return stream.read(MAX_BYTES + 1)  # one more than is read: so that too large is said of it


def shard_of(path: str) -> tuple[str, str] | None:
    """The shard and the id of a document that is called ``SHARD.jsonl#ID``; None for a file of its own."""
    shard, mark, name = path.rpartition("#")
    return (shard, name) if mark and shard.lower().endswith(SHARDS) and not Path(path).exists() else None


def _shard_record(shard: str, name: str) -> dict[str, str]:
    """Text, language and date of a document in a shard. Raises InputError."""
    from align.archive.match_listing import record_of

    place = _places(shard, Path(shard).stat().st_mtime_ns).get(name) if Path(shard).is_file() else None
    if place is None:
        raise InputError(
            "there is no such document", where=f"{shard}#{name}", hint="Match the documents again"
        )
    with Path(shard).open("rb") as stream:
        stream.seek(place)
        record = record_of(stream.readline(), shard, 0)
    return {key: str(record.get(key) or "") for key in ("text", "lang", "date")}


@lru_cache(maxsize=8)
def _places(shard: str, _changed: int) -> dict[str, int]:
    """Where the line of each document of a shard begins."""
    from align.archive.match_listing import listing

    return {each.path.rpartition("#")[2]: each.offset for each in listing(shard).documents}


def _digests(task: Task) -> tuple[str, str]:
    """SHA-256 of both texts as they are now, without taking them apart; "" where there is none to be read."""
    kept = _inputs(task)
    return _digest(task.source, kept.get("source_text")), _digest(task.target, kept.get("target_text"))


def _digest(path: str, text: str | None) -> str:
    try:
        if not text and (shard := shard_of(path)):
            text = _shard_record(*shard)["text"]
        if text:
            return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        if "://" in path:
            return hashlib.sha256(_fetched(path)).hexdigest()
        if Path(path).is_file():
            with Path(path).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        from align.formats.read import read_path

        return hashlib.sha256(read_path(path)[1]).hexdigest()
    except (ConcordError, OSError, ValueError):
        return ""
