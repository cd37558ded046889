"""The packaged list of aliases, and a project's own over it."""

from __future__ import annotations

import pytest

from align.errors import FormatError
from glossary.extract.aliases import layered, packaged, parse_aliases


def test_well_known_names_of_one_thing_are_in_one_group() -> None:
    known = packaged()
    numbers = {
        known.group_of(name.split(), "en") for name in ("IS", "ISIS", "ISIL", "Daesh", "Islamic State")
    }
    assert len(numbers) == 1
    assert None not in numbers


def test_a_group_is_found_in_any_case_form_and_across_languages() -> None:
    known = packaged()
    assert known.group_of(("Соединенных", "Штатов"), "ru") == known.group_of(("US",), "en") is not None


def test_an_acronym_is_not_the_small_word_that_it_is_spelt_like() -> None:
    assert packaged().group_of(("us",), "en") is None
    assert packaged().group_of(("is",), "en") is None


def test_no_name_is_in_two_groups() -> None:
    known = packaged()
    for number, group in enumerate(known.groups):
        for lang, names in group.items():
            assert all(known.group_of(name.split(), lang) == number for name in names)


def test_a_projects_own_group_replaces_the_packaged_one_that_shares_a_name() -> None:
    own = layered('[[group]]\nkind = "place"\nnames.en = ["US", "the States"]')
    assert own.group_of(("US",), "en") is not None
    assert own.group_of(("United", "States"), "en") is None
    assert own.group_of(("ISIS",), "en") is not None


@pytest.mark.parametrize(
    "text",
    [
        "[[group]\n",
        "[[group]]\nnames.en = 'US'",
        "[[group]]\nnames.en = []",
        '[[group]]\nkind = "x"\nnames.en = ["a"]',
    ],
)
def test_a_broken_list_is_an_error_that_says_how_it_should_look(text: str) -> None:
    with pytest.raises(FormatError) as error:
        parse_aliases(text)
    assert error.value.hint
