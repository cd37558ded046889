"""``concord review`` as a process: the address on the first line, an answer behind it, an end at once."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.commands import CONCORD, environment, fails
from tests.web.findings_site import checked

PATIENCE = 20
"""Seconds after which a test gives up; none waits for them."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    checked(tmp_path)
    return tmp_path


@contextmanager
def running(folder: Path, *options: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process, and the first line that it printed."""
    process = subprocess.Popen(
        [*CONCORD, "review", "--no-open", *options],
        cwd=folder, text=True, env=environment(variables),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def visited(address: str) -> str:
    """What a browser gets that begins at an address."""
    browser = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
    )
    with browser.open(address, timeout=PATIENCE) as answer:
        return str(answer.read().decode("utf-8"))


def test_the_first_line_is_the_address_with_its_token(folder: Path) -> None:
    with running(folder) as (_, line):
        parts = urlsplit(line)
        assert (parts.scheme, parts.hostname, parts.path) == ("http", "127.0.0.1", "/")
        assert len(parse_qs(parts.query)["token"][0]) >= 32
        assert "talk.en.txt" in visited(line)


def test_every_launch_has_a_token_of_its_own(folder: Path) -> None:
    with running(folder) as (_, one), running(folder) as (_, other):
        assert parse_qs(urlsplit(one).query) != parse_qs(urlsplit(other).query)


def test_without_the_token_the_answer_is_a_refusal(folder: Path) -> None:
    with running(folder) as (_, line), pytest.raises(urllib.error.HTTPError) as caught:
        visited(line.partition("?")[0])
    assert caught.value.code == 403
    caught.value.close()


def test_with_a_password_the_address_has_no_token(folder: Path) -> None:
    with running(folder, CONCORD_PASSWORD="a long enough one") as (_, line):
        assert "token" not in line


def test_a_short_password_is_refused(folder: Path) -> None:
    words = fails("review", "--no-open", cwd=folder, env={"CONCORD_PASSWORD": "short"})
    assert "too short" in words


def test_a_host_that_others_reach_is_refused_without_a_password(folder: Path) -> None:
    words = fails("review", "--no-open", "--host", "0.0.0.0", cwd=folder)
    assert "CONCORD_PASSWORD" in words
    assert "SSH tunnel" in words


def test_a_port_that_is_taken_is_refused(folder: Path) -> None:
    with running(folder) as (_, line):
        port = str(urlsplit(line).port)
        assert "cannot be had" in fails("review", "--no-open", "--port", port, cwd=folder)


def interrupted(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Presses Ctrl-C; the exit code and what was said."""
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=PATIENCE)
    return process.returncode, words


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_ctrl_c_stops_it(folder: Path) -> None:
    with running(folder) as (process, line):
        visited(line)
        code, words = interrupted(process)
    assert code == 0
    assert words.splitlines() == ["Ctrl-C stops it", "Stopped"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_ctrl_c_does_not_wait_for_a_browser_that_holds_its_line_open(folder: Path) -> None:
    with running(folder) as (process, line):
        parts = urlsplit(line)
        place = (parts.hostname or "", parts.port or 0)
        with (
            socket.create_connection(place, PATIENCE) as idle,
            socket.create_connection(place, PATIENCE) as half,
        ):
            idle.sendall(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
            assert idle.recv(12) == b"HTTP/1.1 303"
            half.sendall(b"POST /findings/dismiss HTTP/1.1\r\nHost: ")  # its head never ends
            code, _ = interrupted(process)
    assert code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_ctrl_c_does_not_wait_for_a_check(folder: Path) -> None:
    """The project has as many texts as it takes for a check to go on for a while."""
    from align.store import open_store
    from tests.bitexts import align, bead, document

    sentences = [f"In {1900 + n} the miller of house {n} sold 12,5 carts of flour." for n in range(400)]
    with open_store(folder / "concord.db") as store:
        for n in range(6):
            pair = align(document(f"{n}.ru.txt", "ru", sentences), document(f"{n}.en.txt", "en", sentences),
                         [bead((i,), (i,)) for i in range(400)])  # fmt: skip
            store.save_alignment(
                pair, author="Ada", source_path=folder / f"{n}.ru.txt", target_path=folder / f"{n}.en.txt"
            )
    with running(folder) as (process, line):
        parts = urlsplit(line)
        browser = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        browser.open(line, timeout=PATIENCE).close()
        origin = f"{parts.scheme}://{parts.netloc}"
        asked = urllib.request.Request(f"{origin}/findings/check", data=b"", headers={"origin": origin})
        with browser.open(asked, timeout=PATIENCE) as answer:
            assert b'id="job"' in answer.read()
        code, words = interrupted(process)
    assert code == 0
    assert "Traceback" not in words
