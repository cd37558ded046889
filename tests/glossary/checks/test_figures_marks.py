"""Quotation marks, brackets, dashes of turns, and names with and without quotation marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.model import Extract
from align.segment import build_document
from glossary.checks.figures import RULES
from glossary.checks.run import check_pair, check_text
from glossary.checks.settings import Settings
from glossary.checks.views import PairView, TextView
from glossary.model import Finding
from tests.glossary.checks.examples import pair_of, text_of

SEED = Path(__file__).resolve().parents[4] / "shared" / "seed" / "interview.en.txt"


def check(lines: list[str], lang: str, *codes: str) -> list[Finding]:
    """What the rules of these codes find in a text, a block a line."""
    rules = [rule for rule in RULES if rule.code in codes]
    return check_text(TextView(text_of(lines, lang), Settings()), rules)[0]


def texts(lines: list[str], lang: str, code: str) -> list[str]:
    """The texts of what one rule finds."""
    return [one.spot.text for one in check(lines, lang, code)]


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("Он сказал: «Да» – и ушёл.", "ru"),
        ("«Союз „Погонщик“» и «Фонд».", "ru"),
        ("Завод ООО «Фирма «Заря».", "ru"),
        ("He said “yes,” then 'no'.", "en"),
        ('A 12" pipe and a "pipe".', "en"),
        ("Er sagte „Ja“ und »Nein«.", "de"),
        ("Hän sanoi ”kyllä” ja lähti.", "fi"),
        ("他说：“好。”《日报》「新」", "zh"),
        ("Il dit « oui » et « non ».", "fr"),
        ('""How to wait" is a book", he said.', "en"),
    ],
)
def test_quotations_in_pairs_are_left_alone(line: str, lang: str) -> None:
    assert texts([line], lang, "F007") == []


@pytest.mark.parametrize(
    ("line", "lang", "mark"),
    [
        ("Он сказал: «Да – и ушёл.", "ru", "«"),
        ("Он сказал: Да» – и ушёл.", "ru", "»"),
        ("«Талибан и «Шамширан» воюют.", "ru", "«"),
        ("He said “yes and left.", "en", "“"),
        ('He said yes" and left.', "en", '"'),
        ("Er sagte „Ja und ging.", "de", "„"),
        ("他说：“好。", "zh", "“"),
        ("彼は「はい」と「いいえと言った。", "ja", "「"),
    ],
)
def test_a_quotation_mark_without_partner_is_found(line: str, lang: str, mark: str) -> None:
    assert texts([line], lang, "F007") == [mark]


def test_a_quotation_may_run_over_several_blocks() -> None:
    assert texts(["She said: “First.", "Then nothing.", "At last.”"], "en", "F007") == []


def test_a_long_speech_may_open_every_paragraph_again() -> None:
    long = "word " * 40
    assert texts([f"“{long}.", f"“{long}.”"], "en", "F007") == []


def test_a_quotation_opened_in_one_style_and_closed_in_another_is_one_finding() -> None:
    assert texts(['Он сказал: «Да" и ушёл.'], "ru", "F007") == ["«"]


def test_what_the_original_leaves_open_is_not_reported_again() -> None:
    view = PairView(pair_of([("Он сказал: «Да.", "He said: “Yes.")], ("ru", "en")), Settings())
    rules = [rule for rule in RULES if rule.code == "F007"]
    assert check_pair(view, rules)[0] == []


def test_a_mark_lost_in_one_sentence_is_not_made_good_by_another() -> None:
    rows = [("Газета «День» вышла.", "The paper “Day came out."), ("Конец.", "The end.”")]
    view = PairView(pair_of(rows, ("ru", "en")), Settings())
    rules = [rule for rule in RULES if rule.code == "F007"]
    assert "“" in [one.spot.text for one in check_pair(view, rules)[0]]


@pytest.mark.parametrize(
    "line", ["(a) one, b) two", "1) раз", "Привет :)", "Привет)))", "x (y [z]) (8)", "（好）", "¯\\_(ツ)_/¯"]
)
def test_brackets_in_pairs_and_those_of_lists_and_faces_are_left_alone(line: str) -> None:
    assert texts([line], "ru", "F008") == []


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Сеть (запрещена в РФ живёт.", "("),
        ("Сеть запрещена в РФ) живёт.", ")"),
        ("a [b (c) d", "["),
        ("（好", "（"),
    ],
)
def test_a_bracket_without_partner_is_found(line: str, mark: str) -> None:
    assert texts([line], "ru", "F008") == [mark]


def test_every_rarer_dash_is_found_with_its_correction_and_the_table() -> None:
    found = check(["— Кто?", "- Мы.", "— Где?", "— Там."], "ru", "F009")
    assert [(one.spot.text, one.replacement) for one in found] == [("-", "—")]
    assert [(row.text, row.count) for row in found[0].table] == [("—", 3), ("-", 1)]


def test_of_two_dashes_as_frequent_the_longer_stays() -> None:
    assert texts(["— Кто?", "- Мы.", "— Где?", "- Там."], "ru", "F009") == ["-", "-"]


def test_two_turns_are_too_few_to_compare() -> None:
    assert texts(["— Кто?", "- Мы."], "ru", "F009") == []


def test_dashes_inside_sentences_are_not_compared() -> None:
    assert texts(["— Кто - мы?", "— Мы – это мы.", "— Так."], "ru", "F009") == []


@pytest.mark.skipif(not SEED.exists(), reason="the seed interview is not here")
def test_the_seed_interview_mixes_its_dashes() -> None:
    document = build_document(Extract(SEED.read_text("utf-8"), "txt"), name="seed", lang="en")
    rules = [rule for rule in RULES if rule.code == "F009"]
    found, _ = check_text(TextView(document, Settings()), rules)
    assert {one.spot.text for one in found} == {"–"}


def test_a_mention_that_lost_its_quotation_marks_is_found_in_any_case_form() -> None:
    lines = ["Вожди «Шамширана» молчат.", "Отряд «Шамшираном» назван.", "Люди за Шамширан не идут."]
    assert texts(lines, "ru", "F010") == ["Шамширан"]


def test_quotation_marks_at_the_first_mention_alone_are_left_in_peace_in_english() -> None:
    lines = ["The “Clean Water” program left.", "Later Clean Water came back.", "And Clean Water stayed."]
    assert texts(lines, "en", "F010") == []


def test_words_of_dialogue_are_no_names() -> None:
    lines = ["“No,” he said.", "“No,” she said.", "The answer was No then."]
    assert texts(lines, "en", "F010") == []


def test_a_part_of_a_longer_name_is_another_name() -> None:
    lines = ["Бойцы «Вагнера» ушли.", "Штаб «Вагнера» пуст.", "Играли Рихарда Вагнера весь вечер."]
    assert texts(lines, "ru", "F010") == []


def test_names_are_not_compared_without_capital_letters() -> None:
    rules = [rule for rule in RULES if rule.code == "F010"]
    _, gaps = check_text(TextView(text_of(["“好”来了。"], "zh"), Settings()), rules)
    assert [gap.code for gap in gaps] == ["F010"]


@given(st.lists(st.text(alphabet='аБ «»“”„"()[]-–—.,1', min_size=1, max_size=20), min_size=1, max_size=5))
def test_any_text_is_checked_and_every_finding_has_text(lines: list[str]) -> None:
    assert all(one.spot.text for one in check(lines, "ru", "F007", "F008", "F009", "F010"))


def test_a_quotation_mark_behind_a_number_of_something_is_no_sign_for_inches() -> None:
    assert texts(['They call him Guide No. 1" there.'], "en", "F007") == ['"']


def over(rows: list[tuple[str, str]], code: str) -> list[str]:
    """The texts of what one rule finds in a Russian original and its English translation."""
    rules = [rule for rule in RULES if rule.code == code]
    found = check_pair(PairView(pair_of(rows, ["ru", "en"]), Settings()), rules)[0]
    return [one.spot.text for one in found]


def test_single_marks_inside_a_quotation_answer_for_a_pair_of_the_original() -> None:
    rows = [
        ("Он начал так.", '"It works.'),
        (
            "Важно слушать «соседей» и друзей.",
            "It is important to listen to 'neighbors' and friends,\" he said.",
        ),
    ]
    assert over(rows, "F007") == []


def test_a_name_with_its_article_in_the_quotation_marks_is_the_same_name() -> None:
    rows = [
        ("Помогает только программа «Зерно горам».", "Only the Grain for Peaks program helps."),
        ("«Зерно горам» тоже уехало.", '"The Grain for Peaks" also left.'),
    ]
    assert over(rows, "F010") == ["Grain for Peaks"]
