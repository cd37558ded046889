"""Aligners side by side over the same vectors: Concord's, vecalign's and bertalign's cores, and hunalign.

The others are obtained and built outside this project (``benchmarks/README.md``); what is here writes their
input, calls them and reads their beads. All encode nothing: every text that any of them may ask for, the spans
of neighbouring segments among them, is embedded beforehand with one and the same encoder, and no time counts
for that. One thread each.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.aligner import align_documents
from align.cover import TextWords
from align.embed import Embedder, Encoded, Progress, WordEmbedder
from align.model import Block, Document, Segment
from align.parameters import Parameters, default_parameters
from align.spans import Floats, unit
from align.training.cases import Case

Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
LARGEST = 8
"""Spans of so many segments are embedded: what vecalign's own example takes."""
TOKEN = re.compile(r"[぀-ヿ㐀-鿿]|[^\W぀-ヿ㐀-鿿]+|[^\w\s]")
"""A word, a sign, or a letter of a script that puts no spaces between words (for hunalign, which wants tokens)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an aligner made of a pair: beads, seconds of processor and of the clock. ``error``: why it made none."""

    beads: Beads
    process: float = 0.0
    wall: float = 0.0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A case with vectors, float32, of spans of 1 … LARGEST segments of either side: (LARGEST, segments, d).

    As vecalign's documented input has them: the span of size k that ends with segment i; "PAD" where there is none.
    ``raw``: the vectors of all texts as the encoder gave them. ``additive``: whether they are sums over tokens.
    ``words``: those tokens' own vectors, source and target together, where the encoder has such.
    """

    case: Case
    source: Floats
    target: Floats
    raw: Mapping[str, Floats]
    additive: bool
    words: TextWords | None


System = Callable[[Pair], Outcome]


def overlaps(lines: Sequence[str], largest: int = LARGEST) -> list[list[str]]:
    """Texts of all spans by size and last segment, "PAD" where a span would begin before the first segment."""
    rows = []
    for size in range(1, largest + 1):
        joined = [" ".join(lines[end - size : end]) for end in range(size, len(lines) + 1)]
        rows.append(["PAD"] * (len(lines) - len(joined)) + joined)
    return rows


def embedded(case: Case, embedder: Embedder, largest: int = LARGEST) -> Pair:
    """The case with every span's vector, each distinct text embedded once."""
    case = replace(case, source=_stripped(case.source), target=_stripped(case.target))
    spans = overlaps(case.source, largest), overlaps(case.target, largest)
    texts = sorted({text for side in spans for row in side for text in row})
    vectors = embedder.encode(texts).vectors
    raw = dict(zip(texts, vectors, strict=True))
    units = dict(zip(texts, unit(vectors), strict=True))
    source, target = (np.array([[units[text] for text in row] for row in side], np.float32) for side in spans)
    words = embedder.text_words([*case.source, *case.target]) if isinstance(embedder, WordEmbedder) else None
    return Pair(case, source, target, raw, embedder.additive, words)


def _stripped(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.strip() or "BLANK_LINE" for line in lines)


class Known:
    """An embedder of texts whose vectors are known already; it counts what it is asked for."""

    name, revision = "known", ""

    def __init__(self, vectors: Mapping[str, Floats], additive: bool) -> None:
        self._vectors = vectors
        self.additive = additive
        self.dimension = len(next(iter(vectors.values())))
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """The vectors, float32 (texts, dimension); KeyError for a text that is not known."""
        self.asked.extend(texts)
        rows = [self._vectors[text] for text in texts]
        return Encoded(np.array(rows, np.float32).reshape(len(rows), self.dimension))


class KnownWords(Known):
    """The same with vectors of words, of the texts of one pair."""

    def __init__(self, vectors: Mapping[str, Floats], additive: bool, words: TextWords) -> None:
        super().__init__(vectors, additive)
        self._words = words

    def text_words(self, texts: Sequence[str]) -> TextWords:
        """The words of all texts of the pair, which are asked for together."""
        return self._words


def document(name: str, lines: Sequence[str]) -> Document:
    """One paragraph of these segments, a space between them."""
    segments, start = [], 0
    for number, line in enumerate(lines):
        segments.append(Segment(number, start, start + len(line), 0))
        start += len(line) + 1
    text = " ".join(lines)
    return Document(name, text, "", (Block(0, 0, len(text)),), tuple(segments))


def concord(
    pair: Pair, parameters: Parameters | None = None, *, words: bool = True, runs: int = 1
) -> Outcome:
    """Concord's aligner, from the vectors of single segments; its letters and numbers are read within the time.

    ``words``: with the vectors of words too, where the encoder has them.
    """
    documents = document("source", pair.case.source), document("target", pair.case.target)
    times, beads = [], []
    for _ in range(runs):
        known = Known(pair.raw, pair.additive)
        if words and pair.words is not None:
            known = KnownWords(pair.raw, pair.additive, pair.words)
        process, wall = time.process_time(), time.perf_counter()
        beads = list(align_documents(*documents, known, parameters=parameters).beads)
        times.append((time.process_time() - process, time.perf_counter() - wall))
    return Outcome([(bead.source, bead.target) for bead in beads], *min(times))


