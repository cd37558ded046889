"""The shared text form: what is written is read back, whatever is in it, and it suits version control."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import ConcordError, EncodingError, FormatError, InputError
from glossary.formats.toml import read, shared, write
from glossary.model import Concept, Entry, Link, Term
from tests.glossary.entries_strategies import entries

MILL = Entry(
    Concept("mill", "other", (Term("мельница", "ru", status="preferred"), Term("mill", "en")), "approved"),
    decided=True,
)
GUILD = Entry(
    Concept("guild", "organisation", (Term("guild", "en"),), "rejected", reason="rare"), decided=True
)


def read_text(text: str) -> list[Entry]:
    """The entries of a text form."""
    return read(text.encode("utf-8"), name="terms.toml")


@given(st.lists(entries(), max_size=4, unique_by=lambda e: e.concept.id))
def test_what_is_written_is_read_back(found: list[Entry]) -> None:
    wanted = sorted((shared(entry) for entry in found), key=lambda e: e.concept.id)
    assert read_text(write(found)) == wanted


@given(st.lists(entries(), max_size=4, unique_by=lambda e: e.concept.id), st.randoms())
def test_the_same_glossary_is_always_the_same_file(found: list[Entry], random: Random) -> None:
    mixed = list(found)
    random.shuffle(mixed)
    assert write(mixed) == write(found)
    assert write(read_text(write(found))) == write(found)


def test_a_decision_changes_only_the_lines_that_it_is_about() -> None:
    terms = (MILL.concept.terms[0], replace(MILL.concept.terms[1], status="forbidden"))
    changed = replace(MILL, concept=replace(MILL.concept, terms=terms))
    before, after = write([MILL, GUILD]).splitlines(), write([changed, GUILD]).splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ('  { lang = "en", text = "mill" },', '  { lang = "en", text = "mill", status = "forbidden" },')
    ]


def test_links_that_nobody_confirmed_are_not_shared() -> None:
    links = (Link("narrower", "guild", proposed=True), Link("short form of", "guild", proposed=False))
    held = replace(MILL, concept=replace(MILL.concept, links=links))
    (_, found) = read_text(write([held, GUILD]))
    assert found.concept.links == links[1:]


def test_line_ends_of_other_systems_are_read() -> None:
    assert read_text(write([MILL]).replace("\n", "\r\n")) == [shared(MILL)]


def test_a_byte_order_mark_is_read_over() -> None:
    assert read(b"\xef\xbb\xbf" + write([MILL]).encode(), name="terms.toml") == [shared(MILL)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "version"),
        ("concord_glossary = 2\n", "version 2"),
        ("concord_glossary = 1\n[a\n", "line 2"),
        ("concord_glossary = 1\n<<<<<<< ours\n", "conflict marks"),
        ("concord_glossary = 1\na = 1\n", "no stanza"),
        ("concord_glossary = 1\n[a]\nkind = 'other'\ncolour = 'red'\n", "colour"),
        ("concord_glossary = 1\n[a]\nkind = 'other'\nterms = 'mill'\n", "terms"),
        ("concord_glossary = 1\n[a]\nkind = 'other'\nterms = [{ text = 'mill' }]\n", "lang"),
        ("concord_glossary = 1\n[a]\nkind = 'other'\nterms = [{ text = 1, lang = 'en' }]\n", "text"),
        ("concord_glossary = 1\n[a]\nkind = 'other'\nkeys = [1]\n", "keys"),
        ("concord_glossary = 1\n[a]\nkind = 'other'\n[a]\n", "TOML"),
        ("[" * 5000, "TOML"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(text: str, word: str) -> None:
    with pytest.raises(FormatError, match=word) as caught:
        read_text(text)
    assert "terms.toml" in str(caught.value)


@pytest.mark.parametrize(
    ("terms", "word"),
    [
        (["text = 'a', lang = 'en', status = 'perfect'"], "perfect"),
        ([f"text = '{'x' * 10_000}', lang = 'en'"], "10,000"),
        (["text = 'a', lang = 'en', scope = 'planet=Mars'"], "planet"),
        (["text = 'a', lang = 'english!'"], "english!"),
        (
            [
                "text = 'a', lang = 'en', status = 'preferred'",
                "text = 'A', lang = 'en', status = 'forbidden'",
            ],
            "both",
        ),
    ],
)
def test_what_may_not_stand_in_a_glossary_is_refused_with_its_stanza(terms: list[str], word: str) -> None:
    listed = ", ".join(f"{{ {term} }}" for term in terms)
    with pytest.raises(ConcordError, match=word) as caught:
        read_text(f"concord_glossary = 1\n[a]\nkind = 'other'\nterms = [{listed}]\n")
    assert "terms.toml, [a]" in str(caught.value)


def test_a_file_that_is_not_utf_8_is_refused_with_its_line() -> None:
    with pytest.raises(EncodingError, match="line 2"):
        read("concord_glossary = 1\n# цех".encode("cp1251"), name="terms.toml")


@given(
    st.binary(max_size=60)
    | st.text(max_size=60).map(lambda s: f"concord_glossary = 1\n{s}".encode("utf-8", "replace"))
)
def test_whatever_the_file_holds_the_answer_is_an_error_that_names_it(data: bytes) -> None:
    error = None
    try:
        read(data, name="terms.toml")
    except InputError as caught:
        error = caught
    assert error is None or "terms.toml" in str(error)
