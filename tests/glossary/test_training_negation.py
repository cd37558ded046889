"""The command that makes the weights of F006: what it takes out of sentences, and what it learns from them."""

from __future__ import annotations

import lzma
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.checks.figures.negation_traces import Sign
from glossary.training.losing import LANGUAGES, robbed
from glossary.training.negation import Sentence, fit, look, losses, main, read, threshold


@pytest.mark.parametrize(
    ("lang", "text", "left"),
    [
        ("en", "The bridge is not safe.", ["The bridge is safe."]),
        ("en", "The mayor did not reply.", ["The mayor did reply.", "The mayor replied."]),
        ("en", "She doesn't carry it.", ["She does carry it.", "She carries it."]),
        ("en", "They won’t wait.", ["They will wait."]),
        ("en", "We cannot cross.", ["We can cross."]),
        ("en", "Never believe a ferryman.", ["Believe a ferryman."]),
        ("en", "There is no answer.", ["There is an answer."]),
        ("ru", "Мэр не ответил.", ["Мэр ответил."]),
        ("uk", "Не чекайте пором.", ["Чекайте пором."]),
        ("de", "Die Brücke ist nicht sicher.", ["Die Brücke ist sicher."]),
        ("de", "Der Brief kommt nicht.", ["Der Brief kommt."]),
        ("de", "Es gibt keine Antwort.", ["Es gibt eine Antwort."]),
    ],
)
def test_a_negation_is_taken_out_in_each_way_there_is(lang: str, text: str, left: list[str]) -> None:
    assert [one.text for one in robbed(text, lang)] == left


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The bridge is safe."),
        ("en", "Nobody did not reply."),
        ("en", "It does not only rain."),
        ("en", "It is no longer safe."),
        ("ru", "Он не только врач."),
        ("ru", "Никто не ответил."),
        ("de", "Das ist nicht nur teuer."),
    ],
)
def test_what_has_no_negation_or_several_or_a_phrase_is_left_alone(lang: str, text: str) -> None:
    assert robbed(text, lang) == []


@given(st.sampled_from(sorted(LANGUAGES)), st.text("not did no never не nicht kein ist. ", max_size=50))
def test_a_robbed_sentence_is_another_one(lang: str, text: str) -> None:
    assert all(one.text != text for one in robbed(text, lang))


ROWS = [
    ("Мэр не открыл мост.", "The mayor did not open the bridge."),
    ("Паром не ждёт пассажиров.", "The ferry does not wait for passengers."),
    ("Учитель поливает розы.", "The teacher waters the roses."),
    ("Никто не ответил.", "Nobody answered."),
]


def sentences() -> list[Sentence]:
    return [Sentence(("ru", "en"), "mlqe_pe", one, two) for one, two in ROWS]


def test_losses_are_made_of_the_pairs_that_deny_once_on_either_side() -> None:
    assert [one.theirs for one in losses(sentences(), 1)] == [ROWS[0][0], ROWS[1][0]]


def test_the_same_seed_makes_the_same_losses() -> None:
    assert list(losses(sentences() * 5, 3)) == list(losses(sentences() * 5, 3))


def test_a_loss_is_seen_and_a_clean_pair_is_not() -> None:
    from align.embed import load_embedder
    from glossary.extract.vectors import Vectors

    vectors = Vectors(load_embedder())
    seen = look([*losses(sentences(), 1), *sentences()], vectors)
    assert [one.sign is not None for one in seen] == [True, True, False, False, False, False]


def test_the_fit_finds_the_weights_that_labels_were_drawn_with() -> None:
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(20_000, 2))
    labels = (rng.random(20_000) < 1 / (1 + np.exp(-(2 * rows[:, 0] - rows[:, 1])))).astype(np.float64)
    weights, offset = fit(rows, labels)
    assert [*weights, offset] == pytest.approx([2, -1, 0], abs=0.1)


def test_a_sign_that_never_shows_has_no_weight() -> None:
    rows = np.array([[1.0, 0], [0.8, 0], [0.2, 0], [0.1, 0]])
    assert fit(rows, np.array([1.0, 1, 0, 0]))[0][1] == 0


def test_no_more_clean_sentences_are_reported_than_asked_for() -> None:
    clean = [n / 100 for n in range(200)]
    assert threshold(clean, [1.975, 2.0], 1.0).reported <= 0.01


def test_the_share_of_losses_above_the_threshold_is_given() -> None:
    assert threshold([0.0, 0.5] * 100, [0.2, 0.9], 0.0).found == 0.5


def write(folder: Path, name: str, rows: list[tuple[str, str, str]]) -> None:
    (folder / "train").mkdir(exist_ok=True)
    with lzma.open(folder / "train" / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)


def test_scripture_and_manuals_are_not_read(tmp_path: Path) -> None:
    sources = ("mlqe_pe", "bible_zefania_pd", "manpages_l10n", "tico19")
    write(tmp_path, "ru-en", [(*row, source) for row, source in zip(ROWS, sources, strict=True)])
    kept, held = read(tmp_path, ["ru-en"], 1)
    assert {one.source for one in kept + held} == {"mlqe_pe", "tico19"}


def test_each_pair_is_read_both_ways_and_is_on_one_side_only(tmp_path: Path) -> None:
    write(tmp_path, "ru-en", [(*row, "mlqe_pe") for row in ROWS])
    kept, held = read(tmp_path, ["ru-en"], 1)
    texts = [{frozenset((one.theirs, one.ours)) for one in side} for side in (kept, held)]
    assert (len(kept) + len(held), texts[0] & texts[1]) == (8, set())


def test_a_folder_without_training_data_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_weights_are_as_many_as_the_signs() -> None:
    from glossary.checks.figures.negation_traces import _FITTED

    assert [len(weights) for weights, _ in _FITTED.values()] == [len(Sign._fields)] * 2
