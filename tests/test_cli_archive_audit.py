"""``concord archive sample`` and ``audit`` in processes of their own."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.align.archive.audits import archive_of
from tests.commands import fails, succeeds

PAIRS = [[0.2, 0.6, 0.9, 0.95, 0.99, 0.999, 1.0, 1.0]] * 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive and a sheet from it whose rows are judged: every fourth wrong, the last not at all."""
    place = tmp_path_factory.mktemp("audit")
    archive_of(place / "news.db", PAIRS)
    succeeds("archive", "sample", "news.db", "-n", "20", "--strata", "2", "-o", "sheet.csv", cwd=place)
    with (place / "sheet.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows[:-1]):
        row["verdict"] = ("wrong", "right", "right", "partly")[number % 4]
    with (place / "judged.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return place


def test_a_judged_sheet_comes_to_an_estimate(folder: Path) -> None:
    ended = succeeds("archive", "audit", "judged.csv", "--archive", "news.db", "--json", cwd=folder)
    found = json.loads(ended.out)
    assert found["judged"] == 19
    assert found["unjudged"] == 1
    assert (
        found["strict"]["low"]
        < found["strict"]["precision"]
        < found["lax"]["precision"]
        < found["lax"]["high"]
    )
    assert found["signature"].startswith("concord:1|model:model@r|")
    assert "Warning: 1 of 20 beads have no verdict" in ended.stderr


def test_the_table_says_the_same_as_the_object(folder: Path) -> None:
    table = succeeds("archive", "audit", "judged.csv", cwd=folder).out
    found = json.loads(succeeds("archive", "audit", "judged.csv", "--json", cwd=folder).out)
    assert f"{found['strict']['precision']:.4f}" in table
    assert f"{found['lax']['low']:.4f} to {found['lax']['high']:.4f}" in table


def test_a_sample_goes_to_standard_output_as_csv(folder: Path) -> None:
    ended = succeeds("archive", "sample", "news.db", "-n", "10", cwd=folder)
    assert ended.out.startswith("\ufeffid,verdict,source,target")
    assert "10 of 40 beads" in ended.stderr


def test_a_judged_sheet_is_not_written_over(folder: Path) -> None:
    line = fails("archive", "sample", "news.db", "-o", "judged.csv", cwd=folder)
    assert "there are verdicts in it" in line


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("right", "rigth", "the verdict 'rigth' is not known"),
        ("id,verdict", "key,verdict", "the column “id” is missing"),
        ("right", "", "no bead in it was judged"),
    ],
    ids=["verdict", "column", "empty"],
)
def test_a_spoiled_sheet_is_refused_in_one_line(folder: Path, old: str, new: str, reason: str) -> None:
    text = (folder / "judged.csv").read_text("utf-8")
    if not new:
        text = text.replace("wrong", "").replace("partly", "")
    (folder / "spoiled.csv").write_text(text.replace(old, new), "utf-8")
    assert reason in fails("archive", "audit", "spoiled.csv", cwd=folder)


def test_a_sheet_of_another_archive_is_refused(folder: Path) -> None:
    archive_of(folder / "other.db", PAIRS[:2])
    line = fails("archive", "audit", "judged.csv", "--archive", "other.db", cwd=folder)
    assert "not drawn from this archive" in line
