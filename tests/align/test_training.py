"""How the embedded model is made: cleaning, weighting, tokenizer, the gradient, and a miniature of the whole."""

from __future__ import annotations

import lzma
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from align.embed import load_embedder
from align.training import data
from align.training.__main__ import cells_of, main, number_texts, tokenizer_sample
from align.training.data import Pair, clean_pairs, first_of_sources, is_clean, load_pairs, tidy
from align.training.export import export
from align.training.parts import parts_of, plain
from align.training.sources import BY_NAME, SOURCES, is_permissive, share
from align.training.tokenizer import encode_all, train_tokenizer
from align.training.train import Corpus, Ragged, Settings, _gradient, _in_batch, _same_text, plan, rate_at


def pair(left: str, right: str, source: str = "tico19", languages: str = "ru-en") -> Pair:
    return Pair(left, right, source, languages)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  два\t слова ", "два слова"),
        ("press <b>Enter</b> now", "press Enter now"),
        ("see https://example.org/a?b=c there", "see there"),
        ("Tom &amp; Ann", "Tom Ann"),
        ("Hello, {name}!", "Hello, !"),
        ("在 [CN:运行:][HKTW:執行:] 的", "在的"),
        ("你 们 好 。", "你们好。"),
        ("Ｆｕｌｌ ﬁt", "Full fit"),
    ],
)
def test_markup_and_odd_spacing_are_tidied_away(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("", "nothing"),
        ("OK", "ok"),
        ("1234 5678", "one two three four"),
        ("== -- == --", "a line"),
        ("слово " * 200, "word " * 200),
    ],
    ids=["empty", "identical", "digits", "signs", "too long"],
)
def test_what_cannot_teach_a_translation_is_not_clean(left: str, right: str) -> None:
    assert not is_clean(left, right)


@pytest.mark.parametrize("text", ["नमस्ते दुनिया", "สวัสดีชาวโลก", "שָׁלוֹם", "港口", "36-летний врач (№1)."])
def test_letters_with_marks_are_letters(text: str) -> None:
    assert is_clean(text, "something else")


def test_a_pair_with_one_side_far_too_long_is_dropped() -> None:
    ordinary = [
        pair(f"обычное предложение {chr(1072 + i)} тут", f"ordinary sentence {chr(97 + i)} here")
        for i in range(9)
    ]
    odd = pair(
        "короткое предложение",
        "a very long story that goes on about things the other side never mentions at all",
    )
    assert clean_pairs([*ordinary, odd]) == ordinary


def test_copies_that_differ_in_numbers_count_as_copies() -> None:
    words = ["one", "two", "three", "four", "five"]
    pairs = [pair(f"Версия {i} готова", f"Release {words[i]}") for i in range(5)]
    assert len(clean_pairs(pairs, copies=3)) == 3


