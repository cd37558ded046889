"""Contrastive training of token vectors: in-batch negatives, both directions, Adam on the rows that a batch uses.

A text's vector is the sum of its tokens' vectors, scaled to length 1. In a batch of n pairs with cosines S, each
left text must find its right one among all n and the other way round: the loss is the mean of the two softmax
cross-entropies of scale · S (van den Oord et al. 2018; "multiple negatives ranking", Henderson et al. 2017).
The gradient in S is written out, which is several times faster than automatic differentiation here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Token numbers of many texts end to end: text i is ``ids[starts[i] : starts[i + 1]]``."""

    ids: NDArray[np.int32]
    starts: Ints

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Ragged:
        """The numbers of these texts."""
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        return cls(np.fromiter((number for row in rows for number in row), np.int32, int(starts[-1])), starts)

    def take(self, texts: Ints) -> tuple[NDArray[np.int32], Ints]:
        """The numbers of some texts end to end, and how many each text has."""
        counts = self.starts[texts + 1] - self.starts[texts]
        shift = np.repeat(self.starts[texts] - (np.cumsum(counts) - counts), counts)
        return self.ids[shift + np.arange(counts.sum())], counts


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pairs ready for training: tokens of both sides, and a number for each distinct text of either side."""

    left: Ragged
    right: Ragged
    left_text: Ints
    right_text: Ints


@dataclass(frozen=True, slots=True)
class Settings:
    """``rate`` is Adam's step at its highest: it rises over the first twentieth of the steps and falls linearly to 0.

    ``spread`` is the standard deviation of the first values, ``warm`` the share of the steps in which a token's
    vector is the sum of its parts. ``bfloat16`` multiplies matrices in half precision, fast on some processors.
    """

    dimension: int = 256
    batch: int = 2048
    rate: float = 0.02
    scale: float = 20.0
    spread: float = 0.05
    beta1: float = 0.9
    beta2: float = 0.98
    seed: int = 1
    threads: int = 2
    bfloat16: bool = False
    warm: float = 0.1


Report = Callable[[int, int, float], None]


def train(
    corpus: Corpus, batches: Sequence[Ints], parts: Ragged, settings: Settings, report: Report | None = None
) -> NDArray[np.float32]:
    """Token vectors, float32 (tokens, dimension), after one pass over ``batches`` (rows of the corpus each).

    For the first steps (``settings.warm``) a token's vector is the sum of its ``parts``: itself and the stretches
    of letters that it shares with other tokens, so that a rare form learns from its relatives (Bojanowski et al.
    2017). Then each token goes its own way. ``report`` gets (steps done, all steps, running loss). On one machine
    and number of threads the same call gives the same vectors; another processor may sum in another order.
    """
    import torch

    torch.set_num_threads(settings.threads)
    tokens = len(parts.starts) - 1
    alone = Ragged(np.arange(tokens, dtype=np.int32), np.arange(tokens + 1))
    warm = int(settings.warm * len(batches))
    table = Table.random(int(parts.ids.max()) + 1 if warm else tokens, settings)
    running = 0.0
    for step, batch in enumerate(batches):
        if step == warm:
            table = (
                Table.of(_token_vectors(table.values, parts, np.arange(tokens))[1].detach())
                if warm
                else table
            )
            parts = alone
        rows, gradient, loss = _gradient(corpus, batch, parts, table.values, settings)
        table.update(rows, gradient, rate_at(step, len(batches), settings.rate), settings)
        running = loss if step == 0 else 0.98 * running + 0.02 * loss
        if report is not None and (step + 1) % 100 == 0:
            report(step + 1, len(batches), running)
    vectors: NDArray[np.float32] = table.values.numpy()
    return vectors


def rate_at(step: int, steps: int, highest: float) -> float:
    """Adam's step: up linearly over the first twentieth, then down linearly to 0."""
    return highest * min(1.0, 20 * (step + 1) / steps) * (1 - step / steps)


@dataclass(slots=True)
class Table:
    """Vectors under training with Adam's two moments (Kingma & Ba 2015), all float32 (rows, dimension).

    Only rows that a batch touches are updated, their moments included: rare tokens keep their step size.
    """

    values: torch.Tensor
    first: torch.Tensor
    second: torch.Tensor
    steps: int = 0

    @classmethod
    def of(cls, values: torch.Tensor) -> Table:
        """A table that begins with these values and moments of zero."""
        import torch

        return cls(values, torch.zeros_like(values), torch.zeros_like(values))

    @classmethod
    def random(cls, rows: int, settings: Settings) -> Table:
        """A table of normally distributed values."""
        import torch

        draw = torch.Generator().manual_seed(settings.seed)
        return cls.of(torch.randn(rows, settings.dimension, generator=draw) * settings.spread)

    def update(self, rows: torch.Tensor, gradient: torch.Tensor, rate: float, settings: Settings) -> None:
        """One step of Adam on some rows."""
        self.steps += 1
        m = self.first[rows].lerp_(gradient, 1 - settings.beta1)
        v = self.second[rows].mul_(settings.beta2).addcmul_(gradient, gradient, value=1 - settings.beta2)
        self.first[rows], self.second[rows] = m, v
        scale = rate / (1 - settings.beta1**self.steps) * (1 - settings.beta2**self.steps) ** 0.5
        self.values[rows] -= m.mul_(scale).div_(v.sqrt_().add_(1e-8))


