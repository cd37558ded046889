"""The registry of formats, and files that are there whole or not at all."""

from __future__ import annotations

import io
import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from align.errors import OutputError, UsageError
from align.formats.write import EXTENSIONS, FORMATS, guess_format, write, write_file
from tests.bitexts import small

ROOT = Path(__file__).parents[3]


def hello(stream: BinaryIO) -> str:
    stream.write(b"hello\n")
    return "done"


def half(stream: BinaryIO) -> None:
    stream.write(b"hel")
    stream.flush()
    raise RuntimeError("in the middle")


def names_in(folder: Path | str) -> list[str]:
    return [path.name for path in Path(folder).iterdir()]


@contextmanager
def nobody() -> Iterator[None]:
    """Root may write anywhere; these lines run as somebody who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.jsonl", "jsonl"),
        ("a.b.JSON", "json"),
        ("/x/a.tmx", "tmx"),
        ("a.htm", "html"),
        ("a.tab", "tsv"),
        ("a.beads", "beads"),
        ("a.txt", "table"),
    ],
)
def test_a_name_says_its_format(name: str, format: str) -> None:
    assert guess_format(name) == format
    assert guess_format(Path(name)) == format


@pytest.mark.parametrize("name", ["a", "a.doc", ".jsonl", "-", ""])
def test_a_name_that_says_none_is_refused_with_the_choice(name: str) -> None:
    with pytest.raises(UsageError, match=r"\.jsonl.*\.tmx"):
        guess_format(name)


def test_every_extension_stands_for_a_format() -> None:
    assert set(EXTENSIONS.values()) == set(FORMATS)


def test_an_unknown_format_is_refused_with_the_choice() -> None:
    with pytest.raises(UsageError, match=r"there is no format “xml”.*jsonl"):
        write([small()], "xml", io.BytesIO())


def test_formats_are_imported_when_they_are_used() -> None:
    heavy = ["rich", "lxml", "xml.sax", "align.formats.page", "align.formats.table"]
    code = f"import sys, align.formats.write; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert found == "[]\n"


def test_a_file_is_written_and_the_writers_result_returned(tmp_path: Path) -> None:
    assert write_file(tmp_path / "a", hello) == "done"
    assert (tmp_path / "a").read_bytes() == b"hello\n"
    assert names_in(tmp_path) == ["a"]


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        write_file(tmp_path / "a", half)
    assert names_in(tmp_path) == []


def test_a_writer_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    with pytest.raises(RuntimeError):
        write_file(tmp_path / "a", half)
    assert (tmp_path / "a").read_text() == "old"
    assert names_in(tmp_path) == ["a"]


def test_an_interrupt_leaves_nothing_half_written(tmp_path: Path) -> None:
    def interrupted(stream: BinaryIO) -> None:
        stream.write(b"hel")
        os.kill(os.getpid(), signal.SIGINT)
        threading.Event().wait(60)

    with pytest.raises(KeyboardInterrupt):
        write_file(tmp_path / "a", interrupted)
    assert names_in(tmp_path) == []


def test_the_mode_of_a_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "a").chmod(0o640)
    write_file(tmp_path / "a", hello)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_file(tmp_path / "a", hello)
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    (tmp_path / "link").symlink_to("a")
    write_file(tmp_path / "link", hello)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"hello\n"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        write_file(tmp_path, hello)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no such folder.*Make the folder first"):
        write_file(tmp_path / "no" / "a", hello)


def test_a_file_taken_for_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OutputError, match="not a folder"):
        write_file(tmp_path / "a" / "b", hello)


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="name is too long"):
        write_file(tmp_path / ("a" * 300), hello)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_device_is_one_clear_error() -> None:
    with pytest.raises(OutputError, match="/dev/full: the disk is full"):
        write_file("/dev/full", hello)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system has no /dev/fd")
def test_a_pipe_given_by_its_path_is_written() -> None:
    """As a shell gives it: ``-o /dev/stdout | …`` or ``-o >(…)``."""
    end, start = os.pipe()
    try:
        write_file(f"/dev/fd/{start}", hello)
        os.close(start)
        assert os.read(end, 100) == b"hello\n"
    finally:
        os.close(end)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="this system has no /dev/null")
def test_a_device_is_written_and_never_replaced() -> None:
    write_file("/dev/null", hello)
    assert Path("/dev/null").is_char_device()


def test_a_disk_that_fills_leaves_the_old_file(tmp_path: Path) -> None:
    """The limit on the size of files stands for the disk: the write fails in the middle all the same."""

    def much(stream: BinaryIO) -> None:
        for _ in range(100):
            stream.write(b"x" * 1000)

    (tmp_path / "a").write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
        with pytest.raises(OutputError, match="larger than is allowed"):
            write_file(tmp_path / "a", much)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert (tmp_path / "a").read_text() == "old"
    assert names_in(tmp_path) == ["a"]


def test_a_read_only_folder_is_refused_with_what_to_do() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        with nobody(), pytest.raises(OutputError, match=r"not permitted here.*Choose another folder"):
            write_file(Path(folder) / "a", hello)
        Path(folder).chmod(0o755)
        assert names_in(folder) == []


def test_an_error_is_one_line_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        write_file(tmp_path / "no" / "a", hello)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "no" / "a"))


def run(code: str, stdout: int) -> subprocess.CompletedProcess[bytes]:
    start = "import sys\nfrom align.formats.write import write, write_file\nfrom tests.bitexts import small\n"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
    return subprocess.run(
        [sys.executable, "-c", start + code], cwd=ROOT, env=environment, stdout=stdout, stderr=subprocess.PIPE
    )


def test_a_dash_is_standard_output_in_utf_8_whatever_its_encoding() -> None:
    done = run("write_file('-', lambda out: write([small()], 'tsv', out))", subprocess.PIPE)
    out = io.BytesIO()
    write([small()], "tsv", out)
    assert (done.returncode, done.stdout) == (0, out.getvalue())


def test_a_stream_in_an_old_encoding_gets_what_it_has_and_a_warning() -> None:
    out = io.BytesIO()
    stream = io.TextIOWrapper(out, encoding="koi8-r", newline="\n")
    (warning,) = write([small()], "table", stream)
    stream.flush()
    assert "koi8-r" in warning
    assert "\\u2205" in out.getvalue().decode("koi8-r")
    assert "Вечер у реки" in out.getvalue().decode("koi8-r")


def test_a_stream_in_utf_8_gives_no_warning() -> None:
    assert write([small()], "table", io.TextIOWrapper(io.BytesIO(), encoding="UTF-8")) == ()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_standard_output_on_a_full_disk_is_one_clear_error() -> None:
    with Path("/dev/full").open("wb") as full:
        code = (
            "import os\nfrom align.errors import OutputError\n"
            "try:\n    write_file('-', lambda out: write([small()], 'tsv', out))\n"
            "except OutputError as error:\n    print(error, file=sys.stderr, flush=True)\n    os._exit(2)\n"
        )
        done = run(code, full.fileno())
    assert done.returncode == 2
    assert done.stderr.startswith(b"standard output: the disk is full")
