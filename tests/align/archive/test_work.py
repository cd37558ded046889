"""What one worker does with a chunk: one batch for all, the beads of ``concord align``, and no pair harms another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from align import pipeline
from align.archive.packed import unpack
from align.archive.work import Settings, Task, Worker
from align.cover import TextWords
from align.embed import Encoded, Progress, WordEmbedder, load_embedder
from align.errors import ModelError
from align.model import Bead
from tests.align.archive.small import write_pairs


class Watched:
    """The embedded model, with a list of the texts of each call; ``before`` may refuse them."""

    def __init__(self, before: Callable[[Sequence[str]], None] = lambda _: None) -> None:
        self._inner, self._before = load_embedder(), before
        self.name, self.revision = self._inner.name, self._inner.revision
        self.dimension, self.additive = self._inner.dimension, self._inner.additive
        self.calls: list[list[str]] = []

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Encoded:
        """As the model does."""
        self.calls.append(list(texts))
        self._before(texts)
        return self._inner.encode(texts, progress)

    def text_words(self, texts: Sequence[str]) -> TextWords:
        """As the model does."""
        assert isinstance(self._inner, WordEmbedder)
        return self._inner.text_words(texts)


def worker(embedder: Watched) -> Worker:
    """A worker with this embedder."""
    return replace(Worker.load(Settings(langs=("ru", "en"))), embedder=embedder)


@pytest.fixture
def tasks(tmp_path: Path) -> list[Task]:
    """Three pairs."""
    return [Task(n, pair.source, pair.target) for n, pair in enumerate(write_pairs(tmp_path, 3), 1)]


def rounded(beads: Sequence[Bead]) -> list[Bead]:
    """Beads with the figures that an archive keeps."""
    return [replace(b, score=round(b.score, 4), confidence=round(b.confidence, 4)) for b in beads]


def test_all_segments_of_a_chunk_are_one_batch(tasks: list[Task]) -> None:
    embedder = Watched()
    outcomes = list(worker(embedder).align(tasks))
    assert [outcome.number for outcome in outcomes] == [1, 2, 3]
    assert len(embedder.calls) == 1
    assert len(embedder.calls[0]) == sum(
        o.record.source_segments + o.record.target_segments for o in outcomes if o.record
    )


def test_the_beads_are_those_of_the_pair_by_itself(tasks: list[Task]) -> None:
    done = list(worker(Watched()).align(tasks))
    for task, outcome in zip(tasks, done, strict=True):
        assert outcome.data is not None
        given = pipeline.inputs((task.source, task.target), langs=("ru", "en"), encodings=(None, None))
        (alone,) = pipeline.align_versions([pipeline.read_document(one) for one in given])
        found = unpack(outcome.data, alone.signature)
        assert list(found.beads) == rounded(alone.beads)
        assert found.source == alone.source


def test_a_text_that_the_model_refuses_fails_its_own_pair_only(tasks: list[Task]) -> None:
    def refuse(texts: Sequence[str]) -> None:
        if any("№ 1." in text for text in texts):
            raise ModelError("the model gave a vector that is not finite")

    states = [o.record.state for o in worker(Watched(refuse)).align(tasks) if o.record]
    assert states == ["done", "failed", "done"]


def test_a_defect_is_recorded_with_its_name(tasks: list[Task]) -> None:
    def fall(texts: Sequence[str]) -> None:
        raise RecursionError("too deep")

    errors = {o.record.error for o in worker(Watched(fall)).align(tasks) if o.record}
    assert errors == {"RecursionError: too deep"}


def test_what_is_known_is_looked_at_and_left(tasks: list[Task]) -> None:
    embedder = Watched()
    first = list(worker(embedder).align(tasks))
    known = [
        replace(task, known=(o.record.source_sha256, o.record.target_sha256))
        for task, o in zip(tasks, first, strict=True)
        if o.record
    ]
    assert [outcome.record for outcome in worker(embedder).align(known)] == [None] * 3
    assert len(embedder.calls) == 1


def test_strangers_fail_and_force_aligns_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("Один.\n" * 30, "utf-8")
    (tmp_path / "b").write_text("Completely different things are said here, at length.\n" * 2, "utf-8")
    task = Task(1, str(tmp_path / "a"), str(tmp_path / "b"))
    states = []
    for force in (False, True):
        (outcome,) = Worker.load(Settings(langs=("ru", "en"), force=force)).align([task])
        assert outcome.record is not None
        states.append(outcome.record.state)
    assert states == ["failed", "done"]
