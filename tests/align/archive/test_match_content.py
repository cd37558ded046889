"""Matching by what documents say, with the embedded model, on pieces of the sample interview."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.archive.match import Matching, Wanted, match
from align.archive.match_listing import listing
from align.archive.match_reading import CHUNK, How, Text, kept_of, read_all, thirds
from align.archive.match_score import PARTS
from align.archive.pairs import DocumentPair
from align.embed import load_embedder
from align.errors import ConcordError, InputError, ModelError
from tests.commands import ROOT

ALONE = 2
PAGE = """<html><head><link rel="canonical" href="https://x.org/{own}"><link rel="alternate" hreflang="en"
href="https://x.org/{other}"></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"""


def pieces(size: int = 4) -> list[tuple[str, str]]:
    """The interview in pieces of a few beads, both texts of each."""
    lines = [
        (ROOT / f"seeds/interview.{lang}.segments.txt").read_text("utf-8").splitlines()
        for lang in ("ru", "en")
    ]
    beads = json.loads((ROOT / "seeds/interview.gold.json").read_text("utf-8"))
    groups = [beads[at : at + size] for at in range(0, len(beads) - size, size)]
    found = [tuple("\n".join(lines[s][i] for bead in g for i in bead[s]) for s in (0, 1)) for g in groups]
    return [(a, b) for a, b in found if len(a) > 150 and len(b) > 150]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two folders with pieces in names of no help; the first have no translation, the last no original."""
    root = tmp_path_factory.mktemp("archive")
    documents = pieces()
    names = random.Random(1).sample(range(1000), len(documents))
    for side in ("ru", "en"):
        (root / side).mkdir()
    for number, (ours, theirs) in enumerate(documents):
        if number < len(documents) - ALONE:
            (root / "ru" / f"{number:03d}.txt").write_text(ours, "utf-8")
        if number >= ALONE:
            (root / "en" / f"{names[number]:03d}.txt").write_text(theirs, "utf-8")
    gold = {
        f"{root}/ru/{n:03d}.txt": f"{root}/en/{names[n]:03d}.txt"
        for n in range(ALONE, len(documents) - ALONE)
    }
    (root / "gold.json").write_text(json.dumps(gold), "utf-8")
    return root


def matched(folder: Path, wanted: Wanted | None = None) -> Matching:
    return match(listing(str(folder / "ru")), listing(str(folder / "en")), wanted or Wanted())


def test_documents_are_paired_by_what_they_say_and_no_other(folder: Path) -> None:
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    found = {pair.source: pair.target for pair in matched(folder).pairs}
    right = sum(gold.get(source) == target for source, target in found.items())
    assert 2 * right / (len(found) + len(gold)) >= 0.9


def test_every_document_is_paired_left_or_unreadable(folder: Path) -> None:
    found = matched(folder)
    told = [
        *(p.source for p in found.pairs),
        *(p.target for p in found.pairs),
        *(each.path for each in found.left),
    ]
    assert sorted(told) == sorted(str(path) for path in folder.glob("*/*.txt"))


def test_what_is_left_names_the_likeliest_other(folder: Path) -> None:
    left = matched(folder, Wanted(least=1.0)).left
    assert all(each.nearest and each.confidence is not None and 0 <= each.confidence <= 1 for each in left)


def test_no_pair_is_less_likely_than_asked_for(folder: Path) -> None:
    assert all((pair.confidence or 0) >= 0.9 for pair in matched(folder, Wanted(least=0.9)).pairs)


def test_what_a_list_pairs_is_out_of_the_way_of_the_rest(folder: Path) -> None:
    ours, theirs = (str(sorted((folder / side).iterdir())[0]) for side in ("ru", "en"))
    found = matched(folder, Wanted(listed=(DocumentPair(ours, theirs),))).pairs
    assert [p for p in found if ours == p.source or theirs == p.target] == [
        DocumentPair(ours, theirs, None, "list")
    ]


def test_the_result_carries_its_signature(folder: Path) -> None:
    assert "|model:" in matched(folder).signature


