"""Runs the core of another aligner over given vectors; started by ``benchmarks.systems`` in that aligner's Python.

A request is a line of JSON on stdin, the answer a line on stdout. Nothing of the other aligner is here: its
modules are imported from the folder that was given. This file needs numpy alone, and none of Concord.

Only the core is timed: from arrays of vectors to beads.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import random
import sys
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Core = Callable[[Any, Any, Any, Any], list[tuple[list[int], list[int]]]]


def vecalign(folder: Path, largest: int) -> Core:
    """vecalign's core with its command's defaults; a bead has ``largest`` segments at most, both sides together."""
    sys.path.insert(0, str(folder))
    core = importlib.import_module("vecalign.dp_utils")
    half = -(-largest // 2)

    def align(source: Any, target: Any, _left: Any, _right: Any) -> list[tuple[list[int], list[int]]]:
        random.seed(42)
        np.random.seed(42)
        stack = core.vecalign(
            vecs0=source[:largest],
            vecs1=target[:largest],
            final_alignment_types=core.make_alignment_types(largest),
            del_percentile_frac=0.2,
            width_over2=half + 5,
            max_size_full_dp=300,
            costs_sample_size=20000,
            num_samps_for_norm=100,
        )
        found: list[tuple[list[int], list[int]]] = stack[0]["final_alignments"]
        return found

    return align


def bertalign(folder: Path, largest: int) -> Core:
    """bertalign's core with the defaults of its class; its module is loaded alone, without the encoder."""
    if importlib.util.find_spec("torch") is None:  # the core asks it for one thing only: is there a GPU
        stand_in = types.ModuleType("torch")
        stand_in.cuda = types.SimpleNamespace(is_available=lambda: False)  # type: ignore[attr-defined]
        sys.modules["torch"] = stand_in
    spec = importlib.util.spec_from_file_location("corelib", folder / "bertalign" / "corelib.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder)
    core = importlib.util.module_from_spec(spec)
    sys.modules["corelib"] = core
    spec.loader.exec_module(core)

    def align(source: Any, target: Any, left: Any, right: Any) -> list[tuple[list[int], list[int]]]:
        n, m = source.shape[1], target.shape[1]
        source, target = source[: largest - 1], target[: largest - 1]
        left, right = left[: largest - 1], right[: largest - 1]
        ratio = np.sum(left[0]) / np.sum(right[0])
        scores, nearest = core.find_top_k_sents(source[0], target[0], k=3)
        types_of_first = core.get_alignment_types(2)
        width, path = core.find_first_search_path(n, m)
        pointers = core.first_pass_align(n, m, width, path, types_of_first, scores, nearest)
        first = core.first_back_track(n, m, pointers, path, types_of_first)
        types_of_second = core.get_alignment_types(largest)
        width, path = core.find_second_search_path(first, 5, n, m)
        pointers = core.second_pass_align(
            source, target, left, right, width, path, types_of_second, ratio, -0.1,
            margin=True, len_penalty=True,
        )  # fmt: skip
        found: list[tuple[list[int], list[int]]] = core.second_back_track(
            n, m, pointers, path, types_of_second
        )
        return found

    return align


def answer(core: Core, request: dict[str, Any]) -> dict[str, Any]:
    """Beads and seconds of one request: the least of so many runs."""
    best: tuple[float, float] | None = None
    found: list[tuple[list[int], list[int]]] = []
    for _ in range(request["runs"]):
        arrays = [np.load(request[name]) for name in ("source", "target", "source_lengths", "target_lengths")]
        process, wall = time.process_time(), time.perf_counter()
        found = core(*arrays)
        now = (time.process_time() - process, time.perf_counter() - wall)
        best = min(best, now) if best else now
    beads = [[list(map(int, side)) for side in bead] for bead in found]
    return {"beads": beads, "process": best[0] if best else 0.0, "wall": best[1] if best else 0.0}


def warm_up(core: Core) -> None:
    """One call, so that what a core compiles on first use is compiled; what is wrong with it shows later."""
    vectors = np.random.default_rng(0).normal(size=(2, 8, 6, 16)).astype(np.float32)
    lengths = np.full((8, 6), 10)
    with contextlib.suppress(Exception):
        core(vectors[0], vectors[1], lengths, lengths)


def main() -> None:
    """Serves requests until stdin ends: ``peer_core.py NAME FOLDER LARGEST``."""
    name, folder, largest = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    core = {"vecalign": vecalign, "bertalign": bertalign}[name](folder, largest)
    out, sys.stdout = sys.stdout, sys.stderr  # whatever a core prints is no answer
    warm_up(core)
    for line in sys.stdin:
        try:
            reply = answer(core, json.loads(line))
        except Exception as error:  # a core that breaks is a result of the benchmark, and no end of it
            reply = {"error": f"{type(error).__name__}: {error}"}
        out.write(json.dumps(reply) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
