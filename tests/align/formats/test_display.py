"""Text made safe to look at."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.formats.display import fold, language_name, name_of, plain

ANY = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\tb\n\n c ", "a b c"),
        ("\x1b[31m\x07", "␛[31m␇"),
        ("\x7f\x9b", "␡⟨U+009B⟩"),
        ("a\u202eb\u202c", "a⟨RLO⟩b⟨PDF⟩"),
        ("\ud800\ufffe", "⟨U+D800⟩⟨U+FFFE⟩"),
        ("می\u200cخواهم\u200f", "می\u200cخواهم\u200f"),
        ("1\u00a0000", "1\u00a0000"),
    ],
)
def test_what_would_be_obeyed_or_lost_is_shown(text: str, seen: str) -> None:
    assert plain(text) == seen


@given(ANY)
def test_nothing_shown_can_steer_a_terminal(text: str) -> None:
    assert not {unicodedata.category(c) for c in plain(text)} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(c) for c in plain(text)} & {
        *["LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"]
    }


@given(ANY)
def test_folded_text_is_one_line_and_folds_no_further(text: str) -> None:
    assert "\n" not in fold(text)
    assert fold(fold(text)) == fold(text)


@given(ANY)
def test_letters_are_never_changed(text: str) -> None:
    letters = [c for c in text if c.isalpha()]
    assert [c for c in fold(text) if c.isalpha()] == letters


def test_every_bidirectional_control_has_its_own_name() -> None:
    codes = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    assert len({name_of(chr(code)) for code in codes}) == len(codes)


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("ru", "Russian"),
        ("pt-BR", "Portuguese (BR)"),
        ("zh_TW", "Chinese (TW)"),
        ("xx", "xx"),
        ("", "unknown language"),
    ],
)
def test_languages_are_named_in_english(lang: str, name: str) -> None:
    assert language_name(lang) == name
