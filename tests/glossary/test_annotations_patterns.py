"""A newsroom's own wordings are read from TOML and found beside those of the grammar."""

from __future__ import annotations

import pytest

from align.errors import FormatError
from glossary.annotations import find_annotations, read_patterns

SANCTIONS = """
[[pattern]]
lang = "ru"
text = "наход* под санкциями оон {date}? за террористическую|террор деятельность?"
status = ["terrorist"]
form = "verb"

[[pattern]]
text = "on the grey list {place}?"
status = "undesirable"
jurisdiction = ["GE"]
"""


def test_an_own_wording_is_found_with_its_names() -> None:
    text = "«Талибан» (находится под санкциями ООН за террористическую деятельность) ответил."
    (found,) = find_annotations(text, "ru", read_patterns(SANCTIONS))
    assert found.text == "находится под санкциями ООН за террористическую деятельность"
    assert (found.concepts[0].text, found.status, found.form) == ("Талибан", ("terrorist",), "verb")


def test_an_own_wording_joins_with_the_grammar_s() -> None:
    text = "«Талибан» и «Аль-Каида» (обе находятся под санкциями ООН за террор и запрещены в РФ) ответили."
    (found,) = find_annotations(text, "ru", read_patterns(SANCTIONS))
    assert (found.position, found.status, found.jurisdiction) == ("joint", ("terrorist", "banned"), ("RU",))


def test_a_slot_takes_a_place_and_the_jurisdiction_is_the_pattern_s() -> None:
    (found,) = find_annotations(
        "The Heron (on the grey list in Georgia) flew.", "en", read_patterns(SANCTIONS)
    )
    assert (found.text, found.jurisdiction) == ("on the grey list in Georgia", ("GE",))


def test_a_pattern_of_another_language_is_left_out() -> None:
    text = "The Heron (находится под санкциями ООН за террор) flew."
    assert find_annotations(text, "en", read_patterns(SANCTIONS)) == []


def test_without_the_pattern_nothing_is_found() -> None:
    assert find_annotations("The Heron (on the grey list) flew.", "en") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[pattern]", "no valid TOML"),
        ("[other]\na = 1", "only"),
        ('[[pattern]]\nstatus = "banned"', "text is needed"),
        ('[[pattern]]\ntext = "x"\nstatus = "cursed"', "unknown status"),
        ('[[pattern]]\ntext = "x"', "a status is needed"),
        ('[[pattern]]\ntext = "{nowhere} x"\nstatus = "banned"', "unknown slot"),
        ('[[pattern]]\ntext = "{place}"\nstatus = "banned"', "a word of its own"),
        ('[[pattern]]\ntext = "x"\nstatus = "banned"\nform = "song"', "unknown form"),
        ('[[pattern]]\ntext = "x"\nstatus = 3', "string or a list"),
        (f'[[pattern]]\ntext = "{"x" * 301}"\nstatus = "banned"', "between 1 and 300"),
    ],
)
def test_a_broken_pattern_is_refused(text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read_patterns(text, name="house.toml")
