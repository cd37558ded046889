"""The list of pairs: what is written is read again, and what a person brings is understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.archive.pairs import FORMATS, HOWS, DocumentPair, lines_of, parse_pairs, read_pairs, write_pairs
from align.errors import EmptyInputError, InputError, UsageError

PATHS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda path: path.strip() != "")
PAIRS = st.builds(
    DocumentPair,
    PATHS,
    PATHS,
    st.none() | st.integers(0, 10_000).map(lambda n: n / 10_000),
    st.sampled_from(HOWS),
)
ONE = (DocumentPair("ru/a.txt", "en/b.txt"),)


@pytest.mark.parametrize("form", FORMATS)
@given(pairs=st.lists(PAIRS, unique=True))
def test_a_list_is_read_as_it_was_written(form: str, pairs: list[DocumentPair]) -> None:
    assert parse_pairs("\n".join(lines_of(pairs, form)) + "\n", where="it") == tuple(pairs)


@pytest.mark.parametrize(
    "text",
    [
        "ru/a.txt\ten/b.txt\n",
        "ru/a.txt,en/b.txt\r\n",
        "ru/a.txt;en/b.txt\n",
        'ru/a.txt, "en/b.txt"\n',
        "target,source\nen/b.txt,ru/a.txt\n",
        "Source\tTarget\nru/a.txt\ten/b.txt",
        '{"source": "ru/a.txt", "target": "en/b.txt"}\n',
        "ru/a.txt\ten/b.txt\n\nru/a.txt\ten/b.txt\n",
    ],
    ids=["tabs", "commas", "semicolons", "quotes", "named", "tabs-named", "json", "twice"],
)
def test_a_plain_list_of_two_columns_is_understood(text: str) -> None:
    assert parse_pairs(text, where="it") == ONE


def test_a_backslash_in_a_plain_list_is_part_of_the_path() -> None:
    (pair,) = parse_pairs("ru\\new.txt\ten\\table.txt\n", where="it")
    assert (pair.source, pair.target) == ("ru\\new.txt", "en\\table.txt")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("ru/a.txt\ten/b.txt\nru/c.txt\n", "line 2", "two paths are needed"),
        ("ru/a.txt\ten/b.txt\n\n\ten/c.txt\n", "line 3", "two paths are needed"),
        ("source,target,confidence\na,b,1.5\n", "line 2", "'1.5' is no figure"),
        ('{"source": "a", "target": "b", "confidence": "x"}', "line 1", "'x' is no figure"),
        ('{"source": "a", "target": "b", "how": "luck"}', "line 1", "'luck' is no way"),
        ('{"source": "a"}', "line 1", "two paths are needed"),
        ('{"source": "a", "target": "b"}\n[]', "line 2", "no object"),
    ],
    ids=["short", "blank-cells", "figure", "json-figure", "how", "half", "no-object"],
)
def test_a_line_that_is_no_pair_is_named(text: str, place: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_pairs(text, where="it")
    assert caught.value.where == f"it, {place}"
    assert reason in caught.value.what


@pytest.mark.parametrize("name", ["pairs.jsonl", "pairs.tsv"])
def test_a_file_is_written_and_read(tmp_path: Path, name: str) -> None:
    pairs = (DocumentPair("ru/a\tb.txt", "en/b.txt", 0.5, "content"), *ONE)
    write_pairs(pairs, tmp_path / name)
    assert read_pairs(tmp_path / name) == pairs


def test_a_list_without_pairs_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("source\ttarget\n", "utf-8")
    with pytest.raises(EmptyInputError):
        read_pairs(tmp_path / "pairs.tsv")


def test_a_list_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_pairs(tmp_path / "pairs.tsv")


def test_a_name_that_says_no_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_pairs(ONE, tmp_path / "pairs.docx")
