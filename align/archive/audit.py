"""The precision of an archive's beads, estimated from a judged sample, with its interval. Pure.

Strict: the bead is right as it stands. Lax: it is right or partly right. The sample is stratified (``sample.py``):
stratum h holds a share W_h of all N beads; of its N_h, n_h were judged and x_h found good. Then

- the estimate is p = Σ W_h x_h / n_h, unbiased whatever the sizes of the strata (Cochran 1977, "Sampling Techniques",
  5.3);
- its variance is taken as v = Σ W_h² (1 − n_h / N_h) q_h (1 − q_h) / n_h with q_h = (x_h + 1) / (n_h + 2), so that a
  stratum in which nothing wrong was seen does not count as certain;
- the sample is worth m = q (1 − q) / v beads drawn from all at random, with q = Σ W_h q_h (its effective size: Korn &
  Graubard 1998, "Survey Methodology" 24), and the interval is Wilson's (1927, "JASA" 22) for p and m, as Franco,
  Little, Louis & Slud (2019, "Journal of Survey Statistics and Methodology" 7) advise for such samples.

What nobody judged is taken to be like the rest of its stratum.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Literal, get_args

Verdict = Literal["right", "partly", "wrong"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the archive's beads, by confidence: ``beads`` in all, ``drawn`` of them, and what people found.

    ``number`` counts from 1, the least sure first; confidences are in [``low``, ``high``).
    """

    number: int
    beads: int
    drawn: int
    right: int = 0
    partly: int = 0
    wrong: int = 0
    low: float = 0.0
    high: float = 1.0

    @property
    def judged(self) -> int:
        """How many people gave a verdict on."""
        return self.right + self.partly + self.wrong

    def good(self, *, lax: bool) -> int:
        """How many were found right, or at least partly so."""
        return self.right + (self.partly if lax else 0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A proportion in [0, 1] with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Audit:
    """What a judged sheet comes to. ``pooled`` are strata without a verdict, which were counted with a neighbour."""

    strict: Estimate
    lax: Estimate
    level: float
    strata: tuple[Stratum, ...]
    pooled: tuple[int, ...] = ()

    @property
    def drawn(self) -> int:
        """How many beads the sheet had."""
        return sum(stratum.drawn for stratum in self.strata)

    @property
    def judged(self) -> int:
        """How many of them have a verdict."""
        return sum(stratum.judged for stratum in self.strata)

    @property
    def beads(self) -> int:
        """How many beads they stand for."""
        return sum(stratum.beads for stratum in self.strata)


def counted(strata: Iterable[Stratum], verdicts: Iterable[tuple[int, Verdict | None]]) -> tuple[Stratum, ...]:
    """The strata with the verdicts on their beads counted, given as (number of the stratum, verdict or None)."""
    found = {stratum.number: stratum for stratum in strata}
    for number, verdict in verdicts:
        if verdict is not None:
            stratum = found[number]
            found[number] = replace(stratum, **{verdict: getattr(stratum, verdict) + 1})
    return tuple(found.values())


def audit(strata: Sequence[Stratum], level: float = LEVEL) -> Audit:
    """Estimates from the strata with their verdicts. Raises ValueError where there is no verdict at all."""
    pools, alone = _pooled(strata)
    strict, lax = (estimate(pools, lax=lax, level=level) for lax in (False, True))
    return Audit(strict, lax, level, tuple(strata), alone)


def _pooled(strata: Sequence[Stratum]) -> tuple[list[Stratum], tuple[int, ...]]:
    """Strata with a verdict each: one without is counted with the next less sure one, the first with the next."""
    found: list[Stratum] = []
    waiting = 0
    alone = []
    for stratum in strata:
        if not stratum.judged:
            alone.append(stratum.number)
            if found:
                found[-1] = replace(found[-1], beads=found[-1].beads + stratum.beads)
            else:
                waiting += stratum.beads
        else:
            found.append(replace(stratum, beads=stratum.beads + waiting))
            waiting = 0
    if not found:
        raise ValueError("no bead was judged")
    return found, tuple(alone)


def estimate(strata: Sequence[Stratum], *, lax: bool, level: float = LEVEL) -> Estimate:
    """The share of good beads with its interval at ``level``; every stratum has a verdict at least."""
    total = sum(stratum.beads for stratum in strata)
    value = smooth = variance = 0.0
    for stratum in strata:
        weight, n, x = stratum.beads / total, stratum.judged, stratum.good(lax=lax)
        likely = (x + 1) / (n + 2)
        value += weight * x / n
        smooth += weight * likely
        variance += weight**2 * max(0.0, 1 - n / stratum.beads) * likely * (1 - likely) / n
    value = min(1.0, max(0.0, value))
    if variance == 0.0:  # every bead there is was judged
        return Estimate(value, value, value)
    return Estimate(value, *wilson(value, smooth * (1 - smooth) / variance, level))


def wilson(share: float, size: float, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval of a share in [0, 1] seen in ``size`` (> 0) independent cases."""
    z = NormalDist().inv_cdf(0.5 + level / 2)
    centre = share + z * z / (2 * size)
    half = z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    whole = 1 + z * z / size
    return max(0.0, (centre - half) / whole), min(1.0, (centre + half) / whole)
