"""Samples: drawn fairly, the same for the same seed, and whole again when the sheet comes back."""

from __future__ import annotations

import io
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.archive.audit import VERDICTS
from align.archive.sample import STEPS_OF_CONFIDENCE, allotted, draw, keep, kept
from align.archive.sample_sheet import COLUMNS, FORMATS, parse, rows, write
from align.archive.store import open_archive
from align.errors import FormatError, UsageError
from tests.align.archive.audits import archive_of

RNG = random.Random(3)
PAIRS = [[RNG.choice([RNG.random(), 0.99, 1.0]) for _ in range(RNG.randint(1, 30))] for _ in range(12)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive_of(tmp_path_factory.mktemp("archive") / "a.db", PAIRS)


SIZES = st.dictionaries(st.integers(0, 999), st.integers(1, 400), min_size=1, max_size=40)


@given(SIZES, st.integers(1, 50), st.integers(1, 6))
def test_every_bead_belongs_to_one_stratum_and_no_stratum_gives_more_than_it_has(
    sizes: dict[int, int], n: int, strata: int
) -> None:
    turns = [
        (hash((step, i)) & 0xFFFF, 1, i, (step + 0.5) / STEPS_OF_CONFIDENCE)
        for step in sizes
        for i in range(sizes[step])
    ]
    chosen, made = allotted(sizes, turns, n, strata)
    assert sum(stratum.beads for stratum in made) == sum(sizes.values())
    assert len(made) <= strata
    counts = Counter(number for number, _ in chosen)
    for stratum in made:
        assert stratum.drawn == counts[stratum.number]
        assert min(2, stratum.beads) <= stratum.drawn <= stratum.beads
    assert len(chosen) >= min(n, sum(sizes.values()))
    assert len(chosen) <= max(n, 2 * len(made))
    for number, turn in chosen:
        assert made[number - 1].low <= turn[3] < made[number - 1].high


@given(st.lists(st.integers(1, 400), min_size=10, max_size=400, unique=True), st.integers(2, 5))
def test_strata_are_of_equal_size_where_no_confidences_are_equal(steps: list[int], strata: int) -> None:
    _, made = allotted(dict.fromkeys(steps, 1), [], 5, strata)
    sizes = [stratum.beads for stratum in made]
    assert max(sizes) - min(sizes) <= 1


def test_a_sample_has_the_beads_that_it_asks_for_with_their_neighbours(archive: Path) -> None:
    with open_archive(archive) as held:
        found = draw(held, 40)
    assert len(found.items) == 40 == len({item.id for item in found.items})
    assert found.beads == sum(len(own) for own in PAIRS)
    for item in found.items:
        pair, bead = (int(part[1:]) for part in item.id.split("-"))
        assert item.source == f"d{pair - 1}, предложение {bead - 1}."
        assert item.target_after == f"d{pair - 1}, sentence {bead}."
        assert item.source_before == (f"d{pair - 1}, предложение {bead - 2}." if bead > 1 else "")
        stratum = found.strata[item.stratum - 1]
        assert stratum.low <= PAIRS[pair - 1][bead - 1] <= stratum.high


def test_the_same_seed_draws_the_same_and_another_one_others(archive: Path) -> None:
    with open_archive(archive) as held:
        one, again, other = draw(held, 30, seed=1), draw(held, 30, seed=1), draw(held, 30, seed=2)
    assert one == again
    assert {item.id for item in one.items} != {item.id for item in other.items}
    assert one.name != other.name


def test_every_bead_is_as_likely_as_the_others_of_its_stratum(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "a.db", [[i / 40] * 5 for i in range(40)])
    seen: Counter[str] = Counter()
    with open_archive(path) as held:
        for seed in range(60):
            seen.update(item.id for item in draw(held, 50, seed=seed).items)
    assert len(seen) == 200  # each of the 200 beads, at 15 times on average
    assert max(seen.values()) < 35


def test_where_there_are_fewer_beads_all_are_drawn(tmp_path: Path) -> None:
    with open_archive(archive_of(tmp_path / "a.db", [[0.1, 0.9], [0.5]])) as held:
        assert len(draw(held, 100).items) == 3


def test_an_archive_without_a_bead_has_no_sample(tmp_path: Path) -> None:
    with (
        open_archive(archive_of(tmp_path / "a.db", [[]])) as held,
        pytest.raises(UsageError, match="no bead"),
    ):
        draw(held, 10)


@pytest.mark.parametrize("form", FORMATS)
def test_a_sheet_comes_back_with_the_verdicts_written_into_it(archive: Path, form: str) -> None:
    with open_archive(archive) as held:
        found = draw(held, 20)
    stream = io.BytesIO()
    write(found, form, stream)
    back = parse(stream.getvalue(), "sheet")
    assert back.sample == found.name
    assert back.signature == found.signature
    assert back.homes == {item.id: item.stratum for item in found.items}
    assert set(back.verdicts.values()) == {None}
    assert [(s.number, s.beads, s.drawn) for s in back.strata] == [
        (s.number, s.beads, s.drawn) for s in found.strata
    ]


def sheet(archive: Path) -> list[list[str]]:
    """The rows of a sheet with its header, all judged."""
    with open_archive(archive) as held:
        found = draw(held, 12)
    lines = [list(row) for row in rows(found)]
    for number, line in enumerate(lines):
        line[1] = VERDICTS[number % 3]
    return [list(COLUMNS), *lines]


def as_csv(lines: list[list[str]], mark: str = ",") -> bytes:
    """The rows as a spreadsheet program writes them."""
    quoted = [mark.join(f'"{cell}"' for cell in line) for line in lines]
    return "\r\n".join(quoted).encode("utf-8-sig")


@pytest.mark.parametrize("mark", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_a_sheet_may_come_back_with_other_marks_between_its_cells(archive: Path, mark: str) -> None:
    lines = sheet(archive)
    lines[1][1] = " Right "
    back = parse(as_csv(lines, mark), "sheet")
    assert back.verdicts[lines[1][0]] == "right"
    assert list(back.verdicts.values())[1:3] == ["partly", "wrong"]


def test_rows_in_another_order_and_with_columns_of_ones_own_are_the_same_sheet(archive: Path) -> None:
    lines = sheet(archive)
    turned = [lines[0] + ["mine"], *([*line, "x"] for line in lines[:0:-1])]
    assert parse(as_csv(turned), "s").verdicts == parse(as_csv(lines), "s").verdicts


def test_a_row_that_was_deleted_counts_as_not_judged(archive: Path) -> None:
    lines = sheet(archive)
    back = parse(as_csv(lines[:-2]), "s")
    assert sum(stratum.drawn for stratum in back.strata) - len(back.verdicts) == 2


def spoiled(lines: list[list[str]], how: str) -> bytes:
    """The sheet with one thing wrong in it."""
    if how == "verdict":
        lines[3][1] = "maybe"
    elif how == "id lost":
        lines[3][0] = ""
    elif how == "id twice":
        lines[3][0] = lines[2][0]
    elif how == "column":
        lines = [line[1:] for line in lines]
    elif how == "two samples":
        lines[3][14] = "another"
    elif how == "figure":
        lines[3][12] = "many"
    elif how == "stratum":
        lines[3][12] = str(int(lines[3][12]) + 1)
    elif how == "more":
        lines += [["p9-b9", *lines[3][1:]]]
    elif how == "nothing":
        lines = lines[:1]
    return as_csv(lines)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("verdict", "line 4: the verdict 'maybe' is not known"),
        ("id lost", "line 4: it has no id"),
        ("id twice", "line 4: the bead .* is there twice"),
        ("column", "the column “id” is missing"),
        ("two samples", "rows of 2 samples"),
        ("figure", "line 4: 'many' is no number"),
        ("stratum", "is another one in an earlier row"),
        ("more", "has more rows than were drawn"),
        ("nothing", "there is no bead in it"),
    ],
    ids=["verdict", "id-lost", "id-twice", "column", "two-samples", "figure", "stratum", "more", "nothing"],
)
def test_a_spoiled_sheet_is_one_clear_line(archive: Path, how: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        parse(spoiled(sheet(archive), how), "sheet")


def test_what_is_no_sheet_at_all_is_an_error() -> None:
    for data in (b"", b"PK\x03\x04 rubbish", b"a,b\n1,2\n"):
        with pytest.raises(FormatError):
            parse(data, "sheet")


def test_an_archive_knows_what_was_drawn_from_it_and_nothing_else(archive: Path, tmp_path: Path) -> None:
    other = archive_of(tmp_path / "b.db", PAIRS[:3])
    with open_archive(archive) as held:
        found = draw(held, 20)
        keep(held, found)
        strata, ids = kept(held, found.name)
    assert strata == found.strata
    assert ids == {item.id: item.stratum for item in found.items}
    with open_archive(other) as held, pytest.raises(UsageError, match="not drawn from this archive"):
        kept(held, found.name)
