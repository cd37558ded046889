"""Folders, patterns and zip archives of documents: what is in them, and which of their names belong together."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import FormatError, InputError, TooLargeError, UsageError
from align.folders import CODES, Collection, Entry, collect, described, is_collection, marked, pair_up
from align.formats import zipped
from align.formats.read import read_path


def made(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Порт закрыт.", "utf-8")
    return folder


def packed(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def of(given: str, *stems: str) -> Collection:
    return Collection(given, tuple(Entry(f"{given}/{stem}.txt", stem) for stem in stems))


def paired(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    found = pair_up(of("a", *ours), of("b", *theirs)).pairs
    return [(a[2:-4], b[2:-4]) for a, b in found]


def test_the_documents_of_a_folder_are_found_in_order_and_others_passed_over(tmp_path: Path) -> None:
    made(tmp_path, "б.txt", "а.docx", "в/г.odt", "p.jpg", ".hidden.txt", ".git/a.txt")
    found = collect(str(tmp_path))
    assert [entry.stem for entry in found.entries] == ["а", "б", "в/г"]
    assert [Path(path).name for path in found.passed_over] == ["p.jpg"]


def test_a_pattern_finds_what_it_names_below_its_fixed_folder(tmp_path: Path) -> None:
    made(tmp_path, "ru/x/one.txt", "ru/two.txt", "ru/two.md")
    assert [entry.stem for entry in collect(f"{tmp_path}/ru/**/*.txt").entries] == ["two", "x/one"]


def test_the_documents_of_an_archive_have_paths_that_can_be_read(tmp_path: Path) -> None:
    archive = packed(
        tmp_path / "a.zip", {"ru/порт.txt": "Порт закрыт.", "__MACOSX/._порт.txt": "x", "p.png": "x"}
    )
    (entry,) = collect(str(archive)).entries
    assert entry == Entry(f"{archive}/ru/порт.txt", "ru/порт")
    assert read_path(entry.path)[0].text == "Порт закрыт."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("one", "one"),
        ("One", "one"),
        ("one.ru", "one.en"),
        ("one_ru", "one-en"),
        ("one (ru)", "one (en)"),
        ("one.ru-RU", "one.en-GB"),
        ("one.rus", "one.eng"),
        ("one", "one.en"),
        ("ru/one", "en/one"),
        ("x/ru/one", "x/en/one"),
        ("one/ru", "one/en"),
        ("ru/one", "one_en"),
        ("й", "и\u0306"),
    ],
)
def test_names_that_differ_in_marks_of_languages_belong_together(ours: str, theirs: str) -> None:
    assert paired([ours], [theirs]) == [(ours, theirs)]


@pytest.mark.parametrize(
    ("ours", "theirs"), [("one", "two"), ("one.xx", "one.yy"), ("x/one", "y/one"), ("one1", "one2")]
)
def test_other_names_do_not(ours: str, theirs: str) -> None:
    with pytest.raises(UsageError, match="no two names"):
        paired([ours], [theirs])


def test_the_same_name_goes_before_one_without_its_mark() -> None:
    assert set(paired(["who", "who-is"], ["who-is", "who"])) == {("who", "who"), ("who-is", "who-is")}


def test_what_is_left_is_named() -> None:
    found = pair_up(of("a", "one", "two"), of("b", "one", "three"))
    assert (found.sources, found.targets) == (("a/two.txt",), ("b/three.txt",))


def test_files_that_share_a_name_are_left_out_and_named() -> None:
    source = Collection(
        "a", (Entry("a/one.txt", "one"), Entry("a/one.docx", "one"), Entry("a/two.txt", "two"))
    )
    found = pair_up(source, of("b", "one", "two"))
    assert found.pairs == (("a/two.txt", "b/two.txt"),)
    assert found.ambiguous == ("a/one.docx", "a/one.txt", "b/one.txt")


def test_languages_given_are_the_only_marks() -> None:
    found = pair_up(of("a", "one.ru", "how.to"), of("b", "one.en", "how.to"), langs=("ru", "en"))
    assert len(found.pairs) == 2
    with pytest.raises(UsageError, match="no two names"):
        pair_up(of("a", "one.ru"), of("b", "one.de"), langs=("ru", "en"))


def test_one_place_for_both_is_divided_by_the_languages_given() -> None:
    both = of("a", "one.ru", "one.en", "two.ru", "two.en", "note")
    found = pair_up(both, both, langs=("ru", "en"))
    assert found.pairs == (("a/one.ru.txt", "a/one.en.txt"), ("a/two.ru.txt", "a/two.en.txt"))


def test_one_place_for_both_without_languages_is_an_error_that_asks_for_them() -> None:
    with pytest.raises(UsageError, match="--langs ru,en"):
        pair_up(of("a", "one.ru", "one.en"), of("a", "one.ru", "one.en"))


@given(st.text(st.sampled_from("abru.-_ "), min_size=1, max_size=12), st.sampled_from(sorted(CODES)))
def test_a_mark_that_is_put_on_is_taken_off_again(stem: str, code: str) -> None:
    assert marked(f"x{stem}x.{code}")[1] == code
    assert marked(f"x{stem}x.{code}")[0] == marked(f"x{stem}x", frozenset())[0]


def test_what_is_passed_over_is_summed_up_by_endings() -> None:
    assert described(["a/b.JPG", "c.png", "d.jpg"]) == "3 files (.jpg, .png)"
    assert described(["Makefile"]) == "1 file (Makefile)"


def test_folders_archives_and_patterns_are_collections_and_documents_are_not(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "odd[1].txt")
    archive = packed(tmp_path / "a.zip", {"a.txt": "x"})
    assert all(map(is_collection, [str(tmp_path), str(archive), f"{tmp_path}/*.txt"]))
    assert not any(
        map(is_collection, [f"{tmp_path}/a.txt", f"{tmp_path}/odd[1].txt", f"{archive}/a.txt", "no.zip"])
    )


@pytest.mark.parametrize("given", ["нет", "*.txt"])
def test_a_place_without_documents_is_one_clear_error(given: str, tmp_path: Path) -> None:
    made(tmp_path, "p.jpg")
    with pytest.raises(InputError, match="no document"):
        collect(str(tmp_path / given) if given != "нет" else str(tmp_path))


# Hostile archives


@pytest.mark.parametrize("name", ["../a.txt", "/a.txt", "x/../../a.txt", "C:/a.txt", "..\\a.txt"])
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="leads out"):
        collect(str(packed(tmp_path / "a.zip", {name: "x"})))


def test_a_member_that_claims_to_unpack_to_too_much_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match="zip bomb"):
        collect(str(packed(tmp_path / "a.zip", {"a.txt": b" " * (4 << 20)})))


def test_an_archive_of_too_much_or_too_many_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = str(packed(tmp_path / "a.zip", {"a.txt": "x" * 10, "b.txt": "y" * 10}))
    monkeypatch.setattr(zipped, "MAX_TOTAL", 15)
    with pytest.raises(TooLargeError, match="unpack to more"):
        collect(archive)
    monkeypatch.setattr(zipped, "MAX_MEMBERS", 1)
    with pytest.raises(TooLargeError, match="more than 1 files"):
        collect(archive)


def test_an_archive_inside_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", "x")
    outer = packed(tmp_path / "a.zip", {"inner.zip": inner.getvalue(), "b.txt": "Порт."})
    assert collect(str(outer)).passed_over == (f"{outer}/inner.zip",)
    with pytest.raises(FormatError, match="archive inside an archive"):
        read_path(f"{outer}/inner.zip")


def test_a_protected_archive_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": "x"})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 8
    data[at : at + 2] = struct.pack("<H", 1)
    path.write_bytes(data)
    with pytest.raises(FormatError, match="password"):
        collect(str(path))


def test_a_damaged_member_is_refused_by_its_name(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": "Порт закрыт. " * 50})
    data = bytearray(path.read_bytes())
    data[40:60] = bytes(20)
    path.write_bytes(data)
    with pytest.raises(FormatError, match=r"a\.zip/a\.txt: this file in the archive is damaged"):
        read_path(f"{path}/a.txt")


@pytest.mark.parametrize(("data", "error"), [(b"text", FormatError), (b"PK\x03\x04", FormatError)])
def test_what_is_no_archive_is_refused(data: bytes, error: type[Exception], tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(error, match="no zip archive"):
        collect(str(path))


def test_a_name_that_is_not_in_the_archive_is_one_clear_error(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.txt": "x"})
    with pytest.raises(InputError, match="no such file in the archive"):
        read_path(f"{path}/b.txt")


def test_a_name_in_the_code_page_of_dos_is_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"xxxx.txt": "x"})
    path.write_bytes(path.read_bytes().replace(b"xxxx", "порт".encode("cp866")))
    (entry,) = collect(str(path)).entries
    assert entry.stem == "порт"
