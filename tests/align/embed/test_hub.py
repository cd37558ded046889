"""Models asked for by name: a hub that has them, refuses them, or is not there; a server on this machine plays it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tests.align.embed.tiny_models import save_tiny_transformer

COMMIT = ("0123456789abcdef" * 3)[:40]


class Hub(BaseHTTPRequestHandler):
    """What the hub's client asks for: the list of a model's files, and the files; 403 for all of org/gated."""

    models: ClassVar[dict[str, Path]]
    asked: ClassVar[list[str]]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        path = self.path.split("?")[0]
        name, _, file = path.removeprefix("/api/models").strip("/").partition("/resolve/")
        name, file = name.split("/revision/")[0], file.partition("/")[2]
        if "/tree/" in path:
            self._send(404, b"", {"X-Error-Code": "EntryNotFound"})
        elif name not in self.models:
            self._send(404, b"", {"X-Error-Code": "RepoNotFound"})
        elif not file:
            listed = [{"rfilename": str(p.relative_to(self.models[name]))} for p in _files(self.models[name])]
            found = {"id": name, "sha": COMMIT, "siblings": listed}
            self._send(200, json.dumps(found).encode(), {"Content-Type": "application/json"})
        elif name == "org/gated":
            self._send(403, b"", {"X-Error-Code": "GatedRepo"})
        elif not (self.models[name] / file).is_file():
            self._send(404, b"", {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT})
        else:
            content = (self.models[name] / file).read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            self._send(200, content, {"X-Repo-Commit": COMMIT, "ETag": f'"{digest}"'})

    def _send(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is not its log."""


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_transformer(tmp_path_factory.mktemp("small"))


@pytest.fixture
def hub(small: Path, tmp_path: Path) -> Iterator[tuple[dict[str, str], list[str]]]:
    """The environment in which the hub is a server on this machine, and the list of what it was asked."""
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "config.json").write_text("{}")

    class Here(Hub):
        models: ClassVar = {"sentence-transformers/small": small, "org/gated": small, "org/bare": bare}
        asked: ClassVar = []

    with ThreadingHTTPServer(("127.0.0.1", 0), Here) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        environment = {
            "HF_ENDPOINT": f"http://127.0.0.1:{server.server_address[1]}",
            "HF_HOME": str(tmp_path / "hub"),
            "HF_HUB_OFFLINE": "0",
            "CONCORD_CACHE_DIR": str(tmp_path / "vectors"),
        }
        yield environment, Here.asked
        server.shutdown()


def _load_by_name(name: str, **environment: str) -> str:
    """What loading a model by name prints in a process of its own: the error, or the revision."""
    code = (
        "from align.embed import load_embedder\nfrom align.errors import ModelError\n"
        f"try: print(load_embedder({name!r}).revision)\nexcept ModelError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return done.stdout.strip()


def test_a_model_asked_for_by_name_is_downloaded(hub: tuple[dict[str, str], list[str]]) -> None:
    environment, asked = hub
    assert _load_by_name("small", **environment) == COMMIT[:12]
    assert any(path.endswith("model.safetensors") for path in asked)


def test_a_model_that_is_not_on_the_hub_is_one_clear_line(hub: tuple[dict[str, str], list[str]]) -> None:
    line = _load_by_name("org/no-such-model", **hub[0])
    assert (line.count("\n"), "no model of this name" in line, "Check the name" in line) == (0, True, True)


def test_a_model_that_is_not_made_for_sentences_is_not_downloaded(
    hub: tuple[dict[str, str], list[str]],
) -> None:
    environment, asked = hub
    assert "no modules.json" in _load_by_name("org/bare", **environment)
    assert not any("/resolve/" in path for path in asked)


def test_a_model_with_terms_to_accept_says_so(hub: tuple[dict[str, str], list[str]]) -> None:
    assert "Accept them on its page and log in" in _load_by_name("org/gated", **hub[0])


def test_a_name_out_of_reach_offline_is_one_clear_line(tmp_path: Path) -> None:
    code = (
        "from align.embed import load_embedder\nfrom align.errors import ModelError\n"
        "try: load_embedder('nobody/no-such-model')\nexcept ModelError as error: print(error)"
    )
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert (done.stdout.count("\n"), "HF_HUB_OFFLINE is set" in done.stdout, done.stderr) == (1, True, "")


def test_a_hub_that_does_not_answer_is_not_asked_again_and_again(tmp_path: Path) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(60)
        calls: list[str] = []

        def hang_up() -> None:
            with contextlib.suppress(OSError):
                while True:
                    server.accept()[0].close()
                    calls.append("a call")

        listener = threading.Thread(target=hang_up, daemon=True)
        listener.start()
        endpoint = f"http://127.0.0.1:{server.getsockname()[1]}"
        line = _load_by_name(
            "nobody/no-such-model", HF_ENDPOINT=endpoint, HF_HOME=str(tmp_path), HF_HUB_OFFLINE="0"
        )
    assert "not in the local cache, and the hub cannot be reached" in line
    assert len(calls) <= 2  # a client may open a lost connection once more


def test_a_model_in_the_local_cache_is_loaded_without_the_hub(small: Path, tmp_path: Path) -> None:
    repository = tmp_path / "hub" / "models--nobody--small"
    snapshot = repository / "snapshots" / COMMIT
    shutil.copytree(small, snapshot)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(snapshot.name)
    nowhere = {"HF_ENDPOINT": "http://127.0.0.1:1", "HF_HUB_OFFLINE": "0"}
    found = _load_by_name(
        "nobody/small", HF_HOME=str(tmp_path), CONCORD_CACHE_DIR=str(tmp_path / "vectors"), **nowhere
    )
    assert found == COMMIT[:12]
