"""What is to be matched: folders, shards, and one place with both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.archive.match_listing import listing, listings, record_at
from align.errors import FormatError, InputError, UsageError


def shard(path: Path, *records: object) -> Path:
    path.write_text("".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records), "utf-8")
    return path


def test_the_documents_of_a_shard_are_read_where_they_stand(tmp_path: Path) -> None:
    path = shard(tmp_path / "ru.jsonl", {"id": "a", "text": "Порт закрыт."}, {"text": "Кран стоит."})
    found = listing(str(path)).documents
    assert [document.path for document in found] == [f"{path}#a", f"{path}#2"]
    assert [record_at(document)["text"] for document in found] == ["Порт закрыт.", "Кран стоит."]


def test_a_folder_of_shards_is_all_their_documents(tmp_path: Path) -> None:
    for name in ("1.jsonl", "0.jsonl"):
        shard(tmp_path / name, {"id": "a", "text": "x"})
    assert [d.path for d in listing(str(tmp_path)).documents] == [
        f"{tmp_path}/0.jsonl#a",
        f"{tmp_path}/1.jsonl#a",
    ]


def test_an_id_that_occurs_twice_is_an_error(tmp_path: Path) -> None:
    path = shard(tmp_path / "ru.jsonl", {"id": "a", "text": "x"}, {"id": "a", "text": "y"})
    with pytest.raises(InputError, match="two documents have this id"):
        listing(str(path))


def test_a_line_that_is_no_document_is_named(tmp_path: Path) -> None:
    path = shard(tmp_path / "ru.jsonl", {"id": "a", "text": "x"}, {"id": "b"})
    with pytest.raises(InputError) as caught:
        listing(str(path))
    assert caught.value.where == f"{path}, line 2"


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "ru.jsonl").write_text('{"text": "x"}\n{"text":\n', "utf-8")
    with pytest.raises(FormatError) as caught:
        listing(str(tmp_path / "ru.jsonl"))
    assert "line 2" in caught.value.where


@pytest.mark.parametrize("name", ["absent", "empty", "one.txt", "empty.jsonl"])
def test_what_holds_no_documents_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "one.txt").write_text("Порт закрыт.", "utf-8")
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    with pytest.raises(InputError):
        listing(str(tmp_path / name))


def test_one_folder_given_twice_is_divided_by_languages(tmp_path: Path) -> None:
    for name in ("a.ru.txt", "b.en.txt", "c.txt"):
        (tmp_path / name).write_text("x", "utf-8")
    sides = listings(str(tmp_path), str(tmp_path), ("ru", "en"))
    assert [[Path(d.path).name for d in side.documents] for side in sides] == [["a.ru.txt"], ["b.en.txt"]]


def test_one_shard_given_twice_is_divided_by_what_it_says(tmp_path: Path) -> None:
    path = shard(tmp_path / "all.jsonl", {"text": "Порт", "lang": "ru"}, {"text": "Port", "lang": "en-GB"})
    sides = listings(str(path), str(path), ("ru", "en"))
    assert [[d.stem for d in side.documents] for side in sides] == [["1"], ["2"]]


@pytest.mark.parametrize("langs", [(None, None), ("ru", "de")], ids=["unsaid", "nothing-is-so"])
def test_one_folder_given_twice_without_a_way_to_divide_it_is_refused(
    tmp_path: Path, langs: tuple[str | None, str | None]
) -> None:
    (tmp_path / "a.ru.txt").write_text("x", "utf-8")
    with pytest.raises(UsageError):
        listings(str(tmp_path), str(tmp_path), langs)
