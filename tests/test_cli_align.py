"""``concord align`` as a user meets it: what it prints where, what it writes, what it keeps."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from align.cli.options import READABLE, WRITABLE
from align.formats.read import FORMATS as READERS
from align.formats.write import FORMATS as WRITERS
from tests.commands import ROOT, Ended, concord, succeeds

PAIR = ("interview.ru.txt", "interview.en.txt")


def with_sample(folder: Path) -> Path:
    """The folder with the sample interview in three languages."""
    for name in (*PAIR, "interview.de.txt", "interview.gold.json"):
        shutil.copy(ROOT / "seeds" / name, folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return with_sample(tmp_path)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ended]:
    """The folder after one run that wrote every kind of file, and how it ended. Not to be changed."""
    folder = with_sample(tmp_path_factory.mktemp("sample"))
    outputs = [
        part for name in ("a.jsonl", "a.json", "a.beads", "a.tsv", "a.tmx", "a.html") for part in ("-o", name)
    ]
    return folder, succeeds("align", *PAIR, *outputs, cwd=folder)


def jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# What is printed where


def test_without_options_a_table_is_printed_and_nothing_left_behind(folder: Path) -> None:
    before = names_in(folder)
    ended = succeeds("align", *PAIR, cwd=folder)
    assert "«Зимой дорога не принадлежит никому»" in ended.out
    assert ended.out.rstrip().splitlines()[-1].split()[1] == "beads"
    assert names_in(folder) == before


def test_the_summary_names_counts_and_signature_and_how_to_keep_the_result(folder: Path) -> None:
    lines = succeeds("align", *PAIR, cwd=folder).stderr.splitlines()
    assert lines[0].startswith("interview.ru.txt (ru, 107) – interview.en.txt (en, 108): ")
    assert "|model:" in lines[1]
    assert "|seed:" in lines[1]
    assert "concord init" in lines[-1]
    assert "--db FILE" in lines[-1]


def test_quiet_leaves_standard_error_empty(folder: Path) -> None:
    assert succeeds("align", *PAIR, "--quiet", cwd=folder).stderr == ""


def test_with_output_files_standard_output_stays_empty(done: tuple[Path, Ended]) -> None:
    assert done[1].stdout == b""


def test_data_can_go_to_standard_output_and_to_a_file_at_once(folder: Path) -> None:
    ended = succeeds("align", *PAIR, "-o", "a.tmx", "-o", "-", "--format", "jsonl", cwd=folder)
    assert json.loads(ended.out.splitlines()[0])["kind"] == "1-1"
    assert (folder / "a.tmx").read_bytes().startswith(b"<?xml")


def test_one_output_file_takes_the_format_given(folder: Path) -> None:
    succeeds("align", *PAIR, "-o", "result.txt", "--format", "tsv", cwd=folder)
    assert (folder / "result.txt").read_text("utf-8").startswith("kind\tconfidence\t")


def test_json_is_one_object_and_jsonl_a_bead_a_line(done: tuple[Path, Ended]) -> None:
    whole = json.loads((done[0] / "a.json").read_text("utf-8"))
    lines = jsonl(done[0] / "a.jsonl")
    assert [bead["kind"] for bead in whole["beads"]] == [bead["kind"] for bead in lines]
    assert "|segmenter:" in whole["signature"]


def test_the_same_input_gives_the_same_bytes(done: tuple[Path, Ended], folder: Path) -> None:
    for name in ("a.jsonl", "a.json", "a.tmx", "a.html"):
        succeeds("align", *PAIR, "-o", name, "--quiet", cwd=folder)
        assert (folder / name).read_bytes() == (done[0] / name).read_bytes()


# What the beads are


def test_every_segment_is_in_exactly_one_bead(done: tuple[Path, Ended]) -> None:
    beads = jsonl(done[0] / "a.jsonl")
    assert Counter(s for bead in beads for s in bead["source"]) == Counter(range(107))
    assert Counter(t for bead in beads for t in bead["target"]) == Counter(range(108))


def test_spans_point_into_the_text_that_concord_text_prints(done: tuple[Path, Ended]) -> None:
    texts = {name: succeeds("text", name, cwd=done[0]).out for name in PAIR}
    for bead in jsonl(done[0] / "a.jsonl"):
        for side, name in zip(("source", "target"), PAIR, strict=True):
            cut = [texts[name][start:end] for start, end in bead[f"{side}_spans"]]
            assert cut == bead[f"{side}_text"]


def test_only_doubtful_beads_are_written_when_that_is_asked_for(folder: Path) -> None:
    ended = succeeds("align", *PAIR, "--only-doubtful", "--doubtful-below", "0.99", "--jsonl", cwd=folder)
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert found
    assert all(bead["doubtful"] and bead["confidence"] < 0.99 for bead in found)


def test_no_bead_is_doubtful_below_zero(folder: Path) -> None:
    ended = succeeds("align", *PAIR, "--doubtful-below", "0", "--json", cwd=folder)
    assert json.loads(ended.out)["summary"]["doubtful"] == 0


def test_one_text_can_come_from_standard_input(done: tuple[Path, Ended]) -> None:
    data = (done[0] / PAIR[0]).read_bytes()
    ended = succeeds("align", "-", PAIR[1], "--jsonl", cwd=done[0], stdin=data)
    assert ended.stdout == (done[0] / "a.jsonl").read_bytes()


def test_segmented_lines_are_left_alone(folder: Path) -> None:
    for name in PAIR:
        lines = succeeds("text", name, "--format", "segments", cwd=folder).stdout
        (folder / f"{name}.lines").write_bytes(lines)
    ended = succeeds("align", *(f"{name}.lines" for name in PAIR), "--segmented", "--jsonl", cwd=folder)
    cut = [text for line in ended.out.splitlines() for text in json.loads(line)["source_text"]]
    assert cut == (folder / f"{PAIR[0]}.lines").read_text("utf-8").splitlines()


def test_languages_that_were_given_are_not_guessed(folder: Path) -> None:
    ended = succeeds("align", *PAIR, "--source-lang", "bg", "--target-lang", "EN", "--json", cwd=folder)
    assert [document["lang"] for document in json.loads(ended.out)["documents"]] == ["bg", "en"]


# Three versions


def test_three_versions_are_aligned_around_the_first(folder: Path) -> None:
    ended = succeeds("align", *PAIR, "interview.de.txt", "--langs", "ru,en,de", "--jsonl", cwd=folder)
    pairs = Counter(tuple(json.loads(line)["pair"]) for line in ended.out.splitlines())
    assert set(pairs) == {("ru", "en"), ("ru", "de")}


def test_a_table_of_three_versions_has_three_columns(folder: Path) -> None:
    ended = succeeds("align", *PAIR, "interview.de.txt", "--langs", "ru,en,de", cwd=folder)
    assert ended.out.splitlines()[0].split()[3:] == [
        "ru", "interview.ru.txt", "en", "interview.en.txt", "de", "interview.de.txt",
    ]  # fmt: skip


def test_the_beads_format_holds_one_pair_only(folder: Path) -> None:
    ended = concord("align", *PAIR, "interview.de.txt", "-o", "a.beads", cwd=folder)
    assert ended.code == 2
    assert "one pair" in ended.error
    assert not (folder / "a.beads").exists()


# concord text, concord evaluate


def test_text_as_json_covers_everything_but_white_space(done: tuple[Path, Ended]) -> None:
    whole = json.loads(succeeds("text", PAIR[0], "--json", cwd=done[0]).out)
    text, covered = whole["text"], set()
    for segment in whole["segments"]:
        covered |= set(range(segment["start"], segment["end"]))
    assert all(character.isspace() for at, character in enumerate(text) if at not in covered)
    assert (whole["lang"], whole["format"], len(whole["map"])) == ("ru", "txt", 1)


def test_text_is_printed_as_it_was_read(folder: Path) -> None:
    (folder / "old.txt").write_bytes("Первая строка.\r\nВторая строка о погоде в горах.\r\n".encode("cp1251"))
    ended = succeeds("text", "old.txt", cwd=folder)
    assert ended.stdout.decode("utf-8") == "Первая строка.\r\nВторая строка о погоде в горах.\r\n"


def test_an_alignment_agrees_wholly_with_itself(done: tuple[Path, Ended]) -> None:
    ended = succeeds("evaluate", "a.jsonl", "a.beads", "--json", cwd=done[0])
    scores = json.loads(ended.out)
    assert {scores[kind][figure] for kind in ("strict", "lax", "null") for figure in ("P", "R", "F1")} == {
        1.0
    }


def test_scores_are_printed_with_what_they_were_made_with(done: tuple[Path, Ended]) -> None:
    ended = succeeds("evaluate", "interview.gold.json", "a.json", cwd=done[0])
    signature = ended.out.splitlines()[-1]
    assert signature.startswith("signature: concord:")
    assert "gold:interview.gold.json@" in signature
    assert "|model:" in signature


def test_a_gold_file_that_is_not_one_is_refused(folder: Path) -> None:
    ended = concord("evaluate", PAIR[0], "interview.gold.json", cwd=folder)
    assert ended.code == 2
    assert PAIR[0] in ended.error


# The lists of formats in the help


def test_the_formats_named_in_the_help_are_those_that_there_are() -> None:
    assert set(WRITABLE) == set(WRITERS)
    assert set(READABLE) == set(READERS)
