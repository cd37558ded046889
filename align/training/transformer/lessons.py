"""What the student is taught: pairs with English, drawn by their sources' weights, in batches of like length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from align.training.data import Pair
from align.training.sources import share

Row = NDArray[np.int32]
ENGLISH = "en"
_POOL = 64  # batches' worth of lessons that are sorted by length together


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text in the student's tokens, and the English of it in the teacher's. Ends are included."""

    student: Row
    teacher: Row


def draw(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """``count`` pairs with English, each source and language by its share of an epoch; some may come repeatedly."""
    cells: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, pair in enumerate(pairs):
        if pair.languages.endswith(f"-{ENGLISH}"):
            cells[pair.source, pair.languages].append(row)
    if not cells:
        raise ValueError("there are no pairs with English among the texts")
    keys = sorted(cells)
    sizes = np.array([share(*key, len(cells[key])) for key in keys])
    counts = rng.multinomial(count, sizes / sizes.sum())
    drawn: list[int] = []
    for key, wanted in zip(keys, counts.tolist(), strict=True):
        while wanted > 0:
            some = rng.permutation(cells[key])[:wanted].tolist()
            drawn += some
            wanted -= len(some)
    return [pairs[row] for row in rng.permutation(drawn)]


def lessons_of(
    pairs: Sequence[Pair],
    student: Tokenizer,
    teacher: Tokenizer,
    *,
    longest: int,
    english: float,
    rng: np.random.Generator,
) -> list[Lesson]:
    """A lesson for the foreign side of each pair, and for a share ``english`` of them one for the English side.

    Pairs of more than ``longest`` tokens on a side are left out.
    """
    foreign = _encode(student, [pair.left for pair in pairs])
    targets = _encode(teacher, [pair.right for pair in pairs])
    own = _encode(student, [pair.right for pair in pairs])
    twice = rng.random(len(pairs)) < english
    found = []
    for left, target, right, too in zip(foreign, targets, own, twice, strict=True):
        if max(len(left), len(target), len(right)) <= longest:
            found.append(Lesson(left, target))
            if too:
                found.append(Lesson(right, target))
    return found


def batches(lessons: Sequence[Lesson], tokens: int, rng: np.random.Generator) -> Iterator[list[Lesson]]:
    """All lessons once, in random order; a batch holds about so many tokens, of texts that are alike in length."""
    order = rng.permutation(len(lessons))
    mean = max(1.0, float(np.mean([len(lesson.student) for lesson in lessons])))
    pool = max(1, int(_POOL * tokens / mean))
    for start in range(0, len(order), pool):
        some = sorted(
            (lessons[i] for i in order[start : start + pool]), key=lambda lesson: len(lesson.student)
        )
        cut = _cut(some, tokens)
        yield from (cut[i] for i in rng.permutation(len(cut)))


def _cut(lessons: Sequence[Lesson], tokens: int) -> list[list[Lesson]]:
    found: list[list[Lesson]] = [[]]
    for lesson in lessons:
        if found[-1] and (len(found[-1]) + 1) * len(lesson.student) > tokens:
            found.append([])
        found[-1].append(lesson)
    return found


def _encode(tokenizer: Tokenizer, texts: list[str]) -> list[Row]:
    return [np.array(encoding.ids, dtype=np.int32) for encoding in tokenizer.encode_batch_fast(texts)]
