"""JSON Lines, and the one JSON object."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from align.formats import json_object, jsonl
from align.formats.write import write
from align.model import Alignment, Document
from tests.bitexts import align, alignments, bead, document, small, three_versions
from tests.contracts.writers import STRANGE, TEXTS, Cells, WriterContract


def lines(pairs: Sequence[Alignment], *, only_doubtful: bool = False) -> list[dict[str, Any]]:
    out = io.StringIO()
    jsonl.write(pairs, out, only_doubtful=only_doubtful)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def whole(pairs: Sequence[Alignment], *, only_doubtful: bool = False) -> dict[str, Any]:
    out = io.StringIO()
    json_object.write(pairs, out, only_doubtful=only_doubtful)
    found = json.loads(out.getvalue())
    assert isinstance(found, dict)
    return found


class OnePairAfterAnother(WriterContract):
    """The beads of a pair follow those of the other; a cell is the list of its texts."""

    def cell(self, document: Document, side: Sequence[int]) -> str:
        return json.dumps([document.segment_text(segment) for segment in side])

    def expected(self, pairs: Sequence[Alignment]) -> list[Cells]:
        return [row for pair in pairs for row in super(OnePairAfterAnother, self).expected([pair])]

    def cells(self, records: Sequence[dict[str, Any]]) -> list[Cells]:
        return [(json.dumps(r["source_text"]), json.dumps(r["target_text"])) for r in records]


class TestJsonl(OnePairAfterAnother):
    format = "jsonl"

    def read(self, output: str) -> list[Cells]:
        return self.cells([json.loads(line) for line in output.splitlines()])


class TestJson(OnePairAfterAnother):
    format = "json"

    def read(self, output: str) -> list[Cells]:
        return self.cells(json.loads(output)["beads"])


def test_a_line_holds_ids_texts_spans_confidence_and_kind() -> None:
    assert lines([small()])[1] == {
        "source": [1],
        "target": [2, 3],
        "source_text": ["– Когда вы вернулись?"],
        "target_text": ["– When?", "Did you come back?"],
        "source_spans": [[13, 34]],
        "target_spans": [[42, 49], [50, 68]],
        "confidence": 0.31,
        "kind": "1-2",
        "doubtful": True,
    }


def test_the_keys_of_a_line_keep_their_order() -> None:
    assert list(lines([small()])[0]) == [
        "source",
        "target",
        "source_text",
        "target_text",
        "source_spans",
        "target_spans",
        "confidence",
        "kind",
        "doubtful",
    ]


def test_confidence_has_four_decimals() -> None:
    assert lines([small()])[0]["confidence"] == 0.9877


def test_only_a_moved_bead_says_so() -> None:
    assert [record.get("moved") for record in lines([small()])] == [None] * 5 + [True]


def test_only_what_a_person_touched_has_a_state() -> None:
    alignment = small()
    beads = (alignment.beads[0], replace(alignment.beads[1], state="confirmed"), *alignment.beads[2:])
    records = lines([replace(alignment, beads=beads)])
    assert [record.get("state") for record in records[:3]] == [None, "confirmed", None]
    assert records[1]["doubtful"] is False


def test_a_pair_is_named_only_where_there_are_several() -> None:
    assert "pair" not in lines([small()])[0]
    assert [(r["pair"], r["version"]) for r in lines(three_versions())] == [
        *[(["ru", "en"], 1)] * 4,
        *[(["ru", "fa"], 2)] * 3,
    ]


def test_only_the_doubtful_lines_can_be_had() -> None:
    assert [record["kind"] for record in lines([small()], only_doubtful=True)] == ["1-2", "0-1"]


def test_letters_are_written_as_they_are() -> None:
    out = io.StringIO()
    jsonl.write([small()], out)
    assert "Вечер у реки" in out.getvalue()


def test_strange_line_ends_are_escaped() -> None:
    assert jsonl.dumps("a\u2028b\u2029c\x85d\ud800") == '"a\\u2028b\\u2029c\\u0085d\\ud800"'


@settings(max_examples=60, deadline=None)
@given(alignments(TEXTS, size=5))
def test_a_span_cuts_its_text_out_of_the_document(pairs: list[Alignment]) -> None:
    for record in lines(pairs):
        for side, text in (("source", pairs[0].source.text), ("target", pairs[0].target.text)):
            assert [text[start:end] for start, end in record[f"{side}_spans"]] == record[f"{side}_text"]


def test_the_object_says_what_it_is_made_of_and_with() -> None:
    found = whole([small()])
    assert found["signature"] == str(small().signature)
    assert found["documents"] == [
        {"name": "разговор.txt", "lang": "ru", "sha256": "ab" * 32, "segments": 6},
        {"name": "talk.txt", "lang": "en", "sha256": "ab" * 32, "segments": 6},
    ]


def test_the_object_counts() -> None:
    assert whole([small()])["summary"] == {
        "beads": 6,
        "kinds": {"1-1": 2, "0-1": 1, "1-0": 1, "1-2": 1, "2-1": 1},
        "doubtful": 2,
        "moved": 1,
        "source_only": 1,
        "target_only": 1,
        "states": {"proposed": 6},
    }


def test_the_object_holds_every_pair_with_its_own_signature() -> None:
    one, two = three_versions()
    other = replace(two, signature=replace(two.signature, seed=8))
    found = whole([one, other])
    assert found["signature"] is None
    assert [pair["signature"] for pair in found["pairs"]] == [str(one.signature), str(other.signature)]
    assert [pair["target"] for pair in found["pairs"]] == [1, 2]
    assert found["summary"]["beads"] == 7


def test_the_beads_of_the_object_are_the_lines_with_a_score() -> None:
    for record, line in zip(whole([small()])["beads"], lines([small()]), strict=True):
        assert record.pop("score") == pytest.approx(2 * line["confidence"], abs=1e-3)
        assert record == line


def test_the_object_counts_all_beads_even_where_it_holds_the_doubtful_ones() -> None:
    found = whole([small()], only_doubtful=True)
    assert len(found["beads"]) == 2
    assert found["summary"]["beads"] == 6


def test_an_infinite_score_is_null() -> None:
    alignment = small()
    beads = (replace(alignment.beads[0], score=float("-inf")), *alignment.beads[1:])
    assert whole([replace(alignment, beads=beads)])["beads"][0]["score"] is None


def test_a_line_is_one_line_for_any_reader() -> None:
    one, two = document("a", "ru", STRANGE), document("b", "en", ["x"])
    out = io.BytesIO()
    write([align(one, two, [bead(range(len(STRANGE)), [0])])], "jsonl", out)
    assert len(out.getvalue().decode().splitlines()) == 1
