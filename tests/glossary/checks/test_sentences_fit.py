"""S003, S005 and S006: what is doubtful, still in the original's language, or cut short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.checks.base import Rule
from glossary.checks.sentences import doubtful_bead, length_differs, untranslated_segment
from glossary.checks.sentences.fit import size
from glossary.checks.settings import Settings
from glossary.model import Finding
from tests.glossary.checks.examples import over_pair, pair_of

Rows = list[tuple[str, str]]
ROWS: Rows = [
    (
        "Мельница у реки стояла пустой двадцать лет.",
        "The mill by the river had stood empty for twenty years.",
    ),
    ("Соседи сначала смеялись над её затеей.", "At first the neighbours laughed at her plan."),
    ("К августу колесо снова поворачивалось.", "By August the wheel was turning again."),
]
LONG = (
    "Вдова велела заменить крышу и очистить пруд от ила, а плотники из соседней деревни починили колесо и дверь "
    "амбара.",
    "The widow had the roof replaced and the pond cleared of silt, and carpenters from the next village mended the "
    "wheel and the door of the barn.",
)


def found(rule: Rule, rows: Rows, langs: tuple[str, str] = ("ru", "en")) -> list[Finding]:
    return over_pair(rule, pair_of(rows, langs), Settings())[0]


def texts(rule: Rule, rows: Rows, langs: tuple[str, str] = ("ru", "en")) -> list[str]:
    return [one.spot.text for one in found(rule, rows, langs)]


# S006


def test_a_whole_long_sentence_is_no_finding() -> None:
    assert texts(length_differs.RULE, [*ROWS, LONG]) == []


def test_the_translation_of_half_a_sentence_is_found_and_the_rest_is_shown() -> None:
    half = "The widow had the roof replaced and the pond cleared of silt."
    (one,) = found(length_differs.RULE, [*ROWS, (LONG[0], half)])
    assert one.spot.text == half
    assert "плотники из соседней деревни" in one.evidence[0].text


def test_half_a_sentence_too_much_is_found_where_it_stands() -> None:
    half = "Вдова велела заменить крышу и очистить пруд от ила."
    (one,) = found(length_differs.RULE, [*ROWS, (half, LONG[1])])
    assert one.spot.text.endswith("the next village mended the wheel and the door of the barn.")


def test_a_short_sentence_may_differ_in_length() -> None:
    assert (
        texts(
            length_differs.RULE, [*ROWS, ("Ну и ну!", "Well, I never heard of such a thing in all my life!")]
        )
        == []
    )


def test_without_a_model_it_says_that_lengths_alone_were_compared() -> None:
    from glossary.checks.run import check_pair
    from glossary.checks.views import PairView

    _, gaps = check_pair(PairView(pair_of(ROWS, ("ru", "en")), Settings()), [length_differs.RULE])
    assert [gap.code for gap in gaps] == ["S006"]


@given(st.text(alphabet="abc вгд漢字 ", max_size=30), st.text(alphabet="abc вгд漢字 ", max_size=30))
def test_the_size_of_two_texts_is_the_sum_of_theirs(one: str, other: str) -> None:
    assert size(one + other) == pytest.approx(size(one) + size(other))


# S005


@pytest.mark.parametrize(
    ("langs", "left"),
    [
        (("ru", "en"), "Соседи сначала смеялись над её затеей."),
        (("en", "ru"), "At first the neighbours laughed at her plan."),
        (("de", "en"), "Am Anfang lachten die Nachbarn über ihren Plan und gingen nach Hause."),
        (("en", "de"), "At first the neighbours laughed at her plan and went home."),
        (("en", "fr"), "At first the neighbours laughed at her plan and went home."),
        (("zh", "en"), "邻居们起初嘲笑她的计划。"),
        (("ja", "en"), "隣人たちは最初、彼女の計画を笑った。"),
        (("en", "ja"), "At first the neighbours laughed at her plan."),
    ],
    ids="-".join,
)  # fmt: skip
def test_a_sentence_left_in_the_originals_language_is_found(langs: tuple[str, str], left: str) -> None:
    known = {
        "ru": "Мельница у реки стояла пустой двадцать лет.", "en": "The mill had stood empty for twenty years.",
        "de": "Die Mühle hatte zwanzig Jahre leer gestanden.", "fr": "Le moulin était resté vide pendant vingt ans.",
        "zh": "磨坊已经空置了二十年。", "ja": "水車小屋は二十年間空いていた。",
    }  # fmt: skip
    rows = [(known[langs[0]], known[langs[1]]), (left, left)]
    assert texts(untranslated_segment.RULE, rows, langs) == [left]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Мост построила фирма «Северный берег».", "The bridge was built by the company «Северный берег»."),
        ("Он читал «Нью-Йорк таймс».", "He was reading The New York Times."),
        ("Слово «тоска» не переводится.", "The word тоска (toska) cannot be translated."),
    ],
)
def test_names_and_quotations_may_stay_as_they_are(source: str, target: str) -> None:
    assert texts(untranslated_segment.RULE, [*ROWS, (source, target)]) == []


def test_names_in_latin_letters_may_stand_in_a_text_in_cyrillic() -> None:
    rows = [(b, a) for a, b in ROWS]
    assert (
        texts(untranslated_segment.RULE, [*rows, ("Sony Music, Apple", "Sony Music, Apple")], ("en", "ru"))
        == []
    )


def test_a_stretch_left_in_the_originals_script_is_found_alone() -> None:
    row = ("Колесо снова поворачивалось весь август.", "The wheel снова поворачивалось весь август again.")
    assert texts(untranslated_segment.RULE, [*ROWS, row]) == ["снова поворачивалось весь август"]


def test_a_name_that_both_languages_share_is_no_finding() -> None:
    rows = [
        ("Die Mühle stand leer.", "The mill stood empty."),
        ("Volkswagen Golf Variant", "Volkswagen Golf Variant"),
    ]
    assert texts(untranslated_segment.RULE, rows, ("de", "en")) == []


def test_two_texts_of_one_language_are_said_to_be_unchecked() -> None:
    _, gaps = over_pair(
        untranslated_segment.RULE, pair_of([("A mill.", "A mill.")], ("en", "en")), Settings()
    )
    assert [gap.reason for gap in gaps] == ["both texts are in one language"]


# S003


def test_pairs_that_say_the_same_are_not_doubtful() -> None:
    assert texts(doubtful_bead.RULE, ROWS) == []


def test_an_unlike_pair_that_the_aligner_doubts_is_shown() -> None:
    from align.model import Alignment, Bead

    other = "Snow lay on the roofs of Lima until the end of April."
    alignment = pair_of([*ROWS, *ROWS, ("Паромщик берёт за переезд две монеты.", other)], ("ru", "en"))
    beads = (*alignment.beads[:-1], Bead((6,), (6,), confidence=0.1))
    doubted = Alignment(
        alignment.source, alignment.target, beads, alignment.signature, alignment.doubtful_below
    )
    assert [one.spot.text for one in over_pair(doubtful_bead.RULE, doubted, Settings())[0]] == [other]


@pytest.mark.parametrize("rule", [doubtful_bead.RULE, length_differs.RULE])
def test_what_a_person_has_confirmed_is_not_judged(rule: Rule) -> None:
    from align.model import Alignment, Bead

    alignment = pair_of([ROWS[0], (LONG[0], "Snow lay on the roofs.")], ("ru", "en"))
    beads = tuple(Bead(b.source, b.target, state="confirmed") for b in alignment.beads)
    confirmed = Alignment(
        alignment.source, alignment.target, beads, alignment.signature, alignment.doubtful_below
    )
    assert over_pair(rule, confirmed, Settings())[0] == []
