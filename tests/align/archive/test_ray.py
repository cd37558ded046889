"""Ray as the engine, on a real cluster of two nodes: the same beads as the built-in engine's, whoever is killed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from align.archive import engine_ray, shards
from align.archive.engine_ray import RayEngine
from align.archive.export import export
from align.archive.lists import listed
from align.archive.pool import Pool
from align.archive.running import run
from align.archive.store import open_archive
from align.archive.work import Settings
from align.errors import UsageError
from tests.align.archive.small import load_deadly, texts
from tests.commands import concord

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
ray = pytest.importorskip("ray", reason="the engine for clusters needs ray (the extra “cluster”)")
pytest.importorskip("pyarrow")
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # of ray's own processes

SETTINGS = Settings(langs=("ru", "en"))
SHARDS, PAIRS = 3, 4


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Two nodes with a CPU each, one with a GPU in its books; this process is connected to them."""
    from ray.cluster_utils import Cluster

    nodes: Any = Cluster(
        initialize_head=True,
        head_node_args={"num_cpus": 1, "include_dashboard": False, "_system_config": {"worker_niceness": 0}},
    )
    nodes.add_node(num_cpus=1, num_gpus=1)  # as far as Ray knows; what runs here asks no GPU for anything
    client: Any = ray
    try:
        client.init(address=nodes.address, log_to_driver=False, logging_level="ERROR")
        yield
    finally:
        client.shutdown()
        nodes.shutdown()


def write_shards(folder: Path, name: str = "row") -> Path:
    """Shards of pairs with their texts; the name of each begins with the folder."""
    folder.mkdir()
    for shard in range(SHARDS):
        rows = []
        for k in range(PAIRS):
            source, target = texts(shard * PAIRS + k)
            here = f"{folder}/{name if (shard, k) == (1, 2) else 'row'}-{shard}-{k}"
            rows.append(
                {"source": here, "target": f"{here}.en", "source_text": source, "target_text": target}
            )
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"part-{shard}.jsonl").write_text(lines, "utf-8")
    return folder


def joined(folder: Path) -> bytes:
    """All that the shards of a folder hold, in order."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("part-*")))


def locally(folder: Path, path: Path) -> bytes:
    """The beads of all shards by the built-in engine, through an archive."""
    whole = folder.with_suffix(".jsonl")
    whole.write_bytes(joined(folder))
    run(path, listed(str(whole), None, (None, None)), Pool(SETTINGS, 2), SETTINGS)
    return exported(path)


def exported(path: Path) -> bytes:
    """The beads of an archive."""
    with open_archive(path) as archive:
        export(archive, str(path.with_suffix(".beads.jsonl")), "jsonl")
    return path.with_suffix(".beads.jsonl").read_bytes()


@pytest.mark.usefixtures("cluster")
def test_an_archive_is_the_same_though_a_worker_was_killed_on_the_way(tmp_path: Path) -> None:
    folder = write_shards(tmp_path / "in", "deadly-once")
    expected = locally(folder, tmp_path / "local.db")
    pairs = listed(str(folder.with_suffix(".jsonl")), None, (None, None))
    tally = run(tmp_path / "ray.db", pairs, RayEngine(SETTINGS, load=load_deadly), SETTINGS)
    assert (tally.done, tally.failed) == (SHARDS * PAIRS, 0)
    assert list(folder.glob("deadly-once*.met")), "a worker was killed"
    assert exported(tmp_path / "ray.db") == expected


@pytest.mark.usefixtures("cluster")
@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_shards_are_the_same_though_a_worker_was_killed_on_the_way(tmp_path: Path, format: str) -> None:
    folder = write_shards(tmp_path / "in", "deadly-once")
    expected = locally(folder, tmp_path / "local.db")
    todo = shards.plan(f"{folder}/part-*.jsonl", f"file://{tmp_path}/out", format)
    reports = dict(shards.run(RayEngine(SETTINGS, load=load_deadly), todo, SETTINGS))
    assert list(folder.glob("deadly-once*.met")), "a worker was killed"
    assert [_pairs(reports[shard]) for shard in todo] == [PAIRS] * SHARDS
    if format == "jsonl":
        assert joined(tmp_path / "out") == expected
    else:
        from pyarrow import parquet

        tables = [
            parquet.read_table(path).to_pylist() for path in sorted((tmp_path / "out").glob("*.parquet"))
        ]
        assert sum(tables, []) == [json.loads(line) for line in expected.decode().splitlines()]  # noqa: RUF017
    assert list(shards.run(RayEngine(SETTINGS), todo, SETTINGS)) == [], "what is done is not done again"


def _pairs(report: Any) -> int:
    return int(report.pairs)


@pytest.mark.usefixtures("cluster")
def test_a_pair_that_kills_every_worker_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_ray, "RETRIES", 0)
    folder = write_shards(tmp_path / "in", "deadly")
    todo = shards.plan(f"{folder}/part-1.jsonl", str(tmp_path / "out"))
    ((_, report),) = shards.run(RayEngine(SETTINGS, load=load_deadly), todo, SETTINGS)
    assert (report.pairs, report.failed) == (PAIRS, 1)  # type: ignore[union-attr]
    (line,) = (tmp_path / "out" / "failed" / "part-1.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["source"].endswith("/deadly-1-2")
    assert "was lost" in json.loads(line)["error"]


@pytest.mark.usefixtures("cluster")
def test_two_workers_share_a_gpu_when_each_wants_half_of_one(tmp_path: Path) -> None:
    engine = RayEngine(SETTINGS, gpus=0.5)
    whole = write_shards(tmp_path / "in") / "part-0.jsonl"
    tally = run(tmp_path / "a.db", listed(str(whole), None, (None, None)), engine, SETTINGS)
    assert (engine.workers, tally.done) == (2, PAIRS)
    with pytest.raises(UsageError, match="no GPU"), RayEngine(SETTINGS, gpus=4):
        pass


def test_the_command_starts_a_cluster_of_its_own(tmp_path: Path) -> None:
    folder = write_shards(tmp_path / "in")
    expected = locally(folder, tmp_path / "local.db")
    arguments = ["--engine", "ray", "--workers", "2", "--langs", "ru,en", "--json"]
    ended = concord("archive", "align", "in/*.jsonl", "--output", "out", *arguments, cwd=tmp_path)
    assert ended.code == 0, ended.stderr
    assert json.loads(ended.out)["pairs"] == SHARDS * PAIRS
    assert joined(tmp_path / "out") == expected


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = write_shards(tmp_path / "in")
    arguments = ["--into", "a.db", "--engine", "ray", "--address", "127.0.0.1:1"]
    ended = concord("archive", "align", f"{folder}/part-0.jsonl", *arguments, cwd=tmp_path)
    assert ended.code == 2
    assert "cannot be reached" in ended.error
