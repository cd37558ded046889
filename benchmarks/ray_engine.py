"""The built-in workers and Ray's, as many of each, over the same documents in turns: pairs a second, same beads.

    python -m benchmarks.ray_engine [--pairs 2000] [--workers 2] [--runs 2] [--kill]

The clock runs from the moment when the first worker has loaded to the last commit; what starting takes stands beside
it. With ``--kill`` one of Ray's worker processes gets SIGKILL when a third of the pairs is done.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from align.archive.running import Tally, run
from align.archive.store import open_archive
from benchmarks.archive import DATA, beads_of, documents, engine_settings, make_engine


def worker_processes() -> list[int]:
    """The processes of Ray on this machine that run tasks."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                if (entry / "cmdline").read_bytes().startswith(b"ray::_chunk"):
                    found.append(int(entry.name))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=2_000)
    parser.add_argument("--segments", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--keep", type=Path, help="A folder for the documents, which are made there once.")
    options = parser.parse_args(arguments)
    best = {"local": 0.0, "ray": 0.0}
    beads: set[bytes] = set()
    with tempfile.TemporaryDirectory() as temporary:
        listed = documents(options.keep or Path(temporary), options)
        print(f"{'engine':8s} {'workers':>7s} {'pairs':>7s} {'start s':>8s} {'work s':>8s} {'pairs/s':>8s}")
        for number in range(2 * options.runs):
            name = ("local", "ray")[number % 2]
            path = Path(temporary) / f"{number}.db"
            killed: list[int] = []

            def told(tally: Tally, name: str = name, killed: list[int] = killed) -> None:
                if options.kill and name == "ray" and not killed and tally.ended > tally.total / 3:
                    killed.extend(worker_processes()[:1])
                    for pid in killed:
                        os.kill(pid, signal.SIGKILL)

            start = time.perf_counter()
            tally = run(path, listed, make_engine(name, options.workers), engine_settings(), told=told)
            wall = time.perf_counter() - start
            rate = tally.done / tally.seconds
            best[name] = max(best[name], rate)
            note = f"  killed process {killed[0]}" if killed else ""
            print(
                f"{name:8s} {options.workers:7d} {tally.done:7,d} {wall - tally.seconds:8.1f} {tally.seconds:8.1f} "
                f"{rate:8.1f}{note}",
                flush=True,
            )
            beads.add(beads_of(path)[0])
        if len(beads) > 1:
            sys.exit("the beads are not the same")
        print(f"Ray / built-in, best of {options.runs}: {best['ray'] / best['local']:.2f}; the same beads")
        with open_archive(path) as archive:
            print(archive.signature(1))


if __name__ == "__main__":
    main()
