"""Distillation: the student learns to place a foreign sentence where the teacher places its English (Reimers &
Gurevych 2020, "Making monolingual sentence embeddings multilingual using knowledge distillation").

The loss of a text with unit vector z whose English the teacher places at t:

    closeness · (1 − z·t)  −  log softmax over u of scale · z·u, at t

where u runs over t, the targets of the batch and of the batches before it: the teacher does not change, so that
old targets are as good as new ones, and thousands of negatives cost nothing (a queue as in He et al. 2020).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as functional

from align.training.train import rate_at
from align.training.transformer.body import POSITIONS, TOKENS, TYPES, Batch, Tensors, pooled
from align.training.transformer.lessons import Lesson
from align.training.transformer.teacher import Teacher

Report = Callable[[int, float, float], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """``rate`` is Adam's step for the body, ``token_rate`` that for the tokens' vectors, at their highest.

    ``frozen``: how many of the lower layers keep the teacher's weights. ``queue``: old targets kept as negatives.
    """

    rate: float = 1e-4
    token_rate: float = 2e-3
    scale: float = 20.0
    closeness: float = 5.0
    queue: int = 4_096
    frozen: int = 0
    seed: int = 1
    bfloat16: bool = False
    device: str = "cpu"


def distil(
    student: Tensors,
    teacher: Teacher,
    course: Iterable[Sequence[Lesson]],
    settings: Settings,
    *,
    steps: int,
    hours: float = float("inf"),
    report: Report | None = None,
) -> Tensors:
    """The student's weights after at most ``steps`` batches and ``hours``; ``student`` is changed in place.

    The rate rises and falls over what is used up first, steps or hours. ``report`` gets (steps done, running
    loss, mean cosine to the targets). Every hundredth batch or so is reported.
    """
    trained = [
        name for name in student if name not in (TOKENS, POSITIONS, TYPES) and not _is_frozen(name, settings)
    ]
    for name in trained:
        student[name].requires_grad_()
    optimiser = torch.optim.AdamW(
        [student[name] for name in trained], lr=settings.rate, betas=(0.9, 0.98), weight_decay=0.0
    )
    tokens = TokenTable(student[TOKENS])
    queue = torch.zeros(0, student[TOKENS].shape[1], device=settings.device)
    start = time.monotonic()
    loss = cosine = 0.0
    for step, batch in enumerate(course if steps > 0 else ()):
        done = max(step / max(steps, 1), (time.monotonic() - start) / (3600 * hours))
        if done >= 1:
            break
        speed = rate_at(int(1_000 * done), 1_000, 1.0)
        for group in optimiser.param_groups:
            group["lr"] = settings.rate * speed
        kind = torch.bfloat16 if settings.bfloat16 else torch.float32
        targets = teacher.targets([lesson.teacher for lesson in batch], kind)
        some, close = _step(student, tokens, batch, targets, queue, settings, settings.token_rate * speed)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        queue = torch.cat([targets, queue])[: settings.queue]
        share = 1 / min(step + 1, 50)
        loss, cosine = loss + share * (some - loss), cosine + share * (close - cosine)
        if report is not None and (step + 1) % 50 == 0:
            report(step + 1, loss, cosine)
    for name in trained:
        student[name].requires_grad_(False)
    return student


def _is_frozen(name: str, settings: Settings) -> bool:
    return name.startswith("encoder.layer.") and int(name.split(".")[2]) < settings.frozen


def _step(
    student: Tensors,
    tokens: TokenTable,
    batch: Sequence[Lesson],
    targets: torch.Tensor,
    queue: torch.Tensor,
    settings: Settings,
    rate: float,
) -> tuple[float, float]:
    """Loss and mean cosine of a batch; the gradients of the body are left in it, the tokens are moved."""
    kind = torch.bfloat16 if settings.bfloat16 else torch.float32
    texts = Batch.of([lesson.student for lesson in batch], settings.device)
    numbers, places = torch.unique(texts.ids, return_inverse=True)
    own = student[TOKENS][numbers].requires_grad_()
    cast = {name: value.to(kind) for name, value in student.items() if name != TOKENS}
    units = functional.normalize(pooled(cast, texts, functional.embedding(places, own.to(kind))), dim=1)
    loss, close = objective(units, targets, queue, settings)
    loss.backward()  # type: ignore[no-untyped-call]
    assert own.grad is not None
    tokens.update(numbers, own.grad, rate)
    return float(loss.detach()), close


def objective(
    units: torch.Tensor, targets: torch.Tensor, queue: torch.Tensor, settings: Settings
) -> tuple[torch.Tensor, float]:
    """The loss of unit vectors (n, width) whose targets are (n, width), and their mean cosine.

    ``queue`` (m, width) holds older targets. One that equals a text's own target is no negative of it.
    """
    cosines = (units * targets).sum(1)
    others = torch.cat([targets, queue])
    table = units @ others.T
    same = (targets @ others.T) > 0.999
    same[torch.arange(len(units)), torch.arange(len(units))] = False
    table = (settings.scale * table).masked_fill(same, -1e4)
    truth = torch.arange(len(units), device=units.device)
    contrast = functional.cross_entropy(table, truth)
    return contrast + settings.closeness * (1 - cosines).mean(), float(cosines.detach().mean())


class TokenTable:
    """Adam on the rows of the tokens' matrix that a batch holds; the others keep their values and moments."""

    def __init__(self, values: torch.Tensor) -> None:
        self.values = values
        self.first = torch.zeros_like(values)
        self.second = torch.zeros_like(values)
        self.seen = torch.zeros(len(values), device=values.device)

    def update(self, rows: torch.Tensor, gradient: torch.Tensor, rate: float) -> None:
        """One step for some rows."""
        self.seen[rows] += 1
        age = self.seen[rows][:, None]
        m = self.first[rows].lerp_(gradient, 0.1)
        v = self.second[rows].lerp_(gradient * gradient, 0.02)
        self.first[rows], self.second[rows] = m, v
        self.values[rows] -= rate * (m / (1 - 0.9**age)) / ((v / (1 - 0.98**age)).sqrt() + 1e-8)
