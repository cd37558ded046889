"""Errors planted into clean translations at known places, for measuring whoever looks for errors.

``data`` reads clean documents, ``prepare`` puts in what they lack (legal marks, names that recur, turns) on
both sides, ``terms``, ``legal`` (annotations), ``sentences`` and ``figures`` say where an error of each kind
could go, ``plant`` chooses and applies, ``judge`` compares findings with the places. Nothing here knows how
errors are found: the modules import nothing from ``glossary``, and a test holds them to it.
"""

from __future__ import annotations

from benchmarks.planting.kinds import FAMILIES, KINDS
from benchmarks.planting.model import Bitext, Change, Concept, Plant, Planted, Row
from benchmarks.planting.plant import plant
from benchmarks.planting.prepare import prepare

__all__ = [
    "FAMILIES",
    "KINDS",
    "Bitext",
    "Change",
    "Concept",
    "Plant",
    "Planted",
    "Row",
    "plant",
    "prepare",
]
