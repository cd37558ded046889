"""Pairs by names, patterns, addresses and lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.archive.match_listing import Listed, Listing
from align.archive.match_names import (
    by_alternates,
    by_list,
    by_names,
    by_pattern,
    by_urls,
    pattern_of,
    url_key,
)
from align.archive.pairs import DocumentPair
from align.errors import InputError, UsageError


def side(given: str, *names: str, urls: tuple[str, ...] = ()) -> Listing:
    stems = [name.rpartition(".")[0] for name in names]
    found = zip(names, stems, urls or [""] * len(names), strict=True)
    return Listing(given, tuple(Listed(f"{given}/{name}", stem, url) for name, stem, url in found))


@pytest.mark.parametrize(
    ("patterns", "ours", "theirs"),
    [
        (("ru/{key}.html", "en/{key}.html"), "2020/port.html", "2020/port.html"),
        (("{key}.html", "{key}-eng.html"), "port.html", "port-eng.html"),
        (("news_{day}_*_{n}.txt", "{n}/{day}.txt"), "news_0304_порт_7.txt", "7/0304.txt"),
        ((r"(?P<n>\d+)_ru", r"article-(?P<n>\d+)"), "17_ru.txt", "article-17.txt"),
        (("*/{key}.txt", "**/{key}.txt"), "a/port.txt", "b/c/port.txt"),
        (("{key}/{key}.txt", "{key}.txt"), "port/port.txt", "port.txt"),
    ],
    ids=["from-here", "below", "two-names", "expression", "stars", "twice"],
)
def test_a_pattern_pairs_what_has_the_same_text_at_its_names(
    patterns: tuple[str, str], ours: str, theirs: str
) -> None:
    found = by_pattern(side("ru", ours, "other.doc"), side("en", theirs, "other.doc"), pattern_of(*patterns))
    assert [(pair.source, pair.target) for pair in found.pairs] == [(f"ru/{ours}", f"en/{theirs}")]


def test_a_pattern_of_addresses_looks_at_addresses() -> None:
    pattern = pattern_of("https://x.org/{id}/", "https://en.x.org/{id}/")
    ours = side("ru", "a.html", "b.html", urls=("https://x.org/5/", ""))
    theirs = side("en", "z.html", urls=("https://en.x.org/5/",))
    assert by_pattern(ours, theirs, pattern).pairs == (DocumentPair("ru/a.html", "en/z.html", None, "url"),)


def test_documents_that_share_their_key_are_left_to_the_next_step() -> None:
    pattern = pattern_of("{n}_*.txt", "{n}.txt")
    found = by_pattern(side("ru", "1_a.txt", "1_b.txt", "2_a.txt"), side("en", "1.txt", "2.txt"), pattern)
    assert [pair.source for pair in found.pairs] == ["ru/2_a.txt"]
    assert set(found.ambiguous) == {"ru/1_a.txt", "ru/1_b.txt", "en/1.txt"}


@pytest.mark.parametrize(
    ("source", "target"),
    [("ru/{key}", "en/{name}"), ("ru/", "en/"), ("(?P<a>[", "(?P<a>x)"), ("{a}", "(?P<a>x)(?P<b>y)")],
    ids=["other-names", "no-names", "no-expression", "one-more"],
)
def test_patterns_that_do_not_fit_are_refused(source: str, target: str) -> None:
    with pytest.raises(UsageError):
        pattern_of(source, target)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/ru/news/port.html",
        "http://en.example.org/news/port",
        "example.org/news/port/?lang=en",
        "https://example.org/news/port_de.htm#top",
        "HTTPS://Example.org/en-US/news/port.php",
    ],
)
def test_addresses_that_differ_in_the_mark_of_a_language_are_alike(url: str) -> None:
    assert url_key(url) == ("example.org", "news/port", "")


def test_addresses_with_other_words_in_the_query_are_not_alike() -> None:
    assert url_key("https://example.org/?id=1") != url_key("https://example.org/?id=2")


@given(st.text(max_size=60))
def test_any_text_may_stand_where_an_address_should(text: str) -> None:
    assert len(url_key(text)) == 3


def test_pages_are_paired_by_their_addresses() -> None:
    ours = side("ru", "1.html", "2.html", urls=("https://x.org/ru/a", "https://x.org/ru/b"))
    theirs = side("en", "8.html", "9.html", urls=("https://x.org/en/b", ""))
    assert [(pair.source, pair.target) for pair in by_urls(ours, theirs).pairs] == [
        ("ru/2.html", "en/8.html")
    ]


def test_a_page_that_names_its_translation_is_paired_with_it() -> None:
    ours = side("ru", "1.html", urls=("https://x.org/порт",))
    theirs = side("en", "8.html", "9.html", urls=("https://x.org/closed", "https://x.org/open"))
    found = by_alternates(
        ours, theirs, {"ru/1.html": ("https://x.org/open/",)}, {"en/9.html": ("https://x.org/порт",)}
    )
    assert found.pairs == (DocumentPair("ru/1.html", "en/9.html", None, "url"),)


def test_a_page_that_two_others_name_is_left_to_the_next_step() -> None:
    ours = side("ru", "1.html", "2.html", urls=("https://x.org/a", "https://x.org/b"))
    theirs = side("en", "9.html", urls=("https://x.org/open",))
    named = {"ru/1.html": ("https://x.org/open",), "ru/2.html": ("https://x.org/open",)}
    assert by_alternates(ours, theirs, named, {}).pairs == ()


def test_names_alike_but_for_the_language_are_paired() -> None:
    found = by_names(side("ru", "port.ru.txt", "b.txt"), side("en", "port_en.txt", "c.txt"))
    assert found.pairs == (DocumentPair("ru/port.ru.txt", "en/port_en.txt", None, "name"),)


def test_where_no_names_are_alike_nothing_is_paired() -> None:
    assert by_names(side("ru", "a.txt"), side("en", "b.txt")).pairs == ()


@pytest.mark.parametrize("paths", [("ru/a.txt", "en/b.txt"), ("a.txt", "b.txt"), ("./ru/a.txt", "en\\b.txt")])
def test_a_list_may_give_paths_from_here_or_below_what_was_given(paths: tuple[str, str]) -> None:
    found = by_list(side("ru", "a.txt"), side("en", "b.txt"), [DocumentPair(*paths)], "list.tsv")
    assert found.pairs == (DocumentPair("ru/a.txt", "en/b.txt", None, "list"),)


def test_a_list_may_go_the_other_way() -> None:
    found = by_list(
        side("ru", "a.txt"), side("en", "b.txt"), [DocumentPair("en/b.txt", "ru/a.txt")], "list.tsv"
    )
    assert found.pairs == (DocumentPair("ru/a.txt", "en/b.txt", None, "list"),)


def test_what_a_list_names_and_is_not_there_is_said() -> None:
    pairs = [DocumentPair("a.txt", "b.txt"), DocumentPair("a.txt", "zz.txt")]
    assert by_list(side("ru", "a.txt"), side("en", "b.txt"), pairs, "list.tsv").missing == ("zz.txt",)


def test_a_list_of_which_nothing_is_there_is_an_error() -> None:
    with pytest.raises(InputError, match="none of its pairs"):
        by_list(side("ru", "a.txt"), side("en", "b.txt"), [DocumentPair("x", "y")], "list.tsv")
