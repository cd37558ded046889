"""``concord archive match`` in processes of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import concord, fails, put, succeeds

TEXTS = {
    "ru/0417.txt": "Порт Приморска закрыт с 4 марта 2021 года. Краны стоят, 350 рабочих ждут новостей.",
    "ru/0418.txt": "Музей открыл выставку картин художника Левитана. Билеты стоят 120 рублей.",
    "ru/0419.txt": "Урожай пшеницы в этом году собран раньше срока, сообщил министр сельского хозяйства.",
    "en/crane.txt": "The port of Primorsk is closed since 4 March 2021. Cranes stand still, 350 workers wait.",
    "en/museum.txt": "The museum opened an exhibition of paintings by the artist Levitan. Tickets cost 120 roubles.",
    "en/chess.txt": "The chess tournament ended in a draw after seven hours of play.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path, TEXTS)


def test_pairs_are_printed_with_their_confidence(folder: Path) -> None:
    ended = succeeds("archive", "match", "ru", "en", cwd=folder)
    rows = [line.split("\t") for line in ended.out.splitlines()]
    assert rows[0] == ["source", "target", "confidence", "how"]
    assert [(row[0], row[1]) for row in rows[1:]] == [
        ("ru/0417.txt", "en/crane.txt"),
        ("ru/0418.txt", "en/museum.txt"),
    ]
    assert all(0.5 <= float(row[2]) <= 1 and row[3] == "content" for row in rows[1:])
    assert (
        "2 pairs (2 by content); without a counterpart: 1 of the originals, 1 of the translations"
        in ended.stderr
    )


def test_json_holds_all_that_became_of_the_documents(folder: Path) -> None:
    (folder / "ru/bad.txt").write_text("", "utf-8")
    ended = concord("archive", "match", "ru", "en", "--json", cwd=folder)
    found = json.loads(ended.out)
    assert ended.code == 1
    assert [pair["source"] for pair in found["pairs"]] == ["ru/0417.txt", "ru/0418.txt"]
    assert [(each["side"], each["path"]) for each in found["unmatched"]] == [
        ("source", "ru/0419.txt"),
        ("target", "en/chess.txt"),
    ]
    assert [each["path"] for each in found["unreadable"]] == ["ru/bad.txt"]
    assert "Error: ru/bad.txt: the file is empty" in ended.stderr


def test_files_are_written_for_the_pairs_and_for_the_rest(folder: Path) -> None:
    succeeds("archive", "match", "ru", "en", "-o", "pairs.jsonl", "--unmatched", "left.tsv", cwd=folder)
    pairs = [json.loads(line) for line in (folder / "pairs.jsonl").read_text("utf-8").splitlines()]
    assert [pair["how"] for pair in pairs] == ["content", "content"]
    rows = [line.split("\t") for line in (folder / "left.tsv").read_text("utf-8").splitlines()]
    assert [row[:2] for row in rows] == [
        ["side", "path"],
        ["source", "ru/0419.txt"],
        ["target", "en/chess.txt"],
    ]


def test_the_result_is_the_same_with_any_number_of_workers(folder: Path) -> None:
    outs = [
        succeeds("archive", "match", "ru", "en", "--jsonl", "--workers", n, cwd=folder).stdout
        for n in ("1", "3")
    ]
    assert outs[0] == outs[1]


def test_steps_follow_one_another(folder: Path) -> None:
    (folder / "ru/port.ru.txt").write_text("Порт открыт.", "utf-8")
    (folder / "en/port.en.txt").write_text("Nothing of the kind.", "utf-8")
    found = json.loads(
        succeeds("archive", "match", "ru", "en", "--by", "names,content", "--json", cwd=folder).out
    )
    assert {pair["source"]: pair["how"] for pair in found["pairs"]}["ru/port.ru.txt"] == "name"


def test_shards_and_patterns_are_matched_too(folder: Path) -> None:
    for side in ("ru", "en"):
        records = [{"id": Path(n).stem, "text": t} for n, t in TEXTS.items() if n.startswith(side)]
        text = "".join(f"{json.dumps(record)}\n" for record in records)
        (folder / f"{side}.jsonl").write_text(text, "utf-8")
    out = succeeds("archive", "match", "ru.jsonl", "en/*.txt", "--jsonl", cwd=folder).out
    assert json.loads(out.splitlines()[0])["source"] == "ru.jsonl#0417"


def test_by_a_pattern_alone_nothing_is_read(folder: Path) -> None:
    (folder / "ru/0417.txt").write_text("", "utf-8")
    (folder / "en/crane.txt").rename(folder / "en/0417-en.txt")
    arguments = ("--pattern", "ru/{n}.txt en/{n}-en.txt", "--by", "names", "--jsonl")
    out = succeeds("archive", "match", "ru", "en", *arguments, cwd=folder).out
    assert json.loads(out) == {
        "source": "ru/0417.txt",
        "target": "en/0417-en.txt",
        "confidence": None,
        "how": "name",
    }


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("absent", "en"), "absent: there is no such folder"),
        (("ru", "empty"), "empty: there is no document in it"),
        (("ru", "ru"), "originals and translations are in one place"),
        (("ru", "blank"), "none of its 1 documents can be read"),
        (("ru", "en", "--by", "luck"), "is no way to match"),
        (
            ("ru", "en", "--pattern", "ru/{a}"),
            "is not one pattern for the originals and one for the translations",
        ),
        (("ru", "en", "--pairs", "none.tsv"), "none.tsv: cannot be read"),
        (("ru", "en", "-o", "pairs.docx"), "does not say which format"),
        (("ru", "en", "-o", "p.tsv", "--unmatched", "p.tsv"), "would be overwritten by the result"),
        (("ru", "en", "--json", "--jsonl"), "exclude each other"),
        (("ru", "en", "--model", "./absent"), "absent"),
        (("ru/0417.txt", "en"), "this is one document, not many"),
    ],
    ids=lambda value: "_".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_matched_is_said_in_one_line(
    folder: Path, arguments: tuple[str, ...], reason: str
) -> None:
    (folder / "empty").mkdir()
    (folder / "blank").mkdir()
    (folder / "blank/1.txt").write_text(" ", "utf-8")
    assert reason in fails("archive", "match", *arguments, cwd=folder)
