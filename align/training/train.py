"""Contrastive training of token vectors: in-batch negatives, both directions, Adam on the rows that a batch uses.

A text's vector is the sum of its tokens' vectors, scaled to length 1. In a batch of n pairs with cosines S, each
left text must find its right one among all n and the other way round: the loss is the mean of the two softmax
cross-entropies of scale · S (van den Oord et al. 2018; "multiple negatives ranking", Henderson et al. 2017).
The gradient in S is written out, which is several times faster than automatic differentiation here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

Ints = NDArray[np.int64]
_STRIPE = 256  # rows that are worked on at a time


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
        return cls(np.fromiter(chain.from_iterable(rows), np.int32, int(starts[-1])), starts)

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

    ``margin`` is what a true pair's cosine must be ahead of the others, ``spread`` the standard deviation of the
    first values, ``warm`` the share of the steps in which a token's vector is the sum of its parts. ``bfloat16``
    multiplies matrices in half precision, fast on some processors.
    """

    dimension: int = 288
    batch: int = 4096
    rate: float = 0.02
    scale: float = 20.0
    margin: float = 0.1
    spread: float = 0.05
    beta1: float = 0.9
    beta2: float = 0.98
    seed: int = 1
    threads: int = 2
    bfloat16: bool = False
    warm: float = 1.0


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
    parts = parts if warm else alone
    table = Table.random(int(parts.ids.max()) + 1, settings)
    running = 0.0
    for step, batch in enumerate(batches):
        if step == warm > 0:
            table, parts = Table.of(_token_vectors(table.values, parts, np.arange(tokens))[0]), alone
        rows, gradient, loss = _gradient(corpus, batch, parts, table.values, settings)
        table.update(rows, gradient, rate_at(step, len(batches), settings.rate), settings)
        running = loss if step == 0 else 0.98 * running + 0.02 * loss
        if report is not None and (step + 1) % 100 == 0:
            report(step + 1, len(batches), running)
    vectors: NDArray[np.float32] = _token_vectors(table.values, parts, np.arange(tokens))[0].numpy()
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
        scale = rate / (1 - settings.beta1**self.steps) * (1 - settings.beta2**self.steps) ** 0.5
        for start in range(0, len(rows), _STRIPE):  # in stripes that stay in the processor's cache
            some, g = rows[start : start + _STRIPE], gradient[start : start + _STRIPE]
            m = self.first[some].lerp_(g, 1 - settings.beta1)
            v = self.second[some].mul_(settings.beta2).addcmul_(g, g, value=1 - settings.beta2)
            self.first.index_copy_(0, some, m)
            self.second.index_copy_(0, some, v)
            self.values.index_add_(0, some, m.div_(v.sqrt_().add_(1e-8)), alpha=-scale)


def _token_vectors(table: torch.Tensor, parts: Ragged, tokens: Ints) -> tuple[torch.Tensor, Groups]:
    """The tokens' vectors, float32 (tokens, dimension), and which rows of the table they are sums of."""
    ids, counts = parts.take(tokens)
    groups = Groups(ids, counts)
    return groups.forward(table), groups


@dataclass(frozen=True, slots=True)
class Groups:
    """A sparse matrix of ones: group i is the sum of the rows ``ids[starts[i] : starts[i + 1]]``.

    Both directions are sums over runs of rows, many times as fast as what automatic differentiation makes of them.
    """

    ids: NDArray[np.int32]
    counts: Ints

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """The sum of each group, float32 (groups, dimension)."""
        return _run_sums(rows, self.ids, np.cumsum(self.counts) - self.counts)

    def backward(self, gradient: torch.Tensor) -> tuple[Ints, torch.Tensor]:
        """Rows that occur, in order, and for each the sum of the gradients of its groups."""
        group = np.repeat(np.arange(len(self.counts), dtype=np.int32), self.counts)
        order = np.argsort(self.ids, kind="stable")
        ids = self.ids[order]
        starts = np.flatnonzero(np.diff(ids, prepend=-1))
        return ids[starts].astype(np.int64), _run_sums(gradient, group[order], starts)


