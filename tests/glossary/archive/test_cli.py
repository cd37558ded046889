"""``concord archive terms``, ``check`` and ``over-time`` in processes of their own."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands import concord, fails, succeeds
from tests.glossary.archive.archives import archive_of, decade, note


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive, read and checked once."""
    place = tmp_path_factory.mktemp("cli")
    archive_of(place / "news.db", [*decade(range(0, 132, 12)), note(900, "2025-05-05", name="Torabekow")])
    ended = concord("archive", "check", "news.db", "--workers", "1", cwd=place)
    assert ended.code == 1, ended.stderr
    assert "A001  dropped-mark" in ended.out
    assert "T001  inconsistent-rendering" in ended.out
    return place


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def test_terms_are_printed_and_written(folder: Path) -> None:
    ended = succeeds("archive", "terms", "news.db", "--kind", "place", cwd=folder)
    assert "Ладвинск" in ended.out
    assert "water mill" not in ended.out
    succeeds("archive", "terms", "news.db", "-o", "terms.csv", cwd=folder)
    rows = table(folder / "terms.csv")
    mill = next(row for row in rows if row["term"] == "water mill")
    assert (mill["kind"], mill["count"], mill["pairs"], mill["first"]) == ("phrase", "24", "12", "2015-01-15")


def test_terms_go_into_a_project_for_review_and_what_is_rejected_there_is_left_out(folder: Path) -> None:
    ended = succeeds("archive", "terms", "news.db", "--into", "review.db", "--author", "Ada", cwd=folder)
    assert "Decide them with `concord terms review --db review.db`" in ended.stderr
    succeeds("terms", "reject", "water mill", "--db", "review.db", "--author", "Ada", cwd=folder)
    succeeds("terms", "accept", "Ладвинск", "--db", "review.db", "--author", "Ada", cwd=folder)
    lines = succeeds(
        "archive", "terms", "news.db", "--db", "review.db", "--jsonl", cwd=folder
    ).out.splitlines()
    states = {(one["term"], one["lang"]): one["state"] for one in map(json.loads, lines)}
    assert ("water mill", "en") not in states
    assert states["Ладвинск", "ru"] == "approved"
    assert states["Мерхистан", "ru"] is None
    every = succeeds("archive", "terms", "news.db", "--db", "review.db", "--rejected", "--jsonl", cwd=folder)
    assert '"state": "rejected"' in every.out


def test_findings_are_written_pair_by_pair_and_in_one_piece(folder: Path) -> None:
    for name in ("f.jsonl", "f.csv", "f.sarif", "f.json"):
        assert concord("archive", "check", "news.db", "-o", name, cwd=folder).code == 1
    prints = [
        json.loads(line)["fingerprint"] for line in (folder / "f.jsonl").read_text("utf-8").splitlines()
    ]
    assert len(prints) == len(set(prints)) > 5
    rows = table(folder / "f.csv")
    assert [row["fingerprint"] for row in rows] == prints
    results = json.loads((folder / "f.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert len(results) == len(prints)
    assert len(json.loads((folder / "f.json").read_text("utf-8"))["findings"]) == len(prints)


def test_what_was_dismissed_in_a_project_or_is_in_a_baseline_stays_quiet(folder: Path) -> None:
    found = [
        json.loads(line)
        for line in concord("archive", "check", "news.db", "--jsonl", cwd=folder).out.splitlines()
    ]
    held = {"concord_baseline": 1, "findings": [{"fingerprint": one["fingerprint"]} for one in found]}
    (folder / "known.json").write_text(json.dumps(held), "utf-8")
    ended = concord("archive", "check", "news.db", "--baseline", "known.json", cwd=folder)
    assert ended.code == 0
    assert f"{len(found)} dismissed or in the baseline" in ended.stderr


def test_a_chosen_rule_alone_is_run(folder: Path) -> None:
    ended = concord("archive", "check", "news.db", "--select", "F001", cwd=folder)
    assert ended.code == 0
    assert "No findings in 12 pairs." in ended.out


def test_banned_in_russia_over_time_as_table_numbers_and_plot(folder: Path) -> None:
    ask = ("archive", "over-time", "news.db", "--term", "banned in Russia")
    shown = succeeds(*ask, "--by", "year", cwd=folder).out
    assert shown.startswith(
        "“banned in Russia”, by year\n\nIn the translations (en)\nyear    banned in Russia  all  pairs\n"
    )
    succeeds(*ask, "-o", "t.csv", "-o", "t.svg", "-o", "t.html", cwd=folder)
    rows = table(folder / "t.csv")
    assert sum(int(row["count"]) for row in rows) == 4
    assert (folder / "t.svg").read_text("utf-8").startswith("<svg ")
    assert "</html>" in (folder / "t.html").read_text("utf-8")


def test_marks_and_renderings_over_time(folder: Path) -> None:
    found = json.loads(
        succeeds("archive", "over-time", "news.db", "--annotation", "banned", "--json", cwd=folder).out
    )
    assert [panel["title"] for panel in found["panels"]] == [
        "Wordings in the originals (ru)",
        "Wordings in the translations (en)",
        "What became of the originals’ marks",
    ]
    shown = succeeds(
        "archive", "over-time", "news.db", "--rendering-of", "Торабеков", "--by", "year", cwd=folder
    ).out
    assert "Torabekow" in shown


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("over-time", "news.db"), "nothing to count"),
        (("over-time", "news.db", "--term", "a", "--annotation", "any"), "exclude each other"),
        (("over-time", "news.db", "--annotation", "loud"), "there is no 'loud'"),
        (("over-time", "news.db", "--term", "a", "--by", "week"), "'week' is no period"),
        (("over-time", "news.db", "--rendering-of", "Горбунков"), "no pair has a name"),
        (("over-time", "news.db", "--term", "a", "-o", "a.png"), "does not say which format"),
        (("terms", "news.db", "--kind", "thing"), "there is no 'thing'"),
        (("terms", "nowhere.db"), "there is no such file"),
        (("terms", "news.db", "--db", "nowhere.db"), "there is no such file"),
        (("check", "review.txt"), "there is no such file"),
        (("check", "news.db", "--select", "Z999"), "Z999"),
        (("check", "news.db", "-o", "a.docx"), "does not say which format"),
    ],
    ids=[
        "none",
        "two",
        "status",
        "period",
        "name",
        "plot",
        "kind",
        "archive",
        "project",
        "no-archive",
        "rule",
        "format",
    ],
)
def test_what_cannot_be_done_is_one_line(folder: Path, arguments: tuple[str, ...], reason: str) -> None:
    assert reason in fails("archive", *arguments, cwd=folder)


def test_an_archive_without_an_aligned_pair_has_no_terms(folder: Path) -> None:
    archive_of(folder / "empty.db", [])
    assert "no aligned pair" in fails("archive", "terms", "empty.db", cwd=folder)
