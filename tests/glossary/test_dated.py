"""A newsroom's own dated list says which mentions fall under it at the article's date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import ConcordError, EmptyInputError, EncodingError, FormatError
from glossary.dated import Listed, find_listed, read_list

CSV = """name,aliases,kind,jurisdiction,from,to,source
Стальной щит,Steel Shield; СЩ,organisation,RU,2003-02-14,2025-04-17,"our desk, 2025"
Белая роза,White Rose|БР,organisation,RU,04.06.2020,,desk
"""
JSON = '[{"name": "Белая роза", "aliases": ["White Rose"], "from": "2020-06-04", "source": "desk"}]'


def test_a_list_is_read_from_csv() -> None:
    first, second = read_list(CSV.encode())
    assert (first.aliases, first.since, first.until) == (
        ("Steel Shield", "СЩ"),
        date(2003, 2, 14),
        date(2025, 4, 17),
    )
    assert (second.aliases, second.since, second.until) == (("White Rose", "БР"), date(2020, 6, 4), None)


def test_a_list_is_read_from_json() -> None:
    assert read_list(JSON.encode()) == (
        Listed("Белая роза", ("White Rose",), since=date(2020, 6, 4), source="desk"),
    )


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2003, 2, 13), False),
        (date(2003, 2, 14), True),
        (date(2025, 4, 16), True),
        (date(2025, 4, 17), False),
    ],
)
def test_an_entry_holds_from_its_first_day_and_before_its_end(on: date, expected: bool) -> None:
    assert read_list(CSV.encode())[0].in_force(on) is expected


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Бойцы «Стального щита» ушли.", "Стального щита"),
        ("The Steel Shield left.", "Steel Shield"),
        ("По данным СЩ, всё тихо.", "СЩ"),
        ("Он видел белую розу в саду и «Белую розу» в списке.", "Белую розу"),
    ],
)
def test_names_are_found_in_any_case_and_by_their_aliases(text: str, mention: str) -> None:
    assert find_listed(text, read_list(CSV.encode()), date(2024, 1, 1))[0].text == mention


@pytest.mark.parametrize("text", ["щит стоит у двери", "сщ", "the steel was a shield", ""])
def test_other_words_are_not_taken_for_a_name(text: str) -> None:
    assert find_listed(text, read_list(CSV.encode()), date(2024, 1, 1)) == []


def test_a_mention_out_of_force_is_shown_as_such() -> None:
    (mention,) = find_listed("Steel Shield left.", read_list(CSV.encode()), date(2025, 5, 1))
    assert mention.in_force is False


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyInputError),
        ("name\nЩит".encode("cp1251"), EncodingError),
        (b"title,from\nx,2020-01-01", FormatError),
        (b"name,colour\nx,red", FormatError),
        (b"name,from\nx,yesterday", FormatError),
        (b"name,from,to\nx,2020-01-02,2020-01-02", FormatError),
        (b"name\n---", FormatError),
        (b"[1, 2]", FormatError),
        (b'[{"name": "x"', FormatError),
        (b'{"name": "x"}', FormatError),
    ],
)
def test_a_broken_list_is_refused(data: bytes, error: type[ConcordError]) -> None:
    with pytest.raises(error):
        read_list(data, name="list.csv")


@given(st.text(max_size=200))
def test_mentions_are_spans_of_the_text(text: str) -> None:
    found = find_listed(text + " Стальной щит", read_list(CSV.encode()), date(2024, 1, 1))
    assert all((text + " Стальной щит")[m.start : m.end] == m.text for m in found)