def _token_vectors(
    table: torch.Tensor, parts: Ragged, tokens: Ints
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The rows of the table that tokens are made of, the tokens' vectors, and the rows' values (a leaf)."""
    import torch
    import torch.nn.functional as functional

    ids, counts = parts.take(tokens)
    unique, inverse = np.unique(ids, return_inverse=True)
    rows = torch.from_numpy(unique.astype(np.int64))
    own = table[rows].requires_grad_()
    if len(ids) == len(tokens):  # every token is its own only part
        return rows, own, own
    starts = torch.from_numpy(np.cumsum(counts) - counts)
    return rows, functional.embedding_bag(torch.from_numpy(inverse), own, starts, mode="sum"), own


def _gradient(
    corpus: Corpus, batch: Ints, parts: Ragged, table: torch.Tensor, settings: Settings
) -> tuple[torch.Tensor, torch.Tensor, float]:
    """The rows that a batch touches, the loss's gradient in them, float32 (rows, dimension), and the loss."""
    import torch
    import torch.nn.functional as functional

    left, left_counts = corpus.left.take(batch)
    right, right_counts = corpus.right.take(batch)
    unique, inverse = np.unique(np.concatenate([left, right]), return_inverse=True)
    rows, tokens, own = _token_vectors(table, parts, unique)
    counts = np.concatenate([left_counts, right_counts])
    starts = torch.from_numpy(np.cumsum(counts) - counts)
    sums = functional.embedding_bag(torch.from_numpy(inverse), tokens, starts, mode="sum")
    units = functional.normalize(sums, dim=1)
    same = _same_text(corpus.left_text[batch], corpus.right_text[batch])
    with torch.no_grad():
        in_units, loss = _in_batch(units.detach(), torch.from_numpy(same), settings)
    units.backward(in_units)  # type: ignore[no-untyped-call]
    assert own.grad is not None
    return rows, own.grad, loss


def _in_batch(units: torch.Tensor, same: torch.Tensor, settings: Settings) -> tuple[torch.Tensor, float]:
    """The gradient of the loss in the unit vectors, (2n, dimension) left then right, and the loss.

    ``same`` (k, 2) lists the cells i ≠ j of S whose texts are equal on a side: no negatives.
    With P = exp(scale · (S − 1)), rows summing to a and columns to b: dL/dS = scale / n · (P/a + P/b − 2 I).
    """
    import torch

    n = len(units) // 2
    left, right = units[:n], units[n:]
    kind = torch.bfloat16 if settings.bfloat16 else torch.float32
    left_k, right_k = left.to(kind), right.to(kind)
    p = (left_k @ right_k.T).float().sub_(1).mul_(settings.scale)
    straight = p.diagonal().clone()
    p.exp_()
    p[same[:, 0], same[:, 1]] = 0
    a, b = p.sum(1), p.sum(0)
    loss = float((a.log() + b.log() - 2 * straight).mean())
    cells = p.mul(1 / a[:, None]).add_(p.mul_(1 / b[None, :]))
    cells.diagonal().sub_(2)
    cells_k = cells.mul_(settings.scale / n).to(kind)
    return torch.cat([(cells_k @ right_k).float(), (cells_k.T @ left_k).float()]), loss


def _same_text(left: Ints, right: Ints) -> Ints:
    """Cells (i, j), i ≠ j, of a batch whose left or right texts are equal, int64 (k, 2)."""
    found: set[tuple[int, int]] = set()
    for side in (left, right):
        order = np.argsort(side, kind="stable")
        for group in np.split(order, np.flatnonzero(np.diff(side[order])) + 1):
            if len(group) > 1:
                found.update((int(i), int(j)) for i in group for j in group if i != j)
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


def plan(
    cells: Sequence[tuple[Ints, float]], *, batch: int, epochs: int, rng: np.random.Generator
) -> list[Ints]:
    """Batches for all epochs, drawn at random over all languages and sources.

    A cell is (rows of the corpus, how many of them an epoch holds: a fraction or more than there are, too).
    Batches of one pair of languages, or of one source, did clearly worse: their rows are updated in bursts.
    """
    return [rows for _ in range(epochs) for rows in _epoch(cells, batch, rng)]


def _epoch(cells: Sequence[tuple[Ints, float]], batch: int, rng: np.random.Generator) -> list[Ints]:
    drawn: list[Ints] = []
    for rows, size in cells:
        wanted = int(size) + int(rng.random() < size % 1)
        while wanted > 0:
            drawn.append(rng.permutation(rows)[:wanted])
            wanted -= len(drawn[-1])
    together = rng.permutation(np.concatenate(drawn))
    count = max(1, round(len(together) / batch))
    return [part for part in np.array_split(together, count) if len(part) > 1]
