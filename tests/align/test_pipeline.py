"""The pipeline's own part: names of inputs, what it refuses, what it warns of, project files it opens."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align import pipeline
from align.aligner import greatest_likeness
from align.errors import EmptyInputError, StoreError, TooLargeError, UnrelatedError, UsageError
from align.model import Document, Extract
from align.segment import build_document

RU = "Снег выпал ночью. Дорогу закрыли до весны.\n\nМельник остался в деревне. Мука кончилась в марте.\n"
EN = (
    "The snow fell at night. The road was closed until spring.\n\n"
    "The miller stayed in the village. The flour ran out in March.\n"
)


def read(folder: Path, name: str, text: str, lang: str | None = None) -> Document:
    """A document out of a file of this text."""
    path = folder / name
    path.write_text(text, "utf-8")
    return pipeline.read_document(pipeline.Input(str(path), name, lang))


def lines(texts: list[str], lang: str) -> Document:
    """A document of these segments."""
    extract = Extract("\n".join(texts), "txt")
    return build_document(extract, name="made up", lang=lang, segmented=True)


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["ru.txt", "sub/en.txt"], ["ru.txt", "en.txt"]),
        (["ru/1.txt", "en/1.txt", "en/2.txt"], ["ru/1.txt", "en/1.txt", "2.txt"]),
        (["-", "en.txt"], ["standard input", "en.txt"]),
    ],
)
def test_inputs_are_called_by_their_file_names_and_told_apart(paths: list[str], names: list[str]) -> None:
    unknown = [None] * len(paths)
    assert [given.name for given in pipeline.inputs(paths, langs=unknown, encodings=unknown)] == names


def test_only_one_input_can_be_standard_input() -> None:
    with pytest.raises(UsageError):
        pipeline.inputs(["-", "-"], langs=[None, None], encodings=[None, None])


def test_a_document_knows_its_language_and_the_hash_of_its_file(tmp_path: Path) -> None:
    document = read(tmp_path, "ru.txt", RU)
    assert document.lang == "ru"
    assert document.sha256 == hashlib.sha256(RU.encode()).hexdigest()


def test_a_sentence_of_50_000_characters_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match=r"long\.txt, line 3"):
        read(tmp_path, "long.txt", "Первая строка.\n\n" + "слово " * 10_000)


def test_a_file_of_white_space_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyInputError):
        read(tmp_path, "blank.txt", " \n\n")


def test_one_text_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        pipeline.align_versions([read(tmp_path, "ru.txt", RU)])


def test_the_same_language_on_both_sides_is_recorded(tmp_path: Path) -> None:
    texts = [read(tmp_path, name, EN, "en") for name in ("a.txt", "b.txt")]
    (alignment,) = pipeline.align_versions(texts)
    assert alignment.warnings == ("a.txt and b.txt are in the same language (en)",)


def test_unrelated_texts_are_refused_and_when_forced_recorded(tmp_path: Path) -> None:
    other = "Das Formular hat vier Seiten. Die Gebühr beträgt zwölf Euro. Bitte legen Sie alle Belege bei."
    texts = [read(tmp_path, "ru.txt", RU), read(tmp_path, "de.txt", other)]
    with pytest.raises(UnrelatedError, match=r"similarity 0\.\d\d, expected above 0\.\d\d"):
        pipeline.align_versions(texts)
    (alignment,) = pipeline.align_versions(texts, force=True)
    assert "do not look like translations" in alignment.warnings[0]


def test_texts_of_which_most_can_have_no_counterpart_are_refused_before_any_search(tmp_path: Path) -> None:
    endless = read(tmp_path, "endless.txt", "Снег выпал ночью.\n\n" * 2_000, "ru")
    with pytest.raises(UnrelatedError, match=r"similarity at most 0\.\d\d, expected above 0\.\d\d"):
        pipeline.align_versions([endless, read(tmp_path, "en.txt", EN)])


@settings(deadline=None, max_examples=25)
@given(
    left=st.lists(st.integers(1, 9), min_size=1, max_size=40),
    right=st.lists(st.integers(1, 9), min_size=1, max_size=4),
)
def test_no_similarity_exceeds_what_the_lengths_allow(left: list[int], right: list[int]) -> None:
    texts = [lines(["ab " * n for n in left], "ru"), lines(["ab " * n for n in right], "en")]
    (alignment,) = pipeline.align_versions(texts, force=True)
    assert alignment.similarity <= greatest_likeness(*texts) + 1e-6


def test_an_encoding_other_than_utf_8_is_named_where_texts_look_unrelated(tmp_path: Path) -> None:
    path = tmp_path / "ru.txt"
    path.write_text(RU, "utf-8")
    garbled = pipeline.read_document(pipeline.Input(str(path), "ru.txt", "ru", "koi8-r"))
    with pytest.raises(UnrelatedError, match=r"ru\.txt was read as koi8-r\)"):
        pipeline.align_versions([garbled, read(tmp_path, "en.txt", EN)])


def test_the_signature_changes_with_the_threshold_and_with_nothing_else(tmp_path: Path) -> None:
    texts = [read(tmp_path, "ru.txt", RU), read(tmp_path, "en.txt", EN)]
    signatures = {str(pipeline.align_versions(texts)[0].signature) for _ in range(2)}
    assert len(signatures) == 1
    assert str(pipeline.align_versions(texts, doubtful_below=0.1)[0].signature) not in signatures


def test_a_project_file_made_in_vain_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    def fail() -> None:
        with pipeline.opened(path, create=True):
            assert path.exists()
            raise StoreError("something went wrong")

    with pytest.raises(StoreError):
        fail()
    assert not path.exists()


def test_a_project_file_that_was_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with pipeline.opened(path, create=True):
        pass

    def fail() -> None:
        with pipeline.opened(path, create=True):
            raise StoreError("something went wrong")

    with pytest.raises(StoreError):
        fail()
    assert path.exists()


def test_the_project_given_wins_over_the_one_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "concord.db").touch()
    monkeypatch.chdir(tmp_path)
    assert pipeline.find_project(None) == tmp_path / "concord.db"
    assert pipeline.find_project(Path("other.db")) == Path("other.db")