def test_files_are_read_in_the_order_of_their_names_whatever_the_number_of_workers(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    assert load_pairs(tmp_path, workers=1) == load_pairs(tmp_path, workers=2)


def test_excluded_sources_are_not_read(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    assert {p.source for p in load_pairs(tmp_path, {"tico19"})} == {"prose_wesnoth", data.NAMES}


def test_an_epoch_holds_less_of_plentiful_sources_and_more_of_general_language() -> None:
    assert share("msdocs_win32", "ru-en", 60_000) < share("bilinguator_pd_books", "ru-en", 13_000)


def test_scarce_languages_see_their_general_language_more_often_but_not_their_scripture() -> None:
    assert share("tico19", "fa-en", 3_000) == 3 * share("tico19", "ru-en", 3_000)
    assert share("bible_zefania_pd", "fa-en", 3_000) == share("bible_zefania_pd", "ru-en", 3_000)


def test_no_more_of_a_source_is_read_than_is_asked_for() -> None:
    pairs = [pair(str(i), str(i), ("tico19", "mlqe_pe")[i % 2]) for i in range(8)]
    assert [p.left for p in first_of_sources(pairs, {"tico19": 1})] == ["0", "1", "3", "5", "7"]


def test_every_source_is_listed_once() -> None:
    assert len(BY_NAME) == len(SOURCES)


def test_sources_under_copyleft_are_not_permissive() -> None:
    whole = [source for source in SOURCES if source.permissive and not source.other_terms]
    assert not [
        s.name for s in whole if any(mark in s.licence for mark in ("GPL", "SA", "ODbL", "not stated"))
    ]


def test_versions_under_other_terms_are_not_permissive() -> None:
    assert [is_permissive("bible_zefania_pd", languages) for languages in ("ru-en", "hi-en")] == [True, False]


def test_batches_hold_each_row_as_often_as_its_weight_says() -> None:
    cells = [(np.arange(10), 20.0), (np.arange(10, 30), 10.0)]
    rows = np.concatenate(plan(cells, batch=5, epochs=3, rng=np.random.default_rng(1)))
    counts = np.bincount(rows, minlength=30)
    assert (counts[:10].tolist(), int(counts[10:].sum())) == ([6] * 10, 30)


def test_the_same_seed_gives_the_same_batches() -> None:
    cells = [(np.arange(50), 33.5)]
    first, second = (plan(cells, batch=8, epochs=2, rng=np.random.default_rng(7)) for _ in range(2))
    assert [b.tolist() for b in first] == [b.tolist() for b in second]


def test_ragged_rows_come_out_as_they_went_in() -> None:
    ids, counts = Ragged.of([[1, 2], [], [3], [4, 5, 6]]).take(np.array([3, 1, 0]))
    assert (ids.tolist(), counts.tolist()) == ([4, 5, 6, 1, 2], [3, 0, 2])


def test_the_written_out_gradient_is_that_of_the_two_cross_entropies() -> None:
    import torch
    import torch.nn.functional as functional

    settings = Settings(scale=7.0, margin=0.2)
    units = functional.normalize(
        torch.randn(12, 5, generator=torch.Generator().manual_seed(3)), dim=1
    ).requires_grad_()
    cells = (units[:6] @ units[6:].T - settings.margin * torch.eye(6)) * settings.scale
    cells = cells.masked_fill(torch.eye(6).roll(1, 0).bool() & (torch.arange(6)[:, None] == 2), -math.inf)
    truth = torch.arange(6)
    wanted = functional.cross_entropy(cells, truth) + functional.cross_entropy(cells.T, truth)
    wanted.backward()  # type: ignore[no-untyped-call]
    same = torch.tensor([[2, 1]])
    with torch.no_grad():
        gradient, loss = _in_batch(units.detach(), same, settings)
    assert units.grad is not None
    assert torch.allclose(gradient, units.grad, atol=1e-5)
    assert loss == pytest.approx(wanted.item(), abs=1e-4)


def test_the_gradient_reaches_every_part_of_every_token() -> None:
    import torch

    draw = torch.Generator().manual_seed(5)
    table = torch.randn(9, 4, generator=draw, dtype=torch.float32)
    parts = Ragged.of([[0, 6], [1, 6, 7], [2], [3, 8], [4, 7], [5]])
    corpus = Corpus(
        Ragged.of([[0, 1], [2], [1, 1, 5]]),
        Ragged.of([[3], [4, 4], [0, 2]]),
        np.arange(3, dtype=np.int64),
        np.arange(3, dtype=np.int64),
    )
    settings = Settings(dimension=4, scale=3.0)
    rows, gradient, loss = _gradient(corpus, np.arange(3), parts, table, settings)
    nudged = table.clone()
    nudged[rows] -= 1e-3 * gradient
    _, _, after = _gradient(corpus, np.arange(3), parts, nudged, settings)
    assert rows.tolist() == list(range(9))
    assert loss - after == pytest.approx(1e-3 * float((gradient**2).sum()), rel=0.05)


def test_equal_texts_are_no_negatives_of_each_other() -> None:
    cells = _same_text(np.array([1, 2, 1, 3]), np.array([5, 6, 7, 6]))
    assert cells.tolist() == [[0, 2], [1, 3], [2, 0], [3, 1]]


def test_the_rate_rises_and_falls_to_nearly_nothing() -> None:
    rates = [rate_at(step, 200, 1.0) for step in range(200)]
    assert (max(rates) == rates[9], rates[0] < 0.2, rates[-1] < 0.01) == (True, True, True)


def test_texts_that_differ_in_case_share_a_number() -> None:
    assert number_texts(["Да", "нет", "ДА"]).tolist() == [0, 1, 0]


TEXTS = [
    "кошка спит на диване",
    "the cat sleeps on the sofa",
    "猫在沙发上睡觉",
    "قطة تنام",
    "в 2023 году было 15 кошек",
] * 20


def test_a_tokenizer_keeps_to_its_size() -> None:
    assert train_tokenizer(TEXTS, 120).get_vocab_size() <= 120


def test_words_begin_with_a_mark_and_unspaced_scripts_do_not() -> None:
    tokens = train_tokenizer(TEXTS, 400).encode("Кошка (cat) 睡觉", add_special_tokens=False).tokens
    assert [tokens[0][0], any(token[0] in "睡觉" for token in tokens)] == ["▁", True]


def test_an_unknown_character_spoils_only_itself() -> None:
    tokenizer = train_tokenizer(TEXTS, 400)
    around = [t for t in tokenizer.encode("猫𓀀猫", add_special_tokens=False).tokens if t != "[UNK]"]
    assert "".join(around) == "猫猫"


def test_a_run_of_letters_without_end_is_still_cut_into_known_pieces() -> None:
    ids = train_tokenizer(TEXTS, 400).encode("кошка" * 10_000, add_special_tokens=False).ids
    assert 1 not in ids


def test_years_and_pairs_of_digits_are_whole() -> None:
    tokens = train_tokenizer(TEXTS, 600).encode("2023 15", add_special_tokens=False).tokens
    assert tokens == ["2023", "15"]


def test_texts_are_cut_at_the_longest_length() -> None:
    assert [len(row) for row in encode_all(train_tokenizer(TEXTS, 400), ["cat " * 500], longest=9)] == [9]


def test_relatives_share_parts_and_strangers_do_not() -> None:
    parts = parts_of(["[PAD]", "[UNK]", "▁кошка", "▁кошки", "▁sofa", "猫", "猫在"])
    own = [set(parts.take(np.array([token]))[0].tolist()) for token in range(7)]
    assert (len(own[2] & own[3]) > 2, own[2] & own[4], len(own[5] & own[6])) == (True, set(), 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [("▁أحمد", "▁احمد"), ("▁ایران", "▁ايران"), ("שָׁלוֹם", "שלום")],
    ids=["hamza", "yeh", "points"],
)
def test_spellings_of_one_letter_share_their_parts(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize("token", ["▁việt", "▁їжак", "▁naïve", "가나"])
def test_letters_of_other_scripts_keep_their_marks(token: str) -> None:
    assert plain(token) == token


def test_the_export_gives_zeros_to_padding_and_unknown(tmp_path: Path) -> None:
    tokenizer = train_tokenizer(TEXTS, 300)
    export(tmp_path, "tiny", tokenizer, np.ones((tokenizer.get_vocab_size(), 4), dtype=np.float32))
    assert load_embedder(str(tmp_path)).encode(["кошка", "𓀀"]).vectors.any(axis=1).tolist() == [True, False]


def test_a_model_over_forty_megabytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="40 MB"):
        export(tmp_path, "big", train_tokenizer(TEXTS, 300), np.ones((300, 70_000), dtype=np.float32))


NOUNS = {"кошка": "cat", "собака": "dog", "лошадь": "horse", "птица": "bird", "рыба": "fish", "корова": "cow"}
VERBS = {
    "спит": "sleeps",
    "ест": "eats",
    "ждёт": "waits",
    "играет": "plays",
    "бежит": "runs",
    "молчит": "falls silent",
}
PLACES = {
    "дома": "at home",
    "в лесу": "in the forest",
    "у реки": "by the river",
    "в городе": "in town",
    "на море": "at sea",
}


def sentences() -> list[tuple[str, str]]:
    return [
        (f"{n} {v} {p}", f"the {NOUNS[n]} {VERBS[v]} {PLACES[p]}")
        for n in NOUNS
        for v in VERBS
        for p in PLACES
    ]


def write_corpus(folder: Path) -> None:
    """180 invented pairs in two languages and two sources, and a few names, laid out as the real data are."""
    (folder / "train").mkdir(parents=True)
    (folder / "lexicon").mkdir()
    for languages in ("ru-en", "bg-en"):
        rows = [f"{a}\t{b}\t{('tico19', 'prose_wesnoth')[i % 2]}\n" for i, (a, b) in enumerate(sentences())]
        with lzma.open(folder / "train" / f"{languages}.tsv.xz", "wt", encoding="utf-8") as file:
            file.writelines(rows)
    (folder / "lexicon" / "names_wikidata_ru-en.tsv").write_text(
        "анна\tanna\t5\nиван\tivan\t7\n", encoding="utf-8"
    )


MINIATURE = ["--epochs", "20", "--vocabulary", "400", "--dimension", "16", "--batch", "64", "--threads", "1"]


@pytest.fixture(scope="module")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("miniature")
    write_corpus(folder / "data")
    assert main(["--data", str(folder / "data"), "--out", str(folder / "model"), *MINIATURE]) == 0
    return folder


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return result


def test_a_miniature_model_finds_the_translations(miniature: Path) -> None:
    embedder = load_embedder(str(miniature / "model"))
    left, right = ([row[side] for row in sentences()] for side in (0, 1))
    cosines = unit(embedder.encode(left).vectors) @ unit(embedder.encode(right).vectors).T
    assert (cosines.argmax(axis=1) == np.arange(len(left))).mean() > 0.95


def test_a_miniature_model_loads_in_sentence_transformers_with_the_same_directions(miniature: Path) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["кошка спит дома", "the dog eats at sea"]
    theirs = np.asarray(
        SentenceTransformer(str(miniature / "model"), device="cpu").encode(texts), dtype=np.float32
    )
    ours = load_embedder(str(miniature / "model")).encode(texts).vectors
    assert np.abs(unit(theirs) - unit(ours)).max() < 1e-3


def test_the_same_command_makes_the_same_files(miniature: Path, tmp_path: Path) -> None:
    main(["--data", str(miniature / "data"), "--out", str(tmp_path), *MINIATURE])
    assert contents(tmp_path, ["model.safetensors", "tokenizer.json"]) == contents(
        miniature / "model", ["model.safetensors", "tokenizer.json"]
    )


def contents(folder: Path, names: Sequence[str]) -> list[bytes]:
    return [(folder / name).read_bytes() for name in names]


def test_the_card_lists_sources_licences_seed_and_command(miniature: Path) -> None:
    card = " ".join((miniature / "model" / "README.md").read_text().split())
    wanted = ["| tico19 |", "GPL-2", "seed 1", "--epochs 20", "## Limits", data.NAMES]
    assert [part for part in wanted if part not in card] == []


def test_permissive_only_leaves_the_others_out(miniature: Path, tmp_path: Path) -> None:
    main(["--data", str(miniature / "data"), "--out", str(tmp_path), "--permissive-only", *MINIATURE])
    assert "prose_wesnoth" not in (tmp_path / "README.md").read_text()


def test_the_tokenizers_sample_leaves_dictionaries_and_names_out() -> None:
    pairs = [pair("слово", "word", "dict_freedict"), pair("анна", "anna", data.NAMES)] * 50
    assert tokenizer_sample(pairs, np.random.default_rng(1)) == []


def test_cells_split_pairs_by_source_and_languages() -> None:
    pairs = [
        pair("а", "a"),
        pair("б", "b", languages="uk-en"),
        pair("в", "c", source="mlqe_pe"),
        pair("г", "d"),
    ]
    assert [(c.source, c.languages, c.rows.tolist()) for c in cells_of(pairs)] == [
        ("mlqe_pe", "ru-en", [2]),
        ("tico19", "ru-en", [0, 3]),
        ("tico19", "uk-en", [1]),
    ]
