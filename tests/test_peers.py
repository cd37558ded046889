"""The driver of other aligners: what they are given, what is read from them, and what is said when they fail."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from align.embed import load_embedder
from align.training.cases import Case
from benchmarks.systems import Pair, PeerCore, concord, embedded, hunalign, ladder, overlaps, systems

CASE = Case("small", ("Das Meer.", "Ein Haus."), ("The sea.", "A house."), (((0,), (0,)), ((1,), (1,))))
CORE = """
def make_alignment_types(largest):
    return [(1, 1)]

def vecalign(vecs0, vecs1, **options):
    {body}
"""


@pytest.fixture(scope="module")
def pair() -> Pair:
    return embedded(CASE, load_embedder())


def vecalign_of(folder: Path, body: str) -> Path:
    """A folder that looks like vecalign's checkout from outside."""
    (folder / "vecalign").mkdir()
    (folder / "vecalign" / "__init__.py").write_text("")
    (folder / "vecalign" / "dp_utils.py").write_text(CORE.format(body=body))
    return folder


def test_overlaps_are_those_of_vecaligns_documented_input() -> None:
    assert overlaps(["a", "b", "c"], 2) == [["a", "b", "c"], ["PAD", "a b", "b c"]]


def test_a_ladder_is_read_as_the_beads_between_its_rungs() -> None:
    rungs = "0\t0\t0.1\n1\t1\t0.5\n1\t2\t0.3\n3\t3\t0.2\n4\t4\t0.3\n"
    assert ladder(rungs, 4, 4) == [((0,), (0,)), ((), (1,)), ((1, 2), (2,)), ((3,), (3,))]


def test_every_span_has_the_unit_vector_of_its_own_text(pair: Pair) -> None:
    both = load_embedder().encode(["The sea. A house."]).vectors[0]
    assert np.allclose(pair.target[1, 1], both / np.linalg.norm(both), atol=1e-5)


def test_a_core_in_another_process_is_given_the_vectors_and_gives_beads(tmp_path: Path, pair: Pair) -> None:
    found = "return {0: {'final_alignments': [([i], [i]) for i in range(vecs0.shape[1])]}}"
    with PeerCore("vecalign", vecalign_of(tmp_path, found), sys.executable, 4) as core:
        outcome = core(pair)
    assert outcome.beads == list(CASE.gold)
    assert outcome.wall > 0


def test_a_core_that_breaks_is_a_line_of_the_table(tmp_path: Path, pair: Pair) -> None:
    with PeerCore(
        "vecalign", vecalign_of(tmp_path, "raise ValueError('no path')"), sys.executable, 4
    ) as core:
        assert core(pair).error == "ValueError: no path"


def test_a_core_that_is_not_there_is_a_line_of_the_table(tmp_path: Path, pair: Pair) -> None:
    with PeerCore("bertalign", tmp_path, sys.executable, 5) as core:
        assert "its process has ended" in core(pair).error


def test_hunalign_that_fails_is_a_line_of_the_table(pair: Pair) -> None:
    assert hunalign(Path("/bin/false"))(pair).error == "it ended with 1"


def test_concords_own_beads_come_from_vectors_that_are_known_beforehand(pair: Pair) -> None:
    assert concord(pair).beads == list(CASE.gold)


def test_what_is_not_given_is_said_and_not_measured(capsys: pytest.CaptureFixture[str]) -> None:
    with ExitStack() as stack:
        found = systems(stack, vecalign=None, bertalign=None, hunalign_binary=None, python=sys.executable)
    assert all("concord" in name for name in found)
    assert capsys.readouterr().out.count("not measured") == 3
