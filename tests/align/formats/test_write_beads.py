"""Bead files: what is written, and what is read back for an evaluation."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import ConcordError, EmptyInputError, EncodingError, FormatError, InputError
from align.formats import beads
from align.formats.write import write
from align.model import Alignment
from tests.bitexts import alignments, small, three_versions
from tests.contracts.writers import Cells, WriterContract

GOLD = Path(__file__).parents[4] / "shared" / "data" / "gold" / "text_berg"


def written(pairs: Sequence[Alignment], format: str) -> str:
    out = io.StringIO()
    write(pairs, format, out)
    return out.getvalue()


class TestBeads(WriterContract):
    format = "beads"
    several = False

    def read(self, output: str) -> list[Cells]:
        if not output:
            return []
        return [(str(list(s)), str(list(t))) for s, t in beads.read(output, where="beads")]

    def expected(self, pairs: Sequence[Alignment]) -> list[Cells]:
        return [(str(list(b.source)), str(list(b.target))) for b in pairs[0].beads]

    def test_output_is_utf_8_without_bom_in_lines_that_end_alike(self) -> None:
        assert self.bytes_of([small()]).isascii()
        assert self.bytes_of([small()]).count(b"\n") == len(small().beads)


def test_a_line_is_ids_ids_and_score() -> None:
    assert written([small()], "beads").splitlines()[1] == "[1]:[2, 3]:0.620000"


@settings(max_examples=60, deadline=None)
@given(alignments(st.just("x"), size=6), st.sampled_from(["beads", "jsonl", "json"]))
def test_what_is_written_is_read_back(pairs: list[Alignment], format: str) -> None:
    if pairs[0].beads:
        found = beads.read(written(pairs, format), where="x")
        assert found == [(bead.source, bead.target) for bead in pairs[0].beads]


FORMS = {
    "vecalign": "[0]:[0]:0.1\n[1]:[2, 1]:0.2\n\n[]:[3]\n",
    "vecalign with spaces": " [0] : [0] \n[1]:[ 2 ,1, ]:x:y\n[]:[3]:nan\n",
    "list": "[[[0], [0]], [[1], [2, 1]], [[], [3]]]",
    "list over lines": "[\n [[0], [0]],\n [[1], [2, 1]], [[], [3]]\n]\n",
    "lines of JSON": '{"source": [0], "target": [0]}\n\n{"source": [1], "target": [2, 1]}\n'
    '{"target": [3], "source": []}',
    "object": '{\n"beads": [{"source": [0], "target": [0]}, {"source": [1], "target": [2, 1]},\n'
    '{"source": [], "target": [3]}]}',
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_every_form_is_read_by_looking(text: str) -> None:
    for given_ in (text, text.encode(), b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n")):
        assert beads.read(given_, where="x") == [((0,), (0,)), ((1,), (1, 2)), ((), (3,))]


def test_a_bead_without_segments_is_passed_over() -> None:
    assert beads.read(b"[]:[]\n[0]:[0]\n", where="gold") == [((0,), (0,))]


def test_an_empty_list_has_no_beads() -> None:
    assert beads.read("[]", where="x") == []


def test_a_pair_is_chosen_by_its_version() -> None:
    for format in ("jsonl", "json"):
        text = written(three_versions(), format)
        assert beads.read(text, where="x", version=2) == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]
        with pytest.raises(InputError, match="several pairs"):
            beads.read(text, where="x")


WRONG = {
    "[0]:[0]\n[0, 1]:[1]": "gold, line 2: source id 0 occurs twice.*gold, line 1",
    "[0]:[0]\n[1]:[0]": "gold, line 2: target id 0 occurs twice",
    "[0, 0]:[1]": "gold, line 1: a source id occurs twice in one bead",
    "[0]:[0]\n[1]:[x]": 'gold, line 2: target id "x" is not a whole number',
    "[0]:[0]\n\n[1.5]:[1]": "gold, line 3: source id",
    "[-1]:[0]": "gold, line 1: source id",
    "[0]:[0]\n[1] [1]": "gold, line 2: not a bead",
    "[0]:[0\n": "gold, line 1: not a bead",
    "nonsense": "gold, line 1: not a bead",
    "[[[0], [true]]]": "gold, bead 1: target id true",
    "[[[0], [0.0]]]": "gold, bead 1: target id 0.0",
    "[[[0], [0]], [[1]]]": "gold, bead 2: not a pair",
    "[[[0], 0]]": "gold, bead 1: the target is not a list",
    "[[[0], [0]],\n [[1], [1]": "gold, line 2, column 11: broken JSON",
    '{"source": [0], "target": [0]}\n{"source": [1], }': "gold, line 2, column .*broken JSON",
    '{"source": [0], "target": [0]}\n{"source": [1]}': "gold, line 2: no bead",
    '{"source": [0], "target": ["0"]}': 'gold, line 1: target id "0"',
    '{"beads": 5}': "gold: “beads” is not a list",
    '{"beads": [{"source": [0], "target": [0]}, 7]}': "gold, bead 2: no bead",
    "[[" * 100_000: "gold",
    "[[[0], [" + "9" * 5000 + "]]]": "gold",
    "[" + "9" * 30 + "]:[0]": "gold, line 1: source id",
}


@pytest.mark.parametrize(("text", "message"), WRONG.items(), ids=range(len(WRONG)))
def test_bad_input_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        beads.read(text, where="gold")


def test_broken_json_is_a_format_error() -> None:
    with pytest.raises(FormatError):
        beads.read("[[[0], [0]]", where="gold")


@pytest.mark.parametrize("data", [b"", b" \n", b"\xef\xbb\xbf"])
def test_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(EmptyInputError):
        beads.read(data, where="gold")


def test_bytes_that_are_no_utf_8_are_refused_with_their_line() -> None:
    with pytest.raises(EncodingError, match="gold, line 2"):
        beads.read(b"[0]:[0]\n[1]:[1]\xff\n", where="gold")


def test_ids_that_occur_twice_can_be_let_through() -> None:
    found = beads.read("[0]:[0]\n[0, 1]:[1]", where="gold", unique=False)
    assert found == [((0,), (0,)), ((0, 1), (1,))]


@settings(deadline=None)
@given(st.one_of(st.text(), st.binary(), st.from_regex(r"[\[\]{}:,0-9\"a-z \n.-]{0,40}")))
def test_no_input_gives_anything_but_beads_or_a_concord_error(data: str | bytes) -> None:
    try:
        found = beads.read(data, where="x")
    except ConcordError:
        return
    assert all(isinstance(i, int) for bead in found for side in bead for i in side)


@settings(deadline=None)
@given(
    st.recursive(st.integers() | st.booleans() | st.floats() | st.text(max_size=3), st.lists, max_leaves=8)
)
def test_no_json_gives_anything_but_beads_or_a_concord_error(value: object) -> None:
    for shape in ([[value, value]], {"beads": [{"source": value, "target": value}]}):
        with contextlib.suppress(ConcordError):
            beads.read(json.dumps(shape), where="x")


@pytest.mark.skipif(not GOLD.exists(), reason="the Text+Berg gold alignments are not in ../shared")
@pytest.mark.parametrize("path", sorted(GOLD.glob("*.defr")), ids=lambda path: path.stem)
def test_published_gold_is_read_whole(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(beads.read(path.read_bytes(), where=path.name, unique=False)) == len(lines)
