"""S001, S002 and S004: what has no counterpart, and what stands elsewhere, by the real aligner."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.model import Alignment, Bead, Document
from glossary.checks.base import Rule
from glossary.checks.sentences import added_sentence, moved_block, omitted_sentence
from glossary.checks.settings import Settings
from glossary.model import Finding
from tests.glossary.checks.examples import over_pair, pair_of, text_of

RU = (
    "Мельница у реки стояла пустой двадцать лет.",
    "Весной её купила вдова часовщика из Гамбурга.",
    "Она велела заменить крышу и очистить пруд от ила.",
    "Соседи сначала смеялись над её затеей.",
    "Потом они стали приходить с молотками и досками.",
    "К августу колесо снова поворачивалось.",
    "Первый мешок муки она подарила школе.",
    "Дети испекли из него двенадцать пирогов с вишней.",
    "Один пирог отправили бургомистру вместе с письмом.",
    "В письме просили починить мост через ручей.",
    "Бургомистр ответил, что денег на мост в этом году нет.",
    "Тогда дети сложили мост из старых дверей.",
)
EN = (
    "The mill by the river had stood empty for twenty years.",
    "In spring a watchmaker's widow from Hamburg bought it.",
    "She had the roof replaced and the pond cleared of silt.",
    "At first the neighbours laughed at her plan.",
    "Then they began to come with hammers and boards.",
    "By August the wheel was turning again.",
    "She gave the first sack of flour to the school.",
    "The children baked twelve cherry pies from it.",
    "One pie was sent to the mayor together with a letter.",
    "The letter asked him to repair the bridge over the brook.",
    "The mayor replied that there was no money for the bridge this year.",
    "So the children built a bridge out of old doors.",
)
STRANGE = "A meteorite the size of a melon is on display in the observatory of Lima."


def aligned(source: tuple[str, ...], target: tuple[str, ...]) -> Alignment:
    """The pair as the aligner sees it."""
    from align.pipeline import align_versions

    documents: list[Document] = [text_of(source, "ru"), text_of(target, "en")]
    return align_versions(documents)[0]


def found(rule: Rule, alignment: Alignment) -> list[Finding]:
    return over_pair(rule, alignment, Settings())[0]


def texts(rule: Rule, alignment: Alignment) -> list[str]:
    return [one.spot.text for one in found(rule, alignment)]


@cache
def clean() -> Alignment:
    return aligned(RU, EN)


@pytest.mark.parametrize(
    "rule", [omitted_sentence.RULE, added_sentence.RULE, moved_block.RULE], ids=lambda r: r.code
)
def test_nothing_is_found_in_a_whole_translation(rule: Rule) -> None:
    assert texts(rule, clean()) == []


@pytest.mark.parametrize("gone", [2, 5, 9])
def test_a_sentence_taken_out_of_the_translation_is_found_in_the_original(gone: int) -> None:
    assert texts(omitted_sentence.RULE, aligned(RU, EN[:gone] + EN[gone + 1 :])) == [RU[gone]]


def test_sentences_left_out_in_a_row_are_one_finding() -> None:
    (one,) = found(omitted_sentence.RULE, aligned(RU, EN[:4] + EN[7:]))
    assert one.spot.text == "\n".join(RU[4:7])
    assert "These 3 sentences" in one.message


def test_the_evidence_shows_where_the_missing_sentence_would_stand() -> None:
    (one,) = found(omitted_sentence.RULE, aligned(RU, EN[:5] + EN[6:]))
    assert [(spot.text, spot.label) for spot in one.evidence] == [
        (EN[4], "would stand after this"),
        (EN[6], "would stand before this"),
    ]


@pytest.mark.parametrize("at", [1, 6, 12])
def test_a_sentence_put_into_the_translation_is_found(at: int) -> None:
    assert texts(added_sentence.RULE, aligned(RU, (*EN[:at], STRANGE, *EN[at:]))) == [STRANGE]


def test_a_sentence_that_the_aligner_put_into_a_bead_is_found_inside_it() -> None:
    rows = [(RU[n], EN[n]) for n in range(6)]
    rows[3] = (f"{RU[3]} / {RU[10]}", EN[3])
    assert texts(omitted_sentence.RULE, pair_of(rows, ("ru", "en"))) == [RU[10]]


def test_two_sentences_translated_by_one_are_no_omission() -> None:
    rows = [(RU[n], EN[n]) for n in range(6)]
    rows[3] = (f"{RU[3]} / {RU[4]}", f"{EN[3][:-1]}, and then they began to come with hammers and boards.")
    assert texts(omitted_sentence.RULE, pair_of(rows, ("ru", "en"))) == []


def test_what_a_person_has_confirmed_is_not_looked_into() -> None:
    alignment = pair_of([(RU[0], EN[0]), (f"{RU[3]} / {RU[10]}", EN[3]), (RU[5], EN[5])], ("ru", "en"))
    beads = tuple(Bead(b.source, b.target, state="confirmed") for b in alignment.beads)
    confirmed = Alignment(
        alignment.source, alignment.target, beads, alignment.signature, alignment.doubtful_below
    )
    assert texts(omitted_sentence.RULE, confirmed) == []


def test_a_row_of_stars_without_counterpart_is_no_omission() -> None:
    assert (
        texts(omitted_sentence.RULE, pair_of([(RU[0], EN[0]), ("* * *", ""), (RU[1], EN[1])], ("ru", "en")))
        == []
    )


def test_a_footnote_that_is_a_legal_mark_is_left_to_the_rules_on_marks() -> None:
    rows = [(RU[0], EN[0]), ("* Организация запрещена в РФ.", ""), (RU[1], EN[1])]
    assert texts(omitted_sentence.RULE, pair_of(rows, ("ru", "en"))) == []


def test_a_block_that_changed_its_place_is_one_finding() -> None:
    moved = EN[:1] + EN[4:10] + EN[1:4] + EN[10:]
    (one,) = found(moved_block.RULE, aligned(RU, moved))
    assert one.spot.text == "\n".join(EN[1:4])
    assert one.evidence[0].text == "\n".join(RU[1:4])


def test_a_block_that_moved_is_neither_left_out_nor_added() -> None:
    alignment = aligned(RU, EN[:1] + EN[4:10] + EN[1:4] + EN[10:])
    assert texts(omitted_sentence.RULE, alignment) == texts(added_sentence.RULE, alignment) == []


def test_a_single_sentence_that_moved_is_found() -> None:
    alignment = aligned(RU, EN[:1] + EN[2:9] + EN[1:2] + EN[9:])
    assert texts(moved_block.RULE, alignment) == [EN[1]]


def test_nulls_are_reported_without_a_model_too() -> None:
    from glossary.checks.run import check_pair
    from glossary.checks.views import PairView

    alignment = pair_of([(RU[0], EN[0]), (RU[1], ""), (RU[2], EN[2])], ("ru", "en"))
    findings, _ = check_pair(PairView(alignment, Settings()), [omitted_sentence.RULE])
    assert [one.spot.text for one in findings] == [RU[1]]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(range(len(RU))), min_size=2, max_size=8, unique=True))
def test_beads_that_are_whole_have_no_gaps_in_any_order(order: list[int]) -> None:
    rows = [(RU[n], EN[n]) for n in order]
    alignment = pair_of(rows, ("ru", "en"))
    assert texts(omitted_sentence.RULE, alignment) == texts(added_sentence.RULE, alignment) == []