def _run_sums(rows: torch.Tensor, ids: NDArray[np.int32], starts: Ints) -> torch.Tensor:
    import torch
    import torch.nn.functional as functional

    return functional.embedding_bag(
        torch.from_numpy(ids), rows, torch.from_numpy(starts.astype(np.int32)), mode="sum"
    )


def _gradient(
    corpus: Corpus, batch: Ints, parts: Ragged, table: torch.Tensor, settings: Settings
) -> tuple[torch.Tensor, torch.Tensor, float]:
    """The rows that a batch touches, the loss's gradient in them, float32 (rows, dimension), and the loss."""
    import torch

    left, left_counts = corpus.left.take(batch)
    right, right_counts = corpus.right.take(batch)
    tokens, inverse = np.unique(np.concatenate([left, right]), return_inverse=True)
    vectors, made_of = _token_vectors(table, parts, tokens)
    texts = Groups(inverse.astype(np.int32), np.concatenate([left_counts, right_counts]))
    sums = texts.forward(vectors)
    lengths = sums.norm(dim=1, keepdim=True).clamp_(min=1e-12)
    units = sums / lengths
    same = _same_text(corpus.left_text[batch], corpus.right_text[batch])
    in_units, loss = _in_batch(units, torch.from_numpy(same), settings)
    in_sums = (in_units - units * (units * in_units).sum(dim=1, keepdim=True)) / lengths
    rows, gradient = made_of.backward(texts.backward(in_sums)[1])
    return torch.from_numpy(rows), gradient, loss


def _in_batch(units: torch.Tensor, same: torch.Tensor, settings: Settings) -> tuple[torch.Tensor, float]:
    """The gradient of the loss in the unit vectors, (2n, dimension) left then right, and the loss.

    ``same`` (k, 2) lists the cells i ≠ j of S whose texts are equal on a side: no negatives.
    The true cells of S are lowered by ``margin`` beforehand (additive margin softmax, Yang et al. 2019).
    With P = exp(scale · (S − 1)), rows summing to a and columns to b: dL/dS = scale / n · (P/a + P/b − 2 I).
    P is made in stripes that stay in the processor's cache.
    """
    import torch

    n, dimension = len(units) // 2, units.shape[1]
    left, right = units[:n], units[n:]
    kind = torch.bfloat16 if settings.bfloat16 else torch.float32
    p, straight = torch.empty(n, n, dtype=kind), torch.empty(n)
    left_k, right_k = left.to(kind), right.T.to(kind)
    a, b = torch.empty(n), torch.zeros(n)
    for start in range(0, n, _STRIPE):
        stop = min(start + _STRIPE, n)
        stripe = (left_k[start:stop] @ right_k).float().sub_(1)
        stripe.diagonal(start).sub_(settings.margin)
        straight[start:stop] = stripe.mul_(settings.scale).diagonal(start)
        here = same[(same[:, 0] >= start) & (same[:, 0] < stop)]
        stripe.exp_()[here[:, 0] - start, here[:, 1]] = 0
        a[start:stop] = stripe.sum(1)
        b += stripe.sum(0)
        p[start:stop] = stripe
    to_left = (p @ torch.cat([right, right / b[:, None]], 1).to(kind)).float()
    to_right = (p.T @ torch.cat([left, left / a[:, None]], 1).to(kind)).float()
    in_left = to_left[:, :dimension] / a[:, None] + to_left[:, dimension:] - 2 * right
    in_right = to_right[:, :dimension] / b[:, None] + to_right[:, dimension:] - 2 * left
    loss = float((a.log() + b.log() - 2 * straight).mean())
    return torch.cat([in_left, in_right]).mul_(settings.scale / n), loss


def _same_text(left: Ints, right: Ints) -> Ints:
    """Cells (i, j), i ≠ j, of a batch whose left or right texts are equal, int64 (k, 2)."""
    found = [np.zeros((0, 2), dtype=np.int64)]
    for side in (left, right):
        order = np.argsort(side, kind="stable")
        for group in np.split(order, np.flatnonzero(np.diff(side[order])) + 1):
            if len(group) > 1:
                cells = np.stack([np.repeat(group, len(group)), np.tile(group, len(group))], axis=1)
                found.append(cells[cells[:, 0] != cells[:, 1]])
    return np.unique(np.concatenate(found), axis=0)


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