def vectors_alone(pair: Pair, runs: int = 1) -> Outcome:
    """Concord's aligner without words' vectors and what two texts share letter by letter, as its peers have to do."""
    own = default_parameters()
    kept = {name: value for name, value in own.for_words(False).items() if not name.startswith("lexical")}
    return concord(pair, replace(own, weights=kept, bare=kept), words=False, runs=runs)


class PeerCore:
    """The core of another aligner in a process of its own, in its own Python; closed as a context."""

    def __init__(self, name: str, folder: Path, python: str, largest: int, runs: int = 1) -> None:
        script = Path(__file__).with_name("peer_core.py")
        self._process = subprocess.Popen(
            [python, str(script), name, str(folder.resolve()), str(largest)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **ONE_THREAD},
        )
        self.runs = runs

    def __enter__(self) -> PeerCore:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def __call__(self, pair: Pair) -> Outcome:
        """The core's beads over the pair's vectors."""
        named: dict[str, NDArray[np.float32] | NDArray[np.int64]] = {
            "source": pair.source,
            "target": pair.target,
            "source_lengths": _byte_lengths(pair.case.source),
            "target_lengths": _byte_lengths(pair.case.target),
        }
        with tempfile.TemporaryDirectory() as folder:
            request: dict[str, object] = {"runs": self.runs}
            for name, array in named.items():
                request[name] = str(Path(folder) / f"{name}.npy")
                np.save(Path(folder) / f"{name}.npy", array)
            return self._answer(json.dumps(request))

    def _answer(self, request: str) -> Outcome:
        if self._process.stdin is None or self._process.stdout is None or self._process.poll() is not None:
            return Outcome([], error="its process has ended")
        try:
            self._process.stdin.write(request + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            return Outcome([], error="its process has ended: are its packages in that Python?")
        reply = json.loads(line)
        if "error" in reply:
            return Outcome([], error=reply["error"])
        beads = [(tuple(source), tuple(target)) for source, target in reply["beads"]]
        return Outcome(beads, reply["process"], reply["wall"])


def _byte_lengths(lines: Sequence[str]) -> NDArray[np.int64]:
    """Bytes of each span, (LARGEST, segments), as bertalign counts them."""
    return np.array([[len(text.encode()) for text in row] for row in overlaps(lines)], np.int64)


def hunalign(binary: Path) -> System:
    """hunalign as its readme advises without a dictionary (-realign); its whole process counts, from files."""

    def align(pair: Pair) -> Outcome:
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / name for name in ("none.dic", "source", "target")]
            paths[0].write_text("")
            for path, lines in zip(paths[1:], (pair.case.source, pair.case.target), strict=True):
                path.write_text("".join(f"{' '.join(TOKEN.findall(line))}\n" for line in lines), "utf-8")
            before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            done = subprocess.run(
                [str(binary), "-utf", "-realign", *map(str, paths)], capture_output=True, check=False
            )
            wall = time.perf_counter() - wall
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if done.returncode:
            return Outcome([], process, wall, f"it ended with {done.returncode}")
        counts = len(pair.case.source), len(pair.case.target)
        return Outcome(ladder(done.stdout.decode("utf-8", "replace"), *counts), process, wall)

    return align


def ladder(text: str, n: int, m: int) -> Beads:
    """Beads between the rungs (source, target, score) of hunalign's output; ids up to n and m."""
    rungs = [(0, 0)]
    for line in text.splitlines():
        fields = line.split("\t")
        if len(fields) >= 2 and fields[0].isdigit() and fields[1].isdigit():
            rungs.append((min(int(fields[0]), n), min(int(fields[1]), m)))
    rungs.append((n, m))
    beads: Beads = []
    for (i, j), (k, x) in pairwise(rungs):
        if (i, j) != (k, x):
            beads.append((tuple(range(i, k)), tuple(range(j, x))))
    return beads


def systems(
    stack: ExitStack,
    *,
    vecalign: Path | None,
    bertalign: Path | None,
    hunalign_binary: Path | None,
    python: str,
    runs: int = 1,
) -> dict[str, System]:
    """The aligners that are at hand, by the name that the tables have for them; the rest is said to be missing."""
    found: dict[str, System] = {
        "concord": lambda pair: concord(pair, runs=runs),
        "concord, without words' vectors": lambda pair: concord(pair, words=False, runs=runs),
        "concord, spans and lengths alone": lambda pair: vectors_alone(pair, runs),
    }
    if vecalign:
        for largest in (4, 8):
            core = stack.enter_context(PeerCore("vecalign", vecalign, python, largest, runs))
            found[f"vecalign's core, n + m ≤ {largest}"] = core
    if bertalign:
        found["bertalign's core"] = stack.enter_context(PeerCore("bertalign", bertalign, python, 5, runs))
    if hunalign_binary:
        found["hunalign -realign, no dictionary"] = hunalign(hunalign_binary)
    for name, where in (("vecalign", vecalign), ("bertalign", bertalign), ("hunalign", hunalign_binary)):
        if where is None:
            print(f"{name}: not given, not measured (--{name})")
    return found