def test_a_translation_that_is_there_twice_is_found_twice_with_many(tmp_path: Path, folder: Path) -> None:
    for side in ("ru", "en"):
        (tmp_path / side).mkdir()
        for path in (folder / side).iterdir():
            (tmp_path / side / path.name).write_bytes(path.read_bytes())
    copied = matched(folder).pairs[0]
    (tmp_path / "en" / "copy.txt").write_bytes(Path(copied.target).read_bytes())
    pairs = matched(tmp_path, Wanted(many=True, least=0.2)).pairs
    partners = [Path(p.target).name for p in pairs if Path(p.source).name == Path(copied.source).name]
    assert {"copy.txt", Path(copied.target).name} <= set(partners)


def test_an_unreadable_document_is_recorded_and_stops_nothing(tmp_path: Path) -> None:
    for side, texts in (("ru", ["Порт закрыт.", ""]), ("en", ["The port is closed.", "PK\x03\x04"])):
        (tmp_path / side).mkdir()
        for number, text in enumerate(texts):
            (tmp_path / side / f"{number}.txt").write_text(text, "utf-8")
    found = matched(tmp_path)
    assert [Path(each.path).name for each in found.unreadable] == ["1.txt", "1.txt"]
    assert all(each.error for each in found.unreadable)
    assert all("1.txt" not in each.path for each in found.left)


def test_a_side_of_which_nothing_can_be_read_is_an_error(tmp_path: Path) -> None:
    for side, text in (("ru", "Порт закрыт."), ("en", "")):
        (tmp_path / side).mkdir()
        (tmp_path / side / "1.txt").write_text(text, "utf-8")
    with pytest.raises(InputError, match="none of its 1 documents can be read"):
        matched(tmp_path)


def test_a_page_is_paired_by_the_address_that_it_names(tmp_path: Path) -> None:
    for side, own, other, text in (
        ("ru", "порт", "closed", "Порт закрыт."),
        ("en", "closed", "порт", "A crane."),
    ):
        (tmp_path / side).mkdir()
        page = PAGE.format(own=own, other=other, title=text, text=text * 20)
        (tmp_path / side / f"{side}.html").write_text(page, "utf-8")
    (pair,) = matched(tmp_path, Wanted(steps=("url",))).pairs
    assert pair.how == "url"


def test_what_is_read_is_the_same_with_any_number_of_workers(tmp_path: Path) -> None:
    for number in range(CHUNK + 3):
        (tmp_path / f"{number:03d}.txt").write_text(f"Порт № {number} закрыт.", "utf-8")
    documents = listing(str(tmp_path)).documents
    one, two = (list(read_all(documents, How(), load_embedder(), workers=workers)) for workers in (1, 2))
    assert [a.path for a in one] == [b.path for b in two]
    for a, b in zip(one, two, strict=True):
        assert (
            np.array_equal(a.vectors, b.vectors) if a.vectors is not None and b.vectors is not None else False
        )
        assert np.array_equal(a.signs, b.signs) if a.signs is not None and b.signs is not None else False


def test_a_model_that_is_not_there_is_one_clear_error(folder: Path) -> None:
    with pytest.raises(ModelError):
        matched(folder, Wanted(model="./absent", workers=2))


def test_a_process_that_dies_is_one_clear_error(tmp_path: Path) -> None:
    for number in range(CHUNK + 3):
        (tmp_path / f"{number:03d}.txt").write_text("Порт закрыт.", "utf-8")
    with pytest.raises(ConcordError, match="ended before its time"):
        list(read_all(listing(str(tmp_path)).documents, How(model="./absent"), load_embedder(), workers=2))


@given(st.text(max_size=300))
def test_thirds_are_the_whole_text(text: str) -> None:
    assert len(thirds(text)) == PARTS
    assert "".join(thirds(text)) == text


def signs_of(text: str, date: str = "") -> set[int]:
    signs = kept_of([Text(text, date)], load_embedder())[0].signs
    return set() if signs is None else set(signs.tolist())


def test_a_date_is_the_same_sign_however_it_is_written() -> None:
    day = signs_of("x", "2021-03-04T10:00")
    assert len(day) == 1
    assert day <= signs_of("04.03.2021") & signs_of("2021-03-04")
